"""When something happens again: by the clocks of every place, and by a diary."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import recurrence
from bot.domain.errors import RuleError
from bot.domain.recurrence import (
    HORIZON,
    Happening,
    Rule,
    between,
    check,
    following,
    next_after,
    zone_named,
)
from bot.domain.rrule import ByDay, Freq, Pattern, parse
from tests.domain.diary import ODD_ZONES, instants

NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
DAILY = Pattern(Freq.DAILY)


def rule_of(start: str, zone: str, text: str = "") -> Rule:
    place = zone_named(zone)
    pattern = parse(text, place) if text else None
    return Rule(datetime.fromisoformat(start), place, pattern)


def told(rule: Rule, since: str, days: float) -> list[str]:
    """Return the local times of ``rule`` from a local date on, with their offsets."""
    after = datetime.fromisoformat(since).replace(tzinfo=rule.zone)
    found = between(rule, after, after + timedelta(days=days))
    local = (each.at.astimezone(rule.zone) for each in found)
    return [f"{each:%m-%d %H:%M%z}" for each in local]


@pytest.mark.parametrize(
    ("zone", "start", "since", "expected"),
    [
        # The clocks skip 02:30 on the 8th; on 1 November they show 01:30 twice.
        (
            "America/New_York",
            "2026-03-01T02:30",
            "2026-03-07",
            ["03-07 02:30-0500", "03-08 03:30-0400", "03-09 02:30-0400"],
        ),
        (
            "America/New_York",
            "2026-03-01T01:30",
            "2026-10-31",
            ["10-31 01:30-0400", "11-01 01:30-0400", "11-02 01:30-0500"],
        ),
        # Half an hour, in October forwards and in April back.
        (
            "Australia/Lord_Howe",
            "2026-03-01T02:15",
            "2026-10-03",
            ["10-03 02:15+1030", "10-04 02:45+1100", "10-05 02:15+1100"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-03-01T01:45",
            "2026-04-04",
            ["04-04 01:45+1100", "04-05 01:45+1100", "04-06 01:45+1030"],
        ),
        # There was no 30 December 2011, so nothing happened on it.
        (
            "Pacific/Apia",
            "2011-12-01T09:00",
            "2011-12-29",
            ["12-29 09:00-1000", "12-31 09:00+1400", "01-01 09:00+1400"],
        ),
        # An hour back for Ramadan, and forwards again after it.
        (
            "Africa/Casablanca",
            "2026-01-01T02:30",
            "2026-02-14",
            ["02-14 02:30+0100", "02-15 02:30+0100", "02-16 02:30+0000"],
        ),
        (
            "Africa/Casablanca",
            "2026-01-01T02:30",
            "2026-03-21",
            ["03-21 02:30+0000", "03-22 03:30+0100", "03-23 02:30+0100"],
        ),
        (
            "Asia/Kathmandu",
            "2026-01-01T00:10",
            "2026-03-28",
            ["03-28 00:10+0545", "03-29 00:10+0545", "03-30 00:10+0545"],
        ),
        # Two hours at once.
        (
            "Antarctica/Troll",
            "2026-01-01T01:30",
            "2026-03-28",
            ["03-28 01:30+0000", "03-29 03:30+0200", "03-30 01:30+0200"],
        ),
        # Midnight itself is skipped.
        (
            "Africa/Cairo",
            "2026-01-01T00:00",
            "2026-04-23T00:00",
            ["04-24 01:00+0300", "04-25 00:00+0300", "04-26 00:00+0300"],
        ),
    ],
)
def test_every_day_has_one(
    zone: str, start: str, since: str, expected: list[str]
) -> None:
    """Each day that there is, once: later where it is skipped, first where doubled."""
    rule = rule_of(start, zone, "FREQ=DAILY")
    assert expected == told(rule, since, 5)[:3]


def test_a_week_without_its_friday_has_its_occurrence() -> None:
    """It moves, and is never dropped; the date that it counts for is the Friday."""
    rule = rule_of("2011-12-02T17:00", "Pacific/Apia", "FREQ=WEEKLY")
    after = datetime(2011, 12, 25, tzinfo=UTC)

    moved, *_ = between(rule, after, after + timedelta(days=10))

    assert Happening(datetime(2011, 12, 31, 3, tzinfo=UTC), date(2011, 12, 30), 0) == (
        moved
    )
    assert "2011-12-31 17:00" == f"{moved.at.astimezone(rule.zone):%Y-%m-%d %H:%M}"


def _lists(
    values: st.SearchStrategy[int], most: int
) -> st.SearchStrategy[tuple[int, ...]]:
    return st.sets(values, max_size=most).map(lambda found: tuple(sorted(found)))


def _rarely(
    some: st.SearchStrategy[tuple[int, ...]],
) -> st.SearchStrategy[tuple[int, ...]]:
    """Have rules say little, or next to none of them would ever come."""
    return st.integers(0, 3).flatmap(lambda n: st.just(()) if n else some)


_walls = st.integers(0, 18 * 365 * 24 * 60).map(
    lambda minutes: datetime.fromisoformat("2010-01-01") + timedelta(minutes=minutes)
)


@st.composite
def patterns(draw: st.DrawFn) -> Pattern:
    """Patterns that a diary understands: all but BYSETPOS."""
    freq = draw(st.sampled_from(Freq))
    months = draw(_rarely(_lists(st.integers(1, 12), 6)))
    weeks = {Freq.MONTHLY: 5, Freq.YEARLY: 5 if months else 53}.get(freq, 0)
    nth = st.integers(-weeks, weeks)
    days = draw(st.sets(st.builds(ByDay, nth, st.integers(0, 6)), max_size=3))
    in_month = st.integers(-31, 31).filter(bool)
    until = draw(_walls) if draw(st.integers(0, 5)) == 0 else None
    counted = until is None and draw(st.integers(0, 3)) == 0
    return Pattern(
        freq=freq,
        every=draw(st.integers(1, 5)),
        months=months,
        month_days=() if freq is Freq.WEEKLY else draw(_rarely(_lists(in_month, 5))),
        days=tuple(sorted(days)),
        hours=draw(_rarely(_lists(st.integers(0, 23), 2))),
        minutes=draw(_rarely(_lists(st.integers(0, 59), 2))),
        count=draw(st.integers(1, 40)) if counted else None,
        until=until,
        week_start=draw(st.integers(0, 6)),
    )


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    start = draw(_walls)
    near = st.integers(0, 400).map(lambda days: start.date() + timedelta(days=days))
    return Rule(
        start,
        zone_named(draw(st.sampled_from(ODD_ZONES))),
        draw(st.none() | patterns()),
        draw(st.frozensets(near, max_size=3)),
    )


@given(rules(), st.integers(-400, 800), st.integers(1, 500))
def test_it_is_as_a_diary_has_it(rule: Rule, begin: int, days: int) -> None:
    """Whatever is asked for, and wherever one begins to look."""
    after = rule.start.replace(tzinfo=UTC) + timedelta(days=begin, minutes=7)
    until = after + timedelta(days=days)

    found = list(between(rule, after, until))

    assert instants(rule, after, until) == [each.at for each in found]
    assert len(found) == len({(each.on, each.slot) for each in found})


@given(rules())
def test_one_after_the_other_is_the_same_as_all_at_once(rule: Rule) -> None:
    """No time is skipped or met twice by asking for the next again and again."""
    after = rule.start.replace(tzinfo=UTC) - timedelta(days=3)
    found = following(rule, after, 20)

    assert all(a.at < b.at for a, b in pairwise(found))
    if found:
        assert found == list(between(rule, after, found[-1].at))


@given(rules())
def test_what_is_written_down_is_read_back(rule: Rule) -> None:
    """An entry holds the text alone."""
    if rule.pattern is not None:
        assert rule.pattern == parse(str(rule.pattern), rule.zone)


def test_a_diary_can_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted defect: a wall time that is skipped, read by the later offset."""
    rule = rule_of("2026-03-01T02:30", "America/New_York", "FREQ=DAILY")
    after, until = NOW, NOW + timedelta(days=5)
    assert instants(rule, after, until) == [h.at for h in between(rule, after, until)]

    def by_the_later(wall: datetime, zone: ZoneInfo) -> datetime:
        return wall.replace(tzinfo=zone, fold=1).astimezone(UTC)

    monkeypatch.setattr(recurrence, "instant", by_the_later)
    assert instants(rule, after, until) != [h.at for h in between(rule, after, until)]


