"""What one row of an export says: who received how much, when, and from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import final
from zoneinfo import ZoneInfo

from bot.importing.columns import Layout, Means
from bot.importing.reading import Record

MAX_POINTS = 1_000_000_000
"""Most that one row can count: a sum of nine million such rows is still exact."""

_FIRST_YEAR = 2000

_PLAIN = re.compile(r"\+?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.0+)?")
_ENDLESS = re.compile(r"\+?[0-9]{13,}(?:\.0+)?")
_SPOILED_ID = re.compile(r"[0-9]([.,][0-9]+)?[eE]\+?[0-9]+")
_QUOTED_ID = re.compile(r'="?([^"]*)"?|\'(.*)')
_MENTION = re.compile(r"<@!?([^|>]+)(?:\|[^>]*)?>")
_SLASHED = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})(.*)")
_EPOCH = re.compile(r"[0-9]{10}(?:\.[0-9]+)?|[0-9]{13}")
_EPOCH_MS_DIGITS = 13


class Unclear(StrEnum):
    """Why a row is not understood. Each is a key of `WHY`."""

    NOBODY = "nobody"
    AMOUNT = "amount"
    FORMULA = "formula"
    NEGATIVE = "negative"
    HUGE = "huge"
    SPOILED = "spoiled"
    DATE = "date"
    ORDER = "order"
    FUTURE = "future"
    TWICE = "twice"
    SELF = "self"
    NOTHING = "nothing"


WHY = {
    Unclear.NOBODY: "it names nobody who received",
    Unclear.AMOUNT: "how many is no whole number",
    Unclear.FORMULA: "how many is a formula, and formulas are never worked out",
    Unclear.NEGATIVE: "it takes points away; only what was given is imported",
    Unclear.HUGE: f"it counts more than {MAX_POINTS:,}",
    Unclear.SPOILED: "a spreadsheet has shortened the id; export it again as text",
    Unclear.DATE: "its date is none",
    Unclear.ORDER: "its date may be day or month first; say --dates dmy or mdy",
    Unclear.FUTURE: "its date is still to come",
    Unclear.TWICE: "the same member has another total in an earlier row",
    Unclear.SELF: "somebody gave it to themselves",
    Unclear.NOTHING: "it counts nothing",
}


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody, as the file names them.

    Attributes:
        name: Empty where it has none.

        id: The platform's; empty where it has none.
    """

    name: str
    id: str

    def __bool__(self) -> bool:
        """Return whether anybody is named."""
        return bool(self.name or self.id)


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says.

    Attributes:
        giver: Names nobody where the file does not say.

        amount: 1 to `MAX_POINTS`.

        on: The community's civil date; None where the row has none.

        tells: What tells it from other rows of the same member.
    """

    line: int
    member: Who
    giver: Who
    amount: int
    on: date | None
    tells: str


@final
class RowReader:
    """Reads rows of one file.

    Args:
        layout: What its columns mean.
        zone: The community's, which dates without one are taken to be of.
        today: The community's civil date.
        day_first: How ``3/4/2025`` is to be read; None where nobody said.
    """

    def __init__(
        self, layout: Layout, zone: ZoneInfo, today: date, *, day_first: bool | None
    ) -> None:
        self._layout = layout
        self._zone = zone
        self._today = today
        self._day_first = day_first

    def read(self, record: Record) -> Row | Unclear:
        """Return what a record says, or why that is not clear."""
        member = Who(
            self._cell(record, Means.MEMBER), self._id(record, Means.MEMBER_ID)
        )
        if not member:
            return Unclear.NOBODY
        if _SPOILED_ID.fullmatch(member.id):
            return Unclear.SPOILED
        amount = self._amount(record)
        if isinstance(amount, Unclear):
            return amount
        said = self._cell(record, Means.DATE)
        on = _date_of(said, self._zone, self._day_first) if said else None
        if isinstance(on, Unclear):
            return on
        if on is not None and on > self._today:
            return Unclear.FUTURE
        giver = Who(self._cell(record, Means.GIVER), self._id(record, Means.GIVER_ID))
        return Row(record.line, member, giver, amount, on, self._tells(record))

    def _tells(self, record: Record) -> str:
        if self._layout.totals:
            return "total"
        if row := self._cell(record, Means.ROW):
            return f"row\0{row}"
        apart = (
            Means.GIVER, Means.GIVER_ID, Means.POINTS, Means.DATE, Means.WORDS,
        )  # fmt: skip
        return "\0".join(self._cell(record, means) for means in apart)

    def _amount(self, record: Record) -> int | Unclear:
        if self._layout.each is not None:
            return self._layout.each
        return _amount_of(self._cell(record, Means.POINTS))

    def _cell(self, record: Record, means: Means) -> str:
        place = self._layout.at.get(means)
        if place is None or place >= len(record.cells):
            return ""
        return record.cells[place].strip()

    def _id(self, record: Record, means: Means) -> str:
        said = self._cell(record, means)
        # Spreadsheets keep an id whole when it is written as ="123" or as '123.
        quoted = _QUOTED_ID.fullmatch(said) if said[:1] in {"=", "'"} else None
        if quoted:
            return quoted[1] or quoted[2] or ""
        mentioned = _MENTION.fullmatch(said)
        return mentioned[1] if mentioned else said


@lru_cache(maxsize=10_000)
def _amount_of(said: str) -> int | Unclear:
    if found := _PLAIN.fullmatch(said):
        amount = int(found[1].replace(",", ""))
        if amount > MAX_POINTS:
            return Unclear.HUGE
        return amount or Unclear.NOTHING
    if said.startswith(("=", "+")):
        return Unclear.FORMULA
    if said[:1] in {"-", "\N{MINUS SIGN}"} and _PLAIN.fullmatch(said[1:].strip()):
        return Unclear.NEGATIVE
    return Unclear.HUGE if _ENDLESS.fullmatch(said) else Unclear.AMOUNT


@lru_cache(maxsize=50_000)
def _date_of(said: str, zone: ZoneInfo, day_first: bool | None) -> date | Unclear:  # noqa: FBT001  one of the key
    if _EPOCH.fullmatch(said):
        in_ms = len(said) == _EPOCH_MS_DIGITS
        seconds = float(said) / 1000 if in_ms else float(said)
        return datetime.fromtimestamp(seconds, UTC).astimezone(zone).date()
    if slashed := _SLASHED.fullmatch(said):
        first, second, year, rest = slashed.groups()
        if rest and not rest[0].isspace() and rest[0] not in ",T":
            return Unclear.DATE
        if day_first is None:
            return Unclear.ORDER
        day, month = (first, second) if day_first else (second, first)
        said = f"{year}-{int(month):02}-{int(day):02}"
    try:
        found = datetime.fromisoformat(_as_iso(said))
    except ValueError:
        return Unclear.DATE
    try:
        on = found.date() if found.tzinfo is None else found.astimezone(zone).date()
    except OverflowError:
        return Unclear.DATE
    return on if on.year >= _FIRST_YEAR else Unclear.DATE


def _as_iso(said: str) -> str:
    """Return ``2026-03-06 15:00:00 UTC`` and ``… +0000`` as Python reads them."""
    return re.sub(
        r"\s*(?:UTC|GMT)$", "+00:00", re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", said)
    )
