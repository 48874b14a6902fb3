"""How soon a process serves a long history: stopped as it should, killed, changed."""

from __future__ import annotations

import asyncio
import shutil
import sys
from asyncio.subprocess import PIPE
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from storage import left
from storage.file import connect, prepare
from tests.battery.on_discord import Place, Town, beside
from tests.battery.starting import Start, read_through, started
from tests.bench.figure import Figure
from tests.bench.size import Size

MOST_S = 3.0
MOST_TIMES = 6.0
"""As much work as importing what it stands on."""

MOST_READ_TIMES = 2.0
"""As much work as reading every row, where that comes first."""

READ_WITHIN_S = 600.0
"""How long it may take to read it through while it is served, on a busy machine."""

LOG_BYTES = 64_000_000
_ROWS = 20_000
_UPDATE = "UPDATE words SET salt = randomblob(16) WHERE id BETWEEN ? AND ?"

_STANDS_ON = "import aiohttp, aiosqlite, discord"
_IMPORTS = "import bot.console, bot.serve, bot.adapters.discord.adapter"
_WORDS = f"{_IMPORTS}; from bot.features import load_words; load_words()"
_WORKED = "import time; print(time.process_time())"


async def ready(folder: Path, _size: Size, past: Path) -> list[Figure]:
    """From the start of the process to its being connected, and to a first answer."""
    async with beside(folder) as town:
        town.more = "[backups]\nevery_h = 0"  # one that is due would be made at once
        shutil.copyfile(past, town.file)
        place = town.found()
        await town.prepare()
        parts = await _measured(town.file)
        async with started(town) as stopped:
            then = await _then(town, place)
        async with started(town):
            await read_through(town, READ_WITHIN_S)
        async with started(town) as killed:
            pass
        log_mb = _leave_log(town.file)
        async with started(town) as changed:
            pass
    of = f"{past.stat().st_size / 1_000_000:,.0f} MB"
    read = f"reading every row, after a change and with a log of {log_mb:.0f} MB"
    return [
        _ready("after a stop", stopped, f"{of}; {parts}; {then}"),
        _ready("after a kill", killed, f"{of}, and a log"),
        _worked("importing what it stands on", stopped, parts.stands_on_s, MOST_TIMES),
        _worked(read, changed, parts.read_s, MOST_READ_TIMES),
    ]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a start is made of, each in seconds of a processor, and of nothing else."""

    stands_on_s: float
    imports_s: float
    words_s: float
    file_s: float
    read_s: float

    def __str__(self) -> str:
        """Return what comes before the platforms."""
        words_s = self.words_s - self.imports_s
        return (
            f"work: imports {self.imports_s:.2f} s, words {words_s:.2f}, file "
            f"{self.file_s:.3f}, or {self.read_s:.1f} where every row is read first"
        )


async def _measured(path: Path) -> _Parts:
    began = process_time()
    prepare(path)
    read_s = process_time() - began
    assert left.note(path)
    began = process_time()
    assert not prepare(path, as_left=True)
    file_s = process_time() - began
    assert left.note(path)
    return _Parts(
        stands_on_s=await _work(_STANDS_ON),
        imports_s=await _work(_IMPORTS),
        words_s=await _work(_WORDS),
        file_s=file_s,
        read_s=read_s,
    )


async def _work(code: str) -> float:
    """Return what an interpreter works for it, begun as people begin it."""
    words = ("-c", f"{code}; {_WORKED}")
    child = await asyncio.create_subprocess_exec(sys.executable, *words, stdout=PIPE)
    said, _ = await child.communicate()
    return float(said)


async def _then(town: Town, place: Place) -> str:
    """Return how long a first answer takes, what comes behind it, and a stop."""
    giver, receiver = place.let_in("Ana"), place.let_in("Ben")
    began = perf_counter()
    assert await place.thank(giver, receiver, "Thank you for everything")
    answered = perf_counter()
    await read_through(town, READ_WITHIN_S)
    read = perf_counter()
    assert 0 == await town.stop()
    return (
        f"first answer {answered - began:.2f} s, read through behind it in "
        f"{read - answered:.0f} s, stopped in {perf_counter() - read:.1f} s"
    )


def _ready(when: str, start: Start, beside_it: str) -> Figure:
    served = f"{start.processor_s:.2f} s of a processor; it served the port after"
    return Figure(
        f"seconds until ready, {when}",
        start.ready_s,
        f"{served} {start.served_s:.2f} s; {beside_it}",
        most=MOST_S,
        unit=" s",
    )


def _worked(against: str, start: Start, other_s: float, most: float) -> Figure:
    return Figure(
        f"work until ready, against {against}",
        start.processor_s / max(other_s, 1e-9),
        f"{start.processor_s:.2f} s of a processor against {other_s:.2f} s",
        most=most,
        unit=" times",
    )


def _leave_log(path: Path) -> float:
    """Leave beside the file a log of what is in it, and return how many MB it has."""
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
    return log.stat().st_size / 1_000_000
