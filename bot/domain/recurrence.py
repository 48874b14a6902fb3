"""When something happens again: a pattern, where it starts, and whose clock it is on.

Repeats are counted in wall time, without a zone, and each is put on the time line by
itself, as by a walk through the dates of a diary. Where the clocks skip a wall time it
is read with the offset before the gap, so that it comes as much later; where they show
it twice, the first counts. So nothing is lost or doubled when clocks change. Where a
whole day was skipped, what falls on it moves to the next day, and is one with what is
there at the same instant already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from heapq import heappop, heappush
from itertools import islice, product
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import RuleError
from bot.domain.periods import periods
from bot.domain.rrule import Pattern

HORIZON = timedelta(days=3_653)
"""Ten years: what does not come within them never comes."""

MAX_EXCEPTIONS = 366

_SKIP = timedelta(days=2)
"""No clocks were ever moved forwards by more than a day."""

_MAX_ZONE_CHARS = 64


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens once or again and again, on the clocks of one place.

    Attributes:
        start: Wall time from which on it happens, to the minute and without a zone.

        pattern: None for what happens once, at `start`.

        exceptions: Local dates on which it does not happen.
    """

    start: datetime
    zone: ZoneInfo
    pattern: Pattern | None = None
    exceptions: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """One of the times of a rule.

    Attributes:
        at: In UTC.

        on: The local date that it is counted by, also where the clocks skip it.

        slot: Which of the rule's times of the day it is, from 0.
    """

    at: datetime
    on: date
    slot: int


def zone_named(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises:
        RuleError: If there is none.
    """
    try:
        if len(name) > _MAX_ZONE_CHARS:
            raise ValueError  # noqa: TRY301  the file system has limits of its own
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleError("calendar.refused-zone", "zone") from None


def check(rule: Rule, now: datetime) -> None:
    """See that ``rule`` can be kept and comes at all after ``now``.

    Raises:
        RuleError: If it cannot, or does not.
    """
    local = now.astimezone(rule.zone).replace(tzinfo=None)
    if abs(rule.start - local) > HORIZON:
        raise RuleError("calendar.refused-start", "start")
    if rule.start.second or rule.start.microsecond or rule.start.tzinfo:
        raise ValueError("a rule starts at a whole minute of wall time")
    if len(rule.exceptions) > MAX_EXCEPTIONS:
        raise RuleError("calendar.refused-exceptions", "rule", most=MAX_EXCEPTIONS)
    if next_after(rule, now) is None:
        raise _never(rule, now)


def next_after(rule: Rule, after: datetime) -> Happening | None:
    """Return the first time behind ``after``, None where none is within `HORIZON`."""
    start = instant(rule.start, rule.zone) - _SKIP
    since = max(after, start)
    found = between(rule, after, since + HORIZON)
    return next(found, None)


def between(rule: Rule, after: datetime, until: datetime) -> Iterator[Happening]:
    """Yield the times behind ``after`` and up to ``until``, each once and in order."""
    first = (after.astimezone(rule.zone) - _SKIP).date()
    last = (until.astimezone(rule.zone) + _SKIP).date()
    for happening in _in_order(rule, first, last):
        if happening.at > until:
            return
        if happening.at > after:
            yield happening


def following(rule: Rule, after: datetime, most: int) -> list[Happening]:
    """Return the next times behind ``after``, at most ``most``."""
    found: list[Happening] = []
    while len(found) < most and (one := next_after(rule, after)) is not None:
        found.append(one)
        after = one.at
    return found


def first(rule: Rule) -> Happening | None:
    """Return the first time of all, exceptions included; None where there is none."""
    whole = replace(rule, exceptions=frozenset())
    return next_after(whole, instant(rule.start, rule.zone) - _SKIP)


def wall_times(rule: Rule, on: date) -> list[datetime]:
    """Return what clocks show at each slot of ``on``, also where they skip it."""
    return [datetime.combine(on, each) for each in _times(rule)]


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return when the clocks of ``zone`` show ``wall``, as told above."""
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC)


def _never(rule: Rule, now: datetime) -> RuleError:
    if rule.pattern is not None:
        return RuleError("calendar.refused-never", "rule")
    is_past = instant(rule.start, rule.zone) <= now
    return RuleError(f"calendar.refused-{'past' if is_past else 'left-out'}", "start")


def _in_order(rule: Rule, first: date, last: date) -> Iterator[Happening]:
    """Yield by instant what comes by wall time; of two at one instant, the later.

    The later in wall time is the one that the clocks did show.
    """
    waiting: list[Happening] = []
    times = _times(rule)
    for on, slot in _wall_times(rule, first, last):
        at = instant(datetime.combine(on, times[slot]), rule.zone)
        while waiting and waiting[0].at < at - _SKIP:
            yield _pop(waiting)
        heappush(waiting, Happening(at, on, slot))
    while waiting:
        yield _pop(waiting)


def _pop(waiting: list[Happening]) -> Happening:
    happening = heappop(waiting)
    while waiting and waiting[0].at == happening.at:
        happening = heappop(waiting)
    return happening


def _times(rule: Rule) -> list[time]:
    """Return the times of a day of the rule; a slot is a place in it."""
    pattern, start = rule.pattern, rule.start
    hours = (pattern.hours if pattern else ()) or (start.hour,)
    minutes = (pattern.minutes if pattern else ()) or (start.minute,)
    return [time(hour, minute) for hour, minute in product(hours, minutes)]


def _wall_times(rule: Rule, first: date, last: date) -> Iterator[tuple[date, int]]:
    """Yield dates and slots between two dates, in order."""
    pattern, start = rule.pattern, rule.start
    if pattern is None:
        if first <= start.date() <= last and start.date() not in rule.exceptions:
            yield start.date(), 0
        return
    times = _times(rule)
    until = pattern.until or datetime.max  # noqa: DTZ901  wall time, which has no zone
    last = min(last, until.date())
    # What is counted is counted from the start; all else can be begun anywhere.
    begin = start.date() if pattern.count else max(first, start.date())
    walked = (
        (on, slot)
        for days in periods(pattern, start.date(), begin, last)
        for on, slot in _chosen(pattern, list(product(days, range(len(times)))))
        if start <= datetime.combine(on, times[slot])
    )
    for on, slot in islice(walked, pattern.count):
        if on > last or datetime.combine(on, times[slot]) > until:
            return
        if on >= first and on not in rule.exceptions:
            yield on, slot


def _chosen(pattern: Pattern, found: list[tuple[date, int]]) -> list[tuple[date, int]]:
    """Return those of a period's times that BYSETPOS names, or all."""
    if not pattern.nth:
        return found
    wanted = {nth - 1 if nth > 0 else len(found) + nth for nth in pattern.nth}
    return [each for place, each in enumerate(found) if place in wanted]
