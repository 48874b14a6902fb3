"""Backups, and what they are put back with: as it is typed, and while people go on."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.archive import Archivist, Backups
from bot.domain.community import Community as Somewhere
from bot.domain.people import Role
from bot.features import declared
from bot.keeping.restoring import Outcome, RestoreError, put_back
from storage import audit, backups, communities, erasures, set_aside
from storage.backups import BackupError, back_up
from storage.boards import recount
from storage.database import Transaction
from storage.file import connect, create, inspect
from storage.lock import AnotherInstanceError, DatabaseFileError, InstanceLock
from storage.offline import look_into
from storage.set_aside import Parked
from tests.faults import down, up
from tests.harness import COMMUNITY, Clock, Community, Post, community, words
from tests.test_command import run

WHY = "for staying late to mend the kiln with me"
HERS = "who carried the piano up five floors"
DATABASE = Path("data", "laurel.sqlite3")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "laurel.sqlite3"


async def thank(home: Community, giver: str, receiver: str, why: str = WHY) -> None:
    said = await home.type(giver, "shoutout", to=(home.person(receiver),), why=why)
    assert not said.refused
    await home.laurel.settle()


async def erase(home: Community, name: str) -> None:
    """Have them erase themselves."""
    card = await home.type(name, "laurel privacy")
    form = await home.press(name, card, "Erase my data")
    assert not (await home.fill_in(name, form, word="ERASE")).refused
    await home.laurel.settle()


def restore(path: Path, copy: Path, clock: Clock, *, anybodys: bool = False) -> Outcome:
    return put_back(path, copy, declared(words()), clock(), anybodys=anybodys)


def counted(path: Path, table: str) -> int:
    with closing(connect(path, "ro")) as connection:
        query = f"SELECT count(*) FROM {table}"  # noqa: S608  a test's own word
        return int(connection.execute(query).fetchone()[0])


def names(path: Path) -> set[str]:
    with closing(connect(path, "ro")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM members")}


def here(tx: Transaction) -> Somewhere:
    return communities.get(tx, COMMUNITY)


def waiting(tx: Transaction) -> list[Parked]:
    return list(set_aside.parked(tx, here(tx), 10))


def is_whole(tx: Transaction) -> bool:
    return not recount.drift(tx) and audit.first_broken(tx, here(tx)) is None


async def test_a_backup_is_whole_while_everybody_goes_on(
    path: Path, tmp_path: Path
) -> None:
    """One snapshot: whatever was acknowledged before it began is in it."""
    async with community(path) as home:
        for number in range(10):
            await thank(home, f"giver-{number}", "bo")
        async with asyncio.TaskGroup() as group:
            copy = asyncio.to_thread(back_up, path, tmp_path / "b")
            copying = group.create_task(copy)
            for number in range(10):
                await thank(home, f"another-{number}", "bo")
        copied = copying.result()

    assert 10 <= counted(copied.path, "shoutouts") <= 20
    assert not list(tmp_path.glob("*.making"))


async def test_a_restore_says_nothing_twice(path: Path, tmp_path: Path) -> None:
    """What stands on the platform is not sent again; what waited is asked about."""
    clock, posts, copy = Clock(), list[Post](), tmp_path / "copy"
    async with community(path, clock=clock, posts=posts) as home:
        await thank(home, "ana", "bo")
        home.platform.fault = down
        await home.type("dana", "shoutout", to=(home.person("ana"),), why=WHY)
        back_up(path, copy)
        home.platform.fault = up
        await home.wait(minutes=20)
        await thank(home, "ana", "chidi")
        assert 3 == len(home.posts())

    assert 1 == restore(path, copy, clock).restored.parked
    async with community(path, clock=clock, posts=posts) as again:
        await again.wait(minutes=1)
        again.person("mo", Role.MODERATOR)
        assert 3 == len([post for post in posts if "@" in post.text])
        (parked,) = await again.database.read(waiting)
        assert "restored" == parked.reason
        told = await again.type("mo", "laurel undelivered")
        assert "This may have been said already" in told.text
        for _ in range(9):  # calls that other people made meanwhile
            again.call("chidi")
        await thank(again, "chidi", "dana")
        assert 4 == len(again.posts())
        assert await again.database.read(is_whole)


async def test_who_was_erased_stays_erased(path: Path, tmp_path: Path) -> None:
    """By the ledger beside the file, also where the file that knew is lost."""
    clock, copy = Clock(), tmp_path / "copy"
    async with community(path, clock=clock) as home:
        await thank(home, "zuzana", "bo", HERS)
        await thank(home, "dana", "zuzana")
        back_up(path, copy)
        await home.wait(hours=1)
        await erase(home, "zuzana")
    path.unlink()

    assert 1 == restore(path, copy, clock).restored.erased
    kept = path.read_bytes()
    assert HERS.encode() not in kept
    async with community(path, clock=clock) as again:
        assert await again.database.read(is_whole)
        assert {"bo", "dana"} == names(path)


async def test_who_came_back_since_stays(path: Path, tmp_path: Path) -> None:
    """A backup made after that holds them by their own wish."""
    clock, copy = Clock(), tmp_path / "copy"
    async with community(path, clock=clock) as home:
        await thank(home, "zuzana", "bo", HERS)
        await erase(home, "zuzana")
        await home.wait(hours=1)
        await thank(home, "zuzana", "bo")
        await home.laurel.settle()
        back_up(path, copy)
    assert 0 == restore(path, copy, clock).restored.erased


async def test_a_backup_can_be_put_back_twice(path: Path, tmp_path: Path) -> None:
    """What stood there is moved aside each time, and never deleted."""
    clock, copy = Clock(), tmp_path / "copy"
    async with community(path, clock=clock) as home:
        await thank(home, "ana", "bo")
        back_up(path, copy)
    first = restore(path, copy, clock)
    clock.move(minutes=1)
    second = restore(path, copy, clock)

    moved = {outcome.moved for outcome in (first, second)}
    assert 2 == len(moved)
    assert all(each is not None and each.exists() for each in moved)
    with look_into(path) as tx:
        assert is_whole(tx)


async def test_only_what_is_whole_and_ours_is_put_back(
    path: Path, tmp_path: Path
) -> None:
    """Another installation's is refused unless it is wanted; damage always is."""
    clock, theirs = Clock(), tmp_path / "theirs"
    async with community(path, clock=clock) as home:
        await thank(home, "ana", "bo")
    create(theirs)
    before = path.read_bytes()

    with pytest.raises(RestoreError, match="another installation"):
        restore(path, theirs, clock)
    copy = back_up(path, tmp_path / "copy").path
    copy.write_bytes(copy.read_bytes()[:8_000])
    with pytest.raises(DatabaseFileError, match=r"damaged|cannot be read"):
        restore(path, copy, clock)
    lock = InstanceLock.take(path)
    with pytest.raises(AnotherInstanceError):
        restore(path, theirs, clock)
    lock.release()
    assert before == path.read_bytes()
    assert not list(tmp_path.glob("*.restoring*"))
    restore(path, theirs, clock, anybodys=True)
    assert 0 == counted(path, "shoutouts")


