"""What waits too long: moderators are reminded, then somebody else is asked: units.

One entry of the calendar's own rings when the next of both is due, heeds quiet hours,
and looks at all that waits, so that moderators get one message and not one for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.chat import wire
from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.text import Style, When, phrase
from bot.domain.community import Community
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import MemberRef
from cogs.review.cases import refs
from cogs.review.deciding import card_key
from storage import (
    calendar,
    deliveries,
    members,
    outbox,
    reviewers,
    reviews,
)
from storage.calendar import Plan
from storage.database import Transaction
from storage.instants import to_ms
from storage.occurrences import Occurrence
from storage.outbox import Parcel
from storage.reviews import Review

REMIND_AFTER = timedelta(days=2)
"""For how long a nomination waits before moderators are reminded of it."""

ESCALATE_AFTER = timedelta(days=5)
"""For how long before admins are asked to step in."""

MAX_BACKUPS = 3
"""Admins who are asked: those whom Laurel has known longest, and may write to."""

MAX_REDRAWN = 25
"""Cards that are drawn anew at a time. Platforms keep ages up to date by themselves;
this is for a card that is read where they do not."""

LOOK = "review.look"
"""The kind of the entry that rings."""


def plan(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the calendar ring when something has waited for too long."""
    remind_ms, escalate_ms = map(_ms, (REMIND_AFTER, ESCALATE_AFTER))
    due = reviews.next_look(tx, community, remind_ms, escalate_ms)
    if due is None:
        calendar.drop(tx, community, LOOK)
        return
    rule = Rule(_whole_minute(due), zone_named("UTC"))
    payload = wire.encode({"due": "review.next-look"})
    # From before it, where it is past: that rings at once.
    since = min(now, due - timedelta(minutes=1))
    calendar.put_only(tx, community, Plan(LOOK, rule, payload), since)


def plan_once(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the calendar ring, unless it does already: what is new waits shortest."""
    if not reviews.is_planned(tx, community, LOOK):
        plan(tx, community, now)


def look(tx: Transaction, occurrence: Occurrence) -> None:
    """Remind of what waits too long, and have somebody step in where it still does."""
    community, now = occurrence.community, occurrence.now
    late = reviews.waiting(tx, community, now - REMIND_AFTER)
    fresh = [each for each in late if each.reminded_at is None]
    before = now - ESCALATE_AFTER
    overdue = [e for e in late if e.since <= before and e.escalated_at is None]
    if fresh:
        _remind(tx, community, fresh, now)
    if overdue:
        _escalate(tx, community, overdue, now)
    for each in (*fresh, *overdue)[:MAX_REDRAWN]:
        outbox.redraw(tx, community, card_key(each.candidacy), now)
    plan(tx, community, now)


def _remind(
    tx: Transaction, community: Community, fresh: Sequence[Review], now: datetime
) -> None:
    for each in fresh:
        reviews.reminded(tx, community, each.candidacy, now)
    to = community.settings.moderators
    key = f"review:reminder:{fresh[0].candidacy}:{to_ms(now)}"
    if to is None or deliveries.is_known(tx, community, key):
        return
    on_it = dict.fromkeys(
        member
        for each in fresh
        for member in reviewers.on_it(tx, community, each.candidacy)
    )
    tell = tuple(refs(tx, community, tuple(on_it)[:MAX_BACKUPS], now))
    message = _reminder(len(fresh), fresh[0].since, tell)
    parcel = Parcel(to, key, wire.encode(message), tuple(on_it)[:MAX_BACKUPS], key)
    outbox.put(tx, community, parcel, now)


def _escalate(
    tx: Transaction, community: Community, overdue: Sequence[Review], now: datetime
) -> None:
    for backup in reviewers.backups(tx, community, MAX_BACKUPS):
        member = members.by_key(tx, community, backup, now)
        theirs = reviews.overdue_for(tx, community, backup, now - ESCALATE_AFTER)
        if member is None or theirs is None:
            continue
        key = f"review:escalation:{overdue[0].candidacy}:{to_ms(now)}:{backup}"
        if not deliveries.is_known(tx, community, key):
            body = wire.encode(_call_for_help(*theirs))
            parcel = Parcel(member.ref, key, body, (), key)
            outbox.put(tx, community, parcel, now)
    for each in overdue:
        reviews.escalated(tx, community, each.candidacy, now)


def _reminder(count: int, since: datetime, tell: tuple[MemberRef, ...]) -> Message:
    oldest = When(since, Style.RELATIVE)
    body = [phrase("review.reminder", count=count, since=oldest)]
    if tell:
        body.append(phrase("review.reminder-on-it", people=tell))
    card = Card(
        title=phrase("review.reminder-title"), body=tuple(body), tone=Tone.WARNING
    )
    return say(card, _to_queue(), mentions=tell)


def _call_for_help(count: int, since: datetime) -> Message:
    oldest = When(since, Style.RELATIVE)
    card = Card(
        title=phrase("review.escalation-title"),
        body=(phrase("review.escalation", count=count, since=oldest),),
        tone=Tone.WARNING,
    )
    return say(card, _to_queue())


def _to_queue() -> Buttons:
    queue = Button(phrase("review.to-queue"), Action("review.review"), Tone.MAIN)
    return Buttons((queue,))


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _whole_minute(at: datetime) -> datetime:
    """Return ``at`` or the next whole minute, as the clocks of UTC show it."""
    up = timedelta(seconds=-at.second % 60, microseconds=-at.microsecond)
    return (at + up).astimezone(UTC).replace(tzinfo=None)
