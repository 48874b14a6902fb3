"""The places of a board, and where one member stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Unpack

from bot.domain.community import Community
from bot.domain.damping import WHOLE
from storage.boards import sources
from storage.boards.periods import Period
from storage.boards.sides import Side
from storage.boards.sources import By, Only, Source
from storage.database import Transaction

__all__ = ["WHOLE", "Only", "Place", "Side", "board", "place_of"]

_SPARE = 40
"""More than are asked for, where some of the first may not be shown."""

_SHOWN = "m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')"

_FIRST = """
WITH counted AS {counted}
SELECT c.member, c.amount, m.platform_id, {shown} AS shown FROM (
  SELECT * FROM counted WHERE amount > 0 ORDER BY amount DESC, reached LIMIT :pool
) AS c
LEFT JOIN members AS m ON m.key = c.member
ORDER BY c.amount DESC, c.reached
"""

# Who is ahead, less the few who are not shown: looking each of them up among the
# members would take ten times as long.
_RANK = """
WITH counted AS {counted}, mine AS (
  SELECT c.amount, c.reached, m.platform_id
  FROM members AS m CROSS JOIN counted AS c ON c.member = m.key
  WHERE m.key = :member AND c.amount > 0 AND {shown}
)
SELECT mine.amount, mine.platform_id,
  (SELECT count(*) FROM counted AS c
   WHERE c.amount >= mine.amount
     AND (c.amount > mine.amount OR c.reached < mine.reached))
  -
  (SELECT count(*) FROM members AS m CROSS JOIN counted AS c ON c.member = m.key
   WHERE m.community = :community AND NOT ({shown}) AND c.amount >= mine.amount
     AND (c.amount > mine.amount OR c.reached < mine.reached))
  AS ahead
FROM mine
"""


@dataclass(frozen=True, slots=True)
class Place:
    """One place on a board.

    Attributes:
        rank: Counted from 1; who ties is ranked by who got there first.

        platform_id: The member's id on the platform.

        amount: In thousandths of a point.
    """

    rank: int
    platform_id: str
    member: int
    amount: int

    @property
    def points(self) -> Decimal:
        """The amount in points, without zeros at its end: 12, 12.5, 0.125."""
        whole, rest = divmod(self.amount, WHOLE)
        return Decimal(f"{whole}.{rest:03}".rstrip("0").rstrip("."))


def board(
    tx: Transaction,
    community: Community,
    side: Side,
    period: Period,
    most: int,
    **only: Unpack[Only],
) -> Sequence[Place]:
    """Return the first ``most`` members who may be shown, as the facts stand now.

    Of any period, past ones too: exactly what counting its facts anew would give.
    """
    source = sources.source(tx, community, side, period, By.of(only))
    return _first(tx, source, most) if source else []


def place_of(
    tx: Transaction,
    community: Community,
    side: Side,
    period: Period,
    member: int,
    **only: Unpack[Only],
) -> Place | None:
    """Return where ``member`` stands; None where they are not on the board."""
    source = sources.source(tx, community, side, period, By.of(only))
    if source is None:
        return None
    sql = _RANK.format(counted=source.often, shown=_SHOWN)
    row = tx.one(sql, **source.values, member=member)
    if row is None:
        return None
    return Place(row["ahead"] + 1, row["platform_id"], member, row["amount"])


def recounted(tx: Transaction, source: Source, most: int) -> Sequence[Place]:
    """Return the first of what ``source`` counts, which may be everything anew."""
    return _first(tx, source, most)


def _first(tx: Transaction, source: Source, most: int) -> Sequence[Place]:
    pool, sql = most + _SPARE, _FIRST.format(counted=source.once, shown=_SHOWN)
    while True:
        rows = tx.all(sql, **source.values, pool=pool)
        shown = [row for row in rows if row["shown"]]
        if len(shown) >= most or len(rows) < pool:
            break
        pool *= 8
    return [
        Place(rank, row["platform_id"], row["member"], row["amount"])
        for rank, row in enumerate(shown[:most], 1)
    ]