def test_what_is_counted_is_counted_from_the_start() -> None:
    """An exception takes one away and does not make room for another."""
    text = "FREQ=WEEKLY;COUNT=3"
    rule = rule_of("2026-03-02T09:00", "UTC", text)
    without = Rule(rule.start, rule.zone, rule.pattern, frozenset({date(2026, 3, 9)}))

    assert [2, 9, 16] == [each.on.day for each in following(rule, NOW - HORIZON, 9)]
    assert [2, 16] == [each.on.day for each in following(without, NOW - HORIZON, 9)]
    assert [16] == [each.on.day for each in following(rule, _utc("2026-03-10"), 9)]


def _utc(on: str) -> datetime:
    return datetime.fromisoformat(on).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FREQ=MONTHLY;BYDAY=1FR", ["2026-04-03", "2026-05-01", "2026-06-05"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", ["2026-03-27", "2026-04-24", "2026-05-29"]),
        ("FREQ=MONTHLY;BYDAY=-2SU", ["2026-03-22", "2026-04-19", "2026-05-24"]),
        ("FREQ=WEEKLY;INTERVAL=2", ["2026-03-16", "2026-03-30", "2026-04-13"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2026-03-31", "2026-05-31", "2026-07-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["2026-03-31", "2026-04-30", "2026-05-31"]),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["2026-03-31", "2026-04-30", "2026-05-29"],
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            ["2028-02-29", "2032-02-29", "2036-02-29"],
        ),
        ("FREQ=YEARLY;BYDAY=20MO", ["2026-05-18", "2027-05-17", "2028-05-15"]),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            ["2026-03-13", "2026-11-13", "2027-08-13"],
        ),
    ],
)
def test_what_people_ask_for(text: str, expected: list[str]) -> None:
    """Dates as any printed calendar has them."""
    rule = rule_of("2026-03-02T09:00", "Europe/Berlin", text)
    after = NOW
    assert expected == [f"{each.on}" for each in following(rule, after, 3)]


