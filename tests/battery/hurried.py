"""``laurel`` in a world where time passes faster: its own clock, and asyncio's.

Waits of minutes then take seconds, in the proportions that they have: what discord.py
sleeps, what Laurel is patient for, what the calendar rings for. Threads live on as
ever, so whoever sends heartbeats is told to do so more often.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import selectors
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import bot.app
import bot.calendar
from bot.__main__ import main
from bot.app import wall_clock
from tests.battery.planted import PLANTS


@dataclass(frozen=True, slots=True)
class World:
    """How time passes for both sides of a test.

    Attributes:
        since: When it began, as the machine tells it.

        speed: How many seconds pass in one.

        ahead_s: Seconds that were skipped.

        plant: Name of the defect that is planted; empty for none. See `PLANTS`.
    """

    since: datetime
    speed: int = 1
    ahead_s: float = 0.0
    plant: str = ""

    def now(self) -> datetime:
        """Return the instant that it is."""
        passed = (wall_clock() - self.since) * self.speed
        return self.since + passed + timedelta(seconds=self.ahead_s)

    @property
    def is_ours(self) -> bool:
        """Whether time passes as it does."""
        return self.speed == 1 and not self.ahead_s and not self.plant

    def words(self) -> str:
        """Return it for the command line of the process that is to live in it."""
        told = (self.since.isoformat(), self.speed, self.ahead_s, self.plant)
        return json.dumps(told)

    @classmethod
    def told(cls, words: str) -> World:
        """Return what `words` returned."""
        since, *more = json.loads(words)
        return cls(datetime.fromisoformat(since), *more)


class _Selector(selectors.DefaultSelector):
    """Waits a part of the time."""

    speed = 1

    def select(
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / self.speed if timeout else timeout)


class _Loop(asyncio.SelectorEventLoop):
    """Counts seconds that are shorter."""

    def __init__(self, speed: int) -> None:
        self._speed = speed
        selector = _Selector()
        selector.speed = speed
        super().__init__(selector)

    def time(self) -> float:
        return super().time() * self._speed


def hurry(world: World) -> None:
    """Have this process live in ``world``."""
    vars(bot.app)["wall_clock"] = world.now
    vars(bot.calendar)["TICK_S"] = bot.calendar.TICK_S / world.speed
    vars(asyncio.events)["new_event_loop"] = lambda: _Loop(world.speed)
    if world.plant:
        PLANTS[world.plant]()


def run(arguments: Sequence[str]) -> int:
    """Run ``laurel``, in the world that is told first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("world", type=World.told)
    parser.add_argument("words", nargs="*")
    given, rest = parser.parse_known_args(arguments)
    hurry(given.world)
    return main([*rest, *given.words])


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))
