"""A file without the bot: read in one snapshot, or changed by one unit of work."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from storage.database import Transaction, transaction
from storage.file import connect

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def look_into(path: Path) -> Iterator[Transaction]:
    """Read a file, whether or not a process serves it, in one snapshot.

    Raises:
        sqlite3.Error: If it cannot be read; `storage.file.inspect` says why in words.
    """
    connection = connect(path, "ro")
    try:
        with transaction(connection, "BEGIN"):
            yield Transaction(connection)
    finally:
        connection.close()


def ask(path: Path, query: Callable[[Transaction], T]) -> T | None:
    """Return what a file says, or None where it is not there or cannot be read."""
    if not path.exists():
        return None
    try:
        with look_into(path) as tx:
            return query(tx)
    except sqlite3.Error:
        return None


def empty_log(path: Path) -> None:
    """Have a file that was not closed hold all that its log holds, if it can."""
    if path.with_name(f"{path.name}-wal").exists():
        with suppress(sqlite3.Error), closing(connect(path, "rw")) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def work_on(
    connection: sqlite3.Connection,
    work: Callable[Concatenate[Transaction, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Run one unit on a file that no process serves, and return its result."""
    with transaction(connection, "BEGIN IMMEDIATE"):
        return work(Transaction(connection), *args, **kwargs)