@pytest.mark.parametrize(
    ("week_start", "expected"),
    [("MO", ["08-05", "08-10", "08-19", "08-24"]),
     ("SU", ["08-05", "08-17", "08-19", "08-31"])],
)  # fmt: skip
def test_when_a_week_begins_counts(week_start: str, expected: list[str]) -> None:
    """Every two weeks on Tuesday and Sunday, as RFC 5545 has it."""
    text = f"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST={week_start}"
    rule = rule_of("1997-08-05T09:00", "America/New_York", text)
    found = following(rule, _utc("1997-08-01"), 9)

    assert expected == [f"{each.on:%m-%d}" for each in found]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (rule_of("2026-03-02T09:00", "UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"),
         "calendar.refused-never"),
        (rule_of("2026-03-02T09:00", "UTC", "FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31"),
         "calendar.refused-never"),
        (rule_of("2026-03-02T09:00", "UTC", "FREQ=DAILY;UNTIL=20260301T000000"),
         "calendar.refused-never"),
        (rule_of("2026-03-02T09:00", "UTC", "FREQ=DAILY;COUNT=4"),
         "calendar.refused-never"),
        (rule_of("2026-03-06T14:59", "UTC"), "calendar.refused-past"),
        (Rule(datetime.fromisoformat("2026-03-07"), ZoneInfo("UTC"), None,
              frozenset({date(2026, 3, 7)})), "calendar.refused-left-out"),
        (rule_of("2026-03-02T09:00", "UTC", "FREQ=DAILY;INTERVAL=1000;BYMONTH=2;"
                 "BYMONTHDAY=30"), "calendar.refused-never"),
        (rule_of("2040-03-02T09:00", "UTC"), "calendar.refused-start"),
        (rule_of("0001-01-01T00:00", "UTC", "FREQ=DAILY"), "calendar.refused-start"),
        (rule_of("9999-12-31T23:59", "UTC", "FREQ=DAILY"), "calendar.refused-start"),
        (Rule(datetime.fromisoformat("2026-03-07"), ZoneInfo("UTC"), DAILY,
              frozenset(date(2026, 3, 7) + timedelta(days=n) for n in range(367))),
         "calendar.refused-exceptions"),
    ],
)  # fmt: skip
def test_what_never_comes_is_refused(rule: Rule, code: str) -> None:
    """At once, and with a reason."""
    with pytest.raises(RuleError) as no:
        check(rule, NOW)
    assert code == no.value.code


@pytest.mark.parametrize(
    "name",
    ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "UTC\n", "\0", "Z" * 999,
     "America", "Europe/", "posixrules\\", "💧"],
)  # fmt: skip
def test_a_zone_that_is_not_there_is_refused(name: str) -> None:
    """Whatever it looks like; no file outside the zones is ever read."""
    with pytest.raises(RuleError) as no:
        zone_named(name)
    assert "calendar.refused-zone" == no.value.code


def test_nothing_is_searched_for_ever() -> None:
    """A rule that nobody checked ends as well."""
    rule = rule_of("2026-03-02T09:00", "UTC", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    assert next_after(rule, NOW) is None
