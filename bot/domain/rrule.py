"""What repeats, as RFC 5545 writes it: read, checked, and written again.

Of the RFC's parts these are understood: FREQ from DAILY up, INTERVAL, BYMONTH,
BYMONTHDAY, BYDAY, BYHOUR, BYMINUTE, BYSETPOS, COUNT, UNTIL and WKST.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.domain.errors import RuleError, RuleValue

MAX_CHARS = 500
MAX_INTERVAL = 1_000
MAX_COUNT = 1_000
MAX_PER_DAY = 24
"""Times in one day, one an hour."""

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_NUMBER = re.compile(r"[+-]?[0-9]{1,4}")
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"([0-9]{8})(?:T([0-9]{6})(Z?))?")
_WEEKS = {"MONTHLY": 5, "YEARLY": 53}
_TOO_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}
_OTHERS = {"BYSECOND", "BYYEARDAY", "BYWEEKNO", "RSCALE", "SKIP"}


class Freq(StrEnum):
    """What is counted between two repeats."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


@dataclass(frozen=True, slots=True, order=True)
class ByDay:
    """A day of the week, 0 for Monday.

    Attributes:
        nth: Which of the month or year; counted from its end where negative, and 0
            for every one.
    """

    nth: int
    weekday: int


T = TypeVar("T", int, ByDay)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How something repeats. What is empty follows from where it starts.

    Attributes:
        every: How many periods lie between two repeats, less one.

        nth: Which of the times in a period; counted from its end where negative.

        count: How many times in all; None for no end.

        until: The last wall time that may be one; None for no end.

        week_start: 0 for Monday.
    """

    freq: Freq
    every: int = 1
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[ByDay, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    nth: tuple[int, ...] = ()
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0

    def __str__(self) -> str:
        """Return it as an RRULE, with UNTIL as a wall time."""
        lists = {
            "BYMONTH": self.months,
            "BYMONTHDAY": self.month_days,
            "BYDAY": tuple(_day_text(day) for day in self.days),
            "BYHOUR": self.hours,
            "BYMINUTE": self.minutes,
            "BYSETPOS": self.nth,
        }
        parts = [f"FREQ={self.freq}"]
        if self.every != 1:
            parts.append(f"INTERVAL={self.every}")
        parts += [f"{k}={','.join(map(str, v))}" for k, v in lists.items() if v]
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%dT%H%M%S}")
        if self.week_start:
            parts.append(f"WKST={WEEKDAYS[self.week_start]}")
        return ";".join(parts)


def parse(text: str, zone: ZoneInfo) -> Pattern:
    """Return the pattern that ``text`` means in ``zone``.

    Raises:
        RuleError: If it is no RRULE, or one that Laurel does not take.
    """
    if len(text) > MAX_CHARS:
        raise _no("long", most=MAX_CHARS)
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, _, value = part.partition("=")
        if not value or name in parts:
            raise _no("unreadable", part=part)
        parts[name] = value
    pattern = _pattern(parts, zone)
    _check(pattern)
    return pattern


def _pattern(parts: Mapping[str, str], zone: ZoneInfo) -> Pattern:
    """Take ``parts`` one by one; what is then left over is not understood."""
    left = dict(parts)

    def numbers(name: str, least: int, most: int) -> tuple[int, ...]:
        read = _signed if least < 0 else _plain
        return _list(left.pop(name, ""), lambda each: read(each, least, most))

    def number(name: str, most: int) -> int | None:
        value = left.pop(name, None)
        return None if value is None else _plain(value, 1, most)

    freq = _freq(left.pop("FREQ", ""))
    until = left.pop("UNTIL", None)
    pattern = Pattern(
        freq=freq,
        every=number("INTERVAL", MAX_INTERVAL) or 1,
        months=numbers("BYMONTH", 1, 12),
        month_days=numbers("BYMONTHDAY", -31, 31),
        days=_list(left.pop("BYDAY", ""), lambda each: _day(each, freq)),
        hours=numbers("BYHOUR", 0, 23),
        minutes=numbers("BYMINUTE", 0, 59),
        nth=numbers("BYSETPOS", -366, 366),
        count=number("COUNT", MAX_COUNT),
        until=None if until is None else _wall(until, zone),
        week_start=_weekday(left.pop("WKST", "MO")),
    )
    if left.get("BYSECOND") == "0":
        del left["BYSECOND"]
    for name in left:
        raise _no("unsupported" if name in _OTHERS else "unreadable", part=name)
    return pattern


def _check(pattern: Pattern) -> None:
    if pattern.count is not None and pattern.until is not None:
        raise _no("unreadable", part="COUNT")
    if pattern.month_days and pattern.freq is Freq.WEEKLY:
        raise _no("unreadable", part="BYMONTHDAY")
    if pattern.nth and not (
        pattern.months or pattern.month_days or pattern.days or pattern.hours
    ):
        raise _no("unreadable", part="BYSETPOS")
    if max(len(pattern.hours), 1) * max(len(pattern.minutes), 1) > MAX_PER_DAY:
        raise _no("often", most=MAX_PER_DAY)


def _no(why: str, **values: RuleValue) -> RuleError:
    return RuleError(f"calendar.refused-rule-{why}", "rule", **values)


def _freq(value: str) -> Freq:
    if value in _TOO_OFTEN:
        raise _no("often", most=MAX_PER_DAY)
    if value not in Freq.__members__:
        raise _no("unreadable", part=f"FREQ={value}")
    return Freq(value)


def _list(value: str, read: Callable[[str], T]) -> tuple[T, ...]:
    return tuple(sorted({read(each) for each in value.split(",")} if value else ()))


def _plain(text: str, least: int, most: int) -> int:
    if not _NUMBER.fullmatch(text) or not least <= int(text) <= most:
        raise _no("unreadable", part=text)
    return int(text)


def _signed(text: str, least: int, most: int) -> int:
    value = _plain(text, least, most)
    if value == 0:
        raise _no("unreadable", part=text)
    return value


def _day(text: str, freq: Freq) -> ByDay:
    match = _BY_DAY.fullmatch(text)
    if match is None:
        raise _no("unreadable", part=text)
    most = _WEEKS.get(freq, 0)
    nth = _signed(match[1], -most, most) if match[1] else 0
    return ByDay(nth, WEEKDAYS.index(match[2]))


def _day_text(day: ByDay) -> str:
    return f"{day.nth or ''}{WEEKDAYS[day.weekday]}"


def _weekday(text: str) -> int:
    if text not in WEEKDAYS:
        raise _no("unreadable", part=text)
    return WEEKDAYS.index(text)


def _wall(text: str, zone: ZoneInfo) -> datetime:
    """Return the wall time of an UNTIL; a date alone lasts until it is over."""
    match = _UNTIL.fullmatch(text)
    try:
        if match is None:
            raise ValueError  # noqa: TRY301  one answer for all that is no instant
        on = date.fromisoformat(match[1])
        if match[2] is None:
            return datetime.combine(on, time(23, 59, 59))
        at = datetime.combine(on, time.fromisoformat(match[2]))
        if match[3]:
            at = at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _no("unreadable", part=f"UNTIL={text}") from None
    return at
