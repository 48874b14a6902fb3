"""T10: a wall time in every zone, for two years, on the clocks of that place."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest

from bot.domain.recurrence import Rule, between, next_after, zone_named
from bot.domain.rrule import ByDay, Freq, Pattern
from tests.battery.size import FULL
from tests.battery.told import Tell
from tests.domain.diary import ODD_ZONES

ZONES = sorted(available_timezones() - {"localtime"}) if FULL else sorted(ODD_ZONES)
SUNDAYS = Pattern(Freq.WEEKLY, days=(ByDay(0, 6),))
FIRST = date(2026, 1, 4)
WEEKS = 104
TIMES = [time(hour, minute) for hour in range(24) for minute in (0, 30)]


@pytest.mark.parametrize("name", ZONES)
def test_every_sunday_has_its_occurrence(name: str, tell: Tell) -> None:
    """48 times of day: none missing, none double, as a diary would have it."""
    zone = zone_named(name)
    sundays = [FIRST + timedelta(weeks=week) for week in range(WEEKS)]
    wrong = 0
    for at in TIMES:
        rule = Rule(datetime.combine(FIRST, at), zone, SUNDAYS)
        since = datetime.combine(FIRST, at, UTC) - timedelta(days=2)
        found = list(between(rule, since, since + timedelta(weeks=WEEKS)))

        expected = [datetime.combine(on, at, zone).astimezone(UTC) for on in sundays]
        wrong += len(set(expected) ^ {each.at for each in found})
        assert expected == [each.at for each in found]
        assert sundays == [each.on for each in found]
    what = f"Sundays missed or doubled in a zone, {len(ZONES)} zones, 48 times of day"
    tell("P8", what, wrong, most=0)


@pytest.mark.parametrize("name", ZONES)
def test_one_rings_after_the_other(name: str) -> None:
    """As the calendar asks: each day for two years, from one to the next."""
    zone = zone_named(name)
    rule = Rule(datetime.combine(FIRST, time(2, 30)), zone, Pattern(Freq.DAILY))
    days: list[date] = []
    after = datetime.combine(FIRST, time(0), UTC) - timedelta(days=3)
    while len(days) < WEEKS * 7:
        following = next_after(rule, after)
        assert following is not None
        days.append(following.on)
        after = following.at

    assert [FIRST + timedelta(days=n) for n in range(WEEKS * 7)] == days
