"""A quarter of a year through the clock: thanks, challenges, their boards and ends.

Everybody acts at one of two hours of the day. A week-long challenge follows the
other, each from its opening to its final result by what the calendar brings. Played
live, each act waits until all that follows from the one before has happened; replayed,
those of one moment are done together, as fast as they are taken.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from pathlib import Path
from shutil import copy
from time import perf_counter
from zlib import crc32

from bot.app import Laurel, open_database, running
from bot.chat.catalogue import Catalogue
from bot.chat.message import Message
from bot.chat.responses import Call, Refuse
from bot.chat.speech import Speech
from bot.domain.challenges import Proof, Scoring, Terms
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from bot.features import LOCALES
from cogs.challenges import course
from storage import communities, members
from storage.acts import Act
from storage.boards import recount
from storage.challenges import book, scores, signing
from storage.database import Transaction
from tests.bench import crowd
from tests.bench.crowd import person, thanks
from tests.bench.figure import Figure
from tests.bench.size import Size
from tests.harness import COMMUNITY, NEVER, Clock, Platform

BEGINS = datetime(2026, 1, 5, tzinfo=UTC)
HOURS = (8, 20)
"""When people act: half of them at each."""

WEEK = 7
TAKE_PART = 5
"""One in so many takes part in each challenge."""

THANK = 8
"""One in so many thanks somebody on each day."""

SKIP = 6
"""One in so many days is missed."""

CALLERS = 50
SONGS = ChannelRef(COMMUNITY, "songs")
MODERATOR = Person(MemberRef(COMMUNITY, "moderator"), "Moderator", Role.MODERATOR)

State = Mapping[str, Collection[tuple[object, ...]]]
"""What is on record in the end, by what it is about."""

_STATE = {
    "thanks": """
SELECT t.lot, t.part, m.platform_id, t.times, t.amount, t.season, t.month, t.week,
  t.day
FROM totals AS t JOIN members AS m ON m.key = t.member
""",
    "challenges": "SELECT id, folded, state, terms FROM challenges",
    "entrants": """
SELECT e.challenge, m.platform_id, e.left_at IS NULL FROM challenge_entrants AS e
JOIN members AS m ON m.key = e.member
""",
    "check-ins": """
SELECT c.challenge, m.platform_id, c.day, c.state, c.late, c.at FROM checkins AS c
JOIN members AS m ON m.key = c.member
""",
    "scores": """
SELECT s.challenge, m.platform_id, s.points, s.days, s.streak, s.best, s.finished,
  s.reached_at
FROM challenge_scores AS s JOIN members AS m ON m.key = s.member
""",
    "results": """
SELECT r.challenge, r.revision, p.rank, m.platform_id, p.points, p.days, p.best,
  p.finished, p.newcomer
FROM challenge_places AS p JOIN challenge_results AS r ON r.id = p.result
JOIN members AS m ON m.key = p.member
""",
    "posts": "SELECT key, state, gone FROM outbox WHERE key NOT LIKE 'shoutouts:%'",
    "wall": """
SELECT state, count(*) FROM outbox WHERE key LIKE 'shoutouts:%' GROUP BY state
""",
}


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that somebody does."""

    call: Call
    route: str
    args: tuple[str, ...] = ()
    answers: Mapping[str, object] | None = None


@dataclass(slots=True)
class Quiet(Platform):
    """Takes what it is brought without reading it, and counts."""

    edits: list[datetime] = field(default_factory=list)

    def read(self, message: Message, locale: str) -> str:
        """Read nothing."""
        return ""

    async def edit(self, posting: object, message_id: str) -> None:
        """Note when."""
        self.edits.append(self.clock())


@dataclass(frozen=True, slots=True)
class Played:
    """What became of it.

    Attributes:
        refused: How many were told that something cannot be done.

        wrong: How many figures differ from a recount.
    """

    state: State
    acts: int
    refused: int
    edits: int
    wrong: int
    took_s: float


