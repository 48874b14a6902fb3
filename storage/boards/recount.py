"""Counts everything anew, to find what does not agree with it.

Three steps, each of which rests on the one before: every entry of the log has its
credit and no other; every credit is what the rules make of those before it; and every
total is what its credits come to.
"""

from __future__ import annotations

import sqlite3

from bot.domain.damping import WHOLE, Counting
from storage.boards import credited, totals
from storage.boards.periods import Kind
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

_LAST_DAYS = """
SELECT DISTINCT reached >> {bits} AS day FROM totals
WHERE community = :community AND reached > 0
"""

# The whole, each value and each channel; what counts nothing has no part in the latter.
_MISTOTALLED = """
WITH spans (on_day, season, month, week) AS (VALUES {spans}), given AS (
  SELECT {who} AS member, day, id, value, channel, times, amount,
    CASE WHEN amount <> 0 AND returns IS NULL
           AND id NOT IN (SELECT returns FROM credits WHERE returns IS NOT NULL)
         THEN (day << {bits}) + id ELSE 0 END AS place
  FROM credits
  WHERE community = :community AND {who} IN (
    SELECT key FROM members WHERE community = :community)
), parted AS (
  SELECT '' AS part, member, day, times, amount, place FROM given
  UNION ALL
  SELECT 'value:' || value, member, day, times, amount, place FROM given
  WHERE value IS NOT NULL AND amount <> 0
  UNION ALL
  SELECT 'channel:' || channel, member, day, times, amount, place FROM given
  WHERE channel IS NOT NULL AND amount <> 0
), counted AS (
  SELECT p.part, p.member, max(p.place) AS reached, sum(p.times) AS times,
    sum(p.amount) AS amount,
    sum(CASE WHEN p.day >= s.season THEN p.amount ELSE 0 END) AS season,
    sum(CASE WHEN p.day >= s.month THEN p.amount ELSE 0 END) AS month,
    sum(CASE WHEN p.day >= s.week THEN p.amount ELSE 0 END) AS week,
    sum(CASE WHEN p.day >= s.on_day THEN p.amount ELSE 0 END) AS day
  FROM parted AS p
  LEFT JOIN totals AS t ON t.community = :community AND t.side = :side
    AND t.lot = (p.part <> '') AND t.member = p.member AND t.part = p.part
  LEFT JOIN spans AS s ON s.on_day = t.reached >> {bits}
  GROUP BY p.part, p.member
), kept AS (
  SELECT part, member, reached, times, amount, season, month, week, day FROM totals
  WHERE community = :community AND side = :side
)
SELECT count(DISTINCT part || ' ' || member) AS differing FROM (
  SELECT * FROM (SELECT * FROM counted EXCEPT SELECT * FROM kept)
  UNION ALL
  SELECT * FROM (SELECT * FROM kept EXCEPT SELECT * FROM counted)
) AS differing
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
    last = tx.all(_LAST_DAYS.format(bits=credited.ID_BITS), community=community)
    spans = [_span(tx, community, row["day"]) for row in last]
    found = 0
    for side in Side:
        sql = _MISTOTALLED.format(
            who=side.who,
            bits=credited.ID_BITS,
            spans=", ".join(spans or ["(-1, -1, -1, -1)"]),
        )
        row = tx.one(sql, community=community, side=side)
        found += row["differing"] if row else 0
    return found


def _span(tx: Transaction, community: int, day: int) -> str:
    began = totals.first_days(tx, community, day)
    return f"({day}, {began[Kind.SEASON]}, {began[Kind.MONTH]}, {began[Kind.WEEK]})"


def _judged(rules: Counting, row: sqlite3.Row) -> tuple[int, int]:
    """Return how many thanks ``row`` is of, and what it is to count for."""
    if row["returns"] is not None:
        if row["shoutout"] is not None:
            rules.take_back(row["returns"], row["giver"])
        return -(row["was_times"] or 0), -(row["was"] or 0)
    if row["points"] is not None:
        return 0, (row["whole"] or 0) * WHOLE
    return 1, rules.give(row["id"], row["giver"], row["receiver"], row["day"])
