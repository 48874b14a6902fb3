"""Where one civil day ends and the next begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Member, ZoneChange


def next_midnight(zone: ZoneInfo, now: datetime) -> datetime:
    """Return the first instant of the next civil day, in UTC.

    Where the clocks skip midnight, the day begins behind the gap: a local time that
    does not exist is read with the offset before it.
    """
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    midnight = datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
    return midnight.astimezone(UTC)


def zone_change(member: Member, zone: ZoneInfo, now: datetime) -> ZoneChange:
    """Return when ``zone`` takes effect: at the later of the two next midnights.

    Any earlier, and moving back and forth would renew the day's allowance.
    """
    at = max(next_midnight(member.zone, now), next_midnight(zone, now))
    return ZoneChange(zone, at)
