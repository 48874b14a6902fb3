"""What the calendar looks like to whoever asks, and what moderators find beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.limits import MAX_FACTS
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Day, Phrase, Quote, When, phrase
from cogs.calendar import posts
from cogs.calendar.pacing import Pace
from cogs.calendar.pinned import Pin
from cogs.calendar.service import Aside, Desk, View
from storage.planning import MAX_ACTIVE

_NO_SLOT = ""


def view(
    shown: View, outcome: Phrase | None = None, *, has_pages: bool = False
) -> Message:
    """Return a page of what comes.

    Args:
        shown: What is on it.
        outcome: What was just done; None for nothing.
        has_pages: Whether there are addresses to be had for reading it outside chat.
    """
    running = shown.running if shown.page == 1 else ()
    facts = posts.facts(running, shown.coming)[:MAX_FACTS]
    body = [outcome] if outcome else []
    if not facts:
        body.append(phrase("calendar.empty"))
        if shown.desk:
            body.append(phrase("calendar.empty-desk"))
    card = Card(
        title=phrase("calendar.title"),
        body=tuple(body),
        facts=facts,
        footer=phrase("calendar.zones") if facts else None,
    )
    nodes: list[Node] = [card]
    if shown.desk and (advice := tuple(_advice(shown.desk))):
        nodes.append(Card(title=phrase("calendar.desk"), body=advice))
    own = tuple(_own(shown)) if has_pages else ()
    if buttons := (*_turns(shown), *_desk(shown.desk), *own):
        nodes.append(Buttons(buttons))
    return say(*nodes)


def aside(found: Sequence[Aside], outcome: str | None = None) -> Message:
    """Return what was set aside, and the way to have each tried again."""
    body = [phrase(outcome)] if outcome else []
    body.append(phrase("calendar.aside", count=len(found)))
    card = Card(
        title=phrase("calendar.aside-title"),
        body=tuple(body),
        facts=tuple(_aside_fact(n, each) for n, each in enumerate(found, 1)),
        tone=Tone.WARNING if found else Tone.PLAIN,
    )
    if not found:
        return say(card)
    options = (_aside_option(n, each) for n, each in enumerate(found, 1))
    return say(card, Select(phrase("calendar.aside-again"), tuple(options)))


def _advice(desk: Desk) -> Iterator[Phrase]:
    gap, crowd = desk.pace.gap, desk.pace.crowd
    if gap is not None:
        yield phrase(
            "calendar.gap",
            count=gap.days,
            since=Day(gap.since_on),
            until=Day(gap.until_on),
            on=Day(gap.slot.date()),
            at=Quote(f"{gap.slot:%H:%M}"),
        )
    if crowd is not None and crowd.free_on is not None:
        yield phrase(
            "calendar.crowd-free",
            count=crowd.count,
            on=Day(crowd.on),
            free=Day(crowd.free_on),
        )
    elif crowd is not None:
        yield phrase("calendar.crowd", count=crowd.count, on=Day(crowd.on))
    if desk.pin is Pin.LOST:
        yield phrase("calendar.pin-lost")
    if desk.planned >= MAX_ACTIVE:
        yield phrase("calendar.full", most=MAX_ACTIVE)
    if desk.aside:
        yield phrase("calendar.aside-some", count=desk.aside)


def _turns(shown: View) -> Iterator[Button]:
    if shown.page > 1:
        yield _button("calendar.back", Action("calendar.turn", (shown.page - 1,)))
    if shown.more:
        yield _button("calendar.more", Action("calendar.turn", (shown.page + 1,)))


def _own(shown: View) -> Iterator[Button]:
    if shown.page == 1:
        yield _button("calendar.own-see", Action("calendar.own"))


def _desk(desk: Desk | None) -> Iterator[Button]:
    if desk is None:
        return
    slot = _slot(desk.pace)
    yield _button("calendar.plan", Action("calendar.new", (slot,)), Tone.MAIN)
    if desk.pin is Pin.HERE:
        yield _button("calendar.unpin-here", Action("calendar.unpin"))
    elif desk.pin is not None:
        again = "-again" if desk.pin is Pin.LOST else ""
        yield _button(f"calendar.pin-here{again}", Action("calendar.pin"))
    if desk.aside:
        yield _button("calendar.aside-see", Action("calendar.aside"))


def _slot(pace: Pace) -> str:
    return pace.gap.slot.isoformat() if pace.gap else _NO_SLOT


def _button(key: str, action: Action, tone: Tone = Tone.PLAIN) -> Button:
    return Button(phrase(key), action, tone)


def _aside_fact(number: int, each: Aside) -> Fact:
    reason = phrase("calendar.aside-reason", reason=Quote(each.parked.reason))
    return Fact(_aside_name(number, each), reason)


def _aside_option(number: int, each: Aside) -> Option:
    one = each.parked
    again = Action("calendar.again", (one.entry, one.day, one.slot))
    return Option(_aside_label(number, each), again)


def _aside_name(number: int, each: Aside) -> Phrase:
    due = When(each.parked.due_at)
    return phrase("calendar.aside-entry", number=number, name=each.name, due=due)


def _aside_label(number: int, each: Aside) -> Phrase:
    # Short, as options are: the name stands beside the number above.
    due = When(each.parked.due_at)
    return phrase("calendar.aside-option", number=number, due=due)
