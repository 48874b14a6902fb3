"""T18: a million thanks and a year of challenges leave nothing behind in a process."""

from __future__ import annotations

import asyncio
import json
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from storage import left
from tests.battery.on_discord import beside
from tests.battery.size import FULL, size
from tests.battery.starting import read_through, started
from tests.battery.told import Tell
from tests.bench.history import make

COUNT = size(2_000, 1_000_000)
LEAKING = 50_000
"""So many suffice to show what a million would make of a leak."""

ROOT = Path(__file__).parents[2]

MOST_GROWTH_MB = 20
MOST_MB = 250
MOST_LOG_MB = 64
MOST_BOARD_MS = 50
MOST_READY_S = 3.0

STARTS = 2
READ_WITHIN_S = 900.0
"""How long it may take to read a million through, beside other tests."""


async def lived(folder: Path, count: int, *, leak: bool = False) -> dict[str, float]:
    """Return what a process of its own measured of itself."""
    command = ("-m", "tests.battery.soak", str(folder / "laurel.sqlite3"), str(count))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, str(int(leak)), cwd=ROOT, stdout=PIPE
    )
    told, _ = await process.communicate()
    assert 0 == process.returncode
    found: dict[str, float] = json.loads(told)
    return found


async def ready_again(folder: Path, *, read_first: bool = False) -> dict[str, float]:
    """Return in how many seconds Laurel is ready, by how it ended before.

    The file is that of the life before; ``read_first`` forgets how it was left. Each is
    tried a few times and the best counts: the machine has other tests to run as well.
    """
    took: dict[str, list[float]] = {"stopped": [], "killed": []}
    async with beside(folder) as town:
        town.more = "[backups]\nevery_h = 0"
        town.found()
        for _ in range(STARTS):
            for when, seconds in took.items():
                if read_first:
                    left.beside(town.file).unlink()
                async with started(town) as start:
                    seconds.append(start.ready_s)
                    await read_through(town, READ_WITHIN_S)
                    if when == "killed":
                        assert 0 == await town.stop()
    return {when: min(seconds) for when, seconds in took.items()}


@pytest.mark.slow
@pytest.mark.usefixtures("afresh")
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
        for when, took_s in (await ready_again(tmp_path)).items():
            what = f"ready again with {COUNT:,} thanks, {when} before"
            tell("P11", what, took_s, most=MOST_READY_S, unit="s")


@pytest.mark.skipif(not FULL, reason="what leaks shows after hours, or in a long run")
async def test_a_leak_would_be_found(tmp_path: Path) -> None:
    """Planted: every answer is kept; a twentieth of them is more than all may take."""
    told = await lived(tmp_path, LEAKING, leak=True)
    assert MOST_GROWTH_MB < told["after_mb"] - told["before_mb"], told


@pytest.mark.skipif(not FULL, reason="few rows are read in no time")
@pytest.mark.usefixtures("afresh")
@pytest.mark.timeout(3_600)
async def test_a_start_that_reads_all_of_it_would_be_found(tmp_path: Path) -> None:
    """Planted: nobody knows how the file was left."""
    past = tmp_path / "laurel.sqlite3"
    make(past, COUNT, COUNT // 10)
    assert left.note(past)
    told = await ready_again(tmp_path, read_first=True)
    assert MOST_READY_S < min(told.values()), told
