"""T18: a million thanks and a year of challenges leave nothing behind in a process."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from tests.battery.size import FULL, size

COUNT = size(2_000, 1_000_000)
ROOT = Path(__file__).parents[2]

MOST_GROWTH_MB = 20
MOST_LOG_MB = 64
MOST_BOARD_MS = 50


async def lived(folder: Path, *, leak: bool = False) -> dict[str, float]:
    """Return what a process of its own measured of itself."""
    command = ("-m", "tests.battery.soak", str(folder / "soak.sqlite3"), str(COUNT))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, str(int(leak)), cwd=ROOT, stdout=PIPE
    )
    told, _ = await process.communicate()
    assert 0 == process.returncode
    found: dict[str, float] = json.loads(told)
    return found


@pytest.mark.slow
@pytest.mark.timeout(3_600 if FULL else 120)
async def test_a_long_life_leaves_nothing_behind(tmp_path: Path) -> None:
    """Memory flat from a tenth on, the log small, all of it stored and counted once."""
    told = await lived(tmp_path)
    assert told["given"] == told["stored"], told
    assert 0 == told["refused"], told
    assert 0 == told["drift"], told
    assert MOST_LOG_MB >= told["log_mb"], told
    assert MOST_GROWTH_MB >= told["after_mb"] - told["before_mb"], told
    if FULL:  # a board of few says nothing, and a busy machine is no stopwatch
        assert MOST_BOARD_MS >= told["board_ms"], told


@pytest.mark.skipif(not FULL, reason="what leaks shows after hours, or in a long run")
@pytest.mark.timeout(3_600)
async def test_a_leak_would_be_found(tmp_path: Path) -> None:
    """Planted: every answer is kept."""
    told = await lived(tmp_path, leak=True)
    assert MOST_GROWTH_MB < told["after_mb"] - told["before_mb"], told
