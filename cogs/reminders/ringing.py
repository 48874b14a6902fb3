"""When reminders go out, and to whom: units.

One entry of the calendar's own rings in each community, at the next instant at which
the clocks of any entrant show the hour of a challenge that reminds.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.domain.challenges import Challenge, State, Terms, day_number
from bot.domain.community import Community
from bot.domain.recurrence import Rule, instant, zone_named
from bot.domain.refs import MemberRef
from storage import calendar, communities, members, outbox
from storage.activity import Activity
from storage.calendar import Plan, Quiet
from storage.challenges import book, reminders
from storage.challenges.reminders import Asked
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.outbox import Parcel

RING = "reminders.ring"
"""The kind of the entry that rings."""

REMINDER = "reminders:day:"
"""What the names of reminders begin with."""

MAX_AT_ONCE = 500
"""Most that one unit writes, so that nobody waits for it; the rest follow."""

LATE_BY = timedelta(hours=3)
"""How late somebody is still reminded, where Laurel was not there in time."""

_UNDER_WAY = (State.OPEN, State.RUNNING)


def reminder_key(member: int, on: str) -> str:
    """Return the outbox's name for what reminds a member on a date of theirs."""
    return f"{REMINDER}{member}:{on}"


def follow(tx: Transaction, entry: Activity) -> None:
    """Have the calendar ring as challenges, entrants and clocks are by now.

    What is about to ring is let do so, and plans what comes next by itself.
    """
    community = communities.by_id(tx, entry.community)
    planned = reminders.planned_at(tx, community, RING)
    if planned is None or planned > entry.at:
        plan(tx, community, entry.at)


def joined(tx: Transaction, entry: Activity) -> None:
    """Have the calendar ring for whoever joined, where it does not soon enough."""
    community = communities.by_id(tx, entry.community)
    challenge = book.get(tx, community, int(entry.fact.ref.rpartition(":")[2]))
    member = members.by_key(tx, community, entry.fact.actor, entry.at)
    if challenge is None or member is None or challenge.state not in _UNDER_WAY:
        return
    due = next_at(challenge.terms, member.zone, entry.at)
    planned = reminders.planned_at(tx, community, RING)
    if due is not None and (planned is None or due < planned):
        _put(tx, community, due, entry.at)


def ring(tx: Transaction, occurrence: Occurrence) -> None:
    """Remind those whose hour it is, and plan the next time."""
    community, now = occurrence.community, occurrence.now
    left = MAX_AT_ONCE
    for challenge in book.listed(tx, community, _UNDER_WAY):
        for asked in _asked(tx, community, challenge, now):
            left -= _remind(tx, community, asked, now, left)
    if left > 0:
        plan(tx, community, now)
    else:
        _put(tx, community, now + timedelta(minutes=1), now)


def plan(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the calendar ring when somebody's hour comes next."""
    found = [
        due
        for challenge in book.listed(tx, community, _UNDER_WAY)
        if challenge.terms.remind_at is not None
        for zone in reminders.zones(tx, community, challenge.id)
        if (due := next_at(challenge.terms, zone_named(zone), now)) is not None
    ]
    if found:
        _put(tx, community, min(found), now)
    else:
        calendar.drop(tx, community, RING)


def next_at(terms: Terms, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the clocks of ``zone`` next show the hour, on a day that there is."""
    if terms.remind_at is None:
        return None
    on = max(now.astimezone(zone).date(), terms.starts_on)
    for day in (on, on + timedelta(days=1)):
        due = instant(datetime.combine(day, terms.remind_at), zone)
        if due > now:
            return due if day_number(terms, day) is not None else None
    return None


def _asked(
    tx: Transaction, community: Community, challenge: Challenge, now: datetime
) -> Iterator[Asked]:
    """Yield the day of a challenge in each zone in which it is the hour."""
    terms = challenge.terms
    if terms.remind_at is None:
        return
    for name in sorted(reminders.zones(tx, community, challenge.id)):
        zone = zone_named(name)
        on = now.astimezone(zone).date()
        day = day_number(terms, on)
        asked_at = instant(datetime.combine(on, terms.remind_at), zone)
        if day is not None and asked_at <= now <= asked_at + LATE_BY:
            yield Asked(challenge.id, day, on, name, asked_at)


def _remind(
    tx: Transaction, community: Community, asked: Asked, now: datetime, most: int
) -> int:
    """Remind up to ``most`` of those who have not checked in; return how many."""
    count = 0
    for each in reminders.missing(tx, community, asked, now, max(0, most)):
        if reminders.remind(tx, community, each.member, asked.on, now):
            to = MemberRef(community.ref, each.platform_id)
            key = reminder_key(each.member, asked.on.isoformat())
            parcel = Parcel(to, key, None, (each.member,), key)
            outbox.put(tx, community, parcel, now)
            count += 1
    return count


def _put(tx: Transaction, community: Community, due: datetime, now: datetime) -> None:
    up = timedelta(seconds=-due.second % 60, microseconds=-due.microsecond)
    rule = Rule((due + up).astimezone(UTC).replace(tzinfo=None), zone_named("UTC"))
    # It goes by the members' own quiet hours, and not by the community's.
    entry = Plan(RING, rule, wire.encode({}), Quiet.IGNORE)
    calendar.put_only(tx, community, entry, now)
