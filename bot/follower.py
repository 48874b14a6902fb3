"""Reads the activity log for the slices that follow it, from a stored cursor."""

from __future__ import annotations

import asyncio

from bot.chat.routes import FollowSpec
from storage import activity
from storage.database import Database, Transaction

BATCH = 100
"""Most entries that one unit deals with, so that members never wait for it."""


class Follower:
    """Gives one follower each entry of its kinds, once and in order.

    The cursor moves in the unit that deals with the entries, so a crash in between
    neither skips nor repeats one.
    """

    def __init__(self, database: Database, spec: FollowSpec) -> None:
        self._database = database
        self._spec = spec
        self._woken = asyncio.Event()
        self._stopping = False
        database.listen("activity", self._woken.set)

    @property
    def name(self) -> str:
        """The name of the cursor."""
        return self._spec.name

    async def begin(self) -> None:
        """Store a new follower's cursor, before anything is done that it must see."""
        await self._database.write(activity.begin, self._spec.name)

    async def run(self) -> None:
        """Follow until `stop`."""
        while not self._stopping:
            self._woken.clear()
            while await self._database.read(self._is_behind):
                await self._database.write(self._advance)
            await self._woken.wait()

    def stop(self) -> None:
        """Let `run` return after the unit under way."""
        self._stopping = True
        self._woken.set()

    def _is_behind(self, tx: Transaction) -> bool:
        return bool(activity.after(tx, activity.cursor_of(tx, self._spec.name), 1))

    def _advance(self, tx: Transaction) -> None:
        entries = activity.after(tx, activity.cursor_of(tx, self._spec.name), BATCH)
        for entry in activity.of_kinds(entries, self._spec.kinds):
            self._spec.unit(tx, entry)
        if entries:
            activity.move_cursor(tx, self._spec.name, entries[-1].id)
