"""How long answers take beside a dead platform, and whether anybody feels it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from statistics import median

import pytest

from bot.chat.adapter import Adapter
from tests.battery.size import FULL

MOST = 1.2
"""How many times as long an answer may take."""

LENIENT = MOST if FULL else 5.0
"""The same; a handful of answers tell little."""

UNFELT_S = 0.005
"""What an answer may take longer in any case.

An answer takes six milliseconds, and a fifth of that is less than what a machine that
does something else for a moment makes of it. Nobody feels five: the shortest way to a
platform and back takes ten times as long.
"""

HELD_S = 0.05


def felt(
    alive: Sequence[float], dead: Sequence[float], most: float = LENIENT
) -> dict[str, tuple[float, ...]]:
    """Return what takes longer beside a dead platform than it may; nothing at best.

    Args:
        alive: How long each answer took, in seconds, while the platform was there.
        dead: How long each took while it was not.
        most: How many times as long it may take.
    """
    looks = {"median": (median(alive), median(dead))}
    if FULL:
        looks["99 of 100"] = (_nearly_all(alive), _nearly_all(dead))
    return {
        what: (before, after)
        for what, (before, after) in looks.items()
        if after > max(most * before, before + UNFELT_S)
    }


def _nearly_all(took: Sequence[float]) -> float:
    """Return within which time 99 of 100 were answered."""
    return sorted(took)[len(took) * 99 // 100]


def plant_wait(monkeypatch: pytest.MonkeyPatch, adapter: type[Adapter]) -> None:
    """Plant an adapter that all wait for while its platform is not there."""
    usual = adapter.serve

    async def serve(self: Adapter) -> None:
        holding = asyncio.ensure_future(_hold(self))  # noqa: TID251  cancelled below
        await usual(self)
        holding.cancel()

    monkeypatch.setattr(adapter, "serve", serve)


async def _hold(adapter: Adapter) -> None:
    while True:
        if adapter.trouble is not None:
            time.sleep(HELD_S)  # noqa: ASYNC251  planted
        await asyncio.sleep(0.001)
