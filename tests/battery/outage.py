"""T05: a platform is down in every way that it has, and Laurel dies in the middle.

The script that every platform goes through; what an outage is, each says for itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from tests.battery.crowd import Crowd
from tests.battery.process import PATIENCE_S
from tests.battery.size import size
from tests.waiting import until

OUTAGE_S = size(40, 300)
"""How long each lasts, in Laurel's time."""

LATE_S = 33.0
"""Three seconds after Laurel has given up."""

DOWN_S = 300.0
FOR_EVER_S = 3_600.0


class Outage(Enum):
    """A way to be down."""

    LIMITED = auto()
    """429, each with a wait."""

    BROKEN = auto()
    """500."""

    SILENT = auto()
    """Every request hangs, and is carried out three seconds after the time-out."""

    RESET = auto()
    """The line breaks before anything arrives."""

    ACCEPTED_AND_RESET = auto()
    """What arrives is carried out, and the line breaks before the answer."""


Lives = tuple[tuple[Outage, ...], ...]

LIVES: Lives = (
    (Outage.LIMITED, Outage.BROKEN, Outage.SILENT),
    (Outage.RESET, Outage.ACCEPTED_AND_RESET),
)
"""What befalls each process; in the last one it is killed."""

UNHEARD: Lives = ((Outage.ACCEPTED_AND_RESET,), (Outage.ACCEPTED_AND_RESET,))
"""In which a courier that does not look sends everything twice."""


class Town(Protocol):
    """A platform, and Laurel beside it; see `tests.battery.process.Process`."""

    def running(self) -> AbstractAsyncContextManager[None]: ...
    async def kill(self) -> None: ...
    async def stop(self) -> int: ...
    async def settled(self, patience_s: float) -> None: ...
    def later(self, seconds: float) -> None: ...
    def wrong(self, acknowledged: Sequence[str], /) -> Mapping[str, object]: ...


class Weather(Protocol):
    """What befalls a platform."""

    async def strike(self, outage: Outage) -> None:
        """Begin an outage; return once it is felt. It lasts `OUTAGE_S` from then."""

    async def go_on(self, outage: Outage) -> None:
        """Go on with the half of it that is left, after Laurel was killed."""


class Requests(Protocol):
    """When faults befell requests to a double."""

    @property
    def struck_s(self) -> float:
        """When one did for the last time."""

    def end_in(self, seconds: float) -> None:
        """Have all of them end."""


class Faults(Protocol):
    """The switches of a double; each has these, with the same words."""

    def rate_limit(
        self, wait_s: float, *, for_s: float | None = None, path: str = ""
    ) -> None: ...
    def status(
        self, status: int, *, for_s: float | None = None, path: str = ""
    ) -> None: ...
    def hang(
        self,
        *,
        late: bool = False,
        wait_s: float = 0.0,
        for_s: float | None = None,
        path: str = "",
    ) -> None: ...
    def reset(
        self, *, accept: bool = False, for_s: float | None = None, path: str = ""
    ) -> None: ...


@dataclass
class OverDouble:
    """Weather over a double, which stays up when Laurel is killed.

    Attributes:
        posts: What its posts look like, among other requests.
    """

    faults: Faults
    requests: Requests
    posts: str
    speed: int

    async def strike(self, outage: Outage) -> None:
        """Begin an outage; return once it is felt."""
        began_s = asyncio.get_running_loop().time()
        self._begin(outage)
        await until(lambda: self.requests.struck_s >= began_s, PATIENCE_S)
        self.requests.end_in(OUTAGE_S / self.speed)

    async def go_on(self, outage: Outage) -> None:
        """Nothing has ended it."""

    def _begin(self, outage: Outage) -> None:
        match outage:
            case Outage.LIMITED:
                wait_s = OUTAGE_S / 4
                self.faults.rate_limit(wait_s, for_s=FOR_EVER_S, path=self.posts)
            case Outage.BROKEN:
                self.faults.status(500, for_s=FOR_EVER_S, path=self.posts)
            case Outage.SILENT:
                wait_s = LATE_S / self.speed
                self.faults.hang(
                    wait_s=wait_s, late=True, for_s=FOR_EVER_S, path=self.posts
                )
            case Outage.RESET:
                self.faults.reset(for_s=FOR_EVER_S, path=self.posts)
            case Outage.ACCEPTED_AND_RESET:
                self.faults.reset(accept=True, for_s=FOR_EVER_S, path=self.posts)


async def endured(
    town: Town,
    crowd: Crowd,
    weather: Weather,
    speed: int,
    lives: Lives = LIVES,
    down_s: float = 0.0,
) -> Mapping[str, object]:
    """Return what is wrong after all of them; empty when all is well.

    Args:
        town: Laurel's, prepared and not running.
        crowd: Who thanks all the while.
        weather: What befalls it.
        speed: How many of Laurel's seconds pass in one.
        lives: What befalls which process.
        down_s: How long Laurel is gone after each, in its own time.
    """
    half_s = OUTAGE_S / speed / 2
    left: Outage | None = None
    async with crowd.giving():
        for life in lives:
            async with town.running():
                if left is not None:
                    await weather.go_on(left)
                for outage in life:
                    crowd.up.set()
                    await crowd.answered(len(crowd.halls))
                    await weather.strike(outage)
                    await asyncio.sleep(half_s)
                    if outage is not life[-1]:
                        await asyncio.sleep(half_s)
                await town.kill()
                crowd.give_up()
            left = life[-1]
            town.later(down_s)
    async with town.running():
        if left is not None:
            await weather.go_on(left)
        await asyncio.sleep(half_s)
        await town.settled(120)
        assert 0 == await town.stop()
    assert len(crowd.acknowledged) > len(crowd.halls)
    return town.wrong(crowd.acknowledged)
