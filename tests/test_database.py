"""The database: whole units or nothing, on disk before anybody hears of it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from storage import database as database_module
from storage.database import (
    MAX_BATCH,
    MAX_WAITING,
    Database,
    DatabaseBusyError,
    DatabaseClosedError,
    Transaction,
)
from storage.file import LAUREL, Schema, create, prepare
from storage.lock import AnotherInstanceError, DatabaseFileError, InstanceLock

CLERKS = Schema(7, Path())
FIRST = "CREATE TABLE notes (words TEXT NOT NULL CHECK (words <> 'no')) STRICT;\n"


def schema(folder: Path, *migrations: str) -> Schema:
    """Return a schema of these migrations, written into ``folder``."""
    folder.mkdir(exist_ok=True)
    for number, script in enumerate(migrations, 1):
        (folder / f"{number:04}_step.sql").write_text(script, "utf-8")
    return Schema(CLERKS.application_id, folder)


@asynccontextmanager
async def notebook(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with one table of words, none of which is "no"."""
    path = tmp_path / "notes.sqlite3"
    if not path.exists():
        create(path, schema(tmp_path / "migrations", FIRST))
    database = await Database.open(path, InstanceLock.take(path))
    try:
        yield database
    finally:
        await database.close()


@pytest.fixture
async def notes(tmp_path: Path) -> AsyncIterator[Database]:
    async with notebook(tmp_path) as database:
        yield database


def note(tx: Transaction, words: str) -> str:
    tx.run("INSERT INTO notes (words) VALUES (:words)", words=words)
    return words


def noted(tx: Transaction) -> list[str]:
    return [row["words"] for row in tx.all("SELECT words FROM notes ORDER BY rowid")]


async def test_a_unit_that_fails_undoes_only_itself(notes: Database) -> None:
    """Its neighbours in the same commit stand, and each hears its own outcome."""

    def half(tx: Transaction, words: str) -> None:
        note(tx, words)
        raise LookupError(words)

    outcomes = await asyncio.gather(
        notes.write(note, "one"),
        notes.write(half, "never"),
        notes.write(note, "no"),
        notes.write(note, "two"),
        return_exceptions=True,
    )

    kinds = [type(each) for each in outcomes]
    assert [str, LookupError, sqlite3.IntegrityError, str] == kinds
    assert ["one", "two"] == await notes.read(noted)


async def test_units_that_wait_together_share_a_commit(notes: Database) -> None:
    """A thousand units need a handful of commits; each is answered after its own."""
    commits: list[int] = []
    told = list(range(1_000))
    notes.listen("noted", lambda: commits.append(1))

    def wake(tx: Transaction, number: int) -> None:
        note(tx, str(number))
        tx.wake("noted")

    await asyncio.gather(*(notes.write(wake, number) for number in told))

    assert list(map(str, told)) == await notes.read(noted), "in the order asked"
    assert len(commits) <= 2 + 1_000 // MAX_BATCH


async def test_an_answer_means_on_disk(notes: Database, tmp_path: Path) -> None:
    """Another program sees it as soon as the writer says so."""
    await notes.write(note, "seen")
    other = sqlite3.connect(tmp_path / "notes.sqlite3")
    assert [("seen",)] == other.execute("SELECT words FROM notes").fetchall()
    assert (2,) == other.execute("PRAGMA synchronous").fetchone()
    other.close()


