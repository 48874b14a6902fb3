"""T28: no check and no reader of the web port trips, however long one looks for how."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.battery.size import size
from tests.needs import need

ROOT = Path(__file__).parents[2]
RUNS = size(5_000, 1_000_000)
CRASHED = 77


async def tried(folder: Path, plant: str = "") -> tuple[int, str]:
    """Return how the search ends, and what it says."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.battery.guided", plant),
        *(f"-atheris_runs={RUNS}", "-seed=28", f"-artifact_prefix={folder}/"),
        cwd=ROOT,
        env=os.environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await child.communicate()
    assert child.returncode is not None
    return child.returncode, said.decode(errors="replace")[-3_000:]


@pytest.mark.slow
async def test_nothing_trips_a_check(tmp_path: Path) -> None:
    """Signatures, addresses, numbers, actions, lines of the log, lines of settings."""
    need("atheris")
    code, said = await tried(tmp_path)
    assert 0 == code, said


@pytest.mark.slow
async def test_a_check_that_trips_is_found(tmp_path: Path) -> None:
    """Planted: one that takes the time that it is told for a number."""
    need("atheris")
    code, said = await tried(tmp_path, "gullible")
    assert CRASHED == code, said
    assert "ValueError" in said
