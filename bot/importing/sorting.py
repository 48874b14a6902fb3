"""Which rows of a file count, for whom, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import final

from bot.importing.people import Missing, People
from bot.importing.reading import Record
from bot.importing.rows import Row, RowReader, Unclear, Who

Why = Unclear | Missing


@dataclass(frozen=True, slots=True)
class Counts:
    """A row that counts, unless it did already.

    Attributes:
        member: Key of who received.

        giver: Key of who gave; None where the file or Laurel does not know.

        tells: As of `Row`.
    """

    member: int
    giver: int | None
    amount: int
    on: date
    tells: str


@dataclass(frozen=True, slots=True)
class Out:
    """A row that does not count.

    Attributes:
        who: Whom it names, where that is why.
    """

    why: Why
    who: Who | None = None


Sorted = Counts | Out


@final
class Sorter:
    """Sorts the rows of one file, in their order.

    Args:
        reader: Reads a row.
        people: Whom it may name.
        undated_on: The date on which rows without one count.
        totals: Whether a row is all that a member has.
    """

    def __init__(
        self, reader: RowReader, people: People, undated_on: date, *, totals: bool
    ) -> None:
        self._reader = reader
        self._people = people
        self._undated_on = undated_on
        self._totals: dict[int, int] | None = {} if totals else None

    def sort(self, record: Record, meet: Callable[[Who], int] | None) -> Sorted:
        """Return what becomes of a row.

        Args:
            record: The row.
            meet: Makes somebody known by the id that the file has; None where only
                those count whom Laurel has met.
        """
        row = self._reader.read(record)
        if isinstance(row, Unclear):
            return Out(row)
        member = self._people.find(row.member)
        unmet = member is Missing.UNKNOWN and self._people.can_be_met(row.member)
        if unmet and meet is not None:
            member = meet(row.member)
        if isinstance(member, Missing):
            return Out(member, row.member)
        giver = self._people.find(row.giver) if row.giver else Missing.UNKNOWN
        if giver == member:
            return Out(Unclear.SELF)
        return self._once(row, member, None if isinstance(giver, Missing) else giver)

    def _once(self, row: Row, member: int, giver: int | None) -> Sorted:
        if self._totals is not None:
            before = self._totals.setdefault(member, row.amount)
            if before != row.amount:
                return Out(Unclear.TWICE)
        on = row.on or self._undated_on
        return Counts(member, giver, row.amount, on, row.tells)