async def test_backups_are_made_on_time_and_the_oldest_go(
    path: Path, tmp_path: Path
) -> None:
    """One a day; where the disk is full it is logged, and tried again later."""
    clock, folder = Clock(), tmp_path / "backups"
    create(path)
    archivist = Archivist(path, Backups(timedelta(hours=24), 3, folder), clock)
    for _ in range(5):
        for _ in range(2):
            await archivist.look()
        clock.move(hours=24)
    assert 3 == len(backups.kept(folder))
    newest_at = backups.newest_at(folder)
    assert newest_at is not None
    assert timedelta(hours=24) == clock() - newest_at

    (folder / (clock().strftime(backups.NAMED) + ".making")).mkdir()
    await archivist.look()
    assert newest_at == backups.newest_at(folder)
    clock.move(minutes=16)
    await archivist.look()
    assert newest_at < (backups.newest_at(folder) or newest_at)


async def test_an_erasure_is_in_the_ledger_though_the_process_dies(path: Path) -> None:
    """What the file knows and the ledger does not is written at the next start."""
    async with community(path) as home:
        await thank(home, "ana", "bo")
        await erase(home, "ana")
        await home.laurel.settle()
    ledger = erasures.Ledger(path)
    (digest,) = ledger.read()
    ledger.path.write_text("2026-03-06T15:0")  # torn by a power cut

    async with community(path) as again:
        await again.laurel.settle()
    assert {digest} == set(ledger.read())
    assert b"ana" not in ledger.path.read_bytes()


