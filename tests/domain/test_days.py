"""Where days end and begin, for who stays and for who moves."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import About, Member, Privacy
from bot.domain.days import LEAST_DAY, begin_of, next_midnight, zone_change
from bot.domain.people import Role
from bot.domain.refs import CommunityRef, MemberRef, PlatformName

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)


def living_in(zone: str) -> Member:
    """Return somebody who lives in a zone."""
    ref = MemberRef(CommunityRef(PlatformName("harness"), "home"), "ana")
    return Member(
        key=1, ref=ref, name="Ana", role=Role.MEMBER, bot=False, here=True, locale=None,
        zone=ZoneInfo(zone), own_zone=True, next_zone=None, privacy=Privacy(),
        previews=False, per_day=5, about=About("", ""),
    )  # fmt: skip


@cache
def zones() -> list[str]:
    """Return every zone there is."""
    return sorted(available_timezones())


def lengths(before: str, after: str, at: datetime) -> list[tuple[date, timedelta]]:
    """Return each date around a move, with how long it lasts for who moves at ``at``.

    Found by walking, a quarter of an hour at a time: all zones keep to that.
    """
    found: dict[date, timedelta] = {}
    step = timedelta(minutes=15)
    each = at - timedelta(days=2)
    while each < at + timedelta(days=2):
        zone = ZoneInfo(before if each < at else after)
        on = each.astimezone(zone).date()
        found[on] = found.get(on, timedelta()) + step
        each += step
    return sorted(found.items())


@pytest.mark.parametrize(
    ("zone", "on", "hour"),
    [
        ("America/New_York", date(2026, 3, 8), 5),
        ("America/New_York", date(2026, 3, 9), 4),
        ("Asia/Beirut", date(2026, 3, 29), -2),  # midnight is skipped
        ("America/Havana", date(2026, 11, 1), 4),  # midnight comes twice
    ],
)
def test_a_day_begins_once(zone: str, on: date, hour: int) -> None:
    """With its first midnight, or behind the gap where there is none."""
    midnight = datetime(on.year, on.month, on.day, tzinfo=UTC)
    expected = midnight + timedelta(hours=hour)

    assert expected == begin_of(on, ZoneInfo(zone))
    assert expected == next_midnight(ZoneInfo(zone), expected - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Pacific/Niue", "Pacific/Kiritimati"),  # 25 hours ahead
        ("Pacific/Niue", "Pacific/Auckland"),
        ("Pacific/Kiritimati", "Pacific/Niue"),
        ("America/New_York", "Asia/Tokyo"),
    ],
)
@pytest.mark.parametrize("hour", range(0, 24, 3))
def test_nobody_loses_a_date_by_moving(before: str, after: str, hour: int) -> None:
    """However far they move, and at whatever hour they say so."""
    now = NOW + timedelta(hours=hour)
    change = zone_change(living_in(before), ZoneInfo(after), now)
    found = lengths(before, after, change.at)[1:-1]

    assert now < change.at
    dates = [on for on, _ in found]
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert min(long for _, long in found) >= LEAST_DAY


@given(
    st.sampled_from(zones()),
    st.sampled_from(zones()),
    st.integers(0, 4 * 24 * 366),
)
def test_nobody_loses_a_date_wherever_they_move(
    before: str, after: str, quarters: int
) -> None:
    """From any zone to any other, at any time of a year."""
    now = NOW + timedelta(minutes=15 * quarters)
    change = zone_change(living_in(before), ZoneInfo(after), now)
    found = lengths(before, after, change.at)[1:-1]

    dates = [on for on, _ in found]
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert min(long for _, long in found) >= LEAST_DAY
