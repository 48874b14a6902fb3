"""One SQLite file, one writer, one commit for many units of work.

A unit of work is an ordinary synchronous function whose first parameter is a
`Transaction`. It runs whole on the database's thread, so it never interleaves with
another unit, cannot be cancelled half-way, and is tested without an event loop.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

import aiosqlite

from storage import left, unwritable, write_ahead
from storage.file import connect
from storage.lock import InstanceLock

P = ParamSpec("P")
T = TypeVar("T")
Value = str | int | float | bytes | None
Unit = Callable[["Transaction"], Any]

_Waiting = tuple[Unit, asyncio.Future[Any]]
_Outcomes = tuple[list[Any], set[str]]

MAX_BATCH = 256
"""Most units that share one commit; bounds how long the first of them waits."""

MAX_WAITING = 10_000
"""Most units that wait; beyond, members are asked to try again."""


class Transaction:
    """What one unit of work may ask of the database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.woken: set[str] = set()

    def run(self, sql: str, **values: Value) -> int:
        """Execute ``sql`` and return how many rows it changed."""
        return self._connection.execute(sql, values).rowcount

    def add(self, sql: str, **values: Value) -> int:
        """Execute an INSERT and return the id of the new row."""
        return self._connection.execute(sql, values).lastrowid or 0

    def one(self, sql: str, **values: Value) -> sqlite3.Row | None:
        """Return the first row, or None where there is none."""
        row: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return row

    def all(self, sql: str, **values: Value) -> list[sqlite3.Row]:
        """Return every row, in the order the query gives."""
        return self._connection.execute(sql, values).fetchall()

    def each(self, sql: str, **values: Value) -> Iterator[sqlite3.Row]:
        """Yield every row, one by one: of more than should be in memory at once."""
        yield from self._connection.execute(sql, values)

    def wake(self, topic: str) -> None:
        """Have the listeners of ``topic`` told, once this is on disk."""
        self.woken.add(topic)


class DatabaseBusyError(Exception):
    """More units wait than the bot can promise to keep. Nothing was written."""


class DatabaseClosedError(Exception):
    """The bot is stopping. Nothing was written."""


TROUBLE = (DatabaseBusyError, sqlite3.OperationalError)
"""What is raised where the very same unit may well be written later: too many wait, the
disk is full, another process has the file."""


