"""The database as a file: made once, locked while in use, checked, brought up to date.

Nothing here runs while the bot serves; `storage.database` does.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage import left, names, write_ahead
from storage.lock import DatabaseFileError, InstanceLock

_READ_ONLY_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA busy_timeout = 5000",  # milliseconds
    "PRAGMA trusted_schema = OFF",
)
_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # an answer means: on disk, through a power cut
    # Savepoints keep each page they may have to restore: in memory, or every unit
    # pays for a temporary file that nobody reads.
    "PRAGMA temp_store = MEMORY",
    "PRAGMA secure_delete = ON",  # what is erased is overwritten, not only unlinked
    *_READ_ONLY_PRAGMAS,
)


@dataclass(frozen=True, slots=True)
class Schema:
    """What a database file of one kind looks like.

    Attributes:
        application_id: Written in the file's header, so that another program's file
            is never taken for ours.

        migrations: Folder of ``NNNN_name.sql``, applied in order and never changed
            once released.
    """

    application_id: int
    migrations: Path

    def steps(self) -> Iterator[tuple[int, Path]]:
        """Yield each migration with its number, lowest first."""
        for path in sorted(self.migrations.glob("[0-9]*.sql")):
            yield int(path.name.partition("_")[0]), path

    @property
    def version(self) -> int:
        """The number of the last migration."""
        return max(number for number, _ in self.steps())


LAUREL = Schema(0x4C41_5552, Path(__file__).parent / "migrations")  # "LAUR"


def create(path: Path, schema: Schema = LAUREL) -> None:
    """Make an empty database at ``path``, whole or not at all.

    Raises:
        AnotherInstanceError: If a process serves what is there.
        DatabaseFileError: If something is there already, or cannot be written.
    """
    try:
        names.make_folder(path.parent)
        lock = InstanceLock.take(path)
        try:
            _see_that_nothing_is_there(path)
            _make(path, schema)
        finally:
            lock.release()
    except OSError as error:
        raise DatabaseFileError(
            f"{path} cannot be made ({error.strerror}). Check that its folder can be "
            "written."
        ) from error


def _see_that_nothing_is_there(path: Path) -> None:
    if path.exists():
        raise DatabaseFileError(
            f"{path} exists already and was left as it is. To start anew, move it away."
        )
    for each in logs_of(path):
        if each.exists():
            raise DatabaseFileError(
                f"{each} is what an earlier database wrote last, and would end up in a "
                "new one. Put that database back beside it, or move it away as well."
            )


def logs_of(path: Path) -> Iterator[Path]:
    """Yield where SQLite keeps what is not yet in the file at ``path``, or was."""
    for tail in ("-wal", "-journal"):
        yield path.with_name(path.name + tail)


def _make(path: Path, schema: Schema) -> None:
    making = path.with_name(path.name + ".making")
    making.unlink(missing_ok=True)
    making.touch(mode=0o600)
    with closing(connect(making, "rw")) as connection:
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        _migrate(connection, schema)
        connection.execute("PRAGMA journal_mode = DELETE")  # leaves one file to rename
    names.rename(making, path)


def prepare(
    path: Path,
    schema: Schema = LAUREL,
    *,
    as_left: bool = False,
    told: Callable[[], None] | None = None,
) -> bool:
    """Check the file at ``path`` and bring it up to date, after a backup.

    The caller holds its `InstanceLock`; ``told`` is called before every row is read.

    Returns whether every row was read, and found in every index: with ``as_left``, it
    will do that the file is just as `storage.left` marked it, and so is its log.

    Raises:
        DatabaseFileError: If it is missing, empty, damaged, another program's, or of a
            newer Laurel. Nothing was changed.
    """
    committed = write_ahead.committed(path)  # before SQLite sums it up anew
    version = _version(path, schema)
    is_left = as_left and left.take(path) and write_ahead.holds(path, committed)
    if not is_left:
        if told is not None:
            told()
        _read_all(path)
    if version < schema.version:
        _bring_up(path, version, schema)
    return not is_left


def _bring_up(path: Path, version: int, schema: Schema) -> None:
    connection = connect(path, "rw")
    try:
        _back_up(connection, path.with_name(f"{path.name}.before-{schema.version:04}"))
        _migrate(connection, schema)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseFileError(
            f"{path} could not be brought from version {version} to "
            f"{schema.version} ({error}). It is as it was; a copy stands beside it."
        ) from error
    finally:
        connection.close()


def inspect(path: Path, schema: Schema = LAUREL, *, read: bool = True) -> int:
    """Return how many migrations the file at ``path`` is behind.

    Raises:
        DatabaseFileError: As `prepare` does; nothing is changed in any case. Unless it
            is ``read``, most of what may be damaged is not noticed.
    """
    version = _version(path, schema)
    if read:
        _read_all(path)
    return sum(number > version for number, _ in schema.steps())


def damaged(path: Path, found: str) -> DatabaseFileError:
    """Return what to say where ``found`` is wrong with a file."""
    return DatabaseFileError(
        f"{path} is damaged ({found.splitlines()[-1]}). Put a backup in its place with "
        "`laurel restore`; the file was not touched."
    )


def read_through(connection: sqlite3.Connection) -> str:
    """Read all there is, and return what is wrong with it; ``ok`` where nothing is.

    Raises:
        sqlite3.Error: If it cannot be read.
    """
    # The quick check overlooks damage that this one finds; a million shoutouts, of a
    # gigabyte, take nine seconds. What it names may be no text any more.
    usual = connection.text_factory
    connection.text_factory = lambda held: held.decode("utf-8", "backslashreplace")
    try:
        return str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except UnicodeError as error:  # as where the schema itself is no text
        raise sqlite3.DatabaseError("its text is no text any more") from error
    finally:
        connection.text_factory = usual


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """Return a connection to an existing file; ``mode`` is ``rw`` or ``ro``."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, cached_statements=512
    )
    connection.row_factory = sqlite3.Row
    for pragma in _WRITER_PRAGMAS if mode == "rw" else _READ_ONLY_PRAGMAS:
        connection.execute(pragma)
    return connection


