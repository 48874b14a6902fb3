"""Files of other tools: what they are written in, and what is none of them."""

from __future__ import annotations

import codecs
import tracemalloc
from pathlib import Path

import pytest

from bot.importing.reading import (
    MAX_LINE_CHARS,
    UnreadableError,
    digest,
    examine,
    records,
)

TEXT = "Name,Points\r\nJosé,3\r\nنور,2\r\n"
ROWS = [("José", "3"), ("نور", "2")]


def written(folder: Path, content: bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content)
    return path


def rows(path: Path, encoding: str | None = None) -> list[tuple[str, ...]]:
    return [record.cells for record in records(examine(path, encoding))]


@pytest.mark.parametrize(
    ("mark", "encoding", "said"),
    [
        (b"", "utf-8", None),
        (b"", "utf-8", "utf-8"),
        (codecs.BOM_UTF8, "utf-8", None),
        (codecs.BOM_UTF8, "utf-8", "latin-1"),  # the mark knows better
        (codecs.BOM_UTF16_LE, "utf-16-le", None),
        (codecs.BOM_UTF16_BE, "utf-16-be", None),
        (codecs.BOM_UTF32_LE, "utf-32-le", None),
        (b"", "utf-16-le", "utf-16-le"),
        (b"", "utf-16-be", "utf-16-be"),
    ],
)
def test_every_encoding_is_read(
    mark: bytes, encoding: str, said: str | None, tmp_path: Path
) -> None:
    """Told by its mark, or by whoever imports."""
    path = written(tmp_path, mark + TEXT.encode(encoding))

    assert ROWS == rows(path, said)
    assert ("Name", "Points") == examine(path, said).header


def test_what_may_be_read_in_two_ways_is_not_guessed(tmp_path: Path) -> None:
    """A name that is spoiled would be somebody else's."""
    latin = written(tmp_path, "Name,Points\nJosé,3\n".encode("latin-1"))
    with pytest.raises(UnreadableError, match=r"line 2.*--encoding windows-1252"):
        rows(latin)
    assert [("José", "3")] == rows(latin, "latin-1")
    assert [("José", "3")] == rows(latin, "windows-1252")

    bare = written(tmp_path, TEXT.encode("utf-16-le"))
    with pytest.raises(UnreadableError, match="--encoding utf-16-le"):
        examine(bare)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"PK\x03\x04 and more", r"spreadsheet \(XLSX\)"),
        (b"\xd0\xcf\x11\xe0 and more", r"spreadsheet \(XLS\)"),
        (b'{"players": []}', "is JSON"),
        (b' [{"id": 1}]', "is JSON"),
        (b"%PDF-1.4", "is a PDF"),
        (b"\x1f\x8b\x08", "packed"),
        (b"," * 300, "more than 200 columns"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, why: str, tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(UnreadableError, match=why):
        examine(written(tmp_path, content))


@pytest.mark.parametrize("what", ["nowhere.csv", "."])
def test_what_is_not_there_is_said(what: str, tmp_path: Path) -> None:
    """Neither is a folder a file."""
    with pytest.raises(UnreadableError, match="cannot be read"):
        examine(tmp_path / what)
    with pytest.raises(UnreadableError, match="cannot be read"):
        digest(tmp_path / what)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_in_the_header(delimiter: str, tmp_path: Path) -> None:
    """Also where cells hold other ones, quotes and line breaks."""
    cells = ['"a, b; c"', '"two\nlines and a ""quote"""', "3"]
    lines = [delimiter.join(("Who", "Why", "Points")), delimiter.join(cells)]
    path = written(tmp_path, "\n".join(lines).encode())

    assert [("a, b; c", 'two\nlines and a "quote"', "3")] == rows(path)


def test_what_a_spreadsheet_notes_for_itself_is_passed_by(tmp_path: Path) -> None:
    """Lines are counted all the same, and empty ones are no rows."""
    path = written(tmp_path, b"sep=;\n\nName;Points\n\nAna;3\n;\n")
    sheet = examine(path)

    assert ("Name", "Points") == sheet.header
    assert [(5, ("Ana", "3"))] == [(each.line, each.cells) for each in records(sheet)]


def test_a_line_without_an_end_is_not_read_into_memory(tmp_path: Path) -> None:
    """However long it is; a gigabyte here takes no disk either."""
    path = written(tmp_path, b"Name,Points\nAna,3\n")
    with path.open("r+b") as out:
        out.seek(0, 2)
        out.write(b"x" * 2 * MAX_LINE_CHARS)
        out.truncate(1_000_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UnreadableError, match="Line 3 is longer than 65,536"):
            rows(path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 2_000_000


def test_a_header_without_an_end_is_refused_too(tmp_path: Path) -> None:
    """In the very words."""
    path = written(tmp_path, b"x" * (MAX_LINE_CHARS + 1))
    with pytest.raises(UnreadableError, match="Line 1 is longer"):
        examine(path)


@pytest.mark.parametrize(
    "content",
    [
        b'Name,Points\nAna,"3\nBen,4\n',
        b'Name,Points\nAna,"3" and more\n',
        b'Name,Points\n"' + b"x\n" * 100_000,
    ],
)
def test_a_quote_that_stays_open_is_found(content: bytes, tmp_path: Path) -> None:
    """Or the rest of a file would be one cell."""
    with pytest.raises(UnreadableError, match="cannot be told apart into cells"):
        rows(written(tmp_path, content))
