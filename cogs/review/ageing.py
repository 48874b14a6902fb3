"""What waits too long: moderators are reminded, then somebody else is asked: units.

One entry of the calendar's own rings when the next of both is due, heeds quiet hours,
and looks at all that waits, so that moderators get one message and not one for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.text import Phrase, Style, When, phrase
from bot.domain.community import Community
from bot.domain.refs import MemberRef
from cogs.review import late_appeals, planned
from cogs.review.cases import refs
from cogs.review.deciding import card_key
from storage import (
    deliveries,
    members,
    outbox,
    reviewers,
    reviews,
)
from storage.appeal_reminders import Waiting
from storage.database import Transaction
from storage.instants import to_ms
from storage.occurrences import Occurrence
from storage.outbox import Parcel
from storage.reviews import Review

MAX_BACKUPS = 3
"""Admins who are asked: those whom Laurel has known longest, and may write to."""

MAX_REDRAWN = 25
"""Cards that are drawn anew at a time. Platforms keep ages up to date by themselves;
this is for a card that is read where they do not."""


@dataclass(frozen=True, slots=True)
class _Count:
    """How much waits, and since when the oldest of it does."""

    number: int
    since: datetime


def look(tx: Transaction, occurrence: Occurrence) -> None:
    """Remind of what waits too long, and have somebody step in where it still does."""
    community, now = occurrence.community, occurrence.now
    before = now - planned.escalate_after(community)
    found = reviews.waiting(tx, community, now - planned.remind_after(community))
    fresh = [each for each in found if each.reminded_at is None]
    overdue = [e for e in found if e.since <= before and e.escalated_at is None]
    appeals = late_appeals.late(
        tx, community, now - planned.remind_after(community), before
    )
    if fresh or appeals.fresh:
        _remind(tx, community, fresh, appeals.fresh, now)
    if overdue or appeals.overdue:
        _escalate(tx, community, overdue, appeals.overdue, now)
    late_appeals.note(tx, community, appeals, now)
    for each in (*fresh, *overdue)[:MAX_REDRAWN]:
        outbox.redraw(tx, community, card_key(each.candidacy), now)
    planned.plan(tx, community, now)


def _remind(
    tx: Transaction,
    community: Community,
    fresh: Sequence[Review],
    appeals: Sequence[Waiting],
    now: datetime,
) -> None:
    for each in fresh:
        reviews.reminded(tx, community, each.candidacy, now)
    to = community.settings.moderators
    key = f"review:reminder:{_named(fresh, appeals)}:{to_ms(now)}"
    if to is None or deliveries.is_known(tx, community, key):
        return
    on_it = dict.fromkeys(
        member
        for each in fresh
        for member in reviewers.on_it(tx, community, each.candidacy)
    )
    tell = tuple(refs(tx, community, tuple(on_it)[:MAX_BACKUPS], now))
    message = _reminder(_counted(fresh), _counted(appeals), tell)
    parcel = Parcel(to, key, wire.encode(message), tuple(on_it)[:MAX_BACKUPS], key)
    outbox.put(tx, community, parcel, now)


def _escalate(
    tx: Transaction,
    community: Community,
    overdue: Sequence[Review],
    appeals: Sequence[Waiting],
    now: datetime,
) -> None:
    before = now - planned.escalate_after(community)
    for backup in reviewers.backups(tx, community, MAX_BACKUPS):
        member = members.by_key(tx, community, backup, now)
        if member is None:
            continue
        mine = reviews.overdue_for(tx, community, backup, before)
        theirs = _Count(*mine) if mine else None
        open_to = late_appeals.answerable(tx, community, appeals, member, now)
        key = f"review:escalation:{_named(overdue, appeals)}:{to_ms(now)}:{backup}"
        if (theirs or open_to) and not deliveries.is_known(tx, community, key):
            body = wire.encode(_call_for_help(theirs, _counted(open_to)))
            parcel = Parcel(member.ref, key, body, (), key)
            outbox.put(tx, community, parcel, now)
    for each in overdue:
        reviews.escalated(tx, community, each.candidacy, now)


def _named(found: Sequence[Review], appeals: Sequence[Waiting]) -> str:
    """Return what tells messages of one instant apart."""
    return str(found[0].candidacy) if found else f"appeal-{appeals[0].appeal}"


def _counted(found: Sequence[Review] | Sequence[Waiting]) -> _Count | None:
    return _Count(len(found), found[0].since) if found else None


def _reminder(
    found: _Count | None, appeals: _Count | None, tell: tuple[MemberRef, ...]
) -> Message:
    body = [
        *_told("review.reminder", found),
        *_told("review.reminder-appeals", appeals),
    ]
    if tell:
        body.append(phrase("review.reminder-on-it", people=tell))
    title = phrase("review.reminder-title")
    card = Card(title=title, body=tuple(body), tone=Tone.WARNING)
    return say(card, _to_queue(), mentions=tell)


def _call_for_help(found: _Count | None, appeals: _Count | None) -> Message:
    body = (
        *_told("review.escalation", found),
        *_told("review.escalation-appeals", appeals),
    )
    title = phrase("review.escalation-title")
    return say(Card(title=title, body=body, tone=Tone.WARNING), _to_queue())


def _told(key: str, found: _Count | None) -> Iterator[Phrase]:
    if found is not None:
        oldest = When(found.since, Style.RELATIVE)
        yield phrase(key, count=found.number, since=oldest)


def _to_queue() -> Buttons:
    queue = Button(phrase("review.to-queue"), Action("review.review"), Tone.MAIN)
    return Buttons((queue,))
