"""What everybody sees of the calendar in a channel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.clip import clip
from bot.chat.limits import MAX_FACTS
from bot.chat.message import Card, Fact, Message, Tone, say
from bot.chat.text import Phrase, Quote, When, phrase
from cogs.calendar import phrases
from cogs.calendar.shortlist import Listed, Shortlist
from storage.moments import MomentKind, Upcoming

MAX_REASON_CHARS = 300
"""Of a shoutout on a list, so that all of them fit into one message."""


def announcement(time: Upcoming, *, late: bool) -> Message:
    """Return what is said when something begins."""
    moment = time.moment
    body = []
    if moment.about:
        body.append(phrase("calendar.about-quoted", about=Quote(moment.about)))
    if late:
        body.append(phrase("calendar.late", planned=When(time.at)))
    is_window = moment.kind is MomentKind.WINDOW
    card = Card(
        title=phrase("calendar.begins", kind=str(moment.kind), title=moment.name),
        body=tuple(body),
        facts=tuple(_end(time)),
        footer=phrase("calendar.window-rule") if is_window else None,
        tone=Tone.JOY,
    )
    return say(card)


def shortlist(closed: Shortlist) -> Message:
    """Return what a window lists when it has closed."""
    span = phrase(
        "calendar.closed-span", since=When(closed.since), until=When(closed.until)
    )
    rule = "calendar.closed-rule" if closed.listed else "calendar.closed-empty"
    title = phrase("calendar.closed-plain")
    if closed.title:
        title = phrase("calendar.closed", title=Quote(closed.title))
    card = Card(
        title=title,
        body=(span, phrase(rule)),
        facts=tuple(map(_listed, closed.listed)),
        tone=Tone.JOY,
    )
    return say(card, mentions=tuple(each.member.ref for each in closed.listed))


def pinned(running: Sequence[Upcoming], coming: Sequence[Upcoming]) -> Message:
    """Return the calendar as it stands in a channel, the next things first."""
    left = MAX_FACTS - len(running)
    card = Card(
        title=phrase("calendar.pinned"),
        body=() if running or coming else (phrase("calendar.pinned-empty"),),
        facts=facts(running, coming[:left]),
        footer=phrase("calendar.pinned-footer"),
    )
    return say(card)


def facts(running: Sequence[Upcoming], coming: Sequence[Upcoming]) -> tuple[Fact, ...]:
    """Return what is on and what comes, each with when and where."""
    now = (Fact(_name(each), _running(each)) for each in running)
    then = (Fact(_name(each), phrases.when(each)) for each in coming)
    return (*now, *then)


def _name(time: Upcoming) -> Phrase:
    return phrase("calendar.name", name=time.moment.name)


def _running(time: Upcoming) -> Phrase:
    return phrase("calendar.running", until=When(time.until))


def _end(time: Upcoming) -> Iterator[Fact]:
    if time.until > time.at:
        ends = phrase("calendar.instant", at=When(time.until))
        key = f"calendar.ends-{time.moment.kind}"
        yield Fact(phrase(key), ends)


def _listed(each: Listed) -> Fact:
    reason = Quote(clip(each.kept.reason or "", MAX_REASON_CHARS))
    by = phrase("calendar.listed-by", count=each.givers)
    if each.giver is None:
        said = phrase("calendar.listed", by=by, reason=reason)
    else:
        giver = each.giver.ref
        said = phrase("calendar.listed-giver", by=by, giver=giver, reason=reason)
    if each.kept.value:
        said = phrase("calendar.listed-for", said=said, value=Quote(each.kept.value))
    return Fact(phrase("calendar.listed-who", member=each.member.ref), said)