async def test_too_many_units_are_told_so(
    notes: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is bounded: beyond the queue's end, the answer is "busy" at once."""
    monkeypatch.setattr(database_module, "MAX_WAITING", 20)
    outcomes = await asyncio.gather(
        *(notes.write(note, str(n)) for n in range(50)), return_exceptions=True
    )

    refused = [each for each in outcomes if isinstance(each, DatabaseBusyError)]
    assert 30 == len(refused)
    assert 20 == len(await notes.read(noted)), "what was refused was not written"
    assert MAX_WAITING > 20
    await notes.write(note, "later")


async def test_closing_finishes_what_waits(tmp_path: Path) -> None:
    """Everything asked for before is on disk; everything after is refused."""
    async with notebook(tmp_path) as database:
        writes = [
            asyncio.ensure_future(database.write(note, str(n)))  # noqa: TID251  gathered
            for n in range(600)
        ]
        await asyncio.sleep(0)
        await database.close()
        with pytest.raises(DatabaseClosedError):
            await database.write(note, "late")
        await asyncio.gather(*writes)

    async with notebook(tmp_path) as again:
        assert 600 == len(await again.read(noted))


async def test_whoever_stops_waiting_stops_nothing(notes: Database) -> None:
    """A cancelled caller leaves a whole unit and a writer that goes on."""
    started, go = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        note(tx, "first half")
        started.set()
        go.wait(5)
        note(tx, "second half")

    caller = asyncio.ensure_future(notes.write(slow))  # noqa: TID251  cancelled below
    await asyncio.to_thread(started.wait, 5)
    caller.cancel()
    with pytest.raises(asyncio.CancelledError):
        await caller
    go.set()
    await notes.write(note, "next")

    assert ["first half", "second half", "next"] == await notes.read(noted)


async def test_the_reader_cannot_write(notes: Database) -> None:
    """Not by mistake, and not on purpose."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await notes.read(note, "sneaked in")
    assert [] == await notes.read(noted)


async def test_a_read_sees_one_moment(notes: Database) -> None:
    """What is committed meanwhile does not show half-way through."""
    await notes.write(note, "before")
    looked, written = threading.Event(), threading.Event()

    def twice(tx: Transaction) -> tuple[list[str], list[str]]:
        first = noted(tx)
        looked.set()
        written.wait(5)
        return first, noted(tx)

    reading = asyncio.ensure_future(notes.read(twice))  # noqa: TID251  awaited below
    await asyncio.to_thread(looked.wait, 5)
    await notes.write(note, "meanwhile")
    written.set()

    assert (["before"], ["before"]) == await reading


async def test_a_unit_that_breaks_the_transaction_does_not_end_the_writer(
    notes: Database,
) -> None:
    """Whatever a unit did to the connection, the next one works."""

    def give_up(tx: Transaction) -> None:
        note(tx, "lost")
        tx.run("ROLLBACK")

    outcomes = await asyncio.gather(
        notes.write(note, "beside it"), notes.write(give_up), return_exceptions=True
    )
    await notes.write(note, "after")

    assert all(isinstance(each, sqlite3.OperationalError) for each in outcomes)
    assert ["after"] == await notes.read(noted)


def test_a_second_instance_is_refused(tmp_path: Path) -> None:
    """Two writers never share a file; once the first is gone, it opens at once."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    first = InstanceLock.take(path)
    with pytest.raises(AnotherInstanceError, match="in use by another Laurel"):
        InstanceLock.take(path)
    first.release()
    InstanceLock.take(path).release()


def test_a_second_process_ends_with_code_5(tmp_path: Path) -> None:
    """Whatever restarts it can tell this from a crash."""
    folder = tmp_path / "playground"
    folder.mkdir()
    lock = InstanceLock.take(folder / "demo")
    (tmp_path / "config.toml").write_text(
        f'[playground]\nport = 0\nfolder = "{folder}"\n', "utf-8"
    )
    command = (sys.executable, "-m", "bot", "--config", "config.toml", "demo")
    done = subprocess.run(  # noqa: S603  our own program
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    lock.release()

    assert 5 == done.returncode, done.stderr
    assert "in use by another Laurel" in done.stderr


def _garble(path: Path) -> None:
    path.write_bytes(b"<!doctype html><title>Not found</title>" * 200)


def _newer(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def _foreign(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 1")
    connection.close()


def _damage(path: Path) -> None:
    """Overwrite a page in the middle, where the schema's own tables live on."""
    body = bytearray(path.read_bytes())
    body[8_192:12_288] = b"\xff" * 4_096
    path.write_bytes(body)


@pytest.mark.parametrize(
    ("spoil", "cause"),
    [
        (Path.unlink, "does not exist"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (_garble, "cannot be read as a database"),
        (_foreign, "belongs to another program"),
        (_newer, "written by a newer Laurel"),
        (_damage, "damaged"),
        (
            lambda path: path.write_bytes(path.read_bytes()[:9_000]),
            "cannot be read as a database",
        ),
    ],
    ids=["missing", "empty", "html", "foreign", "newer", "page lost", "cut short"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, spoil: Callable[[Path], object], cause: str
) -> None:
    """Which file, why, and what next; and nothing of it is changed."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    spoil(path)
    before = path.read_bytes() if path.exists() else None

    with pytest.raises(DatabaseFileError) as refused:
        prepare(path)

    words = str(refused.value)
    assert str(path) in words
    assert cause in words
    assert before == (path.read_bytes() if path.exists() else None)


def test_nothing_is_made_over_what_is_there(tmp_path: Path) -> None:
    """`laurel init` twice leaves the first one as it was."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseFileError, match="exists already"):
        create(path)
    assert before == path.read_bytes()


def test_a_migration_runs_after_a_backup(tmp_path: Path) -> None:
    """The new version has what the old one had, and a copy of that stands beside it."""
    path, steps = tmp_path / "notes.sqlite3", tmp_path / "migrations"
    create(path, schema(steps, FIRST))
    _execute(path, "INSERT INTO notes VALUES ('kept')")

    prepare(path, schema(steps, FIRST, "ALTER TABLE notes ADD COLUMN mood TEXT;\n"))

    assert [("kept", None)] == _rows(path, "SELECT words, mood FROM notes")
    assert [(2,)] == _rows(path, "PRAGMA user_version")
    copy = path.with_name("notes.sqlite3.before-0002")
    assert [("kept",)] == _rows(copy, "SELECT * FROM notes")
    assert [(1,)] == _rows(copy, "PRAGMA user_version")


def test_a_migration_that_fails_leaves_the_old_file_usable(tmp_path: Path) -> None:
    """Not half of it remains, and the older program goes on with the same file."""
    path, steps = tmp_path / "notes.sqlite3", tmp_path / "migrations"
    old = schema(steps, FIRST)
    create(path, old)
    _execute(path, "INSERT INTO notes VALUES ('kept')")
    broken = "CREATE TABLE half (done TEXT) STRICT;\nINSERT INTO nowhere VALUES (1);\n"

    with pytest.raises(DatabaseFileError, match="It is as it was"):
        prepare(path, schema(steps, FIRST, broken))

    assert [(1,)] == _rows(path, "PRAGMA user_version")
    assert [("kept",)] == _rows(path, "SELECT * FROM notes")
    assert [] == _rows(path, "SELECT 1 FROM sqlite_schema WHERE name = 'half'")
    (steps / "0002_step.sql").unlink()
    prepare(path, old)


APPEND_ONLY = {
    "shoutouts": "INSERT INTO shoutouts VALUES (1, 1, 'o', 1, NULL, 1, 1, 'd', NULL)",
    "shoutout_receivers": "INSERT INTO shoutout_receivers VALUES (1, 1, 1, 1, 1, 1, 0)",
    "retractions": "INSERT INTO retractions VALUES (1, 1, 'op', 1, 'undo', NULL, 1)",
    "activity": "INSERT INTO activity VALUES (1, 1, 1, 'k', 1, 1, 1, 's', 'r')",
    "audit": "INSERT INTO audit VALUES (1, 1, 1, 1, 'a', 'r', '{}', NULL, x'', x'')",
    "decisions": "INSERT INTO decisions VALUES (1, 1, 1, 'won', NULL, NULL, 1)",
    "review_recusals": "INSERT INTO review_recusals VALUES (1, 1, 1, 1)",
    "appeals": "INSERT INTO appeals VALUES (1, 1, 1, 1, 1, 1)",
    "appeal_answers": "INSERT INTO appeal_answers VALUES (1, 1, 'stands', 1, 1, 1)",
    "verdicts": "INSERT INTO verdicts VALUES (1, 1, 1, 'counted', 0, 1, NULL, 0, 1)",
    "challenge_results": (
        "INSERT INTO challenge_results VALUES (1, 1, 1, 1, 1, 1, NULL, zeroblob(32))"
    ),
    "challenge_places": (
        "INSERT INTO challenge_places VALUES (1, 1, 1, NULL, 1, 1, 1, 1, 0, 1)"
    ),
    "challenge_disputes": "INSERT INTO challenge_disputes VALUES (1, 1, 1, 1, 1, 1, 1)",
    "challenge_dispute_answers": (
        "INSERT INTO challenge_dispute_answers VALUES (1, 1, 'stands', 1, 1, 0, 1)"
    ),
    "erasures": "INSERT INTO erasures VALUES (1, 1, 'd', 1)",
}

PARTLY = {
    "award_standards",
    "candidacies",
    "nominations",
    "committees",
    "votes",
    "challenges",
    "challenge_terms",
    "checkins",
    "seasons",
    "points",
    "point_reversals",
    "credits",
}
"""What is never changed in part, or from some day on; tests of their own show how."""


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("change", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_facts_are_never_changed(tmp_path: Path, table: str, change: str) -> None:
    """The file itself refuses, whatever the program tries."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    _execute(path, APPEND_ONLY[table])
    (column,) = _rows(path, f"SELECT name FROM pragma_table_info('{table}') LIMIT 1")  # noqa: S608  our own list

    with pytest.raises(sqlite3.IntegrityError, match="never"):
        _execute(path, change.format(table, *column, *column))
    assert 1 == len(_rows(path, f"SELECT 1 FROM {table}"))  # noqa: S608  our own list


def test_every_table_that_only_grows_is_guarded(tmp_path: Path) -> None:
    """A trigger against change comes with one against deletion, for each of these."""
    path = tmp_path / "laurel.sqlite3"
    create(path)
    guarded = _rows(
        path,
        "SELECT tbl_name FROM sqlite_schema "
        "WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%'",
    )
    names = [str(name) for (name,) in guarded]
    assert {*APPEND_ONLY, *PARTLY} == set(names)
    assert all(names.count(each) > 1 for each in APPEND_ONLY)
    assert LAUREL.version == max(number for number, _ in LAUREL.steps())


def _rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _execute(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute(sql)
    finally:
        connection.close()
