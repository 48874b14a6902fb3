"""A process that writes to a file, and says of each row that it is kept.

``python -m tests.battery.writing FILE ROWS`` writes so many rows, each in a commit of
its own, says so, and is then quiet until somebody ends it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.app import open_database
from storage.database import Transaction

WORDS = "some words that take their room, " * 40


def add(tx: Transaction, number: int) -> None:
    """Write a row that takes a third of a page."""
    named = f"{number:09} {WORDS}"
    tx.run("INSERT INTO cursors VALUES (:named, :number)", named=named, number=number)


def last(tx: Transaction) -> int:
    """Return the last row that was written; -1 for none."""
    (row,) = tx.all("SELECT coalesce(max(activity), -1) AS number FROM cursors")
    return int(row["number"])


async def write(path: Path, rows: int) -> None:
    """Write so many rows, and stay."""
    async with open_database(path) as database:
        database.is_whole = True  # as is found in time, by whoever reads it through
        first = await database.read(last) + 1
        for number in range(first, first + rows):
            await database.write(add, number)
            _tell(number)
        _tell("quiet")
        await asyncio.Event().wait()


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), int(sys.argv[2])))
