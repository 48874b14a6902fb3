"""What everybody may read of how a challenge ended.

Who is off the boards, private, gone or erased is left out, whenever that came about,
and nobody else's rank tells of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.challenges.results import Result
from storage.challenges.scores import Place, TeamPlace
from storage.database import Transaction

_SHOWN = """
p.days > 0 AND m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')
"""

_ROWS = f"""
SELECT p.member, m.platform_id, p.points, p.days, p.best, p.finished,
  row_number() OVER (ORDER BY p.rank) AS place
FROM challenge_places AS p JOIN members AS m ON m.key = p.member
WHERE p.result = :result AND {_SHOWN}
"""  # noqa: S608  nothing of it comes from outside, nor of what follows

_BOARD = f"{_ROWS} ORDER BY p.rank LIMIT :most"

_AROUND = f"""
WITH board AS ({_ROWS}), mine AS (SELECT place FROM board WHERE member = :member)
SELECT board.* FROM board JOIN mine
  ON board.place BETWEEN mine.place - :each_side AND mine.place + :each_side
ORDER BY board.place
"""  # noqa: S608

_HONOURED = f"""
SELECT p.member, m.platform_id, p.points, p.days, p.best, p.finished,
  p.rank AS place, count(*) OVER () AS total
FROM challenge_places AS p JOIN members AS m ON m.key = p.member
WHERE p.result = :result AND {_SHOWN} AND {{which}} ORDER BY p.rank LIMIT :most
"""  # noqa: S608

_COUNTS = """
SELECT coalesce(sum(days > 0), 0) AS people, coalesce(sum(days), 0) AS days,
  coalesce(sum(finished), 0) AS finishers
FROM challenge_places WHERE result = :result
"""

# Whoever is hidden still counts for their team: that names nobody.
_TEAMS = """
SELECT p.team, w.body AS name, sum(p.points) AS points, count(*) AS size,
  sum(p.days) AS days, max(CASE WHEN p.days > 0 THEN p.reached_at END) AS reached_at
FROM challenge_places AS p
JOIN challenge_teams AS t ON t.id = p.team
LEFT JOIN words AS w ON w.id = t.name
WHERE p.result = :result
GROUP BY p.team, w.body HAVING count(*) >= :fewest AND sum(p.days) > 0
ORDER BY sum(p.points) DESC, max(CASE WHEN p.days > 0 THEN p.reached_at END), p.team
LIMIT :most
"""


class Honour(StrEnum):
    """What somebody is thanked for at the end.

    ``FINISHED``: for enough of all days. ``STREAK``: for the most days in a row of all
    who are shown, at least two. ``NEWCOMER``: for their first challenge.
    """

    FINISHED = "finished"
    STREAK = "streak"
    NEWCOMER = "newcomer"


_WHICH = {
    Honour.FINISHED: "p.finished = 1",
    Honour.NEWCOMER: "p.newcomer = 1",
    Honour.STREAK: f"""p.best >= 2 AND p.best = (
  SELECT max(p.best) FROM challenge_places AS p JOIN members AS m ON m.key = p.member
  WHERE p.result = :result AND {_SHOWN})""",  # noqa: S608
}


@dataclass(frozen=True, slots=True)
class Honoured:
    """Who is thanked for something, the first places first.

    Attributes:
        count: How many may be shown, also of those who are not in `people`.
    """

    people: Sequence[Place]
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many had a day that counts, shown or not, and what they did together.

    Attributes:
        days: Check-ins that counted.
    """

    people: int
    days: int
    finishers: int


def board(tx: Transaction, result: Result, most: int) -> Sequence[Place]:
    """Return the first places of those who may be shown today.

    Their streak is the best that they had.
    """
    return [_place(row) for row in tx.all(_BOARD, result=result.id, most=most)]


def around(
    tx: Transaction, result: Result, member: int, each_side: int
) -> Sequence[Place]:
    """Return a member's place with up to ``each_side`` before it, and behind.

    Nothing where they are not shown or had no day that counts.
    """
    asked = {"result": result.id, "member": member, "each_side": each_side}
    return [_place(row) for row in tx.all(_AROUND, **asked)]


def honoured(tx: Transaction, result: Result, honour: Honour, most: int) -> Honoured:
    """Return who is thanked for ``honour``."""
    which = _HONOURED.format(which=_WHICH[honour])
    rows = tx.all(which, result=result.id, most=most)
    return Honoured([_place(row) for row in rows], rows[0]["total"] if rows else 0)


def counts(tx: Transaction, result: Result) -> Counts:
    """Return how many took part, and what they did together."""
    row = tx.one(_COUNTS, result=result.id)
    if row is None:
        raise LookupError("a count always has a row")
    return Counts(row["people"], row["days"], row["finishers"])


def teams(
    tx: Transaction, result: Result, fewest: int, most: int
) -> Sequence[TeamPlace]:
    """Return the first teams of at least ``fewest`` members."""
    rows = tx.all(_TEAMS, result=result.id, fewest=fewest, most=most)
    return [
        TeamPlace(rank, r["team"], r["name"], r["points"], r["days"], r["size"])
        for rank, r in enumerate(rows, 1)
    ]


def _place(row: sqlite3.Row) -> Place:
    return Place(
        rank=row["place"],
        member=row["member"],
        platform_id=row["platform_id"],
        points=row["points"],
        days=row["days"],
        streak=row["best"],
        best=row["best"],
        finished=bool(row["finished"]),
    )
