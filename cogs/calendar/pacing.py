"""Where a calendar is empty for long, and where it is crowded: no chat and no disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.domain.community import Settings
from bot.domain.recurrence import instant
from storage.moments import Upcoming

LOOK = timedelta(days=28)
"""How far ahead somebody looks."""

GAP_DAYS = 7
"""Days in a row without anything that are worth a word."""

CROWD = 3
"""What begins on one day, from which on it is a crowd."""

USUAL_TIME = time(16)
"""What is suggested where nothing was planned by which to tell."""

NEAR_DAYS = 7
"""How far from a crowded day another is suggested."""

_WORKDAYS = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """Days on which nothing is on, both included, and a wall time in them."""

    since_on: date
    until_on: date
    slot: datetime

    @property
    def days(self) -> int:
        """How many days they are."""
        return (self.until_on - self.since_on).days + 1


@dataclass(frozen=True, slots=True)
class Crowd:
    """A day on which much begins, and a day near it on which nothing is on.

    Attributes:
        free_on: None where there is none.
    """

    on: date
    count: int
    free_on: date | None


@dataclass(frozen=True, slots=True)
class Pace:
    """What is worth a word; None where all is well."""

    gap: Gap | None
    crowd: Crowd | None


def pace(
    coming: Sequence[Upcoming], settings: Settings, now: datetime, until: datetime
) -> Pace:
    """Return what stands out in ``coming``, what is on included.

    An empty calendar is said to be empty elsewhere, and has no gaps.

    Args:
        coming: All that is on or begins up to ``until``.
        settings: What the community has chosen.
        now: The instant.
        until: How far ``coming`` goes; no farther than `LOOK` is looked at.
    """
    until = min(until, now + LOOK)
    near = [each for each in coming if each.at <= until]
    if not near:
        return Pace(None, None)
    zone = settings.zone
    today, last = (at.astimezone(zone).date() for at in (now, until))
    free = _free(near, settings, today, last)
    begun = Counter(each.at.astimezone(zone).date() for each in near if each.at > now)
    return Pace(_gap(near, free, settings), _crowd(begun, free))


def _free(
    near: Sequence[Upcoming], settings: Settings, today: date, last: date
) -> Sequence[date]:
    """Return the days from tomorrow to ``last`` that nothing covers even in part."""
    taken: set[date] = set()
    for each in near:
        on = each.at.astimezone(settings.zone).date()
        ends = max(each.at, each.until - timedelta(minutes=1))
        until = min(ends.astimezone(settings.zone).date(), last)
        while on <= until:
            taken.add(on)
            on += _DAY
    ahead = (today + timedelta(days=n) for n in range(1, (last - today).days + 1))
    return [on for on in ahead if on not in taken]


def _gap(
    near: Sequence[Upcoming], free: Sequence[date], settings: Settings
) -> Gap | None:
    runs = list(_runs(free))
    longest = max(
        runs, key=lambda run: (run[1] - run[0], -run[0].toordinal()), default=None
    )
    if longest is None or (longest[1] - longest[0]).days + 1 < GAP_DAYS:
        return None
    return Gap(*longest, _slot(near, *longest, settings))


def _runs(free: Sequence[date]) -> Iterator[tuple[date, date]]:
    first: date | None = None
    for place, on in enumerate(free):
        first = first or on
        if place + 1 == len(free) or free[place + 1] != on + _DAY:
            yield first, on
            first = None


def _slot(
    near: Sequence[Upcoming], first: date, last: date, settings: Settings
) -> datetime:
    """Return the middle of the days, off the weekend, at the time usual here."""
    middle = first + (last - first) // 2
    while middle.weekday() >= _WORKDAYS and middle < last:
        middle += _DAY
    begun = [each.at.astimezone(settings.zone).time() for each in near]
    usual = Counter(begun).most_common(1)[0][0] if begun else USUAL_TIME
    slot = datetime.combine(middle, usual)
    quiet = settings.quiet
    over = quiet.over_at(instant(slot, settings.zone), settings.zone) if quiet else None
    return over.astimezone(settings.zone).replace(tzinfo=None) if over else slot


def _crowd(begun: Counter[date], free: Sequence[date]) -> Crowd | None:
    found = [(count, on) for on, count in begun.items() if count >= CROWD]
    if not found:
        return None
    count, on = max(found, key=lambda each: (each[0], -each[1].toordinal()))
    near = [day for day in free if abs((day - on).days) <= NEAR_DAYS]
    workdays = [day for day in near if day.weekday() < _WORKDAYS]
    closest = min(workdays or near, key=lambda day: (abs(day - on), day), default=None)
    return Crowd(on, count, closest)
