"""T18: a million thanks and a year of challenges leave nothing behind in a process."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.battery.size import FULL, size
from tests.battery.told import Tell

COUNT = size(2_000, 1_000_000)
LEAKING = 50_000
"""So many suffice to show what a million would make of a leak."""

ROOT = Path(__file__).parents[2]

MOST_GROWTH_MB = 20
MOST_MB = 250
MOST_LOG_MB = 64
MOST_BOARD_MS = 50


async def lived(folder: Path, count: int, *, leak: bool = False) -> dict[str, float]:
    """Return what a process of its own measured of itself."""
    command = ("-m", "tests.battery.soak", str(folder / "soak.sqlite3"), str(count))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, str(int(leak)), cwd=ROOT, stdout=PIPE
    )
    told, _ = await process.communicate()
    assert 0 == process.returncode
    found: dict[str, float] = json.loads(told)
    return found


@pytest.mark.slow
@pytest.mark.timeout(3_600 if FULL else 120)
async def test_a_long_life_leaves_nothing_behind(tmp_path: Path, tell: Tell) -> None:
    """Memory flat from a tenth on, the log small, all of it stored and counted once."""
    told = await lived(tmp_path, COUNT)
    lost = int(told["given"] - told["stored"])
    tell("P12", f"of {COUNT:,} thanks not stored", lost, most=0)
    assert 0 == lost
    assert 0 == told["refused"], told
    tell("P12", "figures that drifted", int(told["drift"]), most=0)
    tell("P12", "write-ahead log", told["log_mb"], most=MOST_LOG_MB, unit="MB")
    grown = told["after_mb"] - told["before_mb"]
    what = f"memory grown from a tenth of {COUNT:,} on"
    tell("P12", what, grown, most=MOST_GROWTH_MB, unit="MB")
    tell("P12", "memory in all", told["after_mb"], most=MOST_MB, unit="MB")
    if FULL:  # a board of few says nothing, and a busy machine is no stopwatch
        most = MOST_BOARD_MS
        tell("P12", "a leaderboard afterwards", told["board_ms"], most=most, unit="ms")


@pytest.mark.skipif(not FULL, reason="what leaks shows after hours, or in a long run")
async def test_a_leak_would_be_found(tmp_path: Path) -> None:
    """Planted: every answer is kept; a twentieth of them is more than all may take."""
    told = await lived(tmp_path, LEAKING, leak=True)
    assert MOST_GROWTH_MB < told["after_mb"] - told["before_mb"], told
