"""Boards over years of credits, and what keeping their totals costs."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from itertools import product
from operator import itemgetter
from pathlib import Path

from bot.domain.community import Community
from storage import activity, communities, file, words
from storage.activity import Activity, Fact
from storage.boards import credited, places, recount, seasons, sources, tallies
from storage.boards.periods import Kind, Period
from storage.boards.sides import Side
from storage.boards.sources import Only
from storage.database import Transaction
from tests.bench import ledger
from tests.bench.crowd import found
from tests.bench.figure import Figure, in_ms, middle, timed
from tests.bench.history import people, quickly, without_indexes
from tests.bench.size import Size
from tests.harness import COMMUNITY, START

PLACES = 10
DAYS = 1_095
TEAMS, VALUES, CHANNELS = 20, 5, 12
TO_A_COMMIT = 100
ACTING = 1_000

_LAST_DAY = credited.day_of(START.date())

# A few are thanked often and many seldom; a sixth of all is of no value, and a third is
# given in one channel. What it counts for is as if it had been damped.
_CREDITS = """
WITH RECURSIVE numbers (n) AS (
  SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows
), rolled AS (
  SELECT n, :last - :days + 1 + (n - 1) * :days / :rows AS day,
    (n * 7919 + n / 1000) % :members AS giver,
    ((n * 2654435761) % 4294967296) / 4294967296.0 AS roll
  FROM numbers
), paired AS (
  SELECT n, day, giver, CAST(roll * roll * :members AS INTEGER) AS receiver FROM rolled
)
INSERT INTO credits (
  community, day, id, receiver, giver, shoutout, value, channel, times, amount
)
SELECT 1, day, 2 * n, r.key, g.key, n, nullif(n % (:values + 1), 0),
  'C' || CASE WHEN n % 3 = 0 THEN 0 ELSE n % :channels END, 1,
  CASE n % 7 WHEN 0 THEN 500 WHEN 1 THEN 250 WHEN 2 THEN 0 ELSE 1000 END
FROM paired AS p
JOIN keys AS g ON g.number = p.giver
JOIN keys AS r ON r.number = CASE WHEN p.receiver = p.giver
                                  THEN (p.giver + 1) % :members ELSE p.receiver END
"""

# One of fifty is taken back, on the same day.
_RETURNS = """
INSERT INTO credits (
  community, day, id, receiver, giver, shoutout, returns, value, channel, times, amount
)
SELECT community, day, id + 1, receiver, giver, shoutout, id, value, channel, -times,
  -amount
