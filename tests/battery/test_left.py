"""T16, T20: a file that is just as it was left is served at once, and no other is."""

from __future__ import annotations

import asyncio
import os
import shutil
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot import archive
from bot.archive import GIVING_WAY, Examiner, prepared
from storage import left
from storage.database import Database
from storage.examination import Examination
from storage.file import connect, create, prepare
from storage.lock import DatabaseFileError, InstanceLock
from tests.battery.on_discord import Town, beside
from tests.battery.process import EASY
from tests.battery.size import chance, size
from tests.battery.test_damage import HURTS, Hurt, made
from tests.battery.told import Tell
from tests.battery.writing import add

TRIES = size(60, 2_000)
BAD_DATABASE = 3

UNNOTICED = "damage that a file as it was left would hide"


def served_as_left(path: Path) -> bool:
    """Return whether it would be served before anybody reads its rows."""
    try:
        return not prepare(path, as_left=True)
    except DatabaseFileError:
        return False


def missed(path: Path, hurt: Hurt) -> list[int]:
    """Return the tries in which a file that was changed was taken for as left.

    Whoever changes it sets the time back that anybody may set.
    """
    made(path)
    for beside_it in path.parent.glob(f"{path.name}-*"):
        beside_it.unlink()
    before, rng, found = path.read_bytes(), chance(29), list[int]()
    for number in range(TRIES // len(HURTS)):
        rewrite(path, before)
        assert left.note(path)
        body = bytearray(before)
        hurt(rng, body)
        then = path.stat()
        rewrite(path, bytes(body))
        os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
        if served_as_left(path) and bytes(body) != before:
            found.append(number)
        for beside_it in path.parent.glob(f"{path.name}-*"):
            beside_it.unlink()
    return found


def rewrite(path: Path, body: bytes) -> None:
    """Have something else in the very same file."""
    with path.open("r+b") as file:
        file.write(body)
        file.truncate()


@pytest.mark.parametrize("hurt", HURTS, ids=lambda each: each.__name__)
def test_what_was_changed_is_read_first(tmp_path: Path, hurt: Hurt, tell: Tell) -> None:
    """Whatever befell the file while nobody had it open: its mark is worth nothing."""
    found = missed(tmp_path / "laurel.sqlite3", hurt)
    tell("P13", UNNOTICED, len(found), most=0)


def test_a_mark_of_size_and_time_alone_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it goes by the time that whoever changes a file can set back."""
    monkeypatch.setattr(left, "_traces", lambda file: (file.st_size, file.st_mtime_ns))
    assert missed(tmp_path / "laurel.sqlite3", HURTS[2])


def test_another_file_in_its_place_is_read_first(tmp_path: Path) -> None:
    """Also one that is the same to the byte and to the minute: nobody knows its way."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert left.note(path)
    copy = tmp_path / "copy"
    shutil.copy2(path, copy)
    copy.rename(path)
    assert not served_as_left(path)


async def test_a_file_that_was_put_there_while_another_was_served_is_read_first(
    tmp_path: Path,
) -> None:
    """Whoever does that knows nothing of what Laurel writes meanwhile, and where."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    database = await Database.open(path, InstanceLock.take(path))
    marked = left.beside(path)
    for number in range(10_000):
        await database.write(add, number)
        if marked.exists() and marked.stat().st_size:
            break
    copy = tmp_path / "copy"
    create(copy)
    copy.rename(path)
    await database.write(add, 10_000)
    await database.close()
    assert not marked.exists()


def test_after_a_restart_of_the_machine_it_is_read_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a disk forgets with the power bears no stamp; nor is one told everywhere."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert left.note(path)
    boot = tmp_path / "boot"
    boot.write_text("another one\n")
    monkeypatch.setattr(left, "BOOT", boot)
    assert not served_as_left(path)
    assert left.note(path)
    assert served_as_left(path)
    boot.unlink()
    assert not left.note(path)
    assert not left.beside(path).exists()


def test_nothing_is_marked_that_may_change_unseen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As long as the clock has not gone on, the next change would bear this stamp."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    keeper = left.Keeper(path)
    still = path.stat().st_ctime_ns
    usual = os.utime
    monkeypatch.setattr(os, "utime", lambda mark: usual(mark, ns=(still, still)))
    assert not keeper.keep()
    assert not left.take(path)
    monkeypatch.setattr(left, "TICK_S", 0.0)
    assert not left.note(path)
    assert not left.beside(path).exists()
    monkeypatch.setattr(os, "utime", usual)
    assert left.note(path)


async def opened(path: Path) -> bool:
    """Open the file and close it as it should be; return whether it was read first."""
    lock = InstanceLock.take(path)
    is_read = prepare(path, as_left=True)
    database = await Database.open(path, lock)
    await database.close()
    return is_read


async def test_a_stop_leaves_a_mark(tmp_path: Path) -> None:
    """Read at first, and from then on as it was left; once, for each stop."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert [True, False, False] == [await opened(path) for _ in range(3)]
    assert served_as_left(path)
    assert not served_as_left(path)


@pytest.mark.parametrize(
    "said", ["", "as Laurel saw it last: 1", "\0" * 256, "as Laurel saw it last:"]
)
def test_a_torn_mark_says_nothing(tmp_path: Path, said: str) -> None:
    """It is gone after that, and the file is read."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    left.beside(path).write_text(said)
    assert prepare(path, as_left=True)
    assert not left.beside(path).exists()


def test_a_log_belongs_to_no_mark(tmp_path: Path) -> None:
    """What is in it was not noted."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert left.note(path)
    path.with_name(f"{path.name}-wal").write_bytes(b"something")
    assert not left.take(path)
    assert not left.note(path)
    assert not left.beside(path).exists()


async def test_whoever_reads_it_through_gives_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To members who are served meanwhile; nobody else's thread does."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    nice: list[int] = []

    def run(_self: Examination) -> bool:
        nice.append(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        return True

    monkeypatch.setattr(Examination, "run", run)
    database = await Database.open(path, InstanceLock.take(path))
    database.is_whole = None
    before = os.getpriority(os.PRIO_PROCESS, 0)
    await Examiner(database).look()
    assert [max(GIVING_WAY, before)] == nice
    assert before == os.getpriority(os.PRIO_PROCESS, 0)
    await database.close()
    assert left.take(path)


def test_it_is_told_where_nobody_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs Laurel reads why it takes its time; not where it takes none."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    caplog.set_level("INFO")
    assert prepared(path)
    assert [] == caplog.messages
    monkeypatch.setattr(archive, "LONG_BYTES", path.stat().st_size)
    assert prepared(path)
    (told,) = caplog.messages
    assert "read through first" in told
    assert left.note(path)
    assert prepared(path) is None
    assert [told] == caplog.messages


async def _until_it_ends(town: Town) -> int:
    async with town.running(connected=False):
        assert town.child is not None
        return await asyncio.wait_for(town.child.wait(), 60)


async def test_what_was_damaged_before_it_was_left_ends_the_process(
    tmp_path: Path,
) -> None:
    """The file is as it was left, and damaged: it is found while members are served."""
    async with beside(tmp_path) as town:
        town.found("Willow")
        await town.prepare(EASY)
        damage(town.file)
        assert left.note(town.file)
        assert served_as_left(town.file)
        assert left.note(town.file)
        assert BAD_DATABASE == await _until_it_ends(town)
        told = town.log.read_text("utf-8")
        assert f"{town.file} is damaged" in told
        assert "laurel restore" in told
        assert not left.beside(town.file).exists()
        # It is not served again.
        child = await town.start()
        assert BAD_DATABASE == await child.wait()


def damage(path: Path) -> None:
    """Have a row and its entry in an index disagree."""
    with closing(connect(path, "rw")) as connection:
        connection.execute(
            "INSERT INTO drafts (id, community, owner, kind, body, expires_at) "
            "VALUES ('a-draft', 1, 1, 'shoutouts.shoutout', '', 9000000000000)"
        )
    body = path.read_bytes()
    assert body.count(b"a-draft") >= 2
    path.write_bytes(body.replace(b"a-draft", b"a-fraud", 1))
