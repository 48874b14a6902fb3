"""Rules at the very edge of what is taken, and a step beyond it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import recurrence
from bot.domain.errors import RuleError
from bot.domain.recurrence import (
    HORIZON,
    MAX_EXCEPTIONS,
    Rule,
    between,
    check,
    instant,
    wall_times,
    zone_named,
)
from bot.domain.rrule import MAX_CHARS, MAX_COUNT, MAX_PER_DAY, parse

BERLIN = ZoneInfo("Europe/Berlin")
AUCKLAND = ZoneInfo("Pacific/Auckland")
NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
START = datetime(2026, 3, 9, 18, 0)  # noqa: DTZ001  wall time


def rule(text: str, start: datetime = START, zone: ZoneInfo = BERLIN) -> Rule:
    return Rule(start, zone, parse(text, zone))


def days(of: Rule, until: datetime = NOW + timedelta(days=120)) -> list[str]:
    """Return what the clocks show when it happens, up to ``until``."""
    found = between(of, NOW, until)
    return [f"{each.at.astimezone(of.zone):%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=YEARLY;BYMONTH=1,12",
        "FREQ=MONTHLY;BYMONTHDAY=-31,31",
        "FREQ=MONTHLY;BYDAY=-5MO,5MO",
        "FREQ=YEARLY;BYDAY=-53MO,53MO",
        "FREQ=DAILY;BYHOUR=0,23;BYMINUTE=0,59",
        "FREQ=DAILY;BYHOUR=9;BYSETPOS=-366,366",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
        "FREQ=YEARLY;BYMONTH=2;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;COUNT=1000",
        f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}",
        f"FREQ=DAILY;BYMINUTE={','.join(map(str, range(MAX_PER_DAY)))}",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,10,20,30,40,50",
    ],
)
def test_the_last_that_is_taken_is_written_as_it_was(text: str) -> None:
    """Each limit is still within it, and every part keeps its name."""
    assert text == str(parse(text, BERLIN))


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("FREQ=DAILY;NONSENSE", "NONSENSE"),
        ("FREQ=DAILY;BYHOUR=", "BYHOUR="),
        ("FREQ=DAILY;BYHOUR=1=2", "1=2"),
        ("COUNT=2", "FREQ="),
        ("FREQ=FORTNIGHTLY", "FREQ=FORTNIGHTLY"),
        ("FREQ=YEARLY;BYMONTH=0", "0"),
        ("FREQ=YEARLY;BYMONTH=13", "13"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "32"),
        ("FREQ=MONTHLY;BYMONTHDAY=-32", "-32"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "0"),
        ("FREQ=MONTHLY;BYDAY=XX", "XX"),
        ("FREQ=MONTHLY;BYDAY=-6MO", "-6"),
        ("FREQ=YEARLY;BYDAY=54MO", "54"),
        ("FREQ=WEEKLY;WKST=XX", "XX"),
        ("FREQ=DAILY;BYHOUR=24", "24"),
        ("FREQ=DAILY;BYMINUTE=60", "60"),
        ("FREQ=DAILY;BYHOUR=9;BYSETPOS=367", "367"),
        ("FREQ=DAILY;BYHOUR=9;BYSETPOS=-367", "-367"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "COUNT"),
        (f"FREQ=DAILY;COUNT={MAX_COUNT + 1}", str(MAX_COUNT + 1)),
        ("FREQ=DAILY;INTERVAL=0", "0"),
        ("FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230"),
        ("FREQ=DAILY;COLOUR=RED", "COLOUR"),
    ],
)
def test_a_refusal_shows_what_it_is_about(text: str, part: str) -> None:
    """Whoever pasted it reads which part was not understood."""
    with pytest.raises(RuleError) as no:
        parse(text, BERLIN)
    assert "calendar.refused-rule-unreadable" == no.value.code
    assert {"part": part} == no.value.values


@pytest.mark.parametrize(
    ("text", "why", "values"),
    [
        ("FREQ=YEARLY;BYWEEKNO=20", "unsupported", {"part": "BYWEEKNO"}),
        ("FREQ=HOURLY", "often", {"most": MAX_PER_DAY}),
        (
            f"FREQ=DAILY;BYMINUTE={','.join(map(str, range(MAX_PER_DAY + 1)))}",
            "often",
            {"most": MAX_PER_DAY},
        ),
        ("FREQ=DAILY".ljust(MAX_CHARS + 1, ";"), "long", {"most": MAX_CHARS}),
        ("FREQ=DAILY".ljust(MAX_CHARS, ";"), "unreadable", {"part": ""}),
    ],
)
def test_a_refusal_shows_the_limit(
    text: str, why: str, values: dict[str, object]
) -> None:
    """And says which of them it was."""
    with pytest.raises(RuleError) as no:
        parse(text, BERLIN)
    assert (f"calendar.refused-rule-{why}", values) == (no.value.code, no.value.values)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("1", ["04-06", "05-04", "06-01"]),
        ("2", ["03-09", "04-13", "05-11", "06-08"]),
        ("-1", ["03-30", "04-27", "05-25", "06-29"]),
        ("-2", ["03-23", "04-20", "05-18", "06-22"]),
    ],
)
def test_places_are_counted_from_both_ends(places: str, expected: list[str]) -> None:
    """The first, the second, the last, the last but one of a month's Mondays."""
    monthly = rule(f"FREQ=MONTHLY;BYDAY=MO;BYSETPOS={places}")
    assert [f"{each} 18:00" for each in expected] == days(monthly)


