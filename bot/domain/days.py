"""Where one civil day ends and the next begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Member, ZoneChange

LEAST_DAY = timedelta(hours=6)
"""How much of each date anybody has, wherever they move."""


def next_midnight(zone: ZoneInfo, now: datetime) -> datetime:
    """Return the first instant of the next civil day, in UTC.

    Where the clocks skip midnight, the day begins behind the gap: a local time that
    does not exist is read with the offset before it.
    """
    return begin_of(now.astimezone(zone).date() + timedelta(days=1), zone)


def begin_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the first instant of a civil day, in UTC; gaps as for `next_midnight`."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight.astimezone(UTC)


def zone_change(member: Member, zone: ZoneInfo, now: datetime) -> ZoneChange:
    """Return when ``zone`` takes effect: at the later of the two next midnights.

    Any earlier, and moving back and forth would renew the day's allowance. Between
    zones that are most of a day apart it is half a day later, where a date would be
    left out otherwise, or be over before it could be used: see `LEAST_DAY`.
    """
    at = max(next_midnight(member.zone, now), next_midnight(zone, now))
    later = (at + times * timedelta(hours=12) for times in range(4))
    fitting = (each for each in later if not _cuts(member.zone, zone, each))
    return ZoneChange(zone, next(fitting, at))


def _cuts(before: ZoneInfo, after: ZoneInfo, at: datetime) -> bool:
    """Return whether a date is left out, or cut short, by who moves at ``at``."""
    last = (at - timedelta(microseconds=1)).astimezone(before).date()
    ahead = (at.astimezone(after).date() - last).days
    if ahead != 1:
        return ahead > 1
    shorter = min(at - begin_of(last, before), next_midnight(after, at) - at)
    return shorter < LEAST_DAY
