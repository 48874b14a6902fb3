"""A clock that can be moved: the wall's, plus a stored distance."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.adapters.playground.store import Store


class Clock:
    """Tells the time of the playground, which only ever moves forwards."""

    def __init__(
        self, store: Store, wall: Callable[[], datetime], ahead: timedelta
    ) -> None:
        self._store = store
        self._wall = wall
        self._ahead = ahead
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    async def open(cls, store: Store, wall: Callable[[], datetime]) -> Clock:
        """Return the clock where it was left; ``wall`` returns aware instants."""
        return cls(store, wall, await store.clock_offset())

    def now(self) -> datetime:
        """Return the instant that it is in the playground."""
        return self._wall() + self._ahead

    def listen(self, told: Callable[[], None]) -> None:
        """Have ``told`` called each time after somebody moved the clock."""
        self._listeners.append(told)

    async def move(self, by: timedelta) -> None:
        """Move forwards; what would move backwards does nothing."""
        if by <= timedelta(0):
            return
        self._ahead = await self._store.move_clock(by)
        for told in self._listeners:
            told()

    async def move_to(self, at: datetime) -> None:
        """Move forwards to ``at``; an instant in the past does nothing."""
        await self.move(at - self.now())
