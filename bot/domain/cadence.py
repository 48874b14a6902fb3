"""How people say when something repeats, and back from what they wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import assert_never

from bot.domain.recurrence import Rule
from bot.domain.rrule import ByDay, Freq, Pattern


@dataclass(frozen=True, slots=True)
class Once:
    """It does not repeat."""


@dataclass(frozen=True, slots=True)
class Daily:
    """Every day, or every so many days."""

    every: int = 1


@dataclass(frozen=True, slots=True)
class Weekly:
    """On days of the week, 0 for Monday, in each week or every so many weeks."""

    weekdays: tuple[int, ...]
    every: int = 1


@dataclass(frozen=True, slots=True)
class MonthlyOnWeekday:
    """On the first to fourth such day of the month, or on the last one: -1."""

    nth: int
    weekday: int
    every: int = 1


@dataclass(frozen=True, slots=True)
class MonthlyOnDate:
    """On a date of the month, 1 to 31, or on its last day: -1.

    A month that is too short has none.
    """

    day: int
    every: int = 1


@dataclass(frozen=True, slots=True)
class Yearly:
    """On the same date of each year. A 29 February comes in leap years alone."""

    month: int
    day: int


Cadence = Once | Daily | Weekly | MonthlyOnWeekday | MonthlyOnDate | Yearly


def pattern_of(cadence: Cadence) -> Pattern | None:
    """Return the pattern that ``cadence`` means."""
    match cadence:
        case Once():
            return None
        case Daily(every=every):
            return Pattern(Freq.DAILY, every)
        case Weekly(weekdays=weekdays, every=every):
            days = tuple(ByDay(0, weekday) for weekday in sorted(set(weekdays)))
            return Pattern(Freq.WEEKLY, every, days=days)
        case MonthlyOnWeekday(nth=nth, weekday=weekday, every=every):
            return Pattern(Freq.MONTHLY, every, days=(ByDay(nth, weekday),))
        case MonthlyOnDate(day=day, every=every):
            return Pattern(Freq.MONTHLY, every, month_days=(day,))
        case Yearly(month=month, day=day):
            return Pattern(Freq.YEARLY, months=(month,), month_days=(day,))
        case _ as never:
            assert_never(never)


def cadence_of(rule: Rule) -> Cadence | None:
    """Return how people would say when ``rule`` repeats, None where they would not.

    Its end and its exceptions are said apart.
    """
    pattern = rule.pattern
    if pattern is None:
        return Once()
    if pattern.count or pattern.hours or pattern.minutes or pattern.nth:
        return None
    said = _said(pattern, rule.start.date())
    means = pattern_of(said) if said else None
    return said if means and _days(pattern, rule) == _days(means, rule) else None


def _said(pattern: Pattern, start: date) -> Cadence | None:
    days, every = pattern.days, pattern.every
    match pattern.freq:
        case Freq.DAILY:
            return Daily(every)
        case Freq.WEEKLY:
            weekdays = tuple(day.weekday for day in days) or (start.weekday(),)
            return Weekly(weekdays, every)
        case Freq.MONTHLY if len(days) == 1 and days[0].nth in {1, 2, 3, 4, -1}:
            return MonthlyOnWeekday(days[0].nth, days[0].weekday, every)
        case Freq.MONTHLY:
            return MonthlyOnDate((*pattern.month_days, start.day)[0], every)
        case Freq.YEARLY:
            month = (*pattern.months, start.month)[0]
            return Yearly(month, (*pattern.month_days, start.day)[0])


def _days(pattern: Pattern, rule: Rule) -> tuple[object, ...]:
    """Return which days a pattern names, with what follows from the start filled in."""
    start = rule.start
    months, month_days, days = pattern.months, pattern.month_days, pattern.days
    if not (days or month_days):
        if pattern.freq is Freq.YEARLY:
            months = months or (start.month,)
        if pattern.freq is Freq.WEEKLY:
            days = (ByDay(0, start.weekday()),)
        elif pattern.freq is not Freq.DAILY:
            month_days = (start.day,)
    # When a week begins counts where weeks are left out alone.
    week = pattern.week_start if pattern.every > 1 and len(days) > 1 else 0
    return pattern.freq, pattern.every, months, month_days, days, week
