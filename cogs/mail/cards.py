"""What moderators see of messages that could not be delivered.

Whom a direct message was for is not theirs to know, so it is never shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.chat.message import (
    Action,
    Card,
    Fact,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Phrase, Style, When, phrase
from bot.domain.refs import ChannelRef
from storage.set_aside import Parked

RECENT_DAYS = 30
"""For how long moderators see that something may stand twice."""


def undelivered(
    parked: Sequence[Parked], count: int, unseen: int, outcome: str | None = None
) -> Message:
    """Return what is set aside, and the way to try each again.

    Args:
        parked: The oldest.
        count: How many there are in all.
        unseen: How many posts may stand twice, of the last `RECENT_DAYS`.
        outcome: Key of what became of the one that was tried just now.
    """
    body = [phrase(outcome)] if outcome else []
    body.append(phrase("mail.intro", count=count) if parked else phrase("mail.empty"))
    if unseen:
        body.append(phrase("mail.unseen", count=unseen, days=RECENT_DAYS))
    if not parked:
        return say(Card(title=phrase("mail.title"), body=tuple(body)))
    card = Card(
        title=phrase("mail.title"),
        body=tuple(body),
        facts=tuple(_fact(number, each) for number, each in enumerate(parked, 1)),
        footer=_more(count - len(parked)),
        tone=Tone.WARNING,
    )
    return say(card, Select(phrase("mail.again"), tuple(_options(parked))))


def note(place: ChannelRef | None, reason: str, *, stands: bool) -> Message:
    """Return what the moderators' channel is told, once.

    Args:
        place: Where the message was to go; None for a member's direct messages.
        reason: Why it could not be delivered.
        stands: Whether it is one that was to be taken down, and still stands.
    """
    body = (_reason(reason), phrase("mail.note.next"))
    title = phrase("mail.note.stands" if stands else "mail.note", place=_place(place))
    return say(Card(title=title, body=body, tone=Tone.WARNING))


def unpinned(place: ChannelRef | None, reason: str) -> Message:
    """Return what the moderators' channel is told of a message that stands unpinned.

    Args:
        place: Where it stands; None for a member's direct messages.
        reason: Why it could not be pinned.
    """
    title = phrase("mail.unpinned", place=_place(place))
    why, *wanting = reason.split() or [reason]
    told = phrase("mail.unpinned.reason", reason=why)
    if why == "no-permission" and wanting:
        lacking = tuple(map(phrase, wanting))
        told = phrase("mail.unpinned.wanting", permissions=lacking)
    body = (told, phrase("mail.unpinned.next"))
    return say(Card(title=title, body=body, tone=Tone.WARNING))


def unthreaded(place: ChannelRef, reason: str) -> Message:
    """Return what the moderators' channel is told where no thread could be begun.

    Args:
        place: The channel that it would have been in.
        reason: Why not: a word, and keys of what is to be granted.
    """
    told = phrase("mail.unthreaded.reason")
    if wanting := tuple(map(phrase, reason.split()[1:])):
        told = phrase("mail.unthreaded.wanting", permissions=wanting)
    title = phrase("mail.unthreaded", place=_place(place))
    body = (told, phrase("mail.unthreaded.next"))
    return say(Card(title=title, body=body, tone=Tone.WARNING))


def unshown(reason: str) -> Message:
    """Return what the moderators' channel is told where no events show the calendar."""
    why, *wanting = reason.split() or [reason]
    told = phrase("mail.unshown.reason", reason=why)
    if why == "no-permission" and wanting:
        lacking = tuple(map(phrase, wanting))
        told = phrase("mail.unshown.wanting", permissions=lacking)
    body = (told, phrase("mail.unshown.next"))
    return say(Card(title=phrase("mail.unshown"), body=body, tone=Tone.WARNING))


def stuck(due_at: datetime | None) -> Message:
    """Return what the moderators' channel is told of what the calendar set aside.

    Args:
        due_at: When it was due; None where nobody can tell any more.
    """
    due = When(due_at, Style.MOMENT) if due_at else None
    what = phrase("mail.stuck.due", due=due) if due else phrase("mail.stuck.unread")
    body = (what, phrase("mail.stuck.next"))
    return say(Card(title=phrase("mail.stuck"), body=body, tone=Tone.WARNING))


def _fact(number: int, parked: Parked) -> Fact:
    return Fact(_entry(number, parked), _reason(parked.reason))


def _options(parked: Sequence[Parked]) -> Iterator[Option]:
    for number, each in enumerate(parked, 1):
        yield Option(_entry(number, each), Action("mail.replay", (each.id,)))


def _entry(number: int, parked: Parked) -> Phrase:
    # Two of the same minute for the same place are told apart by their number.
    key = "mail.entry.stands" if parked.stands else "mail.entry"
    since = When(parked.queued_at, Style.MOMENT)
    return phrase(key, number=number, place=_place(parked.channel), since=since)


def _place(channel: ChannelRef | None) -> Phrase:
    return phrase("mail.channel", channel=channel) if channel else phrase("mail.direct")


def _reason(told: str) -> Phrase:
    """Return what a platform said: a word, and keys of what is to be granted.

    Where it would not say, it is the platform's own words, which nobody is shown.
    """
    reason, *wanting = told.split() or [told]
    if reason == "no-permission" and wanting:
        return phrase("mail.reason-wanting", permissions=tuple(map(phrase, wanting)))
    return phrase("mail.reason", reason=reason)


def _more(count: int) -> Phrase | None:
    return phrase("mail.more", count=count) if count else None
