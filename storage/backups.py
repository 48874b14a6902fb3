"""Copies of the database, made while it is written to, and verified before they count.

A copy is one snapshot: what is written meanwhile is not in it, and nobody waits for it.
It stands under its name once it is whole, checked and on disk, or not at all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage import names
from storage.database import transaction
from storage.file import connect, inspect, read_through
from storage.whole import making_of, whole

PAGES = 2_048
"""How many pages are copied between two tellings of the progress: 8 MB."""

NAMED = "laurel-%Y%m%d-%H%M%S.sqlite3"
"""What a copy that is made by itself is called, as for `datetime.strftime`, in UTC."""

Told = Callable[[int, int], None]
"""Is told how many pages are left, and of how many."""


class BackupError(Exception):
    """No copy was made. The text says which, why, and what to do next."""


TROUBLE = (OSError, sqlite3.Error)
"""What is raised where a file cannot be read or written."""


def why(error: BaseException) -> str:
    """Return what the system says is wrong."""
    return str((isinstance(error, OSError) and error.strerror) or error)


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that was verified.

    Attributes:
        rows: How many it holds, in all tables.
    """

    path: Path
    size_bytes: int
    rows: int


def back_up(path: Path, to: Path, told: Told | None = None) -> Copied:
    """Copy the database at ``path`` to ``to``, whether or not a process serves it.

    Raises:
        BackupError: If ``to`` is there already, cannot be written, or is not what was
            copied; nothing stands there then that was not there before.
        DatabaseFileError: If the database cannot be used.
    """
    inspect(path, read=False)  # what is copied is read through, and is the same
    try:
        names.make_folder(to.parent)
        return _made(path, to, told)
    except TROUBLE as error:
        inspect(path)  # or it is what was to be copied that is damaged
        raise BackupError(
            f"{to} cannot be written ({why(error)}), so there is no copy. Free some "
            "space or name another folder, and try again."
        ) from error


def _made(path: Path, to: Path, told: Told | None) -> Copied:
    try:
        with whole(to) as made:
            rows = _copy(path, making_of(to), told)
            size_bytes = os.fstat(made.fileno()).st_size
    except FileExistsError as error:
        raise BackupError(
            f"{to} exists already and was left as it is. Name another file."
        ) from error
    except BlockingIOError as error:
        raise BackupError(
            f"Another command is writing {to} just now. Wait until it is done, or name "
            "another file."
        ) from error
    return Copied(to, size_bytes, rows)


def kept(folder: Path) -> Sequence[Path]:
    """Return the copies in ``folder`` that were made by themselves, oldest first."""
    return sorted(each for each in folder.glob("laurel-*.sqlite3") if _made_at(each))


def newest_at(folder: Path) -> datetime | None:
    """Return when the newest of those was made; None where there is none."""
    found = kept(folder)
    return _made_at(found[-1]) if found else None


def prune(folder: Path, keep: int) -> None:
    """Delete those of them that are older than the newest ``keep``, at least 1."""
    for each in kept(folder)[:-keep]:
        each.unlink(missing_ok=True)


def _made_at(copy: Path) -> datetime | None:
    try:
        return datetime.strptime(copy.name, NAMED).replace(tzinfo=UTC)
    except ValueError:
        return None


def _copy(path: Path, to: Path, told: Told | None) -> int:
    """Copy one snapshot into an empty file; return how many rows it has."""
    with closing(connect(path, "ro")) as source, closing(sqlite3.connect(to)) as target:

        def tell(_status: int, left: int, of: int) -> None:
            if told is not None:
                told(left, of)

        with transaction(source, "BEGIN"):  # or each commit would begin it anew
            rows = _rows(source)
            source.backup(target, pages=PAGES, progress=tell)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, to be moved about
        found = read_through(target)
        if found != "ok" or _rows(target) != rows:
            raise sqlite3.DatabaseError(f"it differs from what was copied: {found}")
    return rows


def _rows(connection: sqlite3.Connection) -> int:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
    counted = 0
    for (table,) in tables.fetchall():
        query = f'SELECT count(*) FROM "{table}"'  # noqa: S608  the schema's own name
        (rows,) = connection.execute(query).fetchone()
        counted += rows
    return counted
