"""T20: whatever befalls the file, Laurel never starts with less than it had."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Settings
from bot.domain.refs import CommunityRef, PlatformName
from storage import audit, communities
from storage.audit import Entry
from storage.database import Transaction
from storage.file import connect, create, prepare
from storage.lock import DatabaseFileError
from tests.battery.size import chance, size
from tests.battery.told import Tell
from tests.harness import START

TRIES = size(60, 2_000)
ROWS = 400
PAGE = 4_096

Hurt = Callable[[Random, bytearray], None]


def made(path: Path) -> None:
    """Make a file with a community and a chain of decisions."""
    create(path)
    with closing(connect(path, "rw")) as connection:
        tx = Transaction(connection)
        ref = CommunityRef(PlatformName("harness"), "home")
        here = communities.add(tx, ref, Settings("en", ZoneInfo("UTC")), START)
        tx.run("BEGIN")
        for number in range(ROWS):
            entry = Entry(None, "awards.edit", f"awards:{number}", {"number": number})
            audit.add(tx, here, entry, START)
        tx.run("COMMIT")
        tx.all("PRAGMA wal_checkpoint(TRUNCATE)")


def header(rng: Random, body: bytearray) -> None:
    """Something else where the file says what it is."""
    body[rng.randrange(16)] ^= 1 << rng.randrange(8)


def page(rng: Random, body: bytearray) -> None:
    """A page that the disk gives back empty."""
    at = rng.randrange(len(body) // PAGE) * PAGE
    body[at : at + PAGE] = bytes(PAGE)


def noise(rng: Random, body: bytearray) -> None:
    """A sector full of anything."""
    at = rng.randrange(len(body) // 512) * 512
    body[at : at + 512] = rng.randbytes(512)


def end(rng: Random, body: bytearray) -> None:
    """The end is gone."""
    del body[rng.randrange(len(body)) :]


def elsewhere(rng: Random, body: bytearray) -> None:
    """A page that was written in another's place."""
    pages = len(body) // PAGE
    to, come = rng.randrange(pages) * PAGE, rng.randrange(pages) * PAGE
    body[to : to + PAGE] = body[come : come + PAGE]


HURTS: tuple[Hurt, ...] = (header, page, noise, end, elsewhere)


def is_noticed(path: Path) -> bool:
    """Return whether the file is refused in words, or else finds the changed row."""
    try:
        prepare(path)
    except DatabaseFileError as refused:
        words = str(refused)
        assert str(path) in words
        assert words.endswith(".")
        return True
    with closing(connect(path, "ro")) as connection:
        tx = Transaction(connection)
        (here,) = communities.every(tx)
        head = audit.head(tx, here)
        return head.row != ROWS or audit.first_broken(tx, here) is not None


def is_as_it_was(path: Path, before: bytes) -> bool:
    """Return whether what was hurt held nothing."""
    with closing(connect(path, "ro")) as hurt:
        found = list(hurt.iterdump())
    path.write_bytes(before)
    with closing(connect(path, "ro")) as whole:
        return found == list(whole.iterdump())


@pytest.mark.parametrize("hurt", HURTS, ids=lambda each: each.__name__)
def test_damage_is_noticed_or_did_none(tmp_path: Path, hurt: Hurt, tell: Tell) -> None:
    """Refused in words; or the audit finds the row; or nothing was there to lose."""
    unnoticed = []
    path, rng = tmp_path / "laurel.sqlite3", chance(20)
    made(path)
    before = path.read_bytes()
    for number in range(TRIES // len(HURTS)):
        body = bytearray(before)
        hurt(rng, body)
        path.write_bytes(body)
        if not (is_noticed(path) or is_as_it_was(path, before)):
            unnoticed.append(number)
        for beside in path.parent.glob(f"{path.name}-*"):
            beside.unlink()
    what = f"started with less, of {TRIES // len(HURTS)} times {hurt.__name__}"
    tell("P13", what, len(unnoticed), most=0)


def test_damage_is_told_in_whatever_bytes_it_is(tmp_path: Path) -> None:
    """What is wrong with a file is told with its own words, which may be none."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    sql = b"CREATE TABLE odd (a\xb5 NOT NULL)"
    with closing(connect(path, "rw")) as connection:
        connection.execute("CREATE TABLE odd (a)")
        connection.execute("INSERT INTO odd VALUES (NULL)")
        connection.execute("PRAGMA writable_schema = ON")
        change = "UPDATE sqlite_schema SET sql = CAST(? AS TEXT) WHERE name = 'odd'"
        connection.execute(change, [sql])
    with pytest.raises(DatabaseFileError, match="is damaged") as refused:
        prepare(path)
    assert "odd.a\\xb5" in str(refused.value)
    assert str(refused.value).isprintable()


def test_a_lost_file_is_never_replaced_by_an_empty_one(tmp_path: Path) -> None:
    """Planted for those above: what is not checked would begin anew."""
    path = tmp_path / "laurel.sqlite3"
    with pytest.raises(DatabaseFileError, match="never starts with an empty memory"):
        prepare(path)
    assert not path.exists()