def test_an_end_in_utc_is_read_on_local_clocks() -> None:
    """An hour or two later in Berlin, half a day in Auckland."""
    text = "FREQ=DAILY;UNTIL=20260401T233000Z"
    assert "FREQ=DAILY;UNTIL=20260402T013000" == str(parse(text, BERLIN))
    assert "FREQ=DAILY;UNTIL=20260402T123000" == str(parse(text, AUCKLAND))


@pytest.mark.parametrize("name", ["A" * 64, "A" * 65, "../etc/passwd", "", "Mars/Base"])
def test_a_zone_that_is_none_is_refused_at_its_field(name: str) -> None:
    """However long it is, and wherever it would lead."""
    with pytest.raises(RuleError) as no:
        zone_named(name)
    assert ("calendar.refused-zone", "zone") == (no.value.code, no.value.at)


def test_it_may_start_ten_years_away_and_no_more() -> None:
    """By the clocks of its place; and never at half a minute."""
    local = NOW.astimezone(AUCKLAND).replace(tzinfo=None)
    daily = parse("FREQ=DAILY", AUCKLAND)
    check(Rule(local - HORIZON, AUCKLAND, daily), NOW)
    check(Rule(local + HORIZON - timedelta(days=1), AUCKLAND, daily), NOW)
    for start in (local + HORIZON, local - HORIZON):
        beyond = timedelta(minutes=1 if start > local else -1)
        with pytest.raises(RuleError) as no:
            check(Rule(start + beyond, AUCKLAND, daily), NOW)
        assert ("calendar.refused-start", "start") == (no.value.code, no.value.at)


@pytest.mark.parametrize(
    "start",
    [
        START.replace(second=1),
        START.replace(microsecond=1),
        START.replace(second=1, microsecond=1),
    ],
)
def test_it_starts_at_a_whole_minute(start: datetime) -> None:
    """Whoever makes rules sees to that; nobody types seconds."""
    with pytest.raises(ValueError, match=r"^a rule starts at a whole minute"):
        check(Rule(start, BERLIN, parse("FREQ=DAILY", BERLIN)), NOW)


def test_so_many_days_may_be_left_out_and_no_more() -> None:
    """As many as a year has."""
    out = frozenset(START.date() + timedelta(days=n) for n in range(MAX_EXCEPTIONS))
    daily = parse("FREQ=DAILY", BERLIN)
    check(Rule(START, BERLIN, daily, out), NOW)
    with pytest.raises(RuleError) as no:
        check(Rule(START, BERLIN, daily, out | {date(2026, 1, 1)}), NOW)
    assert ("calendar.refused-exceptions", "rule") == (no.value.code, no.value.at)
    assert {"most": MAX_EXCEPTIONS} == no.value.values


@pytest.mark.parametrize(
    ("once", "code"),
    [
        (Rule(datetime(2026, 3, 6, 16, 0), BERLIN), "past"),  # noqa: DTZ001
        (Rule(START, BERLIN, None, frozenset({START.date()})), "left-out"),
    ],
)
def test_what_comes_once_and_never_is_refused_at_its_start(
    once: Rule, code: str
) -> None:
    """The very minute that it is now, is over."""
    with pytest.raises(RuleError) as no:
        check(once, NOW)
    assert (f"calendar.refused-{code}", "start") == (no.value.code, no.value.at)


def test_what_repeats_and_never_comes_is_refused_at_its_rule() -> None:
    """There is nothing wrong with its start."""
    with pytest.raises(RuleError) as no:
        check(rule("FREQ=DAILY;UNTIL=20260101"), NOW)
    assert ("calendar.refused-never", "rule") == (no.value.code, no.value.at)


def test_its_first_time_is_the_first_of_all() -> None:
    """Also where that was left out, long ago, and elsewhere a day earlier."""
    out = frozenset({START.date()})
    daily = Rule(START, AUCKLAND, parse("FREQ=WEEKLY;BYDAY=MO", AUCKLAND), out)
    found = recurrence.first(daily)
    assert found is not None
    assert (instant(START, AUCKLAND), START.date()) == (found.at, found.on)
    assert datetime(2026, 3, 9, 5, 0, tzinfo=UTC) == found.at
    assert None is recurrence.first(rule("FREQ=DAILY;UNTIL=20260101"))


def test_slots_are_the_times_of_a_day() -> None:
    """What clocks show, hour by hour, on whichever date."""
    twice = rule("FREQ=DAILY;BYHOUR=9,18;BYMINUTE=0,30")
    shown = [f"{each:%Y-%m-%d %H:%M}" for each in wall_times(twice, date(2026, 3, 29))]
    times = ("09:00", "09:30", "18:00", "18:30")
    assert [f"2026-03-29 {each}" for each in times] == shown


def test_an_instant_is_told_in_utc() -> None:
    """And of a wall time that comes twice it is the first, however it was marked."""
    twice = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    for fold in (0, 1):
        found = instant(twice.replace(fold=fold), BERLIN)
        assert datetime(2026, 10, 25, 0, 30, tzinfo=UTC) == found
        assert UTC is found.tzinfo


def test_the_first_and_last_minute_that_is_looked_at() -> None:
    """Up to and with the one, behind the other."""
    daily = rule("FREQ=DAILY", datetime(2026, 3, 1, 16, 0))  # noqa: DTZ001
    until = NOW + timedelta(days=2)
    assert ["03-07 16:00", "03-08 16:00"] == days(daily, until)
    assert ["03-07 16:00"] == days(daily, until - timedelta(minutes=1))
