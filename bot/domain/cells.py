"""Cells of a table that somebody opens in a spreadsheet, and that must start nothing.

A spreadsheet takes what begins with an equals sign for a formula, and runs it. Which
characters begin one, and that a tab or a line break may move one to the beginning, is
as OWASP describes it under "CSV Injection"; full-width forms count as the plain ones.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

STARTERS = "=+-@\t\r＝＋－＠﹦﹢﹣﹫\u2212"  # noqa: RUF001  which pose as the first ones
"""What a cell must not begin with."""

_BLANK = r"[\s\"'\u200b-\u200f\u2060\ufeff]*"
"""What some programs leave out at a cell's beginning; a quote may be their own."""

# Read with another delimiter, what stands behind that begins a cell of its own.
_BEGINNING = re.compile(rf"(^|[;,|\t\r\n])(?={_BLANK}[{re.escape(STARTERS)}])")


def harmless(text: str) -> str:
    """Return ``text`` with an apostrophe before what would begin a formula."""
    return _BEGINNING.sub(r"\1'", text)


def table(header: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """Return rows as CSV, every cell in quotes and harmless.

    It begins with the mark of UTF-8, without which spreadsheets spoil names.
    """
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(map(harmless, header))
    writer.writerows(
        [harmless(cell) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    )
    return out.getvalue().encode("utf-8-sig", "replace")