async def challenge(folder: Path, size: Size) -> list[Figure]:
    """Replay a quarter of a year, and compare a part of it with the same part live."""
    people, days = max(20, size.played // 10), max(10, size.days // 3)
    crowd.found(folder / "live.sqlite3", people)
    # Who ties at the same instant is ranked by a random key: the same in both.
    copy(folder / "live.sqlite3", folder / "same.sqlite3")
    crowd.found(folder / "whole.sqlite3", size.played)
    live = await _played(folder / "live.sqlite3", people, days, together=False)
    same = await _played(folder / "same.sqlite3", people, days, together=True)
    whole = await _played(
        folder / "whole.sqlite3", size.played, size.days, together=True
    )
    differing = sum(
        len(set(live.state[name]) ^ set(same.state[name])) for name in _STATE
    )
    rows = sum(map(len, live.state.values()))
    return [
        Figure(
            f"{size.days} days of {size.played:,} members replayed through the clock",
            whole.took_s,
            f"{whole.acts:,} acts, {whole.edits:,} edits of boards and posts",
            most=60,
            unit=" s",
        ),
        Figure(
            "what is on record after a replay and not live, or the other way round",
            differing + abs(live.refused - same.refused),
            f"of {rows:,} rows, after {days} days of {people} members",
            least=0,
            most=0,
        ),
        Figure(
            "what a replay left that differs from a recount",
            whole.wrong,
            f"{whole.refused} of {whole.acts:,} acts were refused",
            least=0,
            most=0,
        ),
    ]


async def _played(path: Path, people: int, days: int, *, together: bool) -> Played:
    acts = list(_acts(people, days))
    clock = Clock(BEGINS - timedelta(hours=1))
    async with _running(path, clock) as (laurel, platform):
        since = perf_counter()
        refused = 0
        moments = groupby(acts, key=lambda each: each.call.at)
        for at, done in moments:
            await _move(laurel, clock, at)
            refused += await _do(laurel, list(done), together=together)
        await _move(laurel, clock, BEGINS + timedelta(days=days + WEEK))
        await _move(laurel, clock, BEGINS + timedelta(days=days + 2 * WEEK))
        took_s = perf_counter() - since
        state = await laurel.database.read(_state)
        wrong = await laurel.database.read(_wrong)
    edits = len(platform.edits)
    return Played(state, len(acts), refused, edits, wrong, took_s)


async def _do(laurel: Laurel, acts: Sequence[Done], *, together: bool) -> int:
    """Do what is done at one moment; return how many were refused."""
    refused = 0

    async def one(done: Done) -> None:
        nonlocal refused
        answer = await laurel.dispatcher(done.route, done.call, done.args, done.answers)
        refused += isinstance(answer, Refuse)

    if not together:
        for done in acts:
            await one(done)
            await laurel.settle()
        return refused

    async def some(mine: Sequence[Done]) -> None:
        for done in mine:
            await one(done)

    # What one member does comes in order.
    lists: dict[int, list[Done]] = defaultdict(list)
    for done in acts:
        lists[crc32(done.call.actor.ref.id.encode()) % CALLERS].append(done)
    async with asyncio.TaskGroup() as tasks:
        for mine in lists.values():
            tasks.create_task(some(mine))
    return refused


async def _move(laurel: Laurel, clock: Clock, to: datetime) -> None:
    """Move on by the hour, and have happen what the calendar holds for some of them."""
    while clock.at < to:
        clock.at = min(to, clock.at + timedelta(hours=1))
        if clock.at == to or clock.at.hour in {0, 9}:
            await _open(laurel, clock.at)
            laurel.alarm.wake()
            await laurel.settle()


async def _open(laurel: Laurel, now: datetime) -> None:
    """Open the challenge of the week, on its Monday."""
    if now.hour == 0 and now.weekday() == 0:
        await laurel.database.write(_open_one, now)


def _open_one(tx: Transaction, now: datetime) -> None:
    here = communities.get(tx, COMMUNITY)
    by = Act(members.meet(tx, here, MODERATOR, now), f"open-{now:%F}", now)
    terms = Terms(
        number=1,
        title=f"The week of {now:%F}",
        about="",
        starts_on=now.date(),
        days=WEEK,
        prompt_at=time(9),
        prompts=("Sing.",),
        channel=SONGS,
        scoring=Scoring(10, 3, 5),
        grace_days=1,
        proof=Proof.NONE,
    )
    made = book.create(tx, here, terms, by)
    course.open_it(tx, here, made.id, by)


def _acts(people: int, days: int) -> Iterator[Done]:
    """Yield everything that is done, in order."""
    for day in range(days):
        on = BEGINS.date() + timedelta(days=day)
        for hour in HOURS:
            at = datetime.combine(on, time(hour, 5), UTC)
            for number in range(people):
                if _dice(number, day) % len(HOURS) == HOURS.index(hour):
                    yield from _of(number, people, day, at)


def _of(number: int, people: int, day: int, at: datetime) -> Iterator[Done]:
    """Yield what one does on one day."""
    if _dice(number, day, 1) % THANK == 0:
        other = (number + 1 + _dice(number, day, 2) % (people - 1)) % people
        given = thanks(number, other, at)
        yield Done(given.call, crowd.ROUTE, (), given.answers())
    week, day_of_week = divmod(day, WEEK)
    if _dice(number, week, 3) % TAKE_PART:
        return
    which = str(week + 1)
    if day_of_week == 0:
        yield Done(_call(number, day, "join", at), "checkins.join", (which,))
    if _dice(number, day, 4) % SKIP:
        yield Done(_call(number, day, "check", at), "checkins.check", (which,))


def _call(number: int, day: int, what: str, at: datetime) -> Call:
    return Call(f"{what}-{number}-{day}", person(number), SONGS, at, "en")


def _dice(*of: int) -> int:
    """Return a number that looks like any other, and always the same."""
    return crc32(":".join(map(str, of)).encode())


def _state(tx: Transaction) -> State:
    return {
        name: [tuple(row) for row in tx.all(query)] for name, query in _STATE.items()
    }


def _wrong(tx: Transaction) -> int:
    return recount.drift(tx) + scores.drift(tx) + signing.broken(tx)


@asynccontextmanager
async def _running(path: Path, clock: Clock) -> AsyncIterator[tuple[Laurel, Quiet]]:
    catalogue = Catalogue.load(LOCALES)
    async with open_database(path) as database:
        platform = Quiet(_unread, clock)
        within = running(
            database, [platform], catalogue, clock=clock, wall=lambda: NEVER
        )
        async with within as laurel:
            yield laurel, platform


def _unread(_locale: str) -> Speech:
    raise AssertionError("nothing is read")
