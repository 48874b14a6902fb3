"""Another way to say when something happens: walk through the dates of a diary.

It asks of each date whether a rule names it, where Laurel makes the dates of each
period. Both would have to be wrong in the same way for a mistake to pass.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.recurrence import Rule
from bot.domain.rrule import Freq, Pattern

DAY = timedelta(days=1)

# Each has done something to its clocks that somebody did not think of: by half an hour,
# by two hours, at midnight, over a whole day, backwards, for a month, or never by a
# whole hour.
ODD_ZONES = (
    "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
    "Asia/Kathmandu", "Antarctica/Troll", "Africa/Cairo", "America/Havana",
    "America/Santiago", "America/Nuuk", "Asia/Beirut", "Europe/Dublin",
)  # fmt: skip


def walk(rule: Rule, first: date, last: date) -> Iterator[tuple[date, time]]:
    """Yield the wall times of ``rule`` between two dates, whatever the clocks do."""
    left = rule.pattern.count if rule.pattern and rule.pattern.count else None
    on = rule.start.date()
    while on <= last and left != 0:
        for at in times(rule) if is_named(rule, on) else ():
            wall = datetime.combine(on, at)
            if wall < rule.start or left == 0:
                continue
            if rule.pattern and rule.pattern.until and wall > rule.pattern.until:
                return
            left = None if left is None else left - 1
            if on >= first and on not in rule.exceptions:
                yield on, at
        on += DAY


def instants(rule: Rule, after: datetime, until: datetime) -> list[datetime]:
    """Return the instants of ``rule`` behind one and up to another, in order."""
    margin = 3 * DAY
    walked = walk(rule, (after - margin).date(), (until + margin).date())
    found = {
        datetime.combine(on, at, tzinfo=rule.zone).astimezone(UTC) for on, at in walked
    }
    return sorted(at for at in found if after < at <= until)


def times(rule: Rule) -> list[time]:
    """Return the times of day of ``rule``."""
    pattern = rule.pattern
    hours = (pattern and pattern.hours) or (rule.start.hour,)
    minutes = (pattern and pattern.minutes) or (rule.start.minute,)
    return sorted(time(hour, minute) for hour in hours for minute in minutes)


def is_named(rule: Rule, on: date) -> bool:
    """Return whether something happens on a date."""
    pattern, start = rule.pattern, rule.start.date()
    if pattern is None:
        return on == start
    if pattern.months and on.month not in pattern.months:
        return False
    if pattern.month_days and not _is_month_day(pattern, on):
        return False
    return _periods_between(pattern, start, on) % pattern.every == 0 and _fits(
        pattern, start, on
    )


def _periods_between(pattern: Pattern, start: date, on: date) -> int:
    if pattern.freq is Freq.DAILY:
        return (on - start).days
    if pattern.freq is Freq.WEEKLY:
        return (_week(on, pattern) - _week(start, pattern)).days // 7
    years = on.year - start.year
    if pattern.freq is Freq.MONTHLY:
        return years * 12 + on.month - start.month
    return years


def _week(on: date, pattern: Pattern) -> date:
    while on.weekday() != pattern.week_start:
        on -= DAY
    return on


def _fits(pattern: Pattern, start: date, on: date) -> bool:
    if pattern.days:
        return any(
            day.weekday == on.weekday() and day.nth in {0, *_nths(pattern, on)}
            for day in pattern.days
        )
    if pattern.freq is Freq.WEEKLY:
        return on.weekday() == start.weekday()
    if pattern.freq is Freq.DAILY or pattern.month_days:
        return True
    by_month = pattern.freq is Freq.MONTHLY or pattern.months
    return on.day == start.day and bool(by_month or on.month == start.month)


def _nths(pattern: Pattern, on: date) -> tuple[int, int]:
    """Count equal weekdays before and behind, within the month or within the year."""
    whole_year = pattern.freq is Freq.YEARLY and not pattern.months

    def same(other: date) -> bool:
        return other.year == on.year and (whole_year or other.month == on.month)

    before = next(n for n in range(1, 55) if not same(on - n * 7 * DAY))
    behind = next(n for n in range(1, 55) if not same(on + n * 7 * DAY))
    return before, -behind


def _is_month_day(pattern: Pattern, on: date) -> bool:
    _, length = monthrange(on.year, on.month)
    return any(
        on.day == (day if day > 0 else length + day + 1) for day in pattern.month_days
    )
