"""The calendar for calendar programs, as RFC 5545 writes it.

What repeats is written as a rule on the clocks of its place, so that a program shows it
years ahead and moves it with the clocks. Nothing in here depends on when it is asked
for: the same calendar is the same text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.domain.recurrence import Rule, first, instant, wall_times
from bot.domain.rrule import Freq, Pattern
from bot.pages.feeds.lines import Line, line, text, written
from bot.pages.feeds.zones import timezone

REFRESH_EVERY = "PT1H"
"""How often programs are asked to look again."""

ZONE_YEARS = 10
"""For how many years ahead the changes of clocks are told."""

_DAY = timedelta(days=1)
_MAX_SEQUENCE = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the calendar, once or again and again.

    Attributes:
        uid: The same for the same event, in whichever calendar it stands.

        lasts: 0 for what only begins.

        changed_at: When it was last changed, or taken off.

        version: From 1, and higher for each change.

        whole_days: Whether it is on days and not at a time.

        cancelled: Whether it was taken off, so that programs take it off too.
    """

    uid: str
    title: str
    about: str
    rule: Rule
    lasts: timedelta
    changed_at: datetime
    version: int
    whole_days: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar program is given.

    Attributes:
        zone: The name of the reader's own.

        year: The year that it is, up from which clocks are told ahead.
    """

    title: str
    about: str
    zone: str
    language: str
    year: int
    events: Sequence[Event]


def ical(calendar: Calendar) -> bytes:
    """Return ``calendar`` as a file of type ``text/calendar``."""
    return written(_lines(calendar))


def _lines(calendar: Calendar) -> Iterator[Line]:
    yield line("BEGIN", "VCALENDAR")
    yield line("VERSION", "2.0")
    yield line("PRODID", "-//Laurel//Laurel//EN")
    yield line("CALSCALE", "GREGORIAN")
    yield line("METHOD", "PUBLISH")
    yield line("NAME", text(calendar.title), LANGUAGE=calendar.language)
    yield line("X-WR-CALNAME", text(calendar.title))
    yield line("DESCRIPTION", text(calendar.about), LANGUAGE=calendar.language)
    yield line("X-WR-CALDESC", text(calendar.about))
    yield line("X-WR-TIMEZONE", calendar.zone)
    yield line("REFRESH-INTERVAL", REFRESH_EVERY, VALUE="DURATION")
    yield line("X-PUBLISHED-TTL", REFRESH_EVERY)
    yield from _zones(calendar)
    for event in calendar.events:
        yield from _event(event)
    yield line("END", "VCALENDAR")


def _zones(calendar: Calendar) -> Iterator[Line]:
    timed = [each for each in calendar.events if not each.whole_days]
    zones = {each.rule.zone.key: each.rule.zone for each in timed if _is_local(each)}
    for key, zone in sorted(zones.items()):
        starts = (each.rule.start.year for each in timed if each.rule.zone.key == key)
        # A place ahead of UTC is in a year before UTC is.
        since = min(starts) - 1
        yield from timezone(zone, since, max(since, calendar.year) + ZONE_YEARS)


def _event(event: Event) -> Iterator[Line]:
    begin = first(event.rule)
    if begin is None:
        return
    wall = wall_times(event.rule, begin.on)[begin.slot]
    yield line("BEGIN", "VEVENT")
    yield line("UID", text(event.uid))
    yield line("DTSTAMP", _utc(event.changed_at))
    yield line("LAST-MODIFIED", _utc(event.changed_at))
    yield line("SEQUENCE", str(min(event.version - 1, _MAX_SEQUENCE)))
    yield _time("DTSTART", event, wall)
    yield from _length(event, wall)
    yield from _repeats(event, wall)
    yield line("SUMMARY", text(event.title))
    if event.about:
        yield line("DESCRIPTION", text(event.about))
    yield line("STATUS", "CANCELLED" if event.cancelled else "CONFIRMED")
    yield line("TRANSP", "TRANSPARENT")  # it is an offer, and nobody is busy by it
    yield line("END", "VEVENT")


def _length(event: Event, wall: datetime) -> Iterator[Line]:
    if event.whole_days:
        days = max(event.lasts // _DAY, 1)
        yield _time("DTEND", event, wall + days * _DAY)
    elif event.lasts:
        yield line("DURATION", _duration(event.lasts))


def _repeats(event: Event, wall: datetime) -> Iterator[Line]:
    rule = event.rule
    if rule.pattern is None:
        return
    until = rule.pattern.until
    told = str(replace(_spelled_out(rule.pattern, wall), until=None))
    if until is not None:
        told += f";UNTIL={_until(event, until)}"
    yield line("RRULE", told)
    for on in sorted(rule.exceptions):
        yield from (_time("EXDATE", event, each) for each in wall_times(rule, on))


def _spelled_out(pattern: Pattern, start: datetime) -> Pattern:
    """Return ``pattern`` with the date that follows from its start.

    Programs differ in what they make of a 29 February or a 31st that is not written.
    """
    if pattern.days or pattern.month_days:
        return pattern
    match pattern.freq:
        case Freq.YEARLY:
            months = pattern.months or (start.month,)
            return replace(pattern, months=months, month_days=(start.day,))
        case Freq.MONTHLY:
            return replace(pattern, month_days=(start.day,))
        case Freq.WEEKLY | Freq.DAILY:
            return pattern


def _until(event: Event, until: datetime) -> str:
    """Return the end of what repeats: a date for days, and else an instant in UTC."""
    if event.whole_days:
        return f"{until:%Y%m%d}"
    return _utc(instant(until, event.rule.zone))


def _time(name: str, event: Event, wall: datetime) -> Line:
    if event.whole_days:
        return line(name, f"{wall:%Y%m%d}", VALUE="DATE")
    if not _is_local(event):
        return line(name, f"{wall:%Y%m%dT%H%M%S}Z")
    return line(name, f"{wall:%Y%m%dT%H%M%S}", TZID=event.rule.zone.key)


def _is_local(event: Event) -> bool:
    return event.rule.zone.key != "UTC"


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _duration(lasts: timedelta) -> str:
    """Return a length that is the same on every day, however long that day is."""
    minutes, seconds = divmod(int(lasts.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)


def fills_days(rule: Rule, lasts: timedelta) -> bool:
    """Return whether something begins at midnight and ends at one."""
    pattern, start = rule.pattern, rule.start
    at_midnight = (start.hour, start.minute) == (0, 0)
    timed = pattern is not None and bool(pattern.hours or pattern.minutes)
    return at_midnight and not timed and lasts > timedelta(0) and not lasts % _DAY
