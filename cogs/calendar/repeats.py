"""How moderators say how often something comes, and back from what is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain import cadence, rrule
from bot.domain.cadence import (
    Cadence,
    Daily,
    MonthlyOnDate,
    MonthlyOnWeekday,
    Once,
    Weekly,
    Yearly,
)
from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule
from bot.domain.rrule import Pattern

WEEKDAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")


class Repeat(StrEnum):
    """How often, as people say it. ``OWN`` is written as an RRULE."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY_WEEKDAY = "monthly-weekday"
    MONTHLY_DATE = "monthly-date"
    YEARLY = "yearly"
    OWN = "own"


class Nth(StrEnum):
    """Which of its weekdays in a month."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


_NTH = {
    Nth.FIRST: 1,
    Nth.SECOND: 2,
    Nth.THIRD: 3,
    Nth.FOURTH: 4,
    Nth.LAST: -1,
}


@dataclass(frozen=True, slots=True)
class Said:
    """What a moderator says of how something repeats.

    Attributes:
        weekdays: Of `WEEKDAYS`; none for that of the start.

        nth: None for that of the start.

        until: The last date that may be one; None for no end.

        rule: An RRULE; empty unless it is their own.
    """

    how: Repeat
    weekdays: Sequence[str] = ()
    nth: Nth | None = None
    until: date | None = None
    rule: str = ""


def pattern_of(said: Said, start: datetime, zone: ZoneInfo) -> Pattern | None:
    """Return the pattern that ``said`` means of something that starts at ``start``.

    Raises:
        RuleError: If it cannot be read, or says too little.
    """
    if said.how is Repeat.OWN:
        if not said.rule:
            raise RuleError("calendar.refused-no-rule", "rule")
        pattern: Pattern | None = rrule.parse(said.rule, zone)
    else:
        pattern = cadence.pattern_of(_cadence(said, start))
    if pattern and said.until:
        last = datetime.combine(said.until, time(23, 59, 59))
        pattern = replace(pattern, until=last, count=None)
    return pattern


def said_of(rule: Rule) -> Said:
    """Return how a moderator would have said ``rule``, to fill in the form."""
    pattern = rule.pattern
    until = pattern.until.date() if pattern and pattern.until else None
    match cadence.cadence_of(rule):
        case Once():
            return Said(Repeat.ONCE)
        case Daily(every=1):
            return Said(Repeat.DAILY, until=until)
        case Weekly(weekdays=weekdays, every=1 | 2 as every):
            how = Repeat.WEEKLY if every == 1 else Repeat.FORTNIGHTLY
            return Said(how, [WEEKDAYS[day] for day in weekdays], until=until)
        case MonthlyOnWeekday(nth=nth, weekday=weekday, every=1):
            named = next(name for name, number in _NTH.items() if number == nth)
            return Said(Repeat.MONTHLY_WEEKDAY, [WEEKDAYS[weekday]], named, until)
        case MonthlyOnDate(day=day, every=1) if day == rule.start.day:
            return Said(Repeat.MONTHLY_DATE, until=until)
        case Yearly(month=month, day=day) if (month, day) == _date(rule.start):
            return Said(Repeat.YEARLY, until=until)
        case _:
            return Said(Repeat.OWN, rule=str(pattern))


def moved(said: Said, was: date) -> Said:
    """Return ``said`` with what only followed from ``was``, the start, left open."""
    if list(said.weekdays) != [WEEKDAYS[was.weekday()]]:
        return said
    nth = said.nth
    if nth and _NTH[nth] == _nth_of(datetime.combine(was, time())):
        nth = None
    return replace(said, weekdays=(), nth=nth)


def _cadence(said: Said, start: datetime) -> Cadence:
    weekdays = tuple(WEEKDAYS.index(day) for day in said.weekdays)
    match said.how:
        case Repeat.ONCE | Repeat.OWN:
            return Once()
        case Repeat.DAILY:
            return Daily()
        case Repeat.WEEKLY:
            return Weekly(weekdays or (start.weekday(),))
        case Repeat.FORTNIGHTLY:
            return Weekly(weekdays or (start.weekday(),), every=2)
        case Repeat.MONTHLY_WEEKDAY:
            if len(weekdays) > 1:
                raise RuleError("calendar.refused-one-weekday", "weekdays")
            nth = _NTH[said.nth] if said.nth else _nth_of(start)
            return MonthlyOnWeekday(nth, (*weekdays, start.weekday())[0])
        case Repeat.MONTHLY_DATE:
            return MonthlyOnDate(start.day)
        case Repeat.YEARLY:
            return Yearly(*_date(start))


def _nth_of(start: datetime) -> int:
    nth = (start.day - 1) // 7 + 1
    return nth if nth <= _NTH[Nth.FOURTH] else -1


def _date(start: datetime) -> tuple[int, int]:
    return start.month, start.day
