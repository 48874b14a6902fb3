"""Defects of how Laurel starts, works and ends, planted into a process."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

import bot.app
import bot.exits
import storage.file
from bot.courier import Courier
from bot.supervisor import Supervisor
from storage.database import Database, Transaction
from storage.delivery import Lane
from tests.battery import blocking

log = logging.getLogger(__name__)

SOON_S = 0.5
"""After this, a process that should be gone by itself is ended."""

HELD_S = 0.3
"""How long nothing else is done at a time."""

SLOW_S = 0.6
"""What a file takes to be checked that is large."""


def forgetful() -> None:
    """Plant an end that takes what is on its way for what was never sent."""
    usual = Database.close

    def forget(tx: Transaction) -> None:
        tx.run(
            "UPDATE outbox SET state = 'new', sending_at = NULL WHERE state = 'sending'"
        )

    async def close(self: Database) -> None:
        await self.write(forget)
        await usual(self)

    Database.close = close  # type: ignore[method-assign]


def endless() -> None:
    """Plant an end that waits for something that never comes."""

    async def finish(self: Supervisor, patience_s: float) -> None:
        del self, patience_s
        await asyncio.Event().wait()

    Supervisor.finish = finish  # type: ignore[method-assign]
    vars(bot.exits)["STOP_WITHIN_S"] = SOON_S


def tarrying() -> None:
    """Have the file take its time until it is checked, as a large one does."""
    usual = storage.file.prepare

    def prepare(*given: Any, **more: Any) -> Any:
        time.sleep(SLOW_S)
        return usual(*given, **more)

    vars(bot.app)["prepare"] = prepare


def plodding() -> None:
    """Plant a courier that everybody waits for while it looks what is due."""
    usual = Courier._due

    async def due(self: Courier) -> Sequence[Lane]:
        time.sleep(HELD_S)  # noqa: ASYNC251  that is what is planted
        return await usual(self)

    Courier._due = due  # type: ignore[method-assign]


def watched() -> None:
    """Have it be said of each call that waits on the event loop, once it serves."""
    usual = bot.exits.Stop.wait

    async def wait(self: bot.exits.Stop) -> None:
        blocking.watch(lambda call: log.error("blocking", extra={"call": call}))
        await usual(self)

    bot.exits.Stop.wait = wait  # type: ignore[method-assign]


def watched_sleeping() -> None:
    """Plant the same, and a courier that sleeps on it for a moment."""
    usual = Courier._due

    async def due(self: Courier) -> Sequence[Lane]:
        time.sleep(0.001)  # noqa: ASYNC251  as above
        return await usual(self)

    Courier._due = due  # type: ignore[method-assign]
    watched()


def watched_syncing() -> None:
    """Plant the same, and somebody who puts on disk there whatever is to be sent."""
    usual = Courier._due

    async def due(self: Courier) -> Sequence[Lane]:
        os.sync()
        return await usual(self)

    Courier._due = due  # type: ignore[method-assign]
    watched()


EVERY: Sequence[Callable[[], None]] = (
    forgetful,
    endless,
    tarrying,
    plodding,
    watched,
    watched_sleeping,
    watched_syncing,
)
