"""``laurel export``: everything that is kept, a row a line, for other programs.

Each line is a JSON object: ``table`` and ``row``, with columns as they are stored;
instants are milliseconds since 1970 in UTC, and bytes are in hexadecimal. Tables come
in the order of their names, and secrets are not among them.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from bot.exits import BAD_DATABASE, OK, complain, unmade
from storage.database import Transaction
from storage.file import inspect
from storage.offline import look_into
from storage.whole import whole

SECRET = {
    "installations": {"token"},
    "oauth_states": {"digest"},
    "instance": {"token"},
    "exports": {"content"},  # what all the other rows say
}
"""Columns that open something, or say all once more, by table; they are left out."""

_TABLES = """
SELECT name FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name
"""


def export(path: Path, file: Path) -> int:
    """Write everything into ``file``, which is not there yet; return the exit code.

    Raises:
        DatabaseFileError: If the database cannot be used.
    """
    if inspect(path):
        words = f"{path} is of an older Laurel. `laurel run` brings it up to date."
        return complain(words, BAD_DATABASE)
    with look_into(path) as tx:
        if str(file) == "-":
            _write(tx, sys.stdout.write)
            return OK
        try:
            with whole(file) as made:
                count = _write(tx, lambda line: made.write(line.encode()))
        except OSError as error:
            return unmade(file, error)
    print(f"Wrote {count:,} rows to {file}. It holds what members wrote: keep it safe.")
    return OK


def _write(tx: Transaction, write: Callable[[str], object]) -> int:
    count = 0
    for line in lines(tx):
        write(line + "\n")
        count += 1
    return count


def lines(tx: Transaction) -> Iterator[str]:
    """Yield every row of every table."""
    for (table,) in tx.all(_TABLES):
        hidden = SECRET.get(table, set())
        for row in tx.each(f'SELECT * FROM "{table}"'):  # noqa: S608  the schema's own
            shown = {
                column: value.hex() if isinstance(value, bytes) else value
                for column, value in zip(row.keys(), row, strict=True)
                if column not in hidden
            }
            yield json.dumps({"table": table, "row": shown}, ensure_ascii=False)
