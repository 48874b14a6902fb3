"""Reads the activity log for the slices that follow it, from a stored cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from inspect import signature

from bot.chat.routes import FollowSpec
from bot.supervisor import members_first
from storage import activity
from storage.activity import Activity
from storage.database import Database, Transaction

BATCH = 100
"""Most entries that one unit deals with, so that members never wait for it."""

PASS_BY_S = 60.0
"""How often others' entries are passed by: a wake for each would cost every member."""

UNSTORED = 1_000
"""Entries of other kinds that are passed by before the cursor is stored: moving it for
each would cost every member a commit, and a restart only reads them again."""


PATIENCE_S = 1.0
"""How long what a follower writes waits for what members write, where much comes at a
time. Afterwards it goes on until it has caught up."""

LOOK_AGAIN_S = 0.005


class Follower:
    """Gives one follower each entry of its kinds, once and in order.

    The cursor moves in the unit that deals with the entries, so a crash in between
    neither skips nor repeats one.
    """

    def __init__(self, database: Database, spec: FollowSpec) -> None:
        self._database = database
        self._spec = spec
        self._together = "entries" in signature(spec.unit).parameters
        self._woken = asyncio.Event()
        self._woken.set()  # whatever an earlier process left is there already
        self._reading = False
        self._still = asyncio.Event()
        self._stopping = False
        for kind in spec.kinds:
            database.listen(activity.topic(kind), self._woken.set)

    @property
    def name(self) -> str:
        """The name of the cursor."""
        return self._spec.name

    async def begin(self) -> None:
        """Store a new follower's cursor, before anything is done that it must see."""
        await self._database.write(activity.begin, self._spec.name)

    async def run(self) -> None:
        """Follow until `stop`."""
        seen = stored = await self._database.read(activity.cursor_of, self._spec.name)
        while not self._stopping:
            self._woken.clear()
            self._reading = True
            until = asyncio.get_running_loop().time() + PATIENCE_S
            while not self._stopping:
                mine, seen = await self._database.read(
                    activity.after, seen, BATCH, self._spec.kinds
                )
                if mine or seen - stored >= UNSTORED:
                    await self._members_done(until)
                    await self._database.write_behind(self._deal_with, mine, seen)
                    stored = seen
                if len(mine) < BATCH:
                    break  # all that came since has woken it again
            self._reading = False
            self._still.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(PASS_BY_S):
                    await self._woken.wait()
            await members_first()

    @property
    def is_still(self) -> bool:
        """Whether every entry that is there has been dealt with."""
        return not (self._woken.is_set() or self._reading)

    async def _members_done(self, until: float) -> None:
        """Wait for members' units, of which some come as soon as others are done."""
        loop = asyncio.get_running_loop()
        while self._database.busy and loop.time() < until:  # noqa: ASYNC110  no event says so
            await asyncio.sleep(LOOK_AGAIN_S)

    async def settle(self) -> None:
        """Wait until every entry that is there has been dealt with."""
        while not self.is_still:
            self._still.clear()
            await self._still.wait()

    def stop(self) -> None:
        """Let `run` return after the unit under way."""
        self._stopping = True
        self._woken.set()

    def _deal_with(
        self, tx: Transaction, entries: Sequence[Activity], seen: int
    ) -> None:
        if self._together:
            self._spec.unit(tx, entries)
        else:
            for entry in entries:
                self._spec.unit(tx, entry)
        activity.move_cursor(tx, self._spec.name, seen)
