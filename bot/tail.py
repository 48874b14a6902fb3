"""The end of the activity log: read once, for all who follow it."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import islice
from operator import attrgetter

from storage import activity
from storage.activity import Activity
from storage.database import Database

BATCH = 100
"""Most entries that a follower is given at once, so that members never wait for it."""

KEPT = 5_000
"""Most entries that are held, in 3 MB: what members can do in a second, at the most.
Whoever is further behind reads by themselves."""

PATIENCE_S = 1.0
"""How long followers wait for what members write, where much comes at a time."""

LOOK_AGAIN_S = 0.005

_ID = attrgetter("id")


class Tail:
    """The newest entries, of all kinds that anybody follows.

    Fifty followers that each looked for themselves cost a member's command fifty trips
    to the database; one reads, and the others find what it read.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kinds: set[str] = set()
        self._entries: list[Activity] = []
        self._since = self._end = 0  # after the one, up to the other, they are held
        self._told = self._heard = 0  # commits of what is followed; those looked at
        self._turn = asyncio.Lock()

    def listen(self, kinds: Iterable[str], told: Callable[[], None]) -> None:
        """Have ``told`` called after each commit that adds an entry of ``kinds``."""
        for kind in kinds:
            if kind not in self._kinds:
                self._kinds.add(kind)
                self._database.listen(activity.topic(kind), self._note)
            self._database.listen(activity.topic(kind), told)

    async def begin(self, followers: Collection[str]) -> Mapping[str, int]:
        """Store the cursors of those who are new, and return everybody's."""
        cursors, self._end = await self._database.write(activity.begin, followers)
        self._since = self._end
        return cursors

    async def after(
        self, position: int, kinds: Collection[str]
    ) -> tuple[list[Activity], int]:
        """Return the first `BATCH` entries of ``kinds`` behind ``position``.

        With them comes the position that was looked up to, as of `activity.after`.
        """
        async with self._turn:
            if (told := self._told) != self._heard:
                await self._members_done()
            while self._heard < told:
                await self._read()
        if position < self._since:
            return await self._database.read(activity.after, position, BATCH, kinds)
        behind = bisect_right(self._entries, position, key=_ID)
        newer = islice(self._entries, behind, None)
        mine = list(islice((each for each in newer if each.fact.kind in kinds), BATCH))
        end = mine[-1].id if len(mine) == BATCH else max(position, self._end)
        return mine, end

    async def _read(self) -> None:
        """Read what has come, `KEPT` entries at the most."""
        told = self._told
        come, self._end = await self._database.read(
            activity.after, self._end, KEPT, self._kinds
        )
        held = self._entries + come
        if len(held) > KEPT:
            self._since = held[-KEPT - 1].id
        self._entries = held[-KEPT:]
        if len(come) < KEPT:
            self._heard = told

    async def _members_done(self) -> None:
        """Wait for members' units, of which some come as soon as others are done."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + PATIENCE_S
        while self._database.busy and loop.time() < until_s:  # noqa: ASYNC110  no event says so
            await asyncio.sleep(LOOK_AGAIN_S)

    def _note(self) -> None:
        self._told += 1
