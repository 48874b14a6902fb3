"""What a row of an export says, and why it may not be clear."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bot.importing.columns import layout
from bot.importing.reading import Record
from bot.importing.rows import MAX_POINTS, Row, RowReader, Unclear, Who

TODAY = date(2026, 3, 6)
NEW_YORK = ZoneInfo("America/New_York")
HEADER = ("Name", "User ID", "Points", "Date", "Giver")


def read(*cells: str, day_first: bool | None = None) -> Row | Unclear:
    reader = RowReader(layout(HEADER, {}), NEW_YORK, TODAY, day_first=day_first)
    return reader.read(Record(7, cells))


@pytest.mark.parametrize(
    ("said", "amount"),
    [
        ("3", 3),
        (" 3 ", 3),
        ("+3", 3),
        ("3.0", 3),
        ("1,234", 1_234),
        ("1,234,567.00", 1_234_567),
        ("1000000000", MAX_POINTS),
        ("1000000001", Unclear.HUGE),
        ("9" * 400, Unclear.HUGE),
        ("0", Unclear.NOTHING),
        ("-3", Unclear.NEGATIVE),
        ("\N{MINUS SIGN}3", Unclear.NEGATIVE),
        ("", Unclear.AMOUNT),
        ("3.5", Unclear.AMOUNT),
        ("1.234", Unclear.AMOUNT),  # a thousand in one language, one in another
        ("12,34", Unclear.AMOUNT),
        ("three", Unclear.AMOUNT),
        ("1e9", Unclear.AMOUNT),
        ("٣", Unclear.AMOUNT),
        ("=1+1", Unclear.FORMULA),
        ("+1+cmd|' /C calc'!A1", Unclear.FORMULA),
    ],
)
def test_how_many(said: str, amount: int | Unclear) -> None:
    """Whole numbers that can be read in one way; no formula is ever worked out."""
    found = read("Ana", "", said, "", "")
    assert amount == (found.amount if isinstance(found, Row) else found)


@pytest.mark.parametrize(
    ("said", "day_first", "on"),
    [
        ("", None, None),
        ("2026-03-05", None, date(2026, 3, 5)),
        ("2026-03-06", None, TODAY),
        ("2026-03-07", None, Unclear.FUTURE),
        ("2026-03-05 23:30:00", None, date(2026, 3, 5)),
        ("2026-03-05T03:00:00Z", None, date(2026, 3, 4)),  # still the day before there
        ("2026-03-05 03:00:00 UTC", None, date(2026, 3, 4)),
        ("2026-03-05T03:00:00+09:00", None, date(2026, 3, 4)),
        ("2026-03-05 03:00:00 +0000", None, date(2026, 3, 4)),
        ("1772679600", None, date(2026, 3, 4)),
        ("1772679600000", None, date(2026, 3, 4)),
        ("3/4/2025", None, Unclear.ORDER),
        ("3/4/2025", True, date(2025, 4, 3)),
        ("3/4/2025 10:15", False, date(2025, 3, 4)),
        ("31.12.2025", True, date(2025, 12, 31)),
        ("31/12/2025", False, Unclear.DATE),
        ("1999-12-31", None, Unclear.DATE),
        ("2026-02-30", None, Unclear.DATE),
        ("9999-12-31T23:59:59-12:00", None, Unclear.DATE),
        ("last week", None, Unclear.DATE),
        ("=TODAY()", None, Unclear.DATE),
    ],
)
def test_when(
    said: str,
    day_first: bool | None,  # noqa: FBT001  as it is typed, or not
    on: date | Unclear | None,
) -> None:
    """The community's civil date, and no guess at which of two it is."""
    found = read("Ana", "", "1", said, "", day_first=day_first)
    assert on == (found.on if isinstance(found, Row) else found)


@pytest.mark.parametrize(
    ("name", "said", "who"),
    [
        ("Ana", "", Who("Ana", "")),
        ("", "123", Who("", "123")),
        ("Ana", '="123"', Who("Ana", "123")),
        ("Ana", "=123", Who("Ana", "123")),
        ("Ana", "'123", Who("Ana", "123")),
        ("", "<@U012AB3CD>", Who("", "U012AB3CD")),
        ("", "<@U012AB3CD|ana>", Who("", "U012AB3CD")),
        ("", "<@!123>", Who("", "123")),
        ("", "", Unclear.NOBODY),
        ("  ", "\t", Unclear.NOBODY),
        ("Ana", "1.23457E+17", Unclear.SPOILED),
        ("=HYPERLINK(1)", "", Who("=HYPERLINK(1)", "")),
    ],
)
def test_who(name: str, said: str, who: Who | Unclear) -> None:
    """As it stands; an id that a spreadsheet spoiled is nobody's."""
    found = read(name, said, "1", "", "")
    assert who == (found.member if isinstance(found, Row) else found)


def test_a_row_that_ends_early_is_read_as_far_as_it_goes() -> None:
    """And one that goes on is read no further."""
    assert Unclear.AMOUNT is read("Ana")
    assert isinstance(read("Ana", "", "1"), Row)
    assert isinstance(read("Ana", "", "1", "", "", "more", "and more"), Row)