class Database:
    """The bot's memory: one writer, and a reader that cannot write."""

    is_whole: bool | None = True  # None: nobody has read all of it yet

    def __init__(
        self, path: Path, writer: _Connection, reader: _Connection, lock: InstanceLock
    ) -> None:
        self._path = path
        self._writer = writer
        self._reader = reader
        self._lock = lock
        self._keeper = left.Keeper(path)
        self._listeners: dict[str, list[Callable[[], None]]] = {}
        self._waiting: asyncio.Queue[_Waiting | None] = asyncio.Queue(MAX_WAITING + 1)
        self._committing = asyncio.ensure_future(  # noqa: TID251  awaited by close
            self._commit_until_closed()
        )
        self._closing = False
        self._pressing = 0

    @classmethod
    async def open(cls, path: Path, lock: InstanceLock) -> Self:
        """Open the file at ``path``, prepared; closing it releases ``lock``."""
        writer = await _Connection.to(path, "rw")
        return cls(path, writer, await _Connection.to(path, "ro"), lock)

    @property
    def path(self) -> Path:
        """Where the file is, for a process beside this one that reads it."""
        return self._path

    @property
    def waiting(self) -> int:
        """How many units wait to be written; at `MAX_WAITING` no more are taken."""
        return self._waiting.qsize()

    @property
    def busy(self) -> bool:
        """Whether somebody waits for a unit to be written."""
        return self._pressing > 0

    def listen(self, topic: str, told: Callable[[], None]) -> None:
        """Have ``told`` called after each commit of a unit that woke ``topic``."""
        self._listeners.setdefault(topic, []).append(told)

    async def write(
        self,
        work: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run ``work`` in a transaction and return its result once that is on disk.

        Raises:
            DatabaseBusyError: If too many units wait already.
            DatabaseClosedError: If the bot is stopping.
            Exception: Whatever ``work`` raised; nothing that it wrote remains.
        """
        self._pressing += 1
        try:
            return await self.write_behind(work, *args, **kwargs)
        finally:
            self._pressing -= 1

    async def write_behind(
        self,
        work: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do as `write` does, for what follows by itself: it makes nobody `busy`."""
        if self._closing:
            raise DatabaseClosedError
        if self._waiting.qsize() >= MAX_WAITING:
            raise DatabaseBusyError
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((lambda tx: work(tx, *args, **kwargs), done))
        return await done

    async def read(
        self,
        query: Callable[Concatenate[Transaction, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Return what ``query`` finds in one snapshot of what is on disk."""

        def in_one_snapshot(connection: sqlite3.Connection) -> T:
            with transaction(connection, "BEGIN"):
                return query(Transaction(connection), *args, **kwargs)

        return await self._reader.call(in_one_snapshot)

    async def writes_within(self, patience_s: float) -> bool:
        """Return whether something can be written, and soon."""
        try:
            async with asyncio.timeout(patience_s):
                await self.write(_touch)
        except (TimeoutError, DatabaseClosedError, *TROUBLE):
            return False
        return True

    async def scrub(self) -> None:
        """Empty the log beside the file, so that what was erased is nowhere on disk."""
        await self._writer.call(write_ahead.empty)

    async def close(self) -> None:
        """Commit what waits, refuse what comes, and close the file as it is noted."""
        if not self._closing:
            self._closing = True
            self._waiting.put_nowait(None)
        await self._committing
        await self._reader.close()
        await self._writer.close()
        if self.is_whole is not False:
            await asyncio.to_thread(self._keeper.note)
        self._lock.release()

    async def _commit_until_closed(self) -> None:
        while (first := await self._waiting.get()) is not None:
            batch = [first]
            while len(batch) < MAX_BATCH and not self._waiting.empty():
                if (another := self._waiting.get_nowait()) is None:
                    self._waiting.put_nowait(None)
                    break
                batch.append(another)
            self._tell(batch, *await self._outcomes([unit for unit, _ in batch]))

    async def _outcomes(self, units: list[Unit]) -> _Outcomes:
        try:
            return await self._writer.call(partial(self._commit, units))
        except Exception as error:  # noqa: BLE001  whatever it was, the writer lives on
            return [error] * len(units), set()

    def _commit(self, units: Sequence[Unit], on: sqlite3.Connection) -> _Outcomes:
        found = _commit(units, on)
        if self.is_whole:
            self._keeper.keep()
        return found

    def _tell(
        self, batch: list[_Waiting], outcomes: list[Any], woken: set[str]
    ) -> None:
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            if done.cancelled():
                continue
            if isinstance(outcome, Exception):
                done.set_exception(unwritable.named(outcome))
            else:
                done.set_result(outcome)
        for topic in woken:
            for told in self._listeners.get(topic, ()):
                told()


class _Connection(aiosqlite.Connection):
    """An aiosqlite connection that is handed whole functions.

    aiosqlite crosses to its thread and back for each statement. Six statements in one
    crossing, with the commit shared, measured 30 times the throughput.
    """

    @classmethod
    async def to(cls, path: Path, mode: str) -> Self:
        """Return an open connection; ``mode`` is ``rw`` or ``ro``."""
        connection = cls(partial(connect, path, mode), iter_chunk_size=64)
        _ = await connection
        return connection

    async def call(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` on the connection's own thread."""
        result: T = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return result


def _commit(units: Sequence[Unit], connection: sqlite3.Connection) -> _Outcomes:
    """Run ``units`` in one transaction; a unit that raises undoes only itself."""
    if len(units) == 1:  # nobody else's to keep: no savepoint, and no copy of each page
        with transaction(connection, "BEGIN IMMEDIATE"):
            tx = Transaction(connection)
            return [units[0](tx)], tx.woken
    outcomes: list[Any] = []
    woken: set[str] = set()
    with transaction(connection, "BEGIN IMMEDIATE"):
        for unit in units:
            connection.execute("SAVEPOINT unit")
            tx = Transaction(connection)
            try:
                outcomes.append(unit(tx))
                woken |= tx.woken
            except Exception as error:
                if not connection.in_transaction:
                    raise  # SQLite itself gave the whole transaction up
                connection.execute("ROLLBACK TO unit")
                outcomes.append(error)
            connection.execute("RELEASE unit")
    return outcomes, woken


def _touch(tx: Transaction) -> None:
    """Write what changes nothing: where that works, everything else would."""
    tx.run("UPDATE instance SET epoch = epoch WHERE id = 1")


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    """Commit what is done meanwhile, or have it undone; ``begin`` is how it begins."""
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
