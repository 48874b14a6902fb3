"""Files as earlier Laurels left them: every schema there has been, full of rows.

A town that has something in every table lays its rows into a file of an earlier
schema, as far as that one had the tables and columns for them.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from bot.domain.words import clean
from storage import communities, words
from storage.database import Transaction, transaction
from storage.file import LAUREL, Schema, connect, create
from tests.harness import COMMUNITY, community
from tests.hostile import HOSTILE
from tests.storage.test_personal import fill

VERSIONS: Sequence[int] = [number for number, _ in LAUREL.steps()][:-1]
"""Every schema before this one."""

Columns = Mapping[str, Sequence[str]]

_TABLES = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
"""


def schema_of(version: int, folder: Path) -> Schema:
    """Return the schema of an earlier Laurel; its migrations are put into a folder."""
    steps = folder / f"steps-{version}"
    steps.mkdir(exist_ok=True)
    for number, path in LAUREL.steps():
        if number <= version:
            shutil.copy(path, steps)
    return Schema(LAUREL.application_id, steps)


async def town(path: Path, hostile: int) -> None:
    """Make a file of today with something in every table, and so many hostile words."""
    async with community(path) as home:
        subject = await fill(home)

        def write(tx: Transaction) -> None:
            here = communities.get(tx, COMMUNITY)
            for number in range(hostile):
                text = clean(HOSTILE[number % len(HOSTILE)].text, multiline=True)
                words.add(tx, here, subject.member.key, text)

        await home.database.write(write)


def lay(today: Path, path: Path, schema: Schema) -> None:
    """Make a file of an earlier schema with what a file of today holds."""
    create(path, schema)
    columns = columns_of(path)
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH DATABASE ? AS today", (str(today),))
        # No vote is taken where a committee is done, so votes come before those.
        with transaction(connection, "BEGIN"):
            for table in sorted(columns, reverse=True):
                named = ", ".join(columns[table])
                connection.execute(
                    f"INSERT OR REPLACE INTO main.{table} ({named}) "  # noqa: S608  the schema's
                    f"SELECT {named} FROM today.{table}"
                )


def columns_of(path: Path) -> Columns:
    """Return the columns of every table of a file, quoted."""
    with closing(connect(path, "ro")) as connection:
        return {
            table: [
                f'"{row["name"]}"'
                for row in connection.execute(f"PRAGMA table_info({table})")
            ]
            for (table,) in connection.execute(_TABLES).fetchall()
        }


def rows(path: Path, columns: Columns) -> Mapping[str, str]:
    """Return a digest of what a file holds in these columns, by table."""
    found = {}
    with closing(connect(path, "ro")) as connection:
        for table, named in columns.items():
            listed = ", ".join(named)
            held = connection.execute(
                f"SELECT {listed} FROM {table} ORDER BY {listed}"  # noqa: S608  the schema's
            )
            told = hashlib.sha256()
            for row in held:
                told.update(repr(tuple(row)).encode())
            found[table] = told.hexdigest()
    return found
