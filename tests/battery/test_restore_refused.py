"""T33, where it goes wrong: nothing is put back that is no backup, and nothing lost."""

from __future__ import annotations

import asyncio
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.features import declared
from bot.keeping.restoring import put_back
from storage.backups import back_up
from storage.file import LAUREL, connect, create
from storage.lock import InstanceLock
from tests.battery.process import ROOT
from tests.battery.size import chance, size
from tests.battery.told import Tell
from tests.harness import START, words
from tests.test_command import run, start


async def home(folder: Path) -> tuple[Path, Path]:
    """Return a database that holds something, and a backup of it."""
    path, copy = folder / "data" / "laurel.sqlite3", folder / "copy"
    path.parent.mkdir()
    create(path)
    note(path, "before")
    await asyncio.to_thread(back_up, path, copy)
    note(path, "since")
    return path, copy


def note(path: Path, word: str) -> None:
    """Leave a word in a file."""
    with closing(connect(path, "rw")) as connection:
        connection.execute("INSERT INTO cursors VALUES (?, 0)", (word,))


def noted(path: Path) -> set[str]:
    """Return the words in a file that is whole."""
    with closing(connect(path, "ro")) as connection:
        assert [("ok",)] == [
            tuple(row) for row in connection.execute("PRAGMA integrity_check")
        ]
        return {str(word) for (word, _) in connection.execute("SELECT * FROM cursors")}


def cut(_path: Path, copy: Path) -> None:
    """Cut short while it was carried."""
    copy.write_bytes(copy.read_bytes()[:-40_000])


def hurt(_path: Path, copy: Path) -> None:
    """Damaged in the middle."""
    body = bytearray(copy.read_bytes())
    middle = len(body) // 2 // 4_096 * 4_096
    for at in range(middle, len(body), 4_096):
        body[at : at + 64] = b"\xaa" * 64
    copy.write_bytes(body)


def newer(_path: Path, copy: Path) -> None:
    """Of a Laurel of next year."""
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA user_version = 9999")


def foreign(_path: Path, copy: Path) -> None:
    """Another program's."""
    copy.unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")


def a_folder(_path: Path, copy: Path) -> None:
    """A folder."""
    copy.unlink()
    copy.mkdir()


def empty(_path: Path, copy: Path) -> None:
    """Nothing at all."""
    copy.write_bytes(b"")


def words_only(_path: Path, copy: Path) -> None:
    """Something that somebody wrote."""
    copy.write_text("Dear diary, today I was put back.\n" * 200)


def missing(_path: Path, copy: Path) -> None:
    """Not there."""
    copy.unlink()


def itself(path: Path, copy: Path) -> None:
    """The database itself, under another name."""
    copy.unlink()
    copy.symlink_to(path)


def elsewhere(_path: Path, copy: Path) -> None:
    """Of another installation."""
    copy.unlink()
    create(copy)


BAD: Mapping[Callable[[Path, Path], None], tuple[int, str]] = {
    cut: (3, "malformed"),
    hurt: (3, "malformed"),
    newer: (3, "written by a newer Laurel (version 9999"),
    foreign: (3, "belongs to another program"),
    a_folder: (3, "is a folder"),
    empty: (3, "is empty"),
    words_only: (3, "cannot be read as a database"),
    missing: (3, "does not exist"),
    itself: (1, "is the database itself, and no backup of it"),
    elsewhere: (1, "a backup of another installation"),
}


@pytest.mark.parametrize("what", BAD, ids=lambda each: each.__name__)
async def test_what_is_no_backup_is_refused(
    tmp_path: Path, what: Callable[[Path, Path], None]
) -> None:
    """It says which, why and what next; what stood there stands as it stood."""
    path, copy = await home(tmp_path)
    what(path, copy)
    before = path.read_bytes()
    code, said, complaints = await run(tmp_path, "restore", "copy")

    expected, why = BAD[what]
    assert (expected, "") == (code, said), complaints
    assert why in complaints
    assert "copy" in complaints
    assert complaints.rstrip().endswith(".")
    assert "Traceback" not in complaints
    assert before == path.read_bytes()
    assert beside_it(path) <= {".lock"}


def beside_it(path: Path) -> set[str]:
    """Return the ends of the names of what is beside a file, but its backups."""
    every = (each.name.removeprefix(path.name) for each in path.parent.iterdir())
    return {each for each in every if each and not each.endswith(("-wal", "-shm"))}


async def test_an_older_backup_is_brought_up_to_date(tmp_path: Path) -> None:
    """Made before the last migration; no copy of what it was stays beside it."""
    path = tmp_path / "data" / "laurel.sqlite3"
    path.parent.mkdir()
    folder = tmp_path / "migrations"
    folder.mkdir()
    for each in sorted(LAUREL.migrations.glob("000[1-4]*.sql")):
        shutil.copy(each, folder)
    create(tmp_path / "copy", replace(LAUREL, migrations=folder))
    code, _, complaints = await run(tmp_path, "restore", "copy")

    assert (0, "") == (code, complaints)
    with closing(connect(path, "ro")) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    assert LAUREL.version == version
    assert {".lock", ".left"} == beside_it(path)


