"""A week drafted, against counting it in plain SQL; and many that are due at once."""

from __future__ import annotations

import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import cast
from zoneinfo import ZoneInfo

from bot.app import open_database
from bot.calendar import Ringer
from bot.chat.table import build_table
from bot.domain.community import Community, Settings
from bot.domain.people import Person
from bot.domain.recap import Period, Totals
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.domain.shoutouts import Shoutout
from cogs.recaps import posting, schedule
from cogs.recaps.cog import RecapCog
from cogs.recaps.schedule import Planned
from storage import communities, file, members, recap_drafts, shoutouts, words
from storage.database import Database, Transaction
from storage.instants import to_ms
from tests.bench.figure import Figure, in_ms, middle, timed
from tests.bench.history import make
from tests.bench.processes import resident_mb
from tests.bench.size import Size
from tests.harness import COMMUNITY, PLATFORM, START, Clock

MODERATORS = ChannelRef(COMMUNITY, "mods")

_EACH = 20
"""Thanks of one week in each of many communities."""

_PEOPLE = 8
_WEEK = timedelta(days=7)

# The same definition from the facts alone: public, standing, of who may be named.
_COUNTED = """
WITH told AS (
  SELECT s.id, s.giver, r.receiver FROM shoutouts AS s
  JOIN shoutout_receivers AS r ON r.shoutout = s.id AND r.public = 1
  JOIN members AS m ON m.key = r.receiver
  WHERE s.community = :community AND s.given_at > :since AND s.given_at <= :until
    AND m.here = 1 AND m.level IN ('public', 'channel')
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = s.id)
)
SELECT count(DISTINCT id) AS thanks, count(DISTINCT giver) AS givers,
  count(DISTINCT receiver) AS receivers,
  count(DISTINCT CASE WHEN NOT EXISTS (
    SELECT 1 FROM shoutout_receivers AS b
    WHERE b.community = :community AND b.receiver = told.receiver AND b.public = 1
      AND b.given_at <= :since
      AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = b.shoutout)
  ) THEN receiver END) AS newcomers
FROM told
"""


@dataclass(frozen=True, slots=True)
class _Week:
    """What is drafted: the later half of a history."""

    here: Community
    planned: Planned
    now: datetime


