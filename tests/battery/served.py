"""The bot over the playground as a process of its own, which a test may kill.

The playground here is a worse platform than it really is: it forgets what it was sent
before, refuses now and then, and sometimes answers nothing.
"""

from __future__ import annotations

import asyncio
import secrets
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from aiohttp import web

import bot.app
from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.clock import Clock
from bot.adapters.playground.records import PLAYGROUND, Draft, Resident, Room
from bot.adapters.playground.store import Store, add_people, add_rooms
from bot.adapters.playground.web import LOOPBACK, make_app
from bot.app import open_database, running, wall_clock
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, Posting
from bot.chat.text import Phrase
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, Spot, place_of
from bot.features import load_words
from storage import communities
from storage.database import Transaction
from storage.file import create
from tests.test_courier import Careless

HOME = CommunityRef(PLAYGROUND, "garden")
WALL = ChannelRef(HOME, "wall")
GENERAL = ChannelRef(HOME, "general")

_FIND = """
SELECT id FROM messages
WHERE substr(delivery_id, 1, 25) = :delivery_id AND room = :room AND removed = 0
"""


class Unreliable(Playground):
    """Answers like the real ones: mostly, late, or not at all.

    Attributes:
        drops: Of a hundred posts, how many are accepted without an answer.
    """

    drops = 2

    async def post(self, posting: Posting) -> str:
        """Post it, however often it is sent."""
        self._now_and_then()
        draft = Draft(
            ChannelRef(HOME, place_of(posting.to).id),
            MemberRef(HOME, "laurel"),
            posting.message,
            self.clock.now(),
            locale=posting.locale,
            delivery_id=posting.delivery_id + secrets.token_hex(4),
        )
        number = await self.store.post(draft)
        if secrets.randbelow(100) < self.drops:
            raise OutcomeUnknownError("accepted, then dropped")
        return str(number)

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Look for what was posted."""

        def look(tx: Transaction) -> str | None:
            row = tx.one(_FIND, delivery_id=delivery_id, room=place_of(to).id)
            return str(row["id"]) if row else None

        self._now_and_then()
        return await self.store.database.read(look)

    @staticmethod
    def _now_and_then() -> None:
        draw = secrets.randbelow(100)
        if draw < 2:
            raise NotAcceptedError("429", retry_after_s=0.1)
        if draw < 4:
            raise OutcomeUnknownError("reset")


async def prepare(folder: Path, people: list[str]) -> None:
    """Make a community of ``people`` in ``folder``, who may thank all day."""
    folder.mkdir(parents=True)
    store = await Store.open(folder / "playground.sqlite3", HOME)
    residents = [Resident(Person(MemberRef(HOME, each), each)) for each in people]
    await store.database.write(add_people, residents)
    rooms = [Room(GENERAL, "general"), Room(WALL, "wall")]
    await store.database.write(add_rooms, rooms)
    await store.close()
    create(folder / "laurel.sqlite3")
    settings = Settings(
        "en", ZoneInfo("UTC"), WALL, allowance_per_day=100, pair_cooldown_h=0
    )
    async with open_database(folder / "laurel.sqlite3") as database:
        await database.write(communities.add, HOME, settings, wall_clock())


async def serve(folder: Path) -> None:
    """Serve until SIGTERM, and say where on the first line."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    store = await Store.open(folder / "playground.sqlite3", HOME)
    clock = await Clock.open(store, wall_clock)
    words = load_words()

    async def nothing_due(_member: MemberRef) -> tuple[Phrase, datetime] | None:
        return None

    playground = Unreliable(store, clock, words, {}, nothing_due)
    async with (
        open_database(folder / "laurel.sqlite3") as database,
        running(
            database, [playground], words, clock=clock.now, wall=wall_clock
        ) as all_,
    ):
        clock.listen(all_.alarm.wake)
        runner = web.AppRunner(make_app(playground), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, 0).start()
        found = cast("list[tuple[str, int]]", runner.addresses)
        sys.stdout.write(f"http://{LOOPBACK}:{found[0][1]}\n")
        sys.stdout.flush()
        await told.wait()
        await runner.cleanup()
    await store.close()


if __name__ == "__main__":
    # The clock leaps until all is settled, and each post is to be seen by itself.
    vars(bot.app)["FOLDINGS"] = ()
    if "careless" in sys.argv:
        vars(bot.app)["Courier"] = Careless  # planted
        Unreliable.drops = 20  # or it might never come to that
    asyncio.run(serve(Path(sys.argv[1])))
