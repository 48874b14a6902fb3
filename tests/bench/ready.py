"""How soon a process serves a long history: stopped as it should, killed, cut short."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from storage.file import connect
from tests.battery.on_discord import Town, beside
from tests.bench.figure import Figure, timed
from tests.bench.size import Size

MOST_S = 3.0
MOST_READ_S = 30.0
"""After a kill every row is read before anybody is served."""

LOG_BYTES = 64_000_000
_CHUNK = 1 << 20
_ROWS = 20_000
_UPDATE = "UPDATE words SET salt = randomblob(16) WHERE id BETWEEN ? AND ?"


async def ready(folder: Path, _size: Size, past: Path) -> list[Figure]:
    """From the start of the process to its being connected, beside reading the file."""
    async with beside(folder) as town:
        town.more = "[backups]\nevery_h = 0"  # one that is due would be made at once
        shutil.copyfile(past, town.file)
        read = timed(lambda: _read(town.file))
        first = await _stopped(town)
        stopped = await _stopped(town)
        async with _started(town):
            pass
        killed = await _stopped(town)
        _leave_log(town.file)
        log = town.file.with_name(f"{town.file.name}-wal").stat().st_size / 1_000_000
        replayed = await _stopped(town)
    of = f"{past.stat().st_size / 1_000_000:,.0f} MB"
    return [
        Figure(
            "seconds until ready, after a stop",
            stopped.ready_s,
            f"{of}; {stopped.ready_s / read:.1f} times reading the file, {read:.2f} s; "
            f"the stop before it took {first.stop_s:.1f} s",
            most=MOST_S,
            unit=" s",
        ),
        Figure(
            "seconds until ready, after a kill",
            killed.ready_s,
            f"{of}, all of it read through first; {replayed.ready_s:.1f} s with a log "
            f"of {log:.0f} MB as well",
            most=MOST_READ_S,
            unit=" s",
        ),
    ]


@dataclass(slots=True)
class _Took:
    ready_s: float
    stop_s: float = 0.0


@asynccontextmanager
async def _started(town: Town) -> AsyncIterator[_Took]:
    """Start Laurel; what has not ended after it is killed."""
    began = perf_counter()
    async with town.running():
        yield _Took(perf_counter() - began)


async def _stopped(town: Town) -> _Took:
    """Start Laurel and have it stop again."""
    async with _started(town) as took:
        began = perf_counter()
        assert 0 == await town.stop()
        took.stop_s = perf_counter() - began
    return took


def _read(path: Path) -> None:
    with path.open("rb", buffering=0) as file:
        while file.read(_CHUNK):
            pass


def _leave_log(path: Path) -> None:
    """Leave beside the file what a killed process may: a log of what is in it."""
    log = path.with_name(f"{path.name}-wal")
    kept = path.with_name("kept")
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        (last,) = connection.execute("SELECT max(id) FROM words").fetchone()
        for first in range(1, last, _ROWS):
            connection.execute(_UPDATE, (first, first + _ROWS))
            if log.stat().st_size >= LOG_BYTES:
                break
        shutil.copyfile(log, kept)  # closing empties the log
    kept.rename(log)
