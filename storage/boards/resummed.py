"""What credits come to, summed up anew: one member after the other, as totals lie."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter

from storage.boards import credited, totals
from storage.boards.sides import Side
from storage.boards.totals import Began
from storage.database import Transaction

# A plus has them sorted: by the index of members, each would be looked up by itself.
_CREDITS = """
SELECT {who} AS member, day, id, returns, value, channel, times, amount
FROM credits
WHERE community = :community AND {who} IN (
  SELECT key FROM members WHERE community = :community)
ORDER BY +{who}, day DESC, id DESC
"""

_KEPT = """
SELECT member, part, reached, times, amount, season, month, week, day FROM totals
WHERE community = :community AND lot IN (:lot, :lot + 1) ORDER BY member
"""

_OfMember = tuple[int, Mapping[str, tuple[int, ...]]]
"""A key, and what is held of each part."""


@dataclass(slots=True)
class _Sum:
    """What one total should hold; credits come with the latest first.

    Attributes:
        later: Of those that came before the last that stands: what was given back.

        began: When its periods began; None until the last that stands is known.
    """

    reached: int = 0
    times: int = 0
    amount: int = 0
    later: int = 0
    began: Began | None = None
    since: int = 0
    season: int = 0
    month: int = 0
    week: int = 0
    day: int = 0

    def values(self) -> tuple[int, ...]:
        """Return them as they are kept."""
        sums = self.times, self.amount, self.season, self.month, self.week, self.day
        return self.reached, *sums

    def reach(self, day: int, place: int, began: Began) -> None:
        """Note the last that stands."""
        self.reached, self.began = place, began
        self.since = min(began)
        self._count(day, self.later)

    def count(self, day: int, amount: int) -> None:
        """Add what a credit counts for."""
        self.amount += amount
        if self.began is None:
            self.later += amount
        elif day >= self.since:
            self._count(day, amount)

    def _count(self, day: int, amount: int) -> None:
        assert self.began is not None  # noqa: S101  the last that stands is known
        self.season += amount if day >= self.began.season else 0
        self.month += amount if day >= self.began.month else 0
        self.week += amount if day >= self.began.week else 0
        self.day += amount if day >= self.began.day else 0


def differing(tx: Transaction, community: int, side: Side) -> int:
    """Return how many totals of one side are not what their credits come to."""
    both = merge(
        _summed(tx, community, side), _kept(tx, community, side), key=itemgetter(0)
    )
    found = 0
    for _, same in groupby(both, key=itemgetter(0)):
        sums, *kept = (each for _, each in same)
        other = kept[0] if kept else {}
        found += sum(sums.get(k) != other.get(k) for k in sums.keys() | other.keys())
    return found


def _kept(tx: Transaction, community: int, side: Side) -> Iterator[_OfMember]:
    """Yield what each member's totals hold."""
    rows = tx.each(_KEPT, community=community, lot=side.lot)
    for member, mine in groupby(rows, key=itemgetter("member")):
        yield member, {row["part"]: tuple(row)[2:] for row in mine}


def _summed(tx: Transaction, community: int, side: Side) -> Iterator[_OfMember]:
    """Yield what each member's credits come to."""
    began = _Began(tx, community)
    rows = tx.each(_CREDITS.format(who=side.who), community=community)
    for member, mine in groupby(rows, key=itemgetter("member")):
        yield member, {part: each.values() for part, each in _sums(mine, began).items()}


def _sums(rows: Iterable[sqlite3.Row], began: _Began) -> Mapping[str, _Sum]:
    """Return what one member's credits come to: in all, by value and by channel."""
    sums: dict[str, _Sum] = {"": _Sum()}
    gone: set[int] = set()
    for _, day, entry, returns, value, channel, times, amount in rows:
        if returns is not None:
            gone.add(returns)  # what it gives back is yet to come
        sums[""].times += times
        if not amount:
            continue
        stands = returns is None and entry not in gone
        parts = [""]
        if value is not None:
            parts.append(f"value:{value}")
        if channel is not None:
            parts.append(f"channel:{channel}")
        for part in parts:
            if (each := sums.get(part)) is None:
                each = sums[part] = _Sum()
            if part:
                each.times += times
            if stands and each.began is None:
                each.reach(day, credited.first_place(day) + entry, began[day])
            each.count(day, amount)
    return sums


class _Began(dict[int, Began]):
    """When the periods began that a day is in, looked up once for each day."""

    def __init__(self, tx: Transaction, community: int) -> None:
        super().__init__()
        self._tx = tx
        self._community = community

    def __missing__(self, day: int) -> Began:
        found = totals.first_days(self._tx, self._community, day)
        return self.setdefault(day, found)