async def test_the_commands_say_what_they_did(tmp_path: Path) -> None:
    """Made, refused where it would overwrite, exported, and put back."""
    await run(tmp_path, "init")
    code, made, _ = await run(tmp_path, "backup", "copy")
    assert 0 == code
    assert "Made copy: " in made
    assert "verified" in made
    code, _, complaints = await run(tmp_path, "backup", "copy")
    assert 1 == code
    assert "copy exists already and was left as it is" in complaints
    assert 0 == (await run(tmp_path, "backup"))[0]
    assert 1 == len(backups.kept(tmp_path / "data" / "backups"))

    code, told, _ = await run(tmp_path, "restore", "copy")
    assert 0 == code
    assert "data/laurel.sqlite3 is now what copy holds" in told
    assert "0 waiting messages are set aside" in told
    code, _, complaints = await run(tmp_path, "restore", "nothing")
    assert 3 == code
    assert "nothing does not exist" in complaints


async def test_everything_is_exported_but_secrets(tmp_path: Path) -> None:
    """Each row is a line of JSON; what opens something is left out."""
    await run(tmp_path, "init")
    code, told, _ = await run(tmp_path, "export", "all.jsonl")
    rows = list(map(json.loads, (tmp_path / "all.jsonl").read_text().splitlines()))

    assert 0 == code
    assert f"Wrote {len(rows)} rows" in told
    (instance,) = [each["row"] for each in rows if each["table"] == "instance"]
    assert {"id": 1, "epoch": 0} == instance
    assert 1 == (await run(tmp_path, "export", "all.jsonl"))[0]


def test_what_cannot_be_written_is_no_backup(tmp_path: Path, path: Path) -> None:
    """It is said in words, and nothing stands there that looks like one."""
    create(path)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(BackupError, match="there is no copy"):
        back_up(path, tmp_path / "file" / "copy")
    with pytest.raises(DatabaseFileError), closing(sqlite3.connect(tmp_path / "x")):
        back_up(tmp_path / "x", tmp_path / "copy")
    assert not (tmp_path / "copy").exists()


def test_two_backups_of_one_name_are_not_one(tmp_path: Path, path: Path) -> None:
    """While one is made, another of that name is refused, and harms nothing."""
    create(path)
    copy, refused = tmp_path / "copy", list[str]()

    def meanwhile(_left: int, _of: int) -> None:
        with pytest.raises(BackupError) as told:
            back_up(path, copy)
        refused.append(str(told.value))

    assert 0 < back_up(path, copy, meanwhile).rows
    (told,) = set(refused)
    assert told.startswith(f"Another command is writing {copy} just now. Wait until")
    assert 0 == inspect(copy)
    assert [] == list(tmp_path.glob("copy.*"))


def test_what_a_killed_backup_left_is_in_nobodys_way(
    tmp_path: Path, path: Path
) -> None:
    """It is written anew, whatever is in it."""
    create(path)
    (tmp_path / "copy.making").write_bytes(b"half" * 9_999)
    back_up(path, tmp_path / "copy")
    assert 0 == inspect(tmp_path / "copy")
