"""Laurel whole over the playground, in this process, seen through its pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.clock import Clock
from bot.adapters.playground.records import PLAYGROUND, Resident, Room
from bot.adapters.playground.store import Store, add_people, add_rooms
from bot.app import Laurel, open_database, running
from bot.chat.text import Phrase
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage import communities
from storage.file import create
from tests.adapters.browser import Client, browser
from tests.adapters.stage import Stage, Wall
from tests.harness import NEVER, words

TOWN = CommunityRef(PLAYGROUND, "town")
WALL = ChannelRef(TOWN, "wall")


@asynccontextmanager
async def town(
    folder: Path, residents: Sequence[Resident], settings: Settings | None = None
) -> AsyncIterator[tuple[Laurel, Client]]:
    """Run Laurel for ``residents`` and return it with what asks for its pages."""
    store = await Store.open(folder / "playground.sqlite3", TOWN)
    await store.database.write(add_people, residents)
    rooms = [Room(ChannelRef(TOWN, "general"), "general"), Room(WALL, "wall")]
    await store.database.write(add_rooms, rooms)
    create(folder / "laurel.sqlite3")
    wall = Wall()
    clock = await Clock.open(store, wall)

    async def nothing_due(_member: MemberRef) -> tuple[Phrase, datetime] | None:
        return None

    playground = Playground(store, clock, words(), {}, nothing_due)
    try:
        async with (
            open_database(folder / "laurel.sqlite3") as database,
            running(
                database, [playground], words(), clock=clock.now, wall=lambda: NEVER
            ) as laurel,
        ):
            chosen = settings or Settings("en", ZoneInfo("UTC"), WALL)
            await database.write(communities.add, TOWN, chosen, clock.now())
            async with browser(Stage(playground, store, wall)) as client:
                yield laurel, client
    finally:
        await store.close()
