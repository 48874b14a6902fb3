"""When the calendar rings because something waits too long: units of work."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.chat import wire
from bot.domain.community import Community
from bot.domain.recurrence import Rule, zone_named
from storage import appeal_reminders, calendar, reviews
from storage.calendar import Plan
from storage.database import Transaction

LOOK = "review.look"
"""The kind of the entry that rings."""


def remind_after(community: Community) -> timedelta:
    """Return for how long something waits before moderators are reminded of it."""
    return timedelta(days=community.settings.remind_after_d)


def escalate_after(community: Community) -> timedelta:
    """Return for how long it waits before admins are asked to step in."""
    return timedelta(days=community.settings.escalate_after_d)


def plan(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the calendar ring when something has waited for too long."""
    spans = _ms(remind_after(community)), _ms(escalate_after(community))
    looks = (reviews.next_look, appeal_reminders.next_look)
    found = [at for look in looks if (at := look(tx, community, *spans)) is not None]
    if not found:
        calendar.drop(tx, community, LOOK)
        return
    due = min(found)
    rule = Rule(_whole_minute(due), zone_named("UTC"))
    payload = wire.encode({"due": "review.next-look"})
    # From before it, where it is past: that rings at once.
    since = min(now, due - timedelta(minutes=1))
    calendar.put_only(tx, community, Plan(LOOK, rule, payload), since)


def plan_once(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the calendar ring for what waits from ``now`` on, unless it does by then."""
    due = reviews.planned_at(tx, community, LOOK)
    if due is None or due > now + remind_after(community) + timedelta(minutes=1):
        plan(tx, community, now)


def _ms(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)


def _whole_minute(at: datetime) -> datetime:
    """Return ``at`` or the next whole minute, as the clocks of UTC show it."""
    up = timedelta(seconds=-at.second % 60, microseconds=-at.microsecond)
    return (at + up).astimezone(UTC).replace(tzinfo=None)
