"""The very statements that units run, and two other ways of running them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

import aiosqlite

from cogs.shoutouts import previews
from storage import file
from storage.database import Transaction, Value
from tests.bench.crowd import Thanks

TO_A_COMMIT = 100
"""Units that share a commit where they are replayed together."""


class Fetch(Enum):
    """What was asked of a statement."""

    NOTHING = auto()
    ONE = auto()
    ALL = auto()


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, with what it was given."""

    sql: str
    values: dict[str, Value]
    fetch: Fetch


Unit = Sequence[Statement]


class Recorder(Transaction):
    """A transaction that remembers what it was asked."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self.statements: list[Statement] = []

    def run(self, sql: str, **values: Value) -> int:
        """Remember a change."""
        self.statements.append(Statement(sql, values, Fetch.NOTHING))
        return super().run(sql, **values)

    def add(self, sql: str, **values: Value) -> int:
        """Remember an insertion."""
        self.statements.append(Statement(sql, values, Fetch.NOTHING))
        return super().add(sql, **values)

    def one(self, sql: str, **values: Value) -> sqlite3.Row | None:
        """Remember a look-up."""
        self.statements.append(Statement(sql, values, Fetch.ONE))
        return super().one(sql, **values)

    def all(self, sql: str, **values: Value) -> list[sqlite3.Row]:
        """Remember a query."""
        self.statements.append(Statement(sql, values, Fetch.ALL))
        return super().all(sql, **values)


def record(connection: sqlite3.Connection, given: Sequence[Thanks]) -> list[Unit]:
    """Return what the units of ``given`` run, having run them here."""
    units: list[Unit] = []
    connection.execute("BEGIN IMMEDIATE")
    for one in given:
        tx = Recorder(connection)
        previews.give_or_show(tx, one.call, one.wish())
        units.append(tx.statements)
    connection.execute("COMMIT")
    return units


def together(connection: sqlite3.Connection, units: Sequence[Unit]) -> None:
    """Run them with `sqlite3` alone, many to a commit."""
    for first in range(0, len(units), TO_A_COMMIT):
        connection.execute("BEGIN IMMEDIATE")
        for unit in units[first : first + TO_A_COMMIT]:
            for statement in unit:
                cursor = connection.execute(statement.sql, statement.values)
                if statement.fetch is Fetch.ONE:
                    cursor.fetchone()
                elif statement.fetch is Fetch.ALL:
                    cursor.fetchall()
        connection.execute("COMMIT")


async def awaited(
    connection: aiosqlite.Connection, units: Sequence[Unit], to_a_commit: int = 1
) -> None:
    """Run them as code on aiosqlite does: each statement awaited.

    One unit is one transaction, since it is one action of one member.
    """
    for first in range(0, len(units), to_a_commit):
        await connection.execute("BEGIN IMMEDIATE")
        for unit in units[first : first + to_a_commit]:
            for statement in unit:
                await _awaited(connection, statement)
        await connection.execute("COMMIT")


async def _awaited(connection: aiosqlite.Connection, statement: Statement) -> None:
    """Run one statement in the fewest crossings that aiosqlite has for it."""
    match statement.fetch:
        case Fetch.NOTHING:
            await connection.execute(statement.sql, statement.values)
        case Fetch.ONE | Fetch.ALL:
            await connection.execute_fetchall(statement.sql, statement.values)


def opened(path: Path) -> aiosqlite.Connection:
    """Return an aiosqlite connection with the pragmas that Laurel writes with."""
    return aiosqlite.Connection(lambda: file.connect(path, "rw"), iter_chunk_size=64)
