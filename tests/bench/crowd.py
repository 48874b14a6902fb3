"""People who thank each other, always with something new to say to somebody new."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Laurel, open_database, running
from bot.chat.catalogue import Catalogue
from bot.chat.responses import Call, Response
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef
from bot.features import LOCALES
from cogs.shoutouts.service import Wish
from storage import communities, file, members
from storage.database import Transaction
from tests.harness import COMMUNITY, NEVER, START

ROUTE = "shoutouts.shoutout"
WALL = ChannelRef(COMMUNITY, "wall")
PEOPLE = 1_000
"""Who act; a round in which each gives five is all that their allowance lets them."""

_REASONS = (
    "You stayed until the release was out, and explained every step on the way ({}).",
    "Merci d'avoir relu la traduction si vite, elle est bien meilleure à présent ({}).",
    "夜遅くまで障害の対応をしてくれて、本当にありがとうございました。助かりました ({})",
    "The new guide answered the very question that I was about to ask, thank you ({}).",
)


@dataclass(frozen=True, slots=True)
class Thanks:
    """One shoutout that somebody is about to give."""

    call: Call
    to: Person
    why: str

    def answers(self) -> dict[str, object]:
        """Return it as what is typed."""
        return {"to": (self.to,), "why": self.why}

    def wish(self) -> Wish:
        """Return it as what the unit is handed."""
        return Wish((self.to,), self.why, None, private=False)


def person(number: int) -> Person:
    """Return one of the people who act."""
    return Person(MemberRef(COMMUNITY, f"m{number:06}"), f"Member {number}")


def thanks(giver: int, receiver: int, at: datetime) -> Thanks:
    """Return what one says to another at one instant."""
    told = f"{giver}:{receiver}:{at.isoformat()}"
    # As scattered as a platform's ids: the index of operations has no warm end.
    call_id = hashlib.sha256(told.encode()).hexdigest()[:24]
    call = Call(call_id, person(giver), ChannelRef(COMMUNITY, "general"), at, "en")
    why = _REASONS[giver % len(_REASONS)].format(call_id[:6])
    return Thanks(call, person(receiver), why)


def rounds(count: int, each: int, people: int = PEOPLE) -> Iterator[list[Thanks]]:
    """Yield rounds that are a day and an hour apart, so that all of it is allowed."""
    for number in range(count):
        at = START + number * timedelta(hours=25)
        yield [
            thanks(n % people, (n % people + 1 + n // people) % people, at)
            for n in range(each)
        ]


def found(path: Path, people: int = PEOPLE) -> None:
    """Make the file at ``path``, with a community whose members are known."""
    file.create(path)
    connection = file.connect(path, "rw")
    connection.execute("BEGIN")
    tx = Transaction(connection)
    settings = Settings("en", ZoneInfo("UTC"), wall=WALL)
    here = communities.add(tx, COMMUNITY, settings, START)
    for number in range(people):
        members.meet(tx, here, person(number), START)
    connection.execute("COMMIT")
    connection.close()


@asynccontextmanager
async def still(path: Path) -> AsyncIterator[Laurel]:
    """Run Laurel over the file with no platform, so that the courier stands still."""

    def now() -> datetime:
        return START

    async with (
        open_database(path) as database,
        running(
            database, [], Catalogue.load(LOCALES), clock=now, wall=lambda: NEVER
        ) as laurel,
    ):
        yield laurel


async def give(laurel: Laurel, one: Thanks) -> Response:
    """Have one shoutout go through dispatch."""
    return await laurel.dispatcher(ROUTE, one.call, (), one.answers())


async def by_callers(
    callers: int, given: Sequence[Thanks], do: Callable[[Thanks], Awaitable[object]]
) -> None:
    """Have so many act at the same time, each giving one after the other."""

    async def call(mine: Sequence[Thanks]) -> None:
        for one in mine:
            await do(one)

    async with asyncio.TaskGroup() as tasks:
        for number in range(callers):
            tasks.create_task(call(given[number::callers]))


def shoutouts(path: Path) -> int:
    """Return how many shoutouts are on disk."""
    connection = file.connect(path, "ro")
    (count,) = connection.execute("SELECT count(*) FROM shoutouts").fetchone()
    connection.close()
    return int(count)
