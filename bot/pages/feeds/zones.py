"""The clocks of a place as RFC 5545 writes them: each time that they were changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.pages.feeds.lines import Line, line

_STEP = timedelta(days=1)
"""No clocks were ever changed twice in a day."""

_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True, order=True)
class Clock:
    """How far clocks are ahead of UTC, and what that is called."""

    ahead: timedelta
    name: str
    summer: bool


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of the clocks at one instant, in UTC."""

    at: datetime
    before: Clock
    after: Clock


@lru_cache(maxsize=256)
def shifts(zone: ZoneInfo, first_year: int, last_year: int) -> tuple[Shift, ...]:
    """Return each change of the clocks in these years, in order."""
    found = []
    at = datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime(last_year, 12, 31, tzinfo=UTC)
    before = clock_at(zone, at)
    while at < end:
        after = clock_at(zone, at + _STEP)
        if after.ahead != before.ahead:
            moment = _found_between(zone, at, at + _STEP)
            after = clock_at(zone, moment)
            found.append(Shift(moment, before, after))
        before = after
        at += _STEP
    return tuple(found)


def clock_at(zone: ZoneInfo, at: datetime) -> Clock:
    """Return what the clocks of ``zone`` are like at an instant."""
    local = at.astimezone(zone)
    ahead = local.utcoffset() or timedelta(0)
    return Clock(ahead, local.tzname() or zone.key, bool(local.dst()))


def timezone(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Line]:
    """Yield the lines of the VTIMEZONE that holds in these years.

    After them its last offset goes on. Changes are listed one by one and not as rules:
    not every place has rules, and no rule needs to be guessed.
    """
    since = datetime(first_year, 1, 1, tzinfo=UTC)
    begin = clock_at(zone, since)
    yield line("BEGIN", "VTIMEZONE")
    yield line("TZID", zone.key)
    yield from _observance(begin, begin, (since,))
    found = sorted(shifts(zone, first_year, last_year), key=_kind)
    for (before, after), alike in groupby(found, key=_kind):
        yield from _observance(before, after, tuple(each.at for each in alike))
    yield line("END", "VTIMEZONE")


def offset_text(ahead: timedelta) -> str:
    """Return an offset as ``+0530``; seconds only where there are some."""
    sign = "-" if ahead < timedelta(0) else "+"
    minutes, seconds = divmod(int(abs(ahead).total_seconds()), 60)
    tail = f"{seconds:02}" if seconds else ""
    return f"{sign}{minutes // 60:02}{minutes % 60:02}{tail}"


def _kind(shift: Shift) -> tuple[Clock, Clock]:
    return shift.before, shift.after


def _observance(
    before: Clock, after: Clock, instants: tuple[datetime, ...]
) -> Iterator[Line]:
    """Yield when clocks go from one to the other, by the clocks before it."""
    name = "DAYLIGHT" if after.summer else "STANDARD"
    walls = [f"{at + before.ahead:%Y%m%dT%H%M%S}" for at in instants]
    yield line("BEGIN", name)
    yield line("DTSTART", walls[0])
    yield line("TZOFFSETFROM", offset_text(before.ahead))
    yield line("TZOFFSETTO", offset_text(after.ahead))
    yield line("TZNAME", after.name)
    # One a line, the first as well: some programs read no more of a list than its
    # first, and where there is a list leave out where it starts.
    if len(walls) > 1:
        yield from (line("RDATE", wall) for wall in walls)
    yield line("END", name)


def _found_between(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """Return the second from which on the clocks are what they are at ``high``."""
    wanted = clock_at(zone, high).ahead
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        if clock_at(zone, middle).ahead == wanted:
            high = middle
        else:
            low = middle
    return high
