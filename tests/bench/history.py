"""Years of shoutouts, made within seconds.

Every table that a shoutout leaves a trace in is filled as the units would, with three
liberties: reasons repeat, the audit's hashes are random (nothing here walks the
chain), and every announcement has been delivered.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import file
from storage.instants import to_ms
from tests.bench import ledger
from tests.bench.crowd import PEOPLE, WALL, found
from tests.harness import START

_STEP_MS = 60_000
"""From one shoutout to the next; a million of them are almost two years."""

_SETTLED_MS = 3 * 86_400_000
"""How long ago the last was, so that no cooldown reaches the present."""

# The first are met as they always are, since they go on to act.
_MEMBERS = """
INSERT INTO members (key, community, platform_id, name, role, bot, here, met_at)
WITH RECURSIVE numbers (n) AS (
  SELECT :first UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :members
)
SELECT abs(random()) / 2, 1, printf('m%06d', n), 'Member ' || n, 1, 0, 1, 0
FROM numbers WHERE n < :members
"""

# A few are thanked often and many seldom. Each multiplier is prime and odd, so that
# neither giver nor receiver comes round again in step with the other.
_THANKS = """
CREATE TEMP TABLE thanks AS
WITH RECURSIVE numbers (n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :history
), rolled AS (
  SELECT n, (n * 7919 + n / 1000) % :members AS giver,
    ((n * 2654435761) % 4294967296) / 4294967296.0 AS roll
  FROM numbers
), paired AS (
  SELECT n, giver, CAST(roll * roll * :members AS INTEGER) AS receiver FROM rolled
)
SELECT n, g.key AS giver, r.key AS receiver, n % 20 <> 0 AS public,
  :last - (:history - n) * :step AS at
FROM paired AS p
JOIN keys AS g ON g.number = p.giver
JOIN keys AS r ON r.number = CASE WHEN p.receiver = p.giver
                                  THEN (p.giver + 1) % :members ELSE p.receiver END
ORDER BY n
"""

_FILL = (
    """
INSERT INTO words (id, community, author, body, salt)
SELECT n, 1, giver, 'Thank you for all the help that you gave us, for the '
  || n || 'th time', randomblob(16) FROM thanks
""",
    # Spread over all that an operation can be, so that new ones fall in between.
    """
INSERT INTO shoutouts (
  id, community, operation, giver, words, given_at, given_on, channel
)
SELECT n, 1, printf('%012x', n * (281474976710656 / (:history + 1))), giver, n, at,
  date(at / 1000, 'unixepoch'), 'general' FROM thanks
""",
    """
INSERT INTO shoutout_receivers (shoutout, receiver, community, giver, given_at, public)
SELECT n, receiver, 1, giver, at, public FROM thanks
""",
    """
INSERT INTO retractions (shoutout, community, operation, member, way, at)
SELECT n, 1, 'retract-' || n, giver, 'undo', at + 60000 FROM thanks WHERE n % 50 = 0
""",
    """
INSERT INTO allowances (community, member, day, spent, cap)
SELECT 1, giver, date(at / 1000, 'unixepoch'), count(*), 100 FROM thanks
GROUP BY giver, at / 86400000
""",
    """
INSERT INTO activity (community, at, kind, actor, subject, amount, source, ref)
SELECT 1, at, CASE WHEN public THEN 'shoutouts.given' ELSE 'shoutouts.given-in-private'
  END, giver, receiver, 1, printf('%012x', n), 'shoutouts:' || n FROM thanks
UNION ALL
SELECT 1, at + 60000, 'shoutouts.undo', giver, receiver, -1, 'retract-' || n,
  'shoutouts:' || n FROM thanks WHERE n % 50 = 0
""",
    "INSERT INTO cursors SELECT 'boards.count', max(id) FROM activity",
    """
INSERT INTO audit (
  community, id, at, actor, action, ref, detail, digest, previous, hash
)
SELECT 1, n, at, giver, 'shoutouts.give', 'shoutouts:' || n, '{}', randomblob(32),
  randomblob(32), randomblob(32) FROM thanks
""",
    """
INSERT INTO outbox (id, community, kind, place, key, sent_version, state, due_at,
  sending_at, sending_version, message_id, call, queued_at, drawn)
SELECT n, 1, 'channel', :wall, 'shoutouts:wall:' || n, 1, 'sent', at, at, 1, 'p' || n,
  printf('%012x', n), at, 1 FROM thanks WHERE public
""",
    """
INSERT INTO outbox_names (member, row)
SELECT giver, n FROM thanks WHERE public
UNION ALL SELECT receiver, n FROM thanks WHERE public
""",
    # Some are not shown, for each of the reasons; those who act all are.
    "UPDATE members SET on_boards = 0 WHERE key % 97 = 0 AND met_at = 0",
    "UPDATE members SET level = 'private' WHERE key % 101 = 0 AND met_at = 0",
    "UPDATE members SET here = 0 WHERE key % 103 = 0 AND met_at = 0",
)


def acting_of(members: int) -> int:
    """Return how many of so many members go on to act."""
    return min(PEOPLE, members // 2)


def make(path: Path, history: int, members: int) -> None:
    """Make a file at ``path`` with so many shoutouts by so many members."""
    acting = acting_of(members)
    found(path, acting)
    connection = file.connect(path, "rw")
    with quickly(connection):
        people(connection, acting, members)
        given = {
            "history": history,
            "members": members,
            "last": to_ms(START) - _SETTLED_MS,
            "step": _STEP_MS,
        }
        connection.execute(_THANKS, given)
        with without_indexes(connection):
            _fill(connection, {**given, "wall": WALL.id})
            ledger.credit(connection)
        ledger.total(connection)
    connection.close()


@contextmanager
def quickly(connection: sqlite3.Connection) -> Iterator[None]:
    """Write everything at once, and nothing twice: what fails here is made anew."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA secure_delete = OFF")
    connection.execute("PRAGMA cache_size = -400000")
    connection.execute("BEGIN")
    yield
    connection.execute("COMMIT")


@contextmanager
def without_indexes(connection: sqlite3.Connection) -> Iterator[None]:
    """Lay the indexes out at the end, which is far quicker."""
    indexes = connection.execute(
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'index' AND sql NOT NULL"
    ).fetchall()
    for index in indexes:
        connection.execute(f"DROP INDEX {index['name']}")
    yield
    for index in indexes:
        connection.execute(index["sql"])


def people(connection: sqlite3.Connection, acting: int, members: int) -> None:
    """Add members to those who act, and number all of them."""
    connection.execute(_MEMBERS, {"first": acting, "members": members})
    connection.execute(
        "CREATE TEMP TABLE keys AS "
        "SELECT row_number() OVER (ORDER BY platform_id) - 1 AS number, key "
        "FROM members"
    )
    connection.execute("CREATE UNIQUE INDEX temp.keys_by_number ON keys (number)")


def _fill(connection: sqlite3.Connection, given: dict[str, int | str]) -> None:
    for statement in _FILL:
        named = set(re.findall(r":([a-z]+)\b", statement))
        values = {name: given[name] for name in named if name in given}
        connection.execute(statement, values)
