"""Counts everything anew, to find what does not agree with it.

Three steps, each of which rests on the one before: every entry of the log has its
credit and no other; every credit is what the rules make of those before it; and every
total is what its credits come to.
"""

from __future__ import annotations

import sqlite3

from bot.domain.damping import WHOLE, Counting
from storage.boards import resummed
from storage.boards.sides import Side
from storage.boards.tallies import COUNTER
from storage.database import Transaction

# Of a community that sent Laurel away, less and less is kept.
_HERE = "SELECT id FROM communities WHERE left_at IS NULL ORDER BY id"

# What the log holds behind the counter's cursor is not counted yet.
_MISCREDITED = """
WITH due AS (
  SELECT a.id FROM activity AS a JOIN shoutout_receivers AS r
    ON r.shoutout = CAST(substr(a.ref, 11) AS INTEGER) AND r.receiver = a.subject
  WHERE a.community = :community AND r.public = 1
    AND a.id <= coalesce((SELECT activity FROM cursors WHERE follower = :counter), 0)
    AND a.kind IN ('shoutouts.given', 'shoutouts.undo', 'shoutouts.retract')
  UNION ALL
  SELECT a.id FROM activity AS a
  WHERE a.community = :community
    AND a.id <= coalesce((SELECT activity FROM cursors WHERE follower = :counter), 0)
    AND a.kind IN ('points.added', 'points.reversed')
), kept AS (
  SELECT id FROM credits WHERE community = :community
)
SELECT count(*) AS differing FROM (
  SELECT id FROM (SELECT id FROM due EXCEPT SELECT id FROM kept)
  UNION ALL
  SELECT id FROM (SELECT id FROM kept EXCEPT SELECT id FROM due)
) AS differing
"""

_IN_ORDER = """
SELECT c.*, p.amount AS whole, b.amount AS was, b.times AS was_times
FROM credits AS c
LEFT JOIN points AS p ON p.id = c.points
LEFT JOIN credits AS b
  ON b.community = c.community AND b.day = c.day AND b.id = c.returns
WHERE c.community = :community
ORDER BY c.id
"""


def drift(tx: Transaction) -> int:
    """Return how much differs from counting anew; 0 when all is well."""
    return sum(
        miscredited(tx, row["id"])
        + misjudged(tx, row["id"])
        + mistotalled(tx, row["id"])
        for row in tx.all(_HERE)
    )


def miscredited(tx: Transaction, community: int) -> int:
    """Return how many entries of the log have no credit, or credits no entry."""
    row = tx.one(_MISCREDITED, community=community, counter=COUNTER)
    return int(row["differing"]) if row else 0


def misjudged(tx: Transaction, community: int) -> int:
    """Return how many credits are not what the rules make of those before them."""
    rules = Counting()
    rows = tx.each(_IN_ORDER, community=community)
    return sum((row["times"], row["amount"]) != _judged(rules, row) for row in rows)


def mistotalled(tx: Transaction, community: int) -> int:
    """Return how many totals are not what their credits come to."""
    return sum(resummed.differing(tx, community, side) for side in Side)


def _judged(rules: Counting, row: sqlite3.Row) -> tuple[int, int]:
    """Return how many thanks ``row`` is of, and what it is to count for."""
    if row["returns"] is not None:
        if row["shoutout"] is not None:
            rules.take_back(row["returns"], row["giver"])
        return -(row["was_times"] or 0), -(row["was"] or 0)
    if row["points"] is not None:
        return 0, (row["whole"] or 0) * WHOLE
    return 1, rules.give(row["id"], row["giver"], row["receiver"], row["day"])
