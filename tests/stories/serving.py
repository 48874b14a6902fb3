"""What towns have in common in which `laurel run` serves a double."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Generic, TypeVar

from bot.app import wall_clock
from bot.config import Settings
from bot.demo.clock import Held
from bot.domain.refs import CommunityRef
from bot.serve import Served, serving
from tests.stories import records
from tests.stories.records import Records
from tests.stories.town import Answer
from tests.stories.town import Person as Neighbour
from tests.waiting import until

Actor = TypeVar("Actor")


@dataclass(kw_only=True)
class ServedTown(ABC, Generic[Actor]):
    """A town on a double: what is said of it, it says by the double's own means."""

    home: Path
    clock: Held
    people: dict[str, Actor] = field(default_factory=dict)
    served: Served = field(init=False)
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    @abstractmethod
    def ref(self) -> CommunityRef:
        """The community, as Laurel names it."""

    @property
    @abstractmethod
    def findings(self) -> Sequence[str]:
        """What Laurel asked of the platform that it should not have."""

    @abstractmethod
    def settings(self) -> Settings:
        """Return how Laurel is set up."""

    @abstractmethod
    def hurried(self) -> AbstractContextManager[None]:
        """Have Laurel wait less than an installation does."""

    @abstractmethod
    def someone(self, actor: Actor) -> Neighbour:
        """Return a person as a story knows them."""

    async def starts(self) -> None:
        """Start Laurel, and wait until it is connected."""
        with self.hurried():
            self.served = await self._running.enter_async_context(
                serving(self.settings(), clock=self.clock, wall=wall_clock)
            )
        await self.connected()

    async def connected(self) -> None:
        """Wait until Laurel is connected."""
        (adapter,) = self.served.adapters
        await until(lambda: adapter.trouble is None)

    async def stops(self) -> None:
        """Stop Laurel; the file and the platform stay."""
        await self._running.aclose()

    async def restarts(self) -> None:
        """Stop Laurel and start it again, over the same file."""
        await self.sleeps()

    async def sleeps(self, **by: float) -> None:
        """Have Laurel be down for so long."""
        await self.stops()
        self.clock.at += timedelta(**by)
        await self.starts()
        await self.settles()

    def person(self, name: str) -> Neighbour:
        """Return who is called so, or so at first."""
        (found,) = (
            actor
            for full, actor in self.people.items()
            if name in {full, full.split()[0]}
        )
        return self.someone(found)

    async def wall(self) -> Sequence[str]:
        """Return what stands on the wall for everybody."""
        return [post.text for post in await self.posts()]

    async def posts(self, room: str = "wall") -> Sequence[Answer]:
        """Return what stands in a room, as somebody who did nothing there sees it."""
        watcher = "Ada Bright" if room == "moderators" else "Gil Prado"
        return await self.someone(self.people[watcher]).reads(room)

    async def thread(self, post: Answer) -> Sequence[Answer]:
        """Return what stands under a message, as somebody who did nothing sees it."""
        return await self.someone(self.people["Gil Prado"]).follows(post)

    async def waits(self, **by: float) -> None:
        """Let time pass."""
        await self.settles()
        self.clock.at += timedelta(**by)
        self.served.laurel.alarm.wake()
        await self.settles()

    async def settles(self) -> None:
        """Wait until nothing more follows from what was done."""
        await self.served.laurel.settle()

    async def flaws(self) -> Sequence[str]:
        """Return what is wrong with Laurel's file, or with what it asked for."""
        read_from = self.served.laurel.database.read
        return [*await read_from(records.flaws, self.ref), *self.findings]

    async def records(self) -> Records:
        """Return what is stored, in terms of people."""
        return await self.served.laurel.database.read(records.kept, self.ref)
