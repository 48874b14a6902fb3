"""A courier by itself: over a real file, with the harness's platform in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.chat.adapter import (
    Draw,
)
from bot.chat.message import Card, Message, say
from bot.chat.text import Quote, phrase
from bot.courier import Courier
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef
from storage import communities, file, outbox
from storage.claiming import AS_IT_IS, Drawings
from storage.database import (
    Database,
    Transaction,
)
from storage.delivery import Delivery
from storage.lock import InstanceLock
from storage.outbox import Parcel
from tests.harness import COMMUNITY, START, Clock, Platform
from tests.pages.recap import speech

WALL = ChannelRef(COMMUNITY, "wall")
SETTLE_S = 60.0
Told = tuple[str, str, datetime]


def message(words: str) -> Message:
    return say(Card(body=(phrase("playground.said", words=Quote(words)),)))


@dataclass(slots=True)
class Desk:
    """A courier at work, its platform, and what moderators would be told."""

    database: Database
    platform: Platform
    clock: Clock
    told: list[Told] = field(default_factory=list)
    courier: Courier = field(init=False)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Have the courier work until it is stopped."""
        try:
            await self.courier.run()
        finally:
            self.ended.set()

    async def settled(self) -> None:
        """Wait until nothing that is due can be delivered any further."""
        async with asyncio.TaskGroup() as tasks:
            settling = tasks.create_task(self.courier.settle())
            ended = tasks.create_task(self.ended.wait())
            await asyncio.wait((settling, ended), return_when=asyncio.FIRST_COMPLETED)
            settling.cancel()
            ended.cancel()
        assert not self.ended.is_set(), "the courier gave up"

    async def put(self, *keys: str, body: str | None = None, to: str = "wall") -> None:
        """Queue messages, each of which says its key, and deliver what can be."""

        def unit(tx: Transaction) -> None:
            here = communities.get(tx, COMMUNITY)
            for key in keys:
                said = wire.encode(message(key)) if body is None else body or None
                parcel = Parcel(ChannelRef(COMMUNITY, to), key, said, (), f"call {key}")
                outbox.put(tx, here, parcel, self.clock())

        await self.database.write(unit)
        await self.settled()

    async def change(self, act: Callable[..., object], key: str, *given: str) -> None:
        def unit(tx: Transaction) -> None:
            act(tx, communities.get(tx, COMMUNITY), key, *given, self.clock())

        await self.database.write(unit)
        await self.settled()

    async def set(self, key: str, **columns: int) -> None:
        """Have a message look as if this had happened to it."""

        def unit(tx: Transaction) -> None:
            for name, value in columns.items():
                query = f"UPDATE outbox SET {name} = :value WHERE key = :key"  # noqa: S608
                tx.run(query, value=value, key=key)

        await self.database.write(unit)

    async def wait(self, seconds: float) -> None:
        """Let time pass, and the calendar ring."""
        self.clock.move(seconds=seconds)
        self.courier.wake()
        await self.settled()

    async def row(self, key: str) -> dict[str, object]:
        """Return where a message is; times are seconds since the start."""

        def unit(tx: Transaction) -> dict[str, object]:
            row = tx.one("SELECT * FROM outbox WHERE key = :key", key=key)
            assert row is not None
            begun = START.timestamp()
            return {
                "state": row["state"],
                "reason": row["reason"],
                "attempts": row["attempts"],
                "due": row["due_at"] / 1_000 - begun,
                "message_id": row["message_id"],
            }

        return await self.database.read(unit)

    async def state(self, key: str) -> str:
        return str((await self.row(key))["state"])

    def said(self, place: str = "wall") -> list[str]:
        there = ChannelRef(COMMUNITY, place)
        return [each.text for each in self.platform.posts if each.to == there]


@asynccontextmanager
async def serving(
    path: Path, drawings: Drawings = AS_IT_IS, draw: Draw | None = None
) -> AsyncIterator[Desk]:
    """Have a courier serve a file of its own."""
    file.create(path)
    lock = InstanceLock.take(path)
    database = await Database.open(path, lock)
    clock = Clock()
    platform = Platform(speech, clock, settle_s=SETTLE_S)
    desk = Desk(database, platform, clock)

    def parked(tx: Transaction, head: Delivery, reason: str, at: datetime) -> None:
        assert tx.one("SELECT 1 FROM outbox WHERE id = :id", id=head.id) is not None
        desk.told.append((head.key, reason, at))

    desk.courier = Courier(database, platform, clock, parked, drawings, draw)
    await database.write(
        communities.add, COMMUNITY, Settings("en", ZoneInfo("UTC")), START
    )
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(desk.run())
            try:
                yield desk
            finally:
                desk.courier.stop()
    finally:
        await database.close()


def once(error: Exception, at: str = "post", times: int = 1) -> Callable[[str], None]:
    """Return what raises ``error`` for the first requests of one kind."""
    left = [times]

    def fail(request: str) -> None:
        if request == at and left[0]:
            left[0] -= 1
            raise error

    return fail
