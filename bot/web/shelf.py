"""Keeps what was drawn for as long as it is true, within bounds."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.web.drawing import Drawn

MAX_BYTES = 16_000_000
"""Most that is kept in memory, less what it takes to find it again."""

MAX_PAGES = 2_000
"""Most pages that are kept."""

MAX_AT_ONCE = 2
"""Most pages that are drawn at the same time."""

MAX_PER_MINUTE = 240
"""Most pages that are drawn for one address in a minute; what is kept is not meant."""

_LOCKS = 64


class AskedTooOftenError(Exception):
    """More is asked of one address than any number of readers would ask."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies on the shelf.

    Attributes:
        secret: Of its address.

        name: What tells it apart from the address's other pages.

        base: Whom its links are for.
    """

    secret: str
    name: str
    base: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """For how long a page is true: until the file changes, or the minute is over.

    Attributes:
        version: Of the file.

        minute: Since 1970.
    """

    version: int
    minute: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A page on the shelf.

    Attributes:
        drawn: None where there is no such page.

        etag: Strong, quotes included; the same for the same bytes.
    """

    stamp: Stamp
    drawn: Drawn | None
    etag: str

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return len(self.drawn.body) if self.drawn else 0


Draw = Callable[[], Awaitable[Drawn | None]]


class Shelf:
    """Hands out pages, and has those drawn that are not there or not true any more."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Place, Kept] = OrderedDict()
        self._bytes = 0
        self._locks = tuple(asyncio.Lock() for _ in range(_LOCKS))
        self._drawing = asyncio.Semaphore(MAX_AT_ONCE)
        self._minute = 0
        self._drawn: dict[str, int] = {}

    async def page(self, place: Place, stamp: Stamp, draw: Draw) -> Kept:
        """Return the page at ``place``, drawn now unless it is there and true.

        Who asks for the same page at the same time waits for one drawing.

        Raises:
            AskedTooOftenError: If `MAX_PER_MINUTE` were drawn in this minute.
        """
        async with self._locks[hash(place) % _LOCKS]:
            kept = self._kept.get(place)
            if kept is None or kept.stamp != stamp:
                self._count(place.secret, stamp.minute)
                async with self._drawing:
                    kept = _keep(stamp, await draw())
                self._put(place, kept)
            else:
                self._kept.move_to_end(place)
            return kept

    def _count(self, secret: str, minute: int) -> None:
        if minute != self._minute:
            self._minute, self._drawn = minute, {}
        count = self._drawn.get(secret, 0) + 1
        if count > MAX_PER_MINUTE:
            raise AskedTooOftenError
        self._drawn[secret] = count

    def _put(self, place: Place, kept: Kept) -> None:
        if before := self._kept.pop(place, None):
            self._bytes -= before.size
        self._kept[place] = kept
        self._bytes += kept.size
        while self._bytes > MAX_BYTES or len(self._kept) > MAX_PAGES:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= oldest.size


def _keep(stamp: Stamp, drawn: Drawn | None) -> Kept:
    body = drawn.body if drawn else b""
    return Kept(stamp, drawn, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