async def test_nobody_restores_under_a_running_bot(tmp_path: Path) -> None:
    """It ends with 5, and neither file is touched."""
    path, _ = await home(tmp_path)
    lock, before = InstanceLock.take(path), path.read_bytes()
    code, _, complaints = await run(tmp_path, "restore", "copy")
    lock.release()

    assert 5 == code
    assert "is in use by another Laurel" in complaints
    assert before == path.read_bytes()


async def test_twice_in_one_second_keeps_both(tmp_path: Path) -> None:
    """What stood there first is never written over by what stood there next."""
    path, copy = await home(tmp_path)
    moved = [
        put_back(path, copy, declared(words()), START, anybodys=True).moved
        for _ in range(3)
    ]
    assert 3 == len(set(moved))
    assert moved[0] is not None
    assert {"before", "since"} == noted(moved[0])
    assert {"before"} == noted(path)


async def test_without_a_name_it_lists_what_there_is(tmp_path: Path) -> None:
    """And says where it looked, where there is none."""
    await home(tmp_path)
    code, _, complaints = await run(tmp_path, "restore")
    assert 1 == code
    assert "There is none in " in complaints
    assert 0 == (await run(tmp_path, "backup"))[0]
    code, _, complaints = await run(tmp_path, "restore")
    assert 1 == code
    assert "data/backups/laurel-" in complaints


NARROW = """
import os, resource, signal, sys
import bot.__main__, bot.app, bot.console, bot.features, bot.keeping.command
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = int(sys.argv[1])
if most:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
elif os.geteuid() == 0:
    os.setuid(65534)
raise SystemExit(bot.__main__.main(["restore", "copy"]))
"""


async def narrow(folder: Path, most: int) -> tuple[int, str]:
    """Restore where no file may have more than so many bytes; 0: as somebody else."""
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", NARROW, str(most)),
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        stderr=subprocess.PIPE,
    )
    _, complaints = await child.communicate()
    assert child.returncode is not None
    return child.returncode, complaints.decode()


async def test_where_the_disk_is_full_nothing_is_lost(tmp_path: Path) -> None:
    """Wherever it ends; it is said what is in the way, and the old file stands."""
    path, copy = await home(tmp_path)
    whole = copy.stat().st_size
    for most in (4_096, whole // 2, whole - 4_096)[: size(2, 3)]:
        code, complaints = await narrow(tmp_path, most)
        assert 1 == code, complaints
        assert "so the backup was not put back" in complaints
        assert {"before", "since"} == noted(path)
        assert beside_it(path) <= {".lock"}


async def test_where_it_may_not_write_nothing_is_lost(tmp_path: Path) -> None:
    """By somebody else, or in a folder that cannot be written."""
    path, _ = await home(tmp_path)
    tmp_path.chmod(0o755)
    InstanceLock.take(path).release()
    path.parent.chmod(0o555)
    code, complaints = await narrow(tmp_path, 0)
    path.parent.chmod(0o755)

    assert code in {1, 3}, complaints
    assert "cannot be written" in complaints
    assert {"before", "since"} == noted(path)


async def test_killed_at_any_moment_it_is_old_or_new(
    tmp_path: Path, tell: Tell
) -> None:
    """Never half, never nothing; and what was begun is put back the next time."""
    path, _ = await home(tmp_path)
    luck, seen = chance(33), Counter[str]()
    for n in range(size(3, 40)):
        note(path, f"since {n}")
        child = await start(tmp_path, ("restore", "copy"))
        await asyncio.sleep(luck.random() * 0.6)
        if child.returncode is None:
            child.send_signal(signal.SIGKILL)
        await child.wait()
        found = noted(path) if path.exists() else set()
        new, old = found == {"before"}, f"since {n}" in found
        seen["new" if new else "old" if old else "half"] += 1
    code, _, complaints = await run(tmp_path, "restore", "copy")
    assert (0, "") == (code, complaints)
    assert {"before"} == noted(path)
    assert not [each for each in beside_it(path) if "restoring" in each]
    tell("P15", "restores that were killed, and left a half", seen["half"], most=0)


async def test_a_log_is_never_found_beside_another_file(tmp_path: Path) -> None:
    """Of a process that was killed, whose file somebody deleted, and nothing else."""
    path, copy = await home(tmp_path)
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute("INSERT INTO cursors VALUES ('in the log', 0)")
        log = path.with_name(f"{path.name}-wal").read_bytes()
    path.unlink()
    path.with_name(f"{path.name}-wal").write_bytes(log)
    put_back(path, copy, declared(words()), START, anybodys=True)

    assert {"before"} == noted(path)
    assert [log] == [each.read_bytes() for each in path.parent.glob("*before*-wal")]
