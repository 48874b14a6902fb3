"""The database as a file: made once, locked while in use, checked, brought up to date.

Nothing here runs while the bot serves; `storage.database` does.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

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


class DatabaseFileError(Exception):
    """The file cannot be used. The text says which, why, and what to do next."""


class AnotherInstanceError(DatabaseFileError):
    """Another process has the file open for writing."""


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


class InstanceLock:
    """Keeps a second process off the file; gone with the process, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self:
        """Lock the database at ``path``.

        Raises:
            AnotherInstanceError: If another process holds it.
            DatabaseFileError: If the folder cannot be written.
        """
        beside = path.with_name(path.name + ".lock")
        try:
            descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DatabaseFileError(
                f"{beside} cannot be written ({error.strerror}). Laurel keeps its "
                "lock beside the database: make the folder writable for its user."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise AnotherInstanceError(
                f"{path} is in use by another Laurel. One process at a time may "
                "write to it: stop the other one, or give this one a file of its own."
            ) from error
        return cls(descriptor)

    def release(self) -> None:
        """Let another process have the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def create(path: Path, schema: Schema = LAUREL) -> None:
    """Make an empty database at ``path``, whole or not at all.

    Raises:
        DatabaseFileError: If something is there already, or cannot be written.
    """
    if path.exists():
        raise DatabaseFileError(
            f"{path} exists already and was left as it is. To start anew, move it away."
        )
    making = path.with_name(path.name + ".making")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        making.unlink(missing_ok=True)
        making.touch(mode=0o600)
    except OSError as error:
        raise DatabaseFileError(
            f"{path} cannot be made ({error.strerror}). Check that its folder can be "
            "written."
        ) from error
    connection = connect(making, "rw")
    connection.execute(f"PRAGMA application_id = {schema.application_id}")
    _migrate(connection, schema)
    connection.execute("PRAGMA journal_mode = DELETE")  # leaves one file to rename
    connection.close()
    making.rename(path)


def prepare(path: Path, schema: Schema = LAUREL) -> None:
    """Check the file at ``path`` and bring it up to date, after a backup.

    The caller holds its `InstanceLock`.

    Raises:
        DatabaseFileError: If it is missing, empty, damaged, another program's, or of a
            newer Laurel. Nothing was changed.
    """
    version = _checked_version(path, schema)
    if version == schema.version:
        return
    connection = connect(path, "rw")
    try:
        _back_up(connection, path.with_name(f"{path.name}.before-{schema.version:04}"))
        _migrate(connection, schema)
    except sqlite3.Error as error:
        raise DatabaseFileError(
            f"{path} could not be brought from version {version} to "
            f"{schema.version} ({error}). It is as it was; a copy stands beside it."
        ) from error
    finally:
        connection.close()


def inspect(path: Path, schema: Schema = LAUREL) -> int:
    """Return how many migrations the file at ``path`` is behind.

    Raises:
        DatabaseFileError: As `prepare` does; nothing is changed in any case.
    """
    version = _checked_version(path, schema)
    return sum(number > version for number, _ in schema.steps())


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


def _checked_version(path: Path, schema: Schema) -> int:
    if not path.exists():
        raise DatabaseFileError(
            f"{path} does not exist. Laurel never starts with an empty memory by "
            "itself: make one with `laurel init`, or put a backup there."
        )
    if path.stat().st_size == 0:
        raise DatabaseFileError(
            f"{path} is empty, which no Laurel leaves behind. Put a backup in its "
            "place, or move it away and run `laurel init`."
        )
    try:
        connection = connect(path, "ro")
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        # The quick check overlooks damage that this one finds; a million rows take
        # about a second.
        found = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
        connection.close()
    except sqlite3.Error as error:
        raise DatabaseFileError(
            f"{path} cannot be read as a database ({error}). Put a backup in its "
            "place; the file was not touched."
        ) from error
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
    if found != "ok":
        raise DatabaseFileError(
            f"{path} is damaged ({found.splitlines()[-1]}). Put a backup in its place; "
            "the file was not touched."
        )
    return version


def _back_up(connection: sqlite3.Connection, copy: Path) -> None:
    copy.unlink(missing_ok=True)
    connection.execute("VACUUM INTO ?", (str(copy),))


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Apply what is missing, each migration with its number in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number, path in schema.steps():
        if number <= version:
            continue
        connection.execute("BEGIN IMMEDIATE")
        try:
            for statement in _statements(path.read_text("utf-8")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")
        except sqlite3.Error:
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
