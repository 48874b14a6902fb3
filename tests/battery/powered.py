"""What is done while it is written down what the disk is asked, until the power goes.

The real process of the bot, the real commands and the real storage, and defects that
are planted into them: each has to be found.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import storage.database
import storage.file
import storage.names
from bot.__main__ import main
from storage import backups
from storage.database import Database, Transaction, Unit, Value, transaction
from storage.erasures import Ledger, Noted
from storage.file import Schema, prepare
from tests.battery.served import serve
from tests.battery.tape import wait_until_watched
from tests.harness import START

HOUR = timedelta(hours=1)
LATE_S = 0.01
CHECKPOINT_PAGES = 60
"""So that there are some within a short time."""


def sparing() -> None:
    """Plant a database that does not wait for the disk."""
    _pragma("PRAGMA synchronous = FULL", "PRAGMA synchronous = NORMAL")


def hasty() -> None:
    """Plant a database that answers first and commits then."""

    async def outcomes(
        self: Database, units: Sequence[Unit]
    ) -> tuple[list[Any], set[str]]:
        loop = asyncio.get_running_loop()
        done: asyncio.Future[tuple[list[Any], set[str]]] = loop.create_future()

        def work(connection: Any) -> None:
            outcome = _run(units, connection)
            loop.call_soon_threadsafe(done.set_result, outcome)
            time.sleep(LATE_S)
            connection.execute("COMMIT")

        committing = asyncio.ensure_future(self._writer.call(work))  # noqa: TID251
        committing.add_done_callback(asyncio.Future.result)
        return await done

    Database._outcomes = outcomes  # type: ignore[method-assign]


def _run(units: Sequence[Unit], connection: Any) -> tuple[list[Any], set[str]]:
    connection.execute("BEGIN IMMEDIATE")
    tx = Transaction(connection)
    outcomes: list[Any] = []
    for unit in units:
        connection.execute("SAVEPOINT unit")
        try:
            outcomes.append(unit(tx))
        except Exception as error:  # noqa: BLE001  as the writer does
            connection.execute("ROLLBACK TO unit")
            outcomes.append(error)
        connection.execute("RELEASE unit")
    return outcomes, tx.woken


def halved() -> None:
    """Plant a database that commits in the middle of a unit."""

    def commit(units: Sequence[Unit], connection: Any) -> tuple[list[Any], set[str]]:
        tx = _Halving(connection)
        with transaction(connection, "BEGIN IMMEDIATE"):
            return [unit(tx) for unit in units], tx.woken

    vars(storage.database)["_commit"] = commit


class _Halving(Transaction):
    def add(self, sql: str, **values: Value) -> int:
        number = super().add(sql, **values)
        if "INTO shoutouts" in sql:
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN IMMEDIATE")
        return number


def unsynced() -> None:
    """Plant a Laurel that does not see to it that names are on disk."""
    vars(storage.names)["sync_folder"] = lambda _folder: None


def stepwise() -> None:
    """Plant migrations that are each kept as soon as it is done."""
    usual = vars(storage.file)["_migrate"]

    def migrate(connection: Any, schema: Schema) -> None:
        every = list(schema.steps())
        with TemporaryDirectory() as folder:
            for _, path in every:
                shutil.copy(path, folder)
                usual(connection, Schema(schema.application_id, Path(folder)))

    vars(storage.file)["_migrate"] = migrate


def _pragma(usual: str, other: str) -> None:
    pragmas = vars(storage.file)["_WRITER_PRAGMAS"]
    changed = tuple(other if each == usual else each for each in pragmas)
    vars(storage.file)["_WRITER_PRAGMAS"] = changed


def _serve(folder: str) -> None:
    often = f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}"
    vars(storage.file)["_WRITER_PRAGMAS"] += (often,)
    asyncio.run(serve(Path(folder)))


def _say(word: str) -> None:
    """Tell that something is done: from here on it has to stay so."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _prepare(path: str) -> None:
    prepare(Path(path))
    _say("Prepared")


def _archive(path: str, folder: str) -> None:
    for number in range(3):
        to = Path(folder) / (START + number * HOUR).strftime(backups.NAMED)
        backups.back_up(Path(path), to)
        backups.prune(Path(folder), keep=1)
        _say("Kept")


def _erase(path: str) -> None:
    Ledger(Path(path)).add([Noted("ab" * 32, START)])
    _say("Erased")


def _laurel(*words: str) -> None:
    raise SystemExit(main(words))


DEEDS: Mapping[str, Callable[..., None]] = MappingProxyType(
    {
        "serve": _serve,
        "prepare": _prepare,
        "archive": _archive,
        "erase": _erase,
        "laurel": _laurel,
    }
)
PLANTS: Mapping[str, Callable[[], None]] = MappingProxyType(
    {each.__name__: each for each in (sparing, hasty, halved, unsynced, stepwise)}
)


if __name__ == "__main__":
    watched, planted, deed, *words = sys.argv[1:]
    if planted:
        PLANTS[planted]()
    wait_until_watched(Path(watched))
    DEEDS[deed](*words)
