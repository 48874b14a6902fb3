"""How often Slack may be asked: one post a second in a channel, and no knocking again.

Slack answers who asks too often with a time to wait. Until it is over, the same thing
is not asked again in the same place.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.chat.adapter import NotAcceptedError

MAX_WAIT_S = 10.0
"""Longest that the courier waits for its turn before it is given back."""

_REMEMBERED = 2_048
"""Places and waits that are remembered; all others have been still for long."""

Asked = tuple[str, ...]
"""What was asked: the workspace, the method and, where it is for one, the channel."""


class Waits:
    """Remembers until when Slack wants not to be asked."""

    def __init__(self) -> None:
        self._until_s: OrderedDict[Asked, float] = OrderedDict()

    def check(self, asked: Asked) -> None:
        """Check that Slack may be asked this now.

        Raises:
            NotAcceptedError: If it wants to be left alone for a while.
        """
        until_s = self._until_s.get(asked)
        if until_s is None:
            return
        left_s = until_s - asyncio.get_running_loop().time()
        if left_s > 0:
            raise NotAcceptedError("rate limit", left_s)
        del self._until_s[asked]

    def note(self, asked: Asked, wait_s: float) -> None:
        """Remember that Slack wants not to be asked this for ``wait_s``."""
        self._until_s[asked] = asyncio.get_running_loop().time() + wait_s
        self._until_s.move_to_end(asked)
        if len(self._until_s) > _REMEMBERED:
            self._until_s.popitem(last=False)


@dataclass(slots=True)
class _Spot:
    """One channel.

    Attributes:
        waiting: How many want to post there, or do.
    """

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at_s: float = 0.0
    waiting: int = 0


class Pace:
    """Spaces what is posted in each channel, in the order in which it was asked for."""

    def __init__(self, gap_s: float) -> None:
        self._gap_s = gap_s
        self._spots: OrderedDict[Asked, _Spot] = OrderedDict()

    @asynccontextmanager
    async def turn(
        self, channel: Asked, patience_s: float = MAX_WAIT_S
    ) -> AsyncIterator[None]:
        """Wait until ``channel`` takes another post, and post inside.

        The gap begins when the post is answered: however long it took on its way, the
        next one arrives at least so much later.

        Raises:
            NotAcceptedError: If that takes too long.
        """
        spot = self._spots.setdefault(channel, _Spot())
        self._spots.move_to_end(channel)
        spot.waiting += 1
        try:
            await self._wait(spot, patience_s)
            try:
                yield
            finally:
                spot.free_at_s = asyncio.get_running_loop().time() + self._gap_s
                spot.turn.release()
        finally:
            spot.waiting -= 1
            self._forget()

    async def _wait(self, spot: _Spot, patience_s: float) -> None:
        try:
            async with asyncio.timeout(patience_s):
                await spot.turn.acquire()
        except TimeoutError:
            raise NotAcceptedError("the channel is busy", MAX_WAIT_S) from None
        try:
            left_s = spot.free_at_s - asyncio.get_running_loop().time()
            if left_s > 0:
                await asyncio.sleep(left_s)
        except asyncio.CancelledError:
            spot.turn.release()
            raise

    def _forget(self) -> None:
        """Forget places where nothing was posted for long."""
        now_s = asyncio.get_running_loop().time()
        while len(self._spots) > _REMEMBERED:
            channel, spot = next(iter(self._spots.items()))
            if spot.waiting or spot.free_at_s > now_s:
                return
            del self._spots[channel]
