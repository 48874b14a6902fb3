"""How long a backup of a long history takes, putting it back, and being ready again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from bot.app import open_database
from bot.features import declared
from bot.keeping.restoring import put_back
from storage.backups import back_up
from tests.bench.figure import Figure
from tests.bench.size import Size
from tests.harness import START, words

MOST_RESTORE_S = 300.0
MOST_READY_S = 3.0


async def restore(folder: Path, size: Size, past: Path) -> list[Figure]:
    """Copied and verified, put back as an event, opened; beside a plain copy."""
    plain = _timed(lambda: shutil.copyfile(past, folder / "plain"))
    copied = _timed(lambda: back_up(past, folder / "copy"))
    table, path = declared(words()), folder / "laurel.sqlite3"
    restored = _timed(lambda: put_back(path, folder / "copy", table, START))
    began = perf_counter()
    async with open_database(path):
        ready = perf_counter() - began
    of = f"{size.history:,} shoutouts, {past.stat().st_size / 1_000_000:,.0f} MB"
    return [
        Figure(
            "seconds to put a backup back",
            restored,
            f"{of}; {restored / plain:.0f} times a plain copy of {plain:.2f} s; the "
            f"verified backup itself took {copied:.1f} s",
            most=MOST_RESTORE_S,
            unit=" s",
        ),
        Figure(
            "seconds until the file is checked and open",
            ready,
            f"{of}, with an integrity check of all of it",
            most=MOST_READY_S,
            unit=" s",
        ),
    ]


def _timed(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began
