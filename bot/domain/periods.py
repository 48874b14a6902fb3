"""The days of each day, week, month or year that a pattern names."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import count, islice

from bot.domain.rrule import ByDay, Freq, Pattern


def periods(
    pattern: Pattern, start: date, begin: date, last: date
) -> Iterator[list[date]]:
    """Yield the days of each period, from the one that ``begin`` is in up to ``last``.

    Periods are counted from the one that ``start`` is in, which is no later.
    """
    match pattern.freq:
        case Freq.DAILY | Freq.WEEKLY:
            return _short_periods(pattern, start, begin, last)
        case Freq.MONTHLY:
            return _months(pattern, start, begin, last)
        case Freq.YEARLY:
            return _years(pattern, start, begin, last)


def _short_periods(
    pattern: Pattern, start: date, begin: date, last: date
) -> Iterator[list[date]]:
    days = pattern.days
    if pattern.freq is Freq.WEEKLY:
        length = 7
        base = start.toordinal() - (start.weekday() - pattern.week_start) % 7
        days = days or (ByDay(0, start.weekday()),)
    else:
        length, base = 1, start.toordinal()
    step = pattern.every * length
    base += max(begin.toordinal() - base, 0) // step * step
    for first in range(base, last.toordinal() + 1, step):
        found = (date.fromordinal(first + day) for day in range(length))
        yield [
            on
            for on in found
            if (not pattern.months or on.month in pattern.months)
            and (not days or any(on.weekday() == day.weekday for day in days))
            and (not pattern.month_days or _is_month_day(pattern, on))
        ]


def _months(
    pattern: Pattern, start: date, begin: date, last: date
) -> Iterator[list[date]]:
    base = start.year * 12 + start.month - 1
    base += (_month(begin) - base) // pattern.every * pattern.every
    for number in range(base, _month(last) + 1, pattern.every):
        year, month = number // 12, number % 12 + 1
        if not pattern.months or month in pattern.months:
            yield _in_month(pattern, start, year, month)


def _month(on: date) -> int:
    return on.year * 12 + on.month - 1


def _in_month(pattern: Pattern, start: date, year: int, month: int) -> list[date]:
    length = monthrange(year, month)[1]
    if not pattern.month_days and not pattern.days:
        return [date(year, month, start.day)] if start.day <= length else []
    days = [date(year, month, day) for day in range(1, length + 1)]
    if pattern.month_days:
        days = [on for on in days if _is_month_day(pattern, on)]
    if not pattern.days:
        return days
    return [on for on in days if _is_day(pattern, on, on.day, length)]


def _years(
    pattern: Pattern, start: date, begin: date, last: date
) -> Iterator[list[date]]:
    base = start.year + (begin.year - start.year) // pattern.every * pattern.every
    for year in range(base, last.year + 1, pattern.every):
        months = pattern.months
        if not (months or pattern.month_days or pattern.days):
            months = (start.month,)
        if months or not pattern.days:
            found = (_in_month(pattern, start, year, m) for m in months or range(1, 13))
            yield [on for days in found for on in days]
            continue
        length = date(year, 12, 31).timetuple().tm_yday
        days = map(date.fromordinal, count(date(year, 1, 1).toordinal()))
        yield [
            on
            for place, on in enumerate(islice(days, length), 1)
            if (not pattern.month_days or _is_month_day(pattern, on))
            and _is_day(pattern, on, place, length)
        ]


def _is_month_day(pattern: Pattern, on: date) -> bool:
    length = monthrange(on.year, on.month)[1]
    return on.day in pattern.month_days or on.day - length - 1 in pattern.month_days


def _is_day(pattern: Pattern, on: date, place: int, length: int) -> bool:
    """Return whether BYDAY names a day, given its place in the month or year."""
    weekday = on.weekday()
    nths = {0, (place - 1) // 7 + 1, -((length - place) // 7 + 1)}
    return any(day.weekday == weekday and day.nth in nths for day in pattern.days)
