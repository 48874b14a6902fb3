"""What shoutouts leave behind in memory, in a process of its own."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from asyncio.subprocess import PIPE
from functools import partial
from itertools import islice
from pathlib import Path

from tests.bench import crowd
from tests.bench.figure import Figure
from tests.bench.processes import ROOT, resident_mb
from tests.bench.size import Size

MODULE = "tests.bench.growth"

WARM_SHARE = 0.01
"""How many shoutouts, of those measured, are given before the first look."""

A_DAY = 4 * crowd.PEOPLE
"""Shoutouts within everybody's allowance."""

AT_ONCE = 1_000
"""Shoutouts that are made up at a time, so that they take no memory themselves."""


async def growth(folder: Path, size: Size) -> list[Figure]:
    """How much bigger the process is after so many shoutouts through dispatch."""
    arguments = (str(folder / "growth.sqlite3"), str(size.growth), str(size.callers))
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", MODULE, *arguments, cwd=ROOT, stdout=PIPE
    )
    told, _ = await process.communicate()
    assert process.returncode == 0
    before, after = json.loads(told)
    return [
        Figure(
            f"memory after {size.growth:,} more shoutouts through dispatch",
            after - before,
            f"{before:.0f} MB after the first {_warm_up(size.growth):,}, "
            f"{after:.0f} MB at the end",
            most=20,
            unit=" MB",
        )
    ]


async def _grow(path: Path, count: int, callers: int) -> tuple[float, float]:
    """Return what this process has in memory, in MB, before and after."""
    crowd.found(path)
    warm = _warm_up(count)
    days = -(-(count + warm) // A_DAY)
    given = (one for day in crowd.rounds(days, A_DAY) for one in day)
    async with crowd.still(path) as laurel:

        async def give(most: int) -> None:
            while most > 0 and (some := list(islice(given, min(most, AT_ONCE)))):
                await crowd.by_callers(callers, some, partial(crowd.give, laurel))
                most -= len(some)

        await give(warm)
        gc.collect()
        before = resident_mb("self")
        await give(count)
        gc.collect()
        after = resident_mb("self")
    assert crowd.shoutouts(path) == count + warm
    return before, after


def _warm_up(count: int) -> int:
    """Return how many shoutouts are given before the first look."""
    return max(1, int(count * WARM_SHARE))


if __name__ == "__main__":
    where, how_many, at_once = sys.argv[1:]
    measured = asyncio.run(_grow(Path(where), int(how_many), int(at_once)))
    sys.stdout.write(json.dumps(measured))
