"""T16, T20: a file that is just as it was left is served at once, and no other is."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from storage import left
from storage.database import Database
from storage.file import connect, create, prepare
from storage.lock import DatabaseFileError, InstanceLock
from tests.battery.on_discord import Town, beside
from tests.battery.process import EASY
from tests.battery.size import chance, size
from tests.battery.test_damage import HURTS, Hurt, made
from tests.battery.told import Tell

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
    """Return the tries in which a file that was changed was taken for as left."""
    made(path)
    for log in path.parent.glob(f"{path.name}-*"):
        log.unlink()
    before, rng, found = path.read_bytes(), chance(29), list[int]()
    assert left.note(path)
    mark = left.beside(path).read_bytes()
    for number in range(TRIES // len(HURTS)):
        body = bytearray(before)
        hurt(rng, body)
        path.write_bytes(body)
        left.beside(path).write_bytes(mark)
        if served_as_left(path) and bytes(body) != before:
            found.append(number)
        for log in path.parent.glob(f"{path.name}-*"):
            log.unlink()
    return found


@pytest.mark.parametrize("hurt", HURTS, ids=lambda each: each.__name__)
def test_what_was_changed_is_read_first(tmp_path: Path, hurt: Hurt, tell: Tell) -> None:
    """Whatever befell the file while nobody had it open: its mark is worth nothing."""
    found = missed(tmp_path / "laurel.sqlite3", hurt)
    tell("P13", UNNOTICED, len(found), most=0)


def test_a_mark_of_the_size_alone_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it does not look what is in the file."""
    monkeypatch.setattr(left, "_parts", lambda _path: iter(()))
    assert missed(tmp_path / "laurel.sqlite3", HURTS[2])


async def opened(path: Path) -> bool:
    """Open the file and close it as it should be; return whether it was read first."""
    lock = InstanceLock.take(path)
    is_read = prepare(path, as_left=True)
    database = await Database.open(path, lock)
    await database.close()
    return is_read


async def killed(path: Path) -> None:
    """Open the file, and leave it as a process does that is killed."""
    prepare(path, as_left=True)
    with closing(connect(path, "rw")) as connection:
        connection.execute("INSERT INTO cursors VALUES ('killed', 0)")
        log = path.with_name(f"{path.name}-wal").read_bytes()
    path.with_name(f"{path.name}-wal").write_bytes(log)


async def test_only_a_stop_leaves_a_mark(tmp_path: Path) -> None:
    """Read at first; as it was left after a stop; read again after a kill."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert [True, False, False] == [await opened(path) for _ in range(3)]
    await killed(path)
    assert not left.beside(path).exists()
    assert [True, False] == [await opened(path) for _ in range(2)]


@pytest.mark.parametrize(
    "said", ["", "as a Laurel left it: 1", "\0" * 99, "as a Laurel left it:"]
)
def test_a_torn_mark_says_nothing(tmp_path: Path, said: str) -> None:
    """It is gone after that, and the file is read."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    left.beside(path).write_text(said)
    assert prepare(path, as_left=True)
    assert not left.beside(path).exists()


def test_a_log_belongs_to_no_mark(tmp_path: Path) -> None:
    """What is in it was not noted; nor is there time for every file."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    assert left.note(path)
    path.with_name(f"{path.name}-wal").write_bytes(b"something")
    assert not left.take(path)
    assert not left.note(path)
    path.with_name(f"{path.name}-wal").unlink()
    assert not left.note(path, patience_s=-1.0)
    assert not left.beside(path).exists()


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
