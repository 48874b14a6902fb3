"""T02: the power goes while files come, go, and are called otherwise."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from bot.features import declared
from bot.keeping.restoring import put_back
from storage.backups import back_up
from storage.erasures import Ledger
from storage.file import LAUREL, connect, create, inspect
from storage.lock import DatabaseFileError
from tests.battery.earlier import (
    VERSIONS,
    columns_of,
    lay,
    rows,
    schema_of,
    town,
)
from tests.battery.power import Look, Recording, cut, record, refused
from tests.battery.size import FULL, chance, size
from tests.battery.tape import Move, Remove
from tests.battery.told import Tell
from tests.harness import START, Community, community, words

CUTS = size(10, 100)
UPGRADE_CUTS, HOSTILE_WORDS = size(10, 200), size(5, 200)
AGAIN, BEHIND = size(1, 8), size(12, 20)
"""How often the power goes where a name has just changed, and behind what is told."""

FILE = "laurel.sqlite3"
WHY = "for staying late to mend the kiln with me"

Judge = Callable[[Recording], Look]


def everywhere(recording: Recording, many: int, told: bytes) -> list[int]:
    """Return where to cut: behind what is told, where names change, and anywhere."""
    luck, last = chance(3), len(recording.events)
    behind = [number + 1 for number in recording.told(told)]
    named = [
        number + 1
        for number, event in enumerate(recording.events)
        if isinstance(event, Move | Remove)
    ]
    anywhere = (luck.randint(0, last) for _ in range(many))
    return [*behind * BEHIND, *named * AGAIN, *anywhere]


def shoutouts(path: Path) -> int:
    with closing(connect(path, "ro")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM shoutouts").fetchone()
        return int(count)


def config(place: Path) -> Path:
    """Write down where the database is, beside what is recorded."""
    path = place.with_name("config.toml")
    lines = ("[database]", f'path = "{place / "data" / FILE}"')
    path.write_text("\n".join(lines), "utf-8")
    return path


def lie(path: Path, to: Path) -> None:
    """Have a file lie in ``to`` as it does while a process has it open."""
    to.mkdir(parents=True)
    for each in (path, path.with_name(f"{FILE}-wal")):
        if each.exists():
            shutil.copy(each, to / each.name)


# An empty database


async def begun(tmp_path: Path, planted: str) -> Counter[str]:
    place = tmp_path / "place"
    place.mkdir()
    typed = ("--config", str(config(place)), "init")
    recording = await record(place, planted, "laurel", *typed)
    (made,) = recording.told(b"Made ")

    def look(image: Path, number: int) -> Counter[str]:
        path = image / "data" / FILE
        found = Counter[str]()
        if not path.exists():
            found["told and lost"] = number > made
            create(path)
        again = refused(path)
        return +(found + again)

    return cut(recording, everywhere(recording, CUTS, b"Made "), 4, look)


async def test_a_new_database_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    """Whoever was told that it is made has it; else it can be made again."""
    assert Counter() == await begun(tmp_path, "")


async def test_a_name_that_is_not_synced_would_be_found(tmp_path: Path) -> None:
    """Planted: a file is renamed, and its folder is not synced."""
    assert "told and lost" in await begun(tmp_path, "unsynced")


def test_nothing_is_made_beside_what_another_wrote(tmp_path: Path) -> None:
    """A log without its file would end up in the new one, and damage it."""
    path = tmp_path / FILE
    log = path.with_name(f"{FILE}-wal")
    log.write_bytes(b"whatever it is")
    with pytest.raises(DatabaseFileError, match=f"{FILE}-wal is what an earlier"):
        create(path)
    assert not path.exists()
    log.unlink()
    create(path)


# A migration


async def migrated(
    tmp_path: Path, planted: str, version: int
) -> tuple[int, Counter[str]]:
    """Return how often the power went in an upgrade, and what was wrong then."""
    today, old, place = tmp_path / "today", tmp_path / FILE, tmp_path / "place"
    await town(today, HOSTILE_WORDS)
    lay(today, old, schema_of(version, tmp_path))
    with closing(connect(old, "rw")) as connection:  # open, and with a log beside it
        connection.execute("UPDATE instance SET epoch = epoch")
        lie(old, place)
    columns = columns_of(old)
    kept, behind = rows(old, columns), len(list(LAUREL.steps())) - version
    recording = await record(place, planted, "prepare", str(place / FILE))
    (done,) = recording.told(b"Prepared")

    def look(image: Path, number: int) -> Counter[str]:
        path, found = image / FILE, Counter[str]()
        left = inspect(path)
        found["half way"] = left not in {0, behind}
        found["told and lost"] = number > done and left > 0
        found["rows"] = rows(path, columns) != kept
        copies = list(image.glob(f"{FILE}.before-*"))
        found["no copy"] = not left and not copies
        if not left:
            found["copy"] = any(rows(each, columns) != kept for each in copies)
        again = refused(path)
        found["rows again"] = rows(path, columns) != kept
        return +(found + again)

    at = everywhere(recording, UPGRADE_CUTS, b"Prepared")
    return len(at), cut(recording, at, 5, look)


@pytest.mark.slow
@pytest.mark.parametrize("version", VERSIONS if FULL else VERSIONS[:1])
async def test_a_migration_is_done_or_not_begun(
    tmp_path: Path, version: int, tell: Tell
) -> None:
    """The old file or the new one, with every row; and a copy before it is new."""
    cuts, found = await migrated(tmp_path, "", version)
    assert cuts >= UPGRADE_CUTS
    what = f"neither old nor new after {UPGRADE_CUTS} power cuts in each upgrade"
    tell("P14", what, found.total(), most=0)
    assert Counter() == found


@pytest.mark.slow
async def test_a_migration_in_steps_would_be_found(tmp_path: Path) -> None:
    """Planted: each step is kept by itself, so that some may be missing."""
    _, found = await migrated(tmp_path, "stepwise", VERSIONS[0])
    assert "half way" in found


# Backups


async def _thank(home: Community, first: int, many: int) -> None:
    for number in range(first, first + many):
        to = (home.person("bo"),)
        said = await home.type(f"giver-{number}", "shoutout", to=to, why=WHY)
        assert not said.refused


async def _lived(tmp_path: Path) -> Path:
    """Make ``place`` with a file that is in use; return its backup, which has less."""
    place, copy = tmp_path / "place", tmp_path / "copy.sqlite3"
    async with community(tmp_path / FILE) as home:
        await _thank(home, 0, 3)
        back_up(tmp_path / FILE, copy)
        await _thank(home, 3, 4)
        card = await home.type("giver-0", "laurel privacy")
        form = await home.press("giver-0", card, "Erase my data")
        assert not (await home.fill_in("giver-0", form, word="ERASE")).refused
        lie(tmp_path / FILE, place / "data")
    return copy


async def backed_up(tmp_path: Path, planted: str) -> Counter[str]:
    await _lived(tmp_path)
    place = tmp_path / "place"
    path, folder = place / "data" / FILE, place / "backups"
    recording = await record(place, planted, "archive", str(path), str(folder))
    first, *_ = recording.told(b"Kept")

    def look(image: Path, number: int) -> Counter[str]:
        found = refused(image / "data" / FILE)
        copies = list((image / "backups").glob("laurel-*.sqlite3"))
        for each in copies:
            found += refused(each)
            found["not all"] += shoutouts(each) != shoutouts(image / "data" / FILE)
        found["none"] = number > first and not copies
        return +found

    return cut(recording, everywhere(recording, CUTS, b"Kept"), 6, look)


async def test_a_backup_is_whole_or_not_there(tmp_path: Path) -> None:
    """And there is always one, once there was one: the older goes when it is safe."""
    assert Counter() == await backed_up(tmp_path, "")


async def test_a_backup_that_may_vanish_would_be_found(tmp_path: Path) -> None:
    """Planted: the older is gone before the newer has its name on disk."""
    assert "none" in await backed_up(tmp_path, "unsynced")


async def restored(tmp_path: Path, planted: str) -> Counter[str]:
    """Put a backup back, and see what is there after a cut, and after another try."""
    copy, place = await _lived(tmp_path), tmp_path / "place"
    shutil.copy(copy, place / "copy.sqlite3")
    typed = ("--config", str(config(place)), "restore", str(place / "copy.sqlite3"))
    recording = await record(place, planted, "laurel", *typed)
    (told,) = recording.told(b"is now what")
    look = partial(_after_a_restore, told=told)
    return cut(recording, everywhere(recording, CUTS, b"is now what"), 7, look)


def _after_a_restore(image: Path, number: int, told: int) -> Counter[str]:
    path, copy = image / "data" / FILE, image / "copy.sqlite3"
    if not path.exists():
        return Counter({"gone": 1})
    found = refused(path)
    if found:
        return found
    found["half"] = shoutouts(path) not in {3, 7}
    if shoutouts(path) == 3:
        moved = list(path.parent.glob(f"{FILE}.before-restore-*[0-9]"))
        found["the old one"] = [7] != [shoutouts(each) for each in moved]
    if number > told:
        found["told and lost"] = shoutouts(path) != 3
        found["who was erased"] = len(Ledger(path).read()) != 1
    if number % 3 and not FULL:
        return +found
    put_back(path, copy, declared(words()), START)
    found["again"] = shoutouts(path) != 3
    return +(found + refused(path))


@pytest.mark.slow
async def test_a_restore_leaves_the_old_file_or_the_new_one(tmp_path: Path) -> None:
    """Never none, never half, and after a cut it can be done again."""
    assert Counter() == await restored(tmp_path, "")


@pytest.mark.slow
async def test_a_restore_that_may_vanish_would_be_found(tmp_path: Path) -> None:
    """Planted: it is told that it is done, and nobody synced what it is called."""
    assert await restored(tmp_path, "unsynced")


# Who was erased


async def erased(tmp_path: Path, planted: str) -> Counter[str]:
    place = tmp_path / "place"
    place.mkdir()
    recording = await record(place, planted, "erase", str(place / FILE))
    (told,) = recording.told(b"Erased")

    def look(image: Path, number: int) -> Counter[str]:
        kept = len(Ledger(image / FILE).read())
        return +Counter({"told and lost": number > told and kept != 1})

    return cut(recording, everywhere(recording, CUTS, b"Erased"), 8, look)


async def test_who_was_erased_is_not_forgotten(tmp_path: Path) -> None:
    """The list beside the file is there once somebody was told."""
    assert Counter() == await erased(tmp_path, "")


async def test_a_list_that_may_vanish_would_be_found(tmp_path: Path) -> None:
    """Planted: what is in it is on disk, and that it is there is not."""
    assert "told and lost" in await erased(tmp_path, "unsynced")