FROM credits WHERE shoutout % 50 = 0
"""

_PLAIN = """
SELECT receiver, sum(amount) AS amount FROM credits
WHERE community = :community AND day BETWEEN :first AND :last
GROUP BY +receiver ORDER BY amount DESC LIMIT 10
"""

_SHOUTOUT = """
INSERT INTO shoutouts (
  community, operation, giver, value, words, given_at, given_on, channel
) VALUES (1, :operation, :giver, :value, :words, :at, '2026-03-06', :channel)
"""

_GROUPS = "UPDATE members SET groups = 'R' || (key % :teams)"

_HIDDEN = "UPDATE members SET on_boards = 0 WHERE key % 97 = 0"


def make(path: Path, rows: int, members: int) -> None:
    """Make a file at ``path`` with so many credits of so many members."""
    found(path, min(ACTING, members // 2))
    connection = file.connect(path, "rw")
    with quickly(connection):
        people(connection, min(ACTING, members // 2), members)
        connection.execute(_GROUPS, {"teams": TEAMS})
        connection.execute(_HIDDEN)
        tx = Transaction(connection)
        here = communities.get(tx, COMMUNITY)
        labels = [f"Value {number}" for number in range(VALUES)]
        communities.change_values(tx, here, labels, START)
        quarter = START.date().replace(month=(START.month - 1) // 3 * 3 + 1, day=1)
        seasons.start(tx, here, "The quarter", quarter, None, START)
        with without_indexes(connection):
            connection.execute(
                _CREDITS,
                {
                    "rows": rows,
                    "members": members,
                    "last": _LAST_DAY,
                    "days": DAYS,
                    "values": VALUES,
                    "channels": CHANNELS,
                },
            )
            connection.execute(_RETURNS)
        ledger.total(connection)
    connection.close()


async def boards(folder: Path, size: Size) -> list[Figure]:
    """Every kind of board, recounts of them, and what one more row costs."""
    path = folder / "boards.sqlite3"
    make(path, size.ledger, size.members)
    of = f"of {size.ledger:,} credits by {size.members:,} members"
    reader, writer = file.connect(path, "ro"), file.connect(path, "rw")
    tx = Transaction(reader)
    here = communities.get(tx, COMMUNITY)
    figures = [
        *_read(tx, here, of, size.rounds),
        *_recounted(tx, here, of),
        *_added(writer, here, of, size.rounds),
    ]
    reader.close()
    writer.close()
    return figures


def _standard(tx: Transaction, here: Community) -> list[Period]:
    """Return the periods that are on."""
    season = seasons.at(tx, here, START.date())
    return [Period.at(kind, START.date(), season) for kind in Kind]


def _read(tx: Transaction, here: Community, of: str, rounds: int) -> Iterator[Figure]:
    """Yield how long boards take at most, of any period and side."""
    cuts: dict[str, Sequence[Only]] = {
        "": ({},),
        ", by value": [{"value": number} for number in (1, VALUES)],
        ", by channel": ({"channel": "C0"}, {"channel": "C1"}),
        ", by team": ({"team": "R1"},),
    }
    for name, only in cuts.items():
        took = [
            (
                _took(partial(places.board, tx, here, *which, PLACES, **cut), rounds),
                which,
            )
            for which in product(Side, _standard(tx, here))
            for cut in only
        ]
        slowest_s, (side, period) = max(took, key=itemgetter(0))
        most = 0.2 if name else 0.02
        yield Figure(
            f"the slowest board of a day, week, month, season or all time{name}, {of}",
            slowest_s * 1000,
            f"{side}, {period.key}",
            most=most * 1000,
            unit=" ms",
        )
    member = places.board(tx, here, Side.RECEIVED, Period.parse("all"), 500)[-1].member
    rank = max(
        _took(partial(places.place_of, tx, here, side, period, member), rounds)
        for period in _standard(tx, here)
        for side in Side
    )
    yield Figure(
        f"the slowest look-up of one's own place, {of}",
        rank * 1000,
        "of any period and side",
        most=50,
        unit=" ms",
    )


def _took(read: Callable[[], object], rounds: int) -> float:
    return middle([timed(read) for _ in range(rounds)])


def _recounted(tx: Transaction, here: Community, of: str) -> Iterator[Figure]:
    """Yield what counting anew takes, and whether the boards agree with it."""
    differing = 0
    for side in Side:
        for period in _standard(tx, here):
            days = sources.days_of(tx, here, period)
            assert days is not None
            anew = sources.counted(here, side, days, None)
            told = places.board(tx, here, side, period, PLACES)
            again = places.recounted(tx, anew, PLACES)
            differing += sum(a != b for a, b in zip(told, again, strict=True))
    differing += recount.mistotalled(tx, here.id)
    yield Figure(
        f"places and totals that differ from counting anew, {of}",
        differing,
        "each side, each period, each member, each value and channel",
        least=0,
        most=0,
    )
    days = sources.Days(0, None)
    anew = sources.counted(here, Side.RECEIVED, days, None)
    plain = partial(
        tx.all, _PLAIN, community=here.id, first=0, last=credited.day_of(START.date())
    )
    slow = [timed(partial(places.recounted, tx, anew, PLACES)) for _ in range(2)]
    bare = [timed(plain) for _ in range(2)]
    yield Figure(
        f"the board of all time counted anew, against the plain grouping query, {of}",
        middle(slow) / middle(bare),
        f"{in_ms(middle(slow))} against {in_ms(middle(bare))}",
        most=3,
        unit=" times",
    )


def _added(
    connection: sqlite3.Connection, here: Community, of: str, rounds: int
) -> Iterator[Figure]:
    """Yield what a row costs with its totals, against one without.

    The same people were counted just before: the pages that they are on are as those of
    a file that has grown, and not as full as they are when all is laid out at once.
    """
    for turn, (to_a_commit, most) in enumerate(((1, 1.3), (TO_A_COMMIT, 4.0))):
        turns = rounds * (20 if to_a_commit == 1 else 3)
        count = 2 * turns * to_a_commit
        before = _entries(connection, here, count, 2 * turn)
        _write(connection, tallies.count, before)
        entries = _entries(connection, here, count, 2 * turn + 1)
        with_totals: list[float] = []
        without: list[float] = []
        for first in range(0, len(entries), 2 * to_a_commit):
            some = entries[first : first + to_a_commit]
            more = entries[first + to_a_commit : first + 2 * to_a_commit]
            without.append(timed(partial(_write, connection, _credit, some)))
            with_totals.append(timed(partial(_write, connection, tallies.count, more)))
        yield Figure(
            f"a credit with its totals, {to_a_commit} to a durable commit, against one "
            f"without, {of}",
            middle(with_totals) / middle(without),
            f"{in_ms(middle(with_totals))} against {in_ms(middle(without))}",
            most=most,
            unit=" times",
        )


def _credit(tx: Transaction, entries: Sequence[Activity]) -> None:
    """Count entries into no totals."""
    for entry in entries:
        credit = tallies.credit_of(tx, entry)
        assert credit is not None
        credited.add(tx, entry.community, credit)


def _write(
    connection: sqlite3.Connection,
    count: Callable[[Transaction, Sequence[Activity]], None],
    entries: Sequence[Activity],
) -> None:
    connection.execute("BEGIN IMMEDIATE")
    tx = Transaction(connection)
    count(tx, entries)
    activity.move_cursor(tx, tallies.COUNTER, entries[-1].id)
    connection.execute("COMMIT")


@contextmanager
def _one(connection: sqlite3.Connection) -> Iterator[Transaction]:
    connection.execute("BEGIN IMMEDIATE")
    yield Transaction(connection)
    connection.execute("COMMIT")


def _entries(
    connection: sqlite3.Connection, here: Community, count: int, turn: int
) -> Sequence[Activity]:
    """Return what the log holds of so many shoutouts, given by anybody to anybody.

    In another ``turn`` they are by the same people and to the same, in other pairs.
    """
    with _one(connection) as tx:
        keys = [row["key"] for row in tx.all("SELECT key FROM members ORDER BY key")]
        last = tx.all("SELECT max(id) AS id FROM credits")[0]["id"]
        spoken, _ = words.add(tx, here, keys[0], "for all of it")
        found = []
        for number in range(count):
            giver = keys[number * 7919 % len(keys)]
            receiver = keys[((number + turn) * 104_729 + 1) % len(keys)]
            at = START + timedelta(seconds=number)
            entry = last + 1 + number
            shoutout = tx.add(
                _SHOUTOUT,
                operation=f"added-{entry}",
                giver=giver,
                value=1 + number % VALUES,
                words=spoken,
                at=int(at.timestamp() * 1000),
                channel=f"C{number % CHANNELS}",
            )
            ref = f"shoutouts:{shoutout}"
            fact = Fact("shoutouts.given", giver, receiver, 1, "call", ref)
            found.append(Activity(entry, here.id, at, fact))
    return found
