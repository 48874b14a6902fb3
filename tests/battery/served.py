"""The bot over the playground as a process of its own, which a test may kill.

What the playground is to do wrong is told at its start, or to its switch later on.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import bot.app
from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.clock import Clock
from bot.adapters.playground.faults import Fault, Faults
from bot.adapters.playground.records import PLAYGROUND, Resident, Room
from bot.adapters.playground.store import Store, add_people, add_rooms
from bot.adapters.playground.web import make_app
from bot.app import open_database, running
from bot.chat.text import Phrase
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.features import load_words
from bot.web.server import served
from storage import communities
from storage.file import create
from tests.battery.hurried import World, hurry

HOME = CommunityRef(PLAYGROUND, "garden")
WALL = ChannelRef(HOME, "wall")
GENERAL = ChannelRef(HOME, "general")

NOW_AND_THEN: Mapping[Fault, int] = MappingProxyType(
    {Fault.BUSY: 2, Fault.FAILING: 2, Fault.CUT: 2, Fault.LOST: 2}
)
"""How a platform mostly is: of a hundred requests, most are answered."""

USUAL = Faults(NOW_AND_THEN)

_EASY = Settings(
    "en",
    ZoneInfo("UTC"),
    WALL,
    allowance_per_day=100,
    pair_cooldown_h=0,
    reason_min_chars=1,
)


async def prepare(folder: Path, people: Sequence[str]) -> None:
    """Make a community of ``people`` in ``folder``, who may thank all day."""
    folder.mkdir(parents=True, exist_ok=True)
    store = await Store.open(folder / "playground.sqlite3", HOME)
    residents = [Resident(Person(MemberRef(HOME, each), each)) for each in people]
    await store.database.write(add_people, residents)
    rooms = [Room(GENERAL, "general"), Room(WALL, "wall")]
    await store.database.write(add_rooms, rooms)
    await store.close()
    create(folder / "laurel.sqlite3")
    async with open_database(folder / "laurel.sqlite3") as database:
        now = bot.app.wall_clock()
        await database.write(communities.add, HOME, _EASY, now)


async def serve(folder: Path, faults: Faults = USUAL) -> None:
    """Serve until SIGTERM, and say where on the first line."""
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    store = await Store.open(folder / "playground.sqlite3", HOME)
    store.befall(faults)
    wall = bot.app.wall_clock
    clock = await Clock.open(store, wall)
    words = load_words()

    async def nothing_due(_member: MemberRef) -> tuple[Phrase, datetime] | None:
        return None

    playground = Playground(store, clock, words, {}, nothing_due)
    async with (
        open_database(folder / "laurel.sqlite3") as database,
        running(database, [playground], words, clock=clock.now, wall=wall) as all_,
        served(make_app(playground), 0, all_.unhealthy) as url,
    ):
        clock.listen(all_.alarm.wake)
        sys.stdout.write(f"Laurel serves playground. How it is: {url}readyz\n")
        sys.stdout.flush()
        await told.wait()
    await store.close()


def _run(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--faults", type=json.loads, default={})
    parser.add_argument("--world", type=World.told)
    given = parser.parse_args(arguments)
    # The clock leaps until all is settled, and each post is to be seen by itself.
    vars(bot.app)["FOLDINGS"] = ()
    if given.world is not None:
        hurry(given.world)
    shares = {Fault(name): share for name, share in given.faults.items()}
    asyncio.run(serve(given.folder, Faults(shares)))


if __name__ == "__main__":
    _run(sys.argv[1:])