async def recap(folder: Path, size: Size) -> Sequence[Figure]:
    """Draft a week, from the facts to the sheet that waits for moderators."""
    path = folder / "recap.sqlite3"
    make(path, 2 * size.recap, max(20, size.recap // 5))
    connection = file.connect(path, "rw")
    tx = Transaction(connection)
    week = _week(connection, tx)
    drafted = partial(posting.begin, tx, week.here, week.planned, week.now)
    counted = partial(_counted, tx, week)
    ours: list[float] = []
    plain: list[float] = []
    for _ in range(size.rounds):
        for _ in range(3):
            with _undone(connection):
                ours.append(timed(drafted))
            plain.append(timed(counted))
    wrong = _differences(connection, tx, week, drafted)
    connection.close()
    what = f"a week of {size.recap:,} shoutouts drafted, with the sheet to be sent"
    beside = f"{in_ms(middle(ours))} of {in_ms(middle(plain))}"
    return [
        Figure(what, middle(ours) * 1_000, "in one process", most=100, unit=" ms"),
        Figure(
            f"{what}, against counting the same in one plain query",
            middle(ours) / middle(plain),
            beside,
            most=4,
            unit=" times",
        ),
        Figure(f"{what}, counts that differ", wrong, "of four", least=0, most=0),
    ]


async def crowd(folder: Path, size: Size) -> Sequence[Figure]:
    """Many recaps at the same minute: all drafted, then all posted, week after week."""
    path = folder / "crowd.sqlite3"
    file.create(path)
    clock = Clock(START + timedelta(hours=2))  # an hour after recaps are due
    table = build_table([RecapCog(cast("Database", None))])
    took: list[float] = []
    async with open_database(path) as database:
        await database.write(_settle_in, size.recaps, clock())
        ringer = Ringer(database, table.occurrences, clock, lambda *_: None)
        memory: list[float] = []
        for week in range(3):
            await database.write(_thank, size.recaps, week, clock())
            clock.move(days=7)
            took.append(await _rung(ringer))
            gc.collect()
            memory.append(resident_mb("self"))
        posted = await database.read(_posted)
    due = f"{size.recaps:,} recaps due at the same minute"
    return [
        Figure(
            f"{due}, drafted late and queued for posting",
            middle(took) / size.recaps * 1_000,
            f"{in_ms(middle(took))} for all of them, commits included",
            most=20,
            unit=" ms each",
        ),
        Figure(
            f"{due}, that are not posted exactly once in each of three weeks",
            3 * size.recaps - posted,
            f"{posted:,} posted",
            least=0,
            most=0,
        ),
        Figure(
            f"{due}, memory after the third week of it against the first",
            max(0.1, memory[-1] - memory[0]),
            f"{memory[0]:.0f} MB, then {memory[-1]:.0f} MB",
            most=10,
            unit=" MB",
        ),
    ]


def _week(connection: sqlite3.Connection, tx: Transaction) -> _Week:
    here = communities.get(tx, COMMUNITY)
    settings = Settings(
        "en", ZoneInfo("UTC"), wall=here.settings.wall, moderators=MODERATORS
    )
    connection.execute("BEGIN")
    communities.change(tx, here, settings)
    connection.execute("COMMIT")
    (first, last) = connection.execute(
        "SELECT min(given_at), max(given_at) FROM shoutouts"
    ).fetchone()
    since = START + timedelta(milliseconds=(first + last) // 2 - to_ms(START))
    now = START + timedelta(milliseconds=last - to_ms(START))
    here = communities.get(tx, COMMUNITY)
    return _Week(here, Planned(Period.WEEK, now + timedelta(days=1), since), now)


@contextmanager
def _undone(connection: sqlite3.Connection) -> Iterator[None]:
    """Have what is done within never have been."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")


def _counted(tx: Transaction, week: _Week) -> sqlite3.Row | None:
    return tx.one(
        _COUNTED,
        community=week.here.id,
        since=to_ms(week.planned.since),
        until=to_ms(week.now),
    )


def _differences(
    connection: sqlite3.Connection,
    tx: Transaction,
    week: _Week,
    drafted: Callable[[], object],
) -> int:
    """Return how many of the counts are other than those of the plain query."""
    with _undone(connection):
        drafted()
        kept = recap_drafts.drafted(tx, week.here, Period.WEEK)
        assert kept is not None
        row = _counted(tx, week)
        assert row is not None
        new = connection.execute("SELECT count(*) FROM recap_newcomers").fetchone()[0]
        counted = Totals(row["thanks"], row["givers"], row["receivers"])
        first = min(row["newcomers"], 1_000)
        return sum((kept.totals != counted, new != first))


async def _rung(ringer: Ringer) -> float:
    since = perf_counter()
    await ringer.ring()
    return perf_counter() - since


def _settle_in(tx: Transaction, count: int, at: datetime) -> None:
    """Have so many communities with a recap a week, all at the same minute."""
    for number in range(count):
        ref = CommunityRef(PLATFORM, f"home-{number}")
        wall, mods = ChannelRef(ref, "wall"), ChannelRef(ref, "mods")
        settings = Settings("en", ZoneInfo("UTC"), wall=wall, moderators=mods)
        here = communities.add(tx, ref, settings, at)
        schedule.follow(tx, here, at)


def _thank(tx: Transaction, count: int, week: int, at: datetime) -> None:
    """Have people thank each other in each of them."""
    for number in range(count):
        ref = CommunityRef(PLATFORM, f"home-{number}")
        here = communities.get(tx, ref)
        people = [
            members.meet(tx, here, Person(MemberRef(ref, f"m{n}"), f"Member {n}"), at)
            for n in range(_PEOPLE)
        ]
        for place in range(_EACH):
            giver = people[place % _PEOPLE]
            receiver = people[(place + 1 + week) % _PEOPLE]
            reason = f"Thank you for all the help in week {week}, time {place}."
            kept, _ = words.add(tx, here, giver.key, reason)
            given_at = at + timedelta(minutes=place + 1)
            shoutout = Shoutout(
                giver, (receiver,), reason, None, private=False, given_at=given_at
            )
            shoutouts.add(tx, here, shoutout, f"{number}:{week}:{place}", kept)


def _posted(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM outbox WHERE key LIKE 'recaps:post:%'")
    return int(row["n"]) if row else 0
