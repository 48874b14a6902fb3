"""The calendar as others read it: what they expand is what Laurel rings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import icalendar
import pytest
from hypothesis import Phase, assume, given, settings

from bot.domain.recurrence import Rule, between, wall_times, zone_named
from bot.domain.rrule import parse
from bot.pages.feeds.ical import Calendar, Event, fills_days, ical
from bot.pages.feeds.zones import shifts
from tests.domain.diary import ODD_ZONES
from tests.domain.test_recurrence import rules as any_rules
from tests.hostile import HOSTILE
from tests.pages.readers import Reading, by_ical_js, by_icalendar

CHANGED_AT = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
SINCE = datetime(2028, 1, 1, tzinfo=UTC)
UNTIL = datetime(2029, 3, 20, tzinfo=UTC)

RULES = {
    "once": ("2028-03-06T18:00", ""),
    "daily": ("2028-01-05T18:00", "FREQ=DAILY"),
    "every third day": ("2028-01-05T07:15", "FREQ=DAILY;INTERVAL=3"),
    "on weekdays": ("2028-01-03T09:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
    "every two weeks": ("2028-01-07T20:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU"),
    "from Sunday on": (
        "2028-01-07T20:00",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
    ),
    "first Friday": ("2028-01-06T17:00", "FREQ=MONTHLY;BYDAY=1FR"),
    "last day": ("2028-01-31T12:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    "the 31st": ("2028-01-31T12:00", "FREQ=MONTHLY"),
    "Friday the 13th": ("2028-01-01T13:13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"),
    "last weekday": (
        "2028-01-01T16:00",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    ),
    "leap days": ("2024-02-29T10:00", "FREQ=YEARLY"),
    "a Thursday in November": ("2027-11-27T12:00", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
    "thrice a day": ("2028-01-05T08:30", "FREQ=WEEKLY;BYDAY=SA;BYHOUR=8,12,18"),
    "seven times": ("2028-02-01T19:00", "FREQ=WEEKLY;BYDAY=MO,WE;COUNT=7"),
    "until a date": ("2028-02-01T19:00", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20281026"),
    "until a time": ("2028-02-02T19:00", "FREQ=WEEKLY;UNTIL=20280601T190000"),
}

AROUND_MIDNIGHT = ("00:15", "01:30", "02:15", "02:30", "03:00", "23:45")
"""When clocks are changed somewhere."""


def rule_of(start: str, zone: str, text: str = "", without: str = "") -> Rule:
    place = zone_named(zone)
    pattern = parse(text, place) if text else None
    left_out = frozenset(map(date.fromisoformat, without.split()))
    return Rule(datetime.fromisoformat(start), place, pattern, left_out)


def event(uid: str, rule: Rule, **more: object) -> Event:
    given: dict[str, object] = {
        "title": "Soup",
        "about": "",
        "lasts": timedelta(hours=1),
        "changed_at": CHANGED_AT,
        "version": 1,
    }
    return Event(uid=uid, rule=rule, **{**given, **more})  # type: ignore[arg-type]


def file_of(*events: Event, year: int = 2026, title: str = "What is coming") -> bytes:
    return ical(Calendar(title, "Ours", "UTC", "en", year, events))


def rung(rules: dict[str, Rule]) -> dict[str, list[datetime]]:
    """Return when Laurel rings."""
    return {
        name: [each.at for each in between(rule, SINCE, UNTIL)]
        for name, rule in rules.items()
    }


def read(rules: dict[str, Rule]) -> Reading:
    return Reading(
        file_of(*(event(name, rule) for name, rule in rules.items())), SINCE, UNTIL
    )


def everything(zone: str) -> dict[str, Rule]:
    """Return every kind of rule, by the clocks of one place."""
    return {name: rule_of(start, zone, text) for name, (start, text) in RULES.items()}


def around_midnight(zone: str) -> dict[str, Rule]:
    """Return what comes daily at the hours at which clocks are changed."""
    return {
        at: rule_of(f"2028-01-05T{at}", zone, "FREQ=DAILY") for at in AROUND_MIDNIGHT
    }


@cache
def told_by_ical_js(
    rules_in: Callable[[str], dict[str, Rule]],
) -> dict[str, dict[str, list[datetime]]]:
    """Return what ical.js expands in each place; it is begun once for all of them."""
    zones = ("UTC", *ODD_ZONES)
    return dict(
        zip(zones, by_ical_js([read(rules_in(zone)) for zone in zones]), strict=True)
    )


@pytest.mark.parametrize("zone", ["UTC", *ODD_ZONES])
def test_others_expand_what_laurel_rings(zone: str) -> None:
    """Every kind of rule, by the clocks of every odd place, by both readers."""
    rules = everything(zone)

    expected = rung(rules)
    assert expected == by_icalendar(read(rules))
    assert expected == told_by_ical_js(everything)[zone]


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_hours_that_are_skipped_and_hours_that_come_twice(zone: str) -> None:
    """There alone may readers differ, and by no more than the clocks are changed.

    RFC 5545 reads what is skipped by the offset before, and of what comes twice the
    first, as Laurel does. Both readers take what is skipped by the offset behind it,
    and ical.js takes the second.
    """
    rules = around_midnight(zone)

    told = by_icalendar(read(rules)), told_by_ical_js(around_midnight)[zone]
    for name, rule in rules.items():
        for found in told:
            assert [] == strays(rule, found[name], SINCE, UNTIL)


@settings(max_examples=40, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(any_rules())
def test_whatever_repeats_is_read_as_it_rings(rule: Rule) -> None:
    """Rules that nobody thought of, by icalendar.

    But for those that name some weekdays by number and others without: dateutil then
    wants both at once.
    """
    days = rule.pattern.days if rule.pattern else ()
    assume(len({bool(day.nth) for day in days}) < 2)
    assume(rule.pattern or rule.start.date() not in rule.exceptions)  # never comes
    after = datetime(rule.start.year, 1, 1, tzinfo=UTC)
    until = after + timedelta(days=900)
    written = file_of(event("it", rule), year=rule.start.year)
    found = by_icalendar(Reading(written, after, until)).get("it", [])

    assert [] == strays(rule, found, after, until)


def strays(
    rule: Rule, found: list[datetime], after: datetime, until: datetime
) -> list[str]:
    """Return where a reader differs from Laurel, but for what clocks skip or repeat."""
    either: dict[datetime, set[datetime]] = {}
    for each in between(rule, after, until):
        wall = wall_times(rule, each.on)[each.slot]
        both = (wall.replace(tzinfo=rule.zone, fold=fold) for fold in (0, 1))
        either[each.at] = {at.astimezone(UTC) for at in both}
    margin = timedelta(days=1)
    lost = [f"lost {at}" for at, both in either.items() if not both & set(found)]
    known = set().union(*either.values())
    near = (at for at in found if after + margin < at < until - margin)
    return lost + [f"made up {at}" for at in near if at not in known]


def test_what_takes_a_day_is_no_time_of_day() -> None:
    """A themed week is days, whose ends and gaps are days as well."""
    rule = rule_of(
        "2026-03-02T00:00", "Africa/Cairo", "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20260701",
        "2026-04-06",
    )  # fmt: skip
    assert fills_days(rule, timedelta(days=7))
    assert not fills_days(rule, timedelta(days=6, hours=12))
    assert not fills_days(rule_of("2026-03-02T09:00", "UTC"), timedelta(days=7))
    lasts = timedelta(days=7)
    (read_back,) = vevents(file_of(event("week", rule, lasts=lasts, whole_days=True)))

    assert date(2026, 3, 2) == read_back["DTSTART"].dt
    assert date(2026, 3, 9) == read_back["DTEND"].dt
    assert [date(2026, 4, 6)] == [each.dt for each in read_back["EXDATE"].dts]
    assert [date(2026, 7, 1)] == read_back["RRULE"]["UNTIL"]


def test_an_exception_takes_one_away_and_makes_no_room() -> None:
    """EXDATE by the clocks of the place, each time of that day."""
    rules = {
        "it": rule_of(
            "2028-02-02T19:00",
            "America/New_York",
            "FREQ=DAILY;BYHOUR=9,19;COUNT=60",
            "2028-02-04 2028-02-22",
        )
    }
    reading = read(rules)
    expected = rung(rules)

    assert 60 - 4 == len(expected["it"])
    assert expected == by_icalendar(reading)
    assert [expected] == by_ical_js([reading])


def test_the_end_of_what_repeats_is_in_utc() -> None:
    """RFC 5545 asks for it wherever the start is on the clocks of a place."""
    rule = rule_of("2026-06-01T19:00", "Europe/Dublin", "FREQ=DAILY;UNTIL=20260701")

    assert b"UNTIL=20260701T225959Z\r\n" in file_of(event("it", rule))


def test_what_was_taken_off_is_told_so() -> None:
    """With a higher number than before, so that programs believe it."""
    rule = rule_of("2026-03-06T18:00", "UTC")
    (gone,) = vevents(file_of(event("it", rule, version=3, cancelled=True)))

    assert "CANCELLED" == gone["STATUS"]
    assert 2 == gone["SEQUENCE"]
    assert CHANGED_AT == gone["DTSTAMP"].dt == gone["LAST-MODIFIED"].dt


TRICKS = (*(each.text for each in HOSTILE), "a\r\nEND:VCALENDAR\r\nX-EVIL:1", "\\", "")


def test_nobodys_words_are_lines_of_the_file() -> None:
    """Whatever a title says, it is one value and reads as it was typed."""
    rule = rule_of("2026-03-06T18:00", "Asia/Kathmandu")
    plain = names_in(file_of(event("it", rule, about="Soup")))
    wrong = []
    for words in TRICKS:
        told = event("it", rule, title=words, about=f"1{words}")
        written = file_of(told, title=words)
        (found,) = vevents(written)
        if plain != names_in(written) or visible(words) != str(found["SUMMARY"]):
            wrong.append(words)
        assert all(len(each) <= 75 for each in written.split(b"\r\n"))
        assert b"\n" not in written.replace(b"\r\n", b"")

    assert [] == wrong


def test_a_long_line_is_folded_between_characters() -> None:
    """Each piece is whole letters, and all together are what was there."""
    words = "Straße nach Øresund, über die Brücke; 桜の花 " * 9
    written = file_of(event("it", rule_of("2026-03-06T18:00", "UTC"), title=words))

    for piece in written.split(b"\r\n"):
        piece.decode()
    assert words == vevents(written)[0]["SUMMARY"]


@pytest.mark.parametrize("zone", ODD_ZONES)
def test_clocks_are_told_as_they_are(zone: str) -> None:
    """Every quarter of an hour around each change, by the file's own VTIMEZONE."""
    place = zone_named(zone)
    written = file_of(event("it", rule_of("2012-06-01T18:00", zone)))
    calendar: Any = icalendar.Calendar.from_ical(written)
    (told,) = calendar.walk("VTIMEZONE")
    at_utc, info = told.get_transitions()
    around = [
        each.at + timedelta(minutes=15 * step)
        for each in shifts(place, 2012, 2035)
        for step in range(-12, 12)
    ]
    plain = [datetime(year, 7, 1, tzinfo=UTC) for year in range(2012, 2036)]

    assert [at.astimezone(place).utcoffset() for at in around + plain] == [
        info[bisect_right(at_utc, at.replace(tzinfo=None)) - 1][0]
        for at in around + plain
    ]


def test_the_same_calendar_is_the_same_text() -> None:
    """So that whoever has it need not be sent it again."""
    rule = rule_of("2026-03-06T18:00", "Asia/Kathmandu", "FREQ=DAILY")

    assert file_of(event("it", rule)) == file_of(event("it", rule))


def vevents(written: bytes) -> list[Any]:
    calendar: Any = icalendar.Calendar.from_ical(written)
    return list(calendar.walk("VEVENT"))


def names_in(written: bytes) -> list[bytes]:
    """Return the name of each line, once folded lines are whole again."""
    whole = written.replace(b"\r\n ", b"").removesuffix(b"\r\n").split(b"\r\n")
    return [each.partition(b":")[0].partition(b";")[0] for each in whole]


def visible(words: str) -> str:
    """Return ``words`` without what no calendar may hold."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub("[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", "", lines)
