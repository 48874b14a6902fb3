"""A background task that looks for what is due, and again whenever it is woken."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from bot.supervisor import members_first


class Lookout(ABC):
    """Looks once at the start, for whatever an earlier process left."""

    def __init__(self) -> None:
        self._woken = asyncio.Event()
        self._woken.set()
        self._looking = False
        self._still = asyncio.Event()
        self._stopped = asyncio.Event()

    @property
    @abstractmethod
    def name(self) -> str:
        """What its task is called."""

    async def begin(self) -> None:
        """Do what comes before the first look; mostly nothing."""
        return

    @abstractmethod
    async def look(self) -> bool:
        """Do some of what is due; return whether there was any."""

    def wake(self) -> None:
        """Look again: something changed, or the clock moved."""
        self._woken.set()

    async def run(self) -> None:
        """Look until `stop`; the supervisor runs it again when it fails."""
        await self.begin()
        while not self._stopped.is_set():
            self._woken.clear()
            self._looking = True
            while await self.look():
                await members_first()
                if self._stopped.is_set():
                    return
            self._looking = False
            self._still.set()
            await self._woken.wait()

    async def settle(self) -> None:
        """Wait until nothing that is due can be done."""
        while (self._woken.is_set() or self._looking) and not self._stopped.is_set():
            self._still.clear()
            await self._still.wait()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopped.set()
        self._still.set()
        self.wake()
