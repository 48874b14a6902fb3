"""T20: what a process that was killed had kept is all there, or is looked for first."""

from __future__ import annotations

import os
import subprocess
from asyncio import StreamReader
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from storage import left, write_ahead
from storage.database import Database, Transaction
from storage.file import connect, create, prepare
from storage.lock import InstanceLock
from tests import nursery
from tests.battery.process import ROOT
from tests.battery.size import chance, size
from tests.battery.told import Tell
from tests.battery.writing import add, last

KILLS = size(3, 60)
TRIES = size(12, 400)
ROWS = 400
"""More than the log holds before it goes into the file."""

FRAME = 4_096 + 24

UNNOTICED = "a log hurt after a kill and not read first"

Hurt = Callable[[Random, Path], None]


async def killed(path: Path, rows: int, most: int) -> int:
    """Kill a process once it told of ``most`` rows, or of all; return the last."""
    words = [str(path), str(rows)]
    env = {"PATH": os.environ["PATH"]}
    child = await nursery.start(
        "tests.battery.writing", words, ROOT, env, subprocess.DEVNULL
    )
    assert child.stdout is not None
    kept = await _told(child.stdout, most)
    child.send_signal(9)
    late = (await child.stdout.read()).split()
    await child.wait()
    return max([kept, *(int(each) for each in late if each.isdigit())])


async def _told(stdout: StreamReader, most: int) -> int:
    kept = -1
    while (line := (await stdout.readline()).strip()) not in (b"quiet", b""):
        kept = int(line)
        most -= 1
        if not most:
            break
    return kept


def kept_in(path: Path) -> int:
    """Return the last row that is in the file."""
    with closing(connect(path, "ro")) as connection:
        return last(Transaction(connection))


async def test_kills_leave_what_was_kept(tmp_path: Path, tell: Tell) -> None:
    """Served at once after a quiet kill; in either case, all that was told is there."""
    path, rng, lost, read = tmp_path / "laurel.sqlite3", chance(31), 0, 0
    create(path)
    for number in range(KILLS):
        told = await killed(path, ROWS, ROWS + 1)  # quiet
        read += prepare(path, as_left=True)
        lost += kept_in(path) != told
        told = await killed(path, ROWS, rng.randint(1, ROWS))  # in the middle
        if prepare(path, as_left=number % 2 == 0):
            left.beside(path).unlink(missing_ok=True)
        lost += kept_in(path) < told
    tell("P1", f"acknowledged and lost in {2 * KILLS} kills of a writer", lost, most=0)
    assert 0 == read


async def test_before_it_was_read_through_a_kill_leaves_no_mark(tmp_path: Path) -> None:
    """Or a process that is killed again and again would never read it."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    database = await Database.open(path, InstanceLock.take(path))
    for found, marked in ((None, False), (False, False), (True, True)):
        database.is_whole = found
        await database.write(add, int(marked) + 10 * (found is None))
        await _ticked(database, marked=marked)
        assert marked == left.beside(path).exists()
    await database.close()


async def _ticked(database: Database, *, marked: bool) -> None:
    """Write until the clock of the file system has gone on, where that is awaited."""
    for number in range(100, 10_000):
        if not marked or left.beside(database.path).stat().st_size:
            return
        await database.write(add, number)


def cut(rng: Random, log: Path) -> None:
    """The end is gone, of a frame or of many."""
    os.truncate(log, rng.randrange(_counts(log)))


def noise(rng: Random, log: Path) -> None:
    """A sector full of anything, where something counts."""
    with log.open("r+b") as file:
        file.seek(rng.randrange(_counts(log) // 512) * 512)
        file.write(rng.randbytes(512))


def _counts(log: Path) -> int:
    """Return how many bytes of a log count."""
    told = write_ahead.committed(log.with_name(log.name.removesuffix("-wal")))
    assert told is not None
    return told.frames * FRAME


def gone(_rng: Random, log: Path) -> None:
    """Somebody tidied up."""
    log.unlink()


def another(_rng: Random, log: Path) -> None:
    """The same, but put back by somebody, from wherever."""
    body = log.read_bytes()
    log.rename(log.with_name("kept"))
    log.write_bytes(body)


HURTS: tuple[Hurt, ...] = (cut, noise, gone, another)


async def missed(path: Path, hurt: Hurt) -> list[int]:
    """Return the tries in which the log was hurt, and the file taken for as left."""
    create(path)
    await killed(path, ROWS, ROWS + 1)
    beside = [path.with_name(path.name + end) for end in ("-wal", "-shm", ".left")]
    bodies, rng, found = [each.read_bytes() for each in beside], chance(37), list[int]()
    for number in range(TRIES // len(HURTS)):
        for each, body in zip(beside, bodies, strict=True):
            _put_back(each, body)
        hurt(rng, beside[0])
        if not prepare(path, as_left=True):
            found.append(number)
        if not beside[0].exists() or hurt is another:
            break  # it is not the one that was marked any more
    return found


def _put_back(file: Path, body: bytes) -> None:
    with file.open("r+b" if file.exists() else "wb") as again:
        again.write(body)
        again.truncate()


@pytest.mark.parametrize("hurt", HURTS, ids=lambda each: each.__name__)
async def test_a_log_that_was_hurt_is_read_first(
    tmp_path: Path, hurt: Hurt, tell: Tell
) -> None:
    """What was committed last is in it, and nowhere else."""
    found = await missed(tmp_path / "laurel.sqlite3", hurt)
    tell("P13", UNNOTICED, len(found), most=0)


async def test_a_log_that_nobody_looks_into_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it is there, and that is enough."""
    monkeypatch.setattr(write_ahead, "holds", lambda _path, _told: True)
    assert await missed(tmp_path / "laurel.sqlite3", noise)


async def test_a_file_that_was_changed_after_a_kill_is_read_first(
    tmp_path: Path,
) -> None:
    """By somebody who put another one there, whatever its log says."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    await killed(path, ROWS, ROWS + 1)
    with path.open("r+b") as file:
        file.write(file.read(16))
    assert prepare(path, as_left=True)
