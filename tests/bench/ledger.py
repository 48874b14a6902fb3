"""What years of thanks count for, and what that comes to, filled in within minutes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from bot.domain.damping import Counting
from storage.boards import credited
from storage.boards.periods import Kind
from storage.boards.sides import Side
from storage.boards.totals import first_days
from storage.database import Transaction

_LOGGED = """
SELECT a.id, a.subject AS receiver, a.actor AS giver, a.amount, s.id AS shoutout,
  s.value, s.channel, s.given_at / 86400000 AS day
FROM activity AS a
JOIN shoutouts AS s ON s.id = CAST(substr(a.ref, 11) AS INTEGER)
JOIN shoutout_receivers AS r ON r.shoutout = s.id AND r.receiver = a.subject
WHERE r.public = 1 ORDER BY a.id
"""

_CREDIT = """
INSERT INTO credits (
  community, day, id, receiver, giver, shoutout, returns, value, channel, times, amount
) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_LASTS = """
CREATE TEMP TABLE lasts AS
SELECT c.{who} AS member, {part} AS part,
  max(CASE WHEN c.amount <> 0 AND c.returns IS NULL
        AND c.id NOT IN (SELECT returns FROM credits WHERE returns IS NOT NULL)
      THEN (c.day << {bits}) + c.id ELSE 0 END) AS reached,
  sum(c.times) AS times, sum(c.amount) AS amount
FROM credits AS c WHERE {of_part} GROUP BY +c.{who}, {part}
"""

_TOTALS = """
INSERT INTO totals (
  community, side, lot, member, part, reached, times, amount, season, month, week, day
)
SELECT 1, '{side}', l.part <> '', l.member, l.part, l.reached, l.times, l.amount,
  coalesce(sum(CASE WHEN c.day >= s.season THEN c.amount END), 0),
  coalesce(sum(CASE WHEN c.day >= s.month THEN c.amount END), 0),
  coalesce(sum(CASE WHEN c.day >= s.week THEN c.amount END), 0),
  coalesce(sum(CASE WHEN c.day >= s.on_day THEN c.amount END), 0)
FROM lasts AS l
LEFT JOIN spans AS s ON s.on_day = l.reached >> {bits}
LEFT JOIN credits AS c ON c.{who} = l.member AND c.day >= s.first
  AND {of_part} AND {part} = l.part
GROUP BY l.member, l.part
ORDER BY l.member, l.part
"""

_PARTS = {
    "''": "true",
    "'value:' || c.value": "c.value IS NOT NULL AND c.amount <> 0",
    "'channel:' || c.channel": "c.channel IS NOT NULL AND c.amount <> 0",
}
"""What a total is of, and which credits those are."""


def credit(connection: sqlite3.Connection) -> None:
    """Have everything that the log holds count, in UTC."""
    connection.executemany(_CREDIT, _credits(connection))


def _credits(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    rules, given = Counting(), dict[int, tuple[int, int]]()
    for row in connection.execute(_LOGGED):
        day, giver, shoutout = row["day"], row["giver"], row["shoutout"]
        returns, times = None, 1
        if row["amount"] > 0:
            amount = rules.give(row["id"], giver, row["receiver"], day)
            given[shoutout] = row["id"], amount
        else:
            returns, amount = given[shoutout]
            rules.take_back(returns, giver)
            times, amount = -1, -amount
        people = row["receiver"], giver
        about = row["value"], row["channel"]
        yield (day, row["id"], *people, shoutout, returns, *about, times, amount)


def total(connection: sqlite3.Connection) -> None:
    """Have the totals hold what the credits come to."""
    tx = Transaction(connection)
    connection.execute(
        "CREATE TEMP TABLE spans "
        "(on_day INTEGER PRIMARY KEY, season, month, week, first)"
    )
    for (day,) in connection.execute("SELECT DISTINCT day FROM credits").fetchall():
        began = first_days(tx, 1, day)
        spans = [began[kind] for kind in (Kind.SEASON, Kind.MONTH, Kind.WEEK)]
        connection.execute(
            "INSERT INTO spans VALUES (?, ?, ?, ?, ?)", (day, *spans, min(spans))
        )
    for side in Side:
        for part, of_part in _PARTS.items():
            about = {
                "side": side,
                "who": side.who,
                "part": part,
                "of_part": of_part,
                "bits": credited.ID_BITS,
            }
            connection.execute(_LASTS.format(**about))
            connection.execute(_TOTALS.format(**about))
            connection.execute("DROP TABLE lasts")
