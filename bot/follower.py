"""Gives the slices that follow the activity log its entries, from a stored cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from bot.chat.parameters import names_of
from bot.chat.routes import FollowSpec
from bot.supervisor import Supervisor, members_first
from bot.tail import BATCH, Tail
from storage import activity
from storage.activity import Activity
from storage.database import Database, Transaction

PASS_BY_S = 60.0
"""How often others' entries are passed by: a wake for each would cost every member."""

UNSTORED = 1_000
"""Entries of other kinds that are passed by before the cursor is stored: moving it for
each would cost every member a commit, and a restart only reads them again."""


class Follower:
    """Gives one follower each entry of its kinds, once and in order.

    The cursor moves in the unit that deals with the entries, so a crash in between
    neither skips nor repeats one.
    """

    def __init__(self, database: Database, spec: FollowSpec, tail: Tail) -> None:
        self._database = database
        self._spec = spec
        self._tail = tail
        self._together = "entries" in names_of(spec.unit)
        self._begun: int | None = None
        self._woken = asyncio.Event()
        self._woken.set()  # whatever an earlier process left is there already
        self._reading = False
        self._still = asyncio.Event()
        self._stopping = False
        tail.listen(spec.kinds, self._woken.set)

    @property
    def name(self) -> str:
        """The name of the cursor."""
        return self._spec.name

    def begin(self, position: int) -> None:
        """Go on from ``position``, which is what is stored, when it runs."""
        self._begun = position

    async def run(self) -> None:
        """Follow until `stop`."""
        seen = stored = await self._cursor()
        while not self._stopping:
            self._woken.clear()
            self._reading = True
            while not self._stopping:
                mine, seen = await self._tail.after(seen, self._spec.kinds)
                if mine or seen - stored >= UNSTORED:
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

    async def settle(self) -> None:
        """Wait until every entry that is there has been dealt with."""
        while not self.is_still:
            self._still.clear()
            await self._still.wait()

    def stop(self) -> None:
        """Let `run` return after the unit under way."""
        self._stopping = True
        self._woken.set()

    async def _cursor(self) -> int:
        """Return the last entry that was dealt with; as stored, once it failed."""
        begun, self._begun = self._begun, None
        if begun is not None:
            return begun
        return await self._database.read(activity.cursor_of, self._spec.name)

    def _deal_with(
        self, tx: Transaction, entries: Sequence[Activity], seen: int
    ) -> None:
        if self._together:
            self._spec.unit(tx, entries)
        else:
            for entry in entries:
                self._spec.unit(tx, entry)
        activity.move_cursor(tx, self._spec.name, seen)


class Followers:
    """All who follow the log."""

    def __init__(self, database: Database, specs: Iterable[FollowSpec]) -> None:
        self._tail = Tail(database)
        self._each = [Follower(database, spec, self._tail) for spec in specs]

    def __iter__(self) -> Iterator[Follower]:
        return iter(self._each)

    async def begin(self, supervisor: Supervisor) -> None:
        """Follow in the background from here on: nothing done afterwards is missed."""
        cursors = await self._tail.begin([each.name for each in self])
        for each in self:
            each.begin(cursors[each.name])
            supervisor.watch(f"follower {each.name}", each.run)

    async def settle(self) -> None:
        """Wait until every entry that is there has been dealt with, by everybody."""
        while not all(each.is_still for each in self):
            for each in self:  # what one does, another may follow
                await each.settle()

    def stop(self) -> None:
        """Let everybody return after the unit under way."""
        for each in self:
            each.stop()
