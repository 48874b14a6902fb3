"""Laurel and the playground in one process, and the address that shows them."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.clock import Clock
from bot.adapters.playground.records import PLAYGROUND
from bot.adapters.playground.store import Store
from bot.adapters.playground.web import make_app
from bot.app import Laurel, open_database, running, wall_clock
from bot.chat.catalogue import Catalogue
from bot.chat.text import Phrase
from bot.demo.clock import Held
from bot.demo.history import Stage, seed
from bot.demo.previews import previews
from bot.domain.refs import CommunityRef, MemberRef
from bot.features import Link, load_words
from bot.installation import Installation
from bot.web import feeds
from bot.web.server import served
from storage import undelivered
from storage.file import create
from storage.lock import InstanceLock
from storage.undelivered import Undelivered

COMMUNITY = CommunityRef(PLAYGROUND, "workshop")

Wall = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo.

    Attributes:
        url: Where its first page is.
    """

    laurel: Laurel
    playground: Playground
    url: str


@asynccontextmanager
async def demo(folder: Path, port: int, wall: Wall) -> AsyncIterator[Demo]:
    """Run the playground over the files in ``folder``, seeded where there are none.

    Raises:
        DatabaseFileError: If a file cannot be used, or another demo runs there.
        OSError: If the port is taken.
    """
    words = load_words()
    folder.mkdir(parents=True, exist_ok=True)
    lock = InstanceLock.take(folder / "demo")
    try:
        home = folder / "community"
        if not home.exists():
            await _seed(home, words, wall)
        found: list[str] = []

        def link(path: str) -> str:
            return f"{found[0].rstrip('/')}{path}"

        async with (
            playing(home, words, wall, link) as (laurel, playground),
            served(
                make_app(playground),
                port,
                laurel.unhealthy,
                routes=feeds.routes(laurel.database, words, playground.clock.now),
            ) as url,
        ):
            found.append(url)
            yield Demo(laurel, playground, url)
    finally:
        lock.release()


async def _seed(home: Path, words: Catalogue, wall: Wall) -> None:
    """Make the community beside its place, and put it there once it is whole."""
    making = home.with_name(home.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    create(making / "laurel.sqlite3")
    held = Held(wall())
    async with playing(making, words, held) as (laurel, playground):
        stage = Stage(
            database=laurel.database,
            store=playground.store,
            clock=held,
            run=laurel.dispatcher,
            settle=laurel.settle,
            until=wall(),
        )
        await seed(stage)
    making.rename(home)


@asynccontextmanager
async def playing(
    home: Path, words: Catalogue, wall: Wall, link: Link | None = None
) -> AsyncIterator[tuple[Laurel, Playground]]:
    """Run Laurel and the playground over the two files in ``home``.

    Raises:
        DatabaseFileError: If one cannot be used.
    """
    store = await Store.open(home / "playground.sqlite3", COMMUNITY)
    try:
        clock = await Clock.open(store, wall)
        rooms: list[Laurel] = []

        async def next_due(member: MemberRef) -> tuple[Phrase, datetime] | None:
            return await rooms[0].next_due(member, clock.now())

        async def waiting() -> Undelivered:
            read = rooms[0].database.read
            return await read(undelivered.look, COMMUNITY, clock.now())

        playground = Playground(store, clock, words, previews(), next_due)
        playground.waiting = waiting
        async with (
            open_database(home / "laurel.sqlite3") as database,
            running(
                database,
                [playground],
                words,
                clock=clock.now,
                wall=wall_clock,
                installation=Installation(link=link),
            ) as laurel,
        ):
            rooms.append(laurel)
            clock.listen(laurel.alarm.wake)
            yield laurel, playground
    finally:
        await store.close()