def _version(path: Path, schema: Schema) -> int:
    """Return how far the file is, of which nothing but its first page is looked at."""
    if not path.exists():
        raise DatabaseFileError(
            f"{path} does not exist. Laurel never starts with an empty memory by "
            "itself: make one with `laurel init`, or put a backup there."
        )
    if path.is_dir():
        raise DatabaseFileError(
            f"{path} is a folder, and a database is a file. Check the path in the "
            "configuration, or name the file that is in the folder."
        )
    if path.stat().st_size == 0:
        raise DatabaseFileError(
            f"{path} is empty, which no Laurel leaves behind. Put a backup in its "
            "place, or move it away and run `laurel init`."
        )
    try:
        with closing(connect(path, "ro")) as connection:
            application_id = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error
    if application_id != schema.application_id:
        raise DatabaseFileError(
            f"{path} belongs to another program and was not touched. Check the path "
            "in the configuration."
        )
    if version > schema.version:
        raise DatabaseFileError(
            f"{path} was written by a newer Laurel (version {version}, this one knows "
            f"{schema.version}). Run the newer Laurel, or put an older backup there."
        )
    return version


def _read_all(path: Path) -> None:
    try:
        with closing(connect(path, "ro")) as connection:
            found = read_through(connection)
    except sqlite3.Error as error:
        raise _unreadable(path, error) from error
    if found != "ok":
        raise damaged(path, found)


def _unreadable(path: Path, error: sqlite3.Error) -> DatabaseFileError:
    return DatabaseFileError(
        f"{path} cannot be read as a database ({error}). Put a backup in its place; "
        "the file was not touched."
    )


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))
    names.sync_file(copy)


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Apply what is missing, all of it in one transaction: the old file, or the new."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    missing = [path for number, path in schema.steps() if number > version]
    connection.execute("BEGIN IMMEDIATE")
    try:
        for path in missing:
            for statement in _statements(path.read_text("utf-8")):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {schema.version}")
        connection.execute("COMMIT")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterator[str]:
    """Split at the semicolons that end statements, not at those inside triggers."""
    waiting = ""
    for line in script.splitlines(keepends=True):
        waiting += line
        if sqlite3.complete_statement(waiting):
            yield waiting
            waiting = ""
