"""A file of comma-separated values, read line by line and never whole.

What it is written in is told by its first bytes or by whoever knows; nothing is guessed
that could be read in two ways. A line without an end is refused once it is too long.
"""

from __future__ import annotations

import csv
import hashlib
from codecs import getincrementaldecoder
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from types import MappingProxyType

MAX_LINE_CHARS = 65_536
"""Longest line; some hundred times what any known tool writes."""

MAX_COLUMNS = 200

ENCODINGS: Mapping[str, str] = MappingProxyType(
    {
        "utf-8": "utf-8-sig",  # with or without its mark
        "utf-16": "utf-16",
        "utf-16-le": "utf-16-le",
        "utf-16-be": "utf-16-be",
        "latin-1": "latin-1",
        "windows-1252": "cp1252",
    }
)
"""What a file can be said to be written in, and how Python calls it."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)

_OTHERS = (
    (b"PK\x03\x04", "a spreadsheet (XLSX) or an archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet (XLS)"),
    (b"\x1f\x8b", "packed (GZIP)"),
    (b"%PDF", "a PDF"),
    (b"SQLite format 3", "a database"),
    (b"{", "JSON"),
    (b"[{", "JSON"),
)

_DELIMITERS = (",", ";", "\t", "|")
_HEAD_BYTES = 65_536


class UnreadableError(Exception):
    """The file cannot be read. The text says where, why, and what to do next."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file, and how it is read.

    Attributes:
        encoding: As Python calls it.

        header: Names of the columns, as they stand there.

        begins: The line that the header stands in, counted from 1.
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    begins: int


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    Attributes:
        line: Where it ends, counted from 1.
    """

    line: int
    cells: tuple[str, ...]


def examine(path: Path, encoding: str | None = None) -> Sheet:
    """Return how the file at ``path`` is read.

    Args:
        path: The file.
        encoding: One of `ENCODINGS`; None where the file itself tells.

    Raises:
        UnreadableError: If it is no such file, or may be read in several ways.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise UnreadableError(_closed(path, error)) from error
    known = _encoding_of(path, head, encoding)
    for number, line in enumerate(_lines(path, known), 1):
        if not line.strip():
            continue
        said = line.strip().casefold()
        if said.startswith("sep=") and len(said) == len("sep=") + 1:
            continue  # a note of Excel's to itself, which the header bears out
        delimiter, header = _header_of(line, number)
        return Sheet(path, known, delimiter, header, number)
    raise UnreadableError(f"{path} is empty: there is not even a header in it.")


def records(sheet: Sheet) -> Iterator[Record]:
    """Yield the rows behind the header; empty lines are left out.

    Raises:
        UnreadableError: If a line is too long, is not in the sheet's encoding, or has
            a quote that is never closed.
    """
    reader = csv.reader(
        _lines(sheet.path, sheet.encoding), delimiter=sheet.delimiter, strict=True
    )
    try:
        for cells in reader:
            if reader.line_num > sheet.begins and any(map(str.strip, cells)):
                yield Record(reader.line_num, tuple(cells))
    except csv.Error as error:
        raise UnreadableError(
            f"Line {reader.line_num} cannot be told apart into cells ({error}). Often "
            "a quote is opened there or before, and never closed."
        ) from error


def digest(path: Path) -> bytes:
    """Return the SHA-256 of the file's bytes.

    Raises:
        UnreadableError: If it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise UnreadableError(_closed(path, error)) from error


def _closed(path: Path, error: OSError) -> str:
    return f"{path} cannot be read ({error.strerror})."


def _encoding_of(path: Path, head: bytes, asked: str | None) -> str:
    if not head:
        raise UnreadableError(f"{path} is empty.")
    for start, what in _OTHERS:
        if head.lstrip().startswith(start):
            raise UnreadableError(
                f"{path} is {what}, and what is wanted is CSV. Most tools and every "
                "spreadsheet can save as that."
            )
    marked = next((name for mark, name in _MARKS if head.startswith(mark)), None)
    if marked is not None:
        return marked
    if asked is not None:
        return ENCODINGS[asked]
    if b"\0" in head:
        raise UnreadableError(
            f"{path} looks like UTF-16 without its mark. Say which of the two it is: "
            "--encoding utf-16-le or --encoding utf-16-be."
        )
    return "utf-8-sig"


def _lines(path: Path, encoding: str) -> Iterator[str]:
    number = 0
    with path.open("rb") as raw, TextIOWrapper(raw, encoding, newline="") as text:
        try:
            while line := text.readline(MAX_LINE_CHARS + 1):
                number += 1
                if len(line) > MAX_LINE_CHARS:
                    raise UnreadableError(
                        f"Line {number} is longer than {MAX_LINE_CHARS:,} characters, "
                        "which no export of points is. Nothing more of it was read."
                    )
                yield line
        except UnicodeError as error:
            raise UnreadableError(_misread(path, encoding)) from error


def _misread(path: Path, encoding: str) -> str:
    line = _first_misread(path, encoding)
    if encoding == "utf-8-sig":
        return (
            f"{path} is not UTF-8 in line {line}, and names would be spoiled. If it "
            "was saved by a spreadsheet, say so: --encoding windows-1252 or --encoding "
            "latin-1."
        )
    return f"{path} is not {encoding} in line {line}. See --encoding."


def _first_misread(path: Path, encoding: str) -> int:
    decoder, line = getincrementaldecoder(encoding)(), 1
    with path.open("rb") as raw:
        while chunk := raw.read(_HEAD_BYTES):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                good = bytes(error.object[: error.start])
                return line + good.decode(encoding, "ignore").count("\n")
    return line


def _header_of(line: str, number: int) -> tuple[str, tuple[str, ...]]:
    """Return what parts the cells of ``line``, and the cells."""
    found: dict[str, tuple[str, ...]] = {}
    for delimiter in _DELIMITERS:
        try:
            cells = next(csv.reader([line], delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        found[delimiter] = tuple(cell.strip() for cell in cells)
    if not found:
        raise UnreadableError(f"The header in line {number} has a quote left open.")
    delimiter = max(found, key=lambda each: len(found[each]))
    if len(found[delimiter]) > MAX_COLUMNS:
        raise UnreadableError(
            f"The header in line {number} has more than {MAX_COLUMNS} columns."
        )
    return delimiter, found[delimiter]
