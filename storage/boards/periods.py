"""The days, weeks, months and seasons that a board is of, on the community's clocks."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from enum import StrEnum
from typing import Self, assert_never

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_SEASON = re.compile(r"season-([1-9]\d{0,17})", re.ASCII)


class Kind(StrEnum):
    """How long a board's period is. A week is ISO's, from Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Season:
    """A range of dates that a community counts by.

    Attributes:
        starts_on: The first date.

        ends_on: The last one; None while nobody knows.
    """

    id: int
    name: str
    starts_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        """Return whether ``on`` is in it."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True, slots=True)
class Period:
    """One period, by a key that reads the same everywhere.

    Attributes:
        key: ``2026-11-22``, ``2026-W47``, ``2026-11``, ``season-3`` or ``all``.
    """

    kind: Kind
    key: str

    @classmethod
    def at(cls, kind: Kind, on: date, season: Season | None = None) -> Self:
        """Return the period of ``kind`` that ``on`` is in; of a season, that one.

        Raises:
            ValueError: If a season is asked for, and none is given.
        """
        match kind:
            case Kind.DAY:
                return cls(kind, on.isoformat())
            case Kind.WEEK:
                year, week, _ = on.isocalendar()
                return cls(kind, f"{year:04}-W{week:02}")
            case Kind.MONTH:
                return cls(kind, f"{on.year:04}-{on.month:02}")
            case Kind.SEASON:
                if season is None:
                    raise ValueError("no season is given")
                return cls(kind, f"season-{season.id}")
            case Kind.ALL:
                return cls(kind, "all")
            case _ as never:
                assert_never(never)

    @classmethod
    def parse(cls, key: str) -> Self:
        """Return the period of ``key``, which may come from anywhere.

        Raises:
            ValueError: If there is no such period.
        """
        if key == Kind.ALL:
            return cls(Kind.ALL, key)
        if _SEASON.fullmatch(key):
            return cls(Kind.SEASON, key)
        if _DAY.fullmatch(key):
            return cls.at(Kind.DAY, date.fromisoformat(key))
        if found := _WEEK.fullmatch(key):
            year, week = map(int, found.groups())
            return cls.at(Kind.WEEK, date.fromisocalendar(year, week, 1))
        if found := _MONTH.fullmatch(key):
            year, month = map(int, found.groups())
            return cls.at(Kind.MONTH, date(year, month, 1))
        raise ValueError(key)

    @property
    def season_id(self) -> int | None:
        """Id of the season; None for another kind."""
        found = _SEASON.fullmatch(self.key)
        return int(found[1]) if found else None

    @property
    def first_on(self) -> date | None:
        """The first date of a day, week or month; None for the others."""
        match self.kind:
            case Kind.DAY:
                return date.fromisoformat(self.key)
            case Kind.WEEK:
                year, week = self.key.split("-W")
                return date.fromisocalendar(int(year), int(week), 1)
            case Kind.MONTH:
                year, month = self.key.split("-")
                return date(int(year), int(month), 1)
            case Kind.SEASON | Kind.ALL:
                return None
            case _ as never:
                assert_never(never)

    @property
    def last_on(self) -> date | None:
        """The last date of a day, week or month; None for the others."""
        first = self.first_on
        if first is None:
            return None
        days = {Kind.DAY: 1, Kind.WEEK: 7}.get(
            self.kind, monthrange(first.year, first.month)[1]
        )
        return date.fromordinal(min(first.toordinal() + days, date.max.toordinal()) - 1)

    def before(self) -> Self | None:
        """Return the one before it; None for a season and for all time."""
        first = self.first_on
        if first is None or first <= date(MINYEAR, 1, 7):
            return None
        return type(self).at(self.kind, first - timedelta(days=1))

    def after(self) -> Self | None:
        """Return the one after it; None for a season and for all time."""
        last = self.last_on
        if last is None or last >= date(MAXYEAR, 12, 25):
            return None
        return type(self).at(self.kind, last + timedelta(days=1))


ALL_TIME = Period(Kind.ALL, "all")


def of_day(on: date, season: Season | None) -> tuple[Period, ...]:
    """Return every period that ``on`` counts in; of seasons, the one it is in."""
    kinds = [kind for kind in Kind if kind is not Kind.SEASON or season is not None]
    return tuple(Period.at(kind, on, season) for kind in kinds)
