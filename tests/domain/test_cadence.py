"""How people say when something repeats, both ways."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cadence import (
    Cadence,
    Daily,
    MonthlyOnDate,
    MonthlyOnWeekday,
    Once,
    Weekly,
    Yearly,
    cadence_of,
    pattern_of,
)
from bot.domain.quiet import QuietHours
from bot.domain.recurrence import Rule
from bot.domain.rrule import parse

UTC_ZONE = ZoneInfo("UTC")
MONDAY = datetime.fromisoformat("2026-03-02T09:00")

_every = st.integers(1, 12)
_weekdays = st.integers(0, 6)
_cadences: st.SearchStrategy[Cadence] = st.one_of(
    st.builds(Once),
    st.builds(Daily, _every),
    st.builds(
        Weekly, st.sets(_weekdays, min_size=1).map(lambda s: tuple(sorted(s))), _every
    ),
    st.builds(MonthlyOnWeekday, st.sampled_from([1, 2, 3, 4, -1]), _weekdays, _every),
    st.builds(MonthlyOnDate, st.sampled_from([*range(1, 32), -1]), _every),
    st.builds(Yearly, st.integers(1, 12), st.integers(1, 31)),
)


@given(_cadences)
def test_what_is_said_is_understood(cadence: Cadence) -> None:
    """Through the text that is stored, and back into the same words."""
    pattern = pattern_of(cadence)
    stored = None if pattern is None else parse(str(pattern), UTC_ZONE)
    assert cadence == cadence_of(Rule(MONDAY, UTC_ZONE, stored))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=WEEKLY", Weekly((0,))),
        ("FREQ=WEEKLY;WKST=SU", Weekly((0,))),
        ("FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20270101", Weekly((0, 2))),
        ("FREQ=MONTHLY", MonthlyOnDate(2)),
        ("FREQ=YEARLY", Yearly(3, 2)),
        ("FREQ=MONTHLY;BYDAY=-1FR", MonthlyOnWeekday(-1, 4)),
        ("FREQ=MONTHLY;BYDAY=5FR", None),
        ("FREQ=MONTHLY;BYDAY=1FR,3FR", None),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", None),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", None),
        ("FREQ=MONTHLY;BYMONTH=1;BYMONTHDAY=1", None),
        ("FREQ=DAILY;BYDAY=MO", None),
        ("FREQ=DAILY;COUNT=3", None),
        ("FREQ=DAILY;BYHOUR=9,17", None),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU", None),
        ("FREQ=YEARLY;BYDAY=20MO", None),
    ],
)
def test_a_pasted_rule_is_said_as_people_would(
    text: str, expected: Cadence | None
) -> None:
    """Or shown as it is, where that would not be the whole truth."""
    assert expected == cadence_of(Rule(MONDAY, UTC_ZONE, parse(text, UTC_ZONE)))


def to_the_minute(at: time) -> time:
    """Return a time to the minute."""
    return at.replace(second=0, microsecond=0)


@pytest.mark.parametrize(
    ("hours", "now", "expected"),
    [
        ((22, 8), "2026-03-06T21:59", None),
        ((22, 8), "2026-03-06T22:00", "2026-03-07T08:00"),
        ((22, 8), "2026-03-07T07:59", "2026-03-07T08:00"),
        ((22, 8), "2026-03-07T08:00", None),
        ((12, 14), "2026-03-06T13:00", "2026-03-06T14:00"),
        ((12, 14), "2026-03-06T14:00", None),
        ((12, 14), "2026-03-06T11:00", None),
    ],
)
def test_quiet_hours_end(
    hours: tuple[int, int], now: str, expected: str | None
) -> None:
    quiet = QuietHours(*map(time, hours))
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    over = quiet.over_at(at, UTC_ZONE)
    assert expected == (over and f"{over:%Y-%m-%dT%H:%M}")


def test_a_second_end_on_the_day_clocks_go_back() -> None:
    """Quiet until half past one, which New York has twice: both are quiet."""
    quiet, zone = QuietHours(time(22), time(1, 30)), ZoneInfo("America/New_York")
    first = datetime(2026, 11, 1, 5, 20, tzinfo=UTC)

    assert first + timedelta(minutes=10) == quiet.over_at(first, zone)
    assert first + timedelta(minutes=70) == quiet.over_at(
        first + timedelta(hours=1), zone
    )


@given(
    st.times().map(to_the_minute),
    st.times().map(to_the_minute),
    st.integers(0, 366 * 24 * 4),
    st.sampled_from(["America/New_York", "Australia/Lord_Howe", "Antarctica/Troll"]),
)
def test_quiet_hours_are_over_within_a_day(
    since: time, until: time, quarters: int, zone: str
) -> None:
    """Whatever the clocks do, waiting for their end is waiting and ends."""
    if since == until:
        return
    quiet = QuietHours(since, until)
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    over = quiet.over_at(now, ZoneInfo(zone))
    if over is not None:
        assert timedelta(0) < over - now <= timedelta(hours=27)
