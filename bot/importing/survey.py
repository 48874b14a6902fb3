"""What a file would come to, before anything is written."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from typing import final

from bot.importing.columns import Layout, Means
from bot.importing.people import People
from bot.importing.reading import Record
from bot.importing.rows import Who
from bot.importing.sorting import Counts, Out, Sorter, Why
from storage.imports import Met

FIRST = 5
"""Rows that are shown as they stand."""

MOST_NAMES = 1_000
"""Different people who are not known that are told apart; bounds the memory."""

_WORD = 2**64 - 1


@dataclass(slots=True)
class Survey:
    """What was found.

    Attributes:
        first: The first rows, as they stand.

        rows: How many there are.

        counts: How many of them count.

        points: What those come to.

        people: How many members have received.

        met: How many of those would be met by it.

        nameless: How many count for who received, from nobody who is known.

        again: How many say what another row has said.

        why: How many do not count, by why.

        lines: By why, the line of the first.

        unknown: Who is not known, the first `MOST_NAMES` of them.
    """

    first: list[Record] = field(default_factory=list)
    rows: int = 0
    counts: int = 0
    points: int = 0
    people: int = 0
    met: int = 0
    nameless: int = 0
    again: int = 0
    why: Counter[Why] = field(default_factory=Counter)
    lines: dict[Why, int] = field(default_factory=dict)
    unknown: dict[Who, int] = field(default_factory=dict)


@final
class Surveyor:
    """Looks at every row once.

    Args:
        sorter: Sorts them.
        people: Is told of those who would be met.
        layout: What the columns mean.
        meet: Whether people are met by their id.
    """

    def __init__(
        self, sorter: Sorter, people: People, layout: Layout, *, meet: bool
    ) -> None:
        self._sorter = sorter
        self._people = people
        self._gives = bool({Means.GIVER, Means.GIVER_ID} & layout.at.keys())
        self._meet = self._pretend if meet else None
        self._keys = count(-1, -1)  # no member's
        self._seen = array("Q")
        self._amounts = array("Q")
        self._received: set[int] = set()
        self._found = Survey()

    def look(self, found: Iterator[Record], tell: Callable[[int], None]) -> Survey:
        """Return what all rows come to; ``tell`` is called after each with how many.

        Raises:
            UnreadableError: If the file cannot be read to its end.
        """
        survey = self._found
        for record in found:
            survey.rows += 1
            if len(survey.first) < FIRST:
                survey.first.append(record)
            self._look_at(record)
            tell(survey.rows)
        survey.people = len(self._received)
        self._leave_out_again()
        return survey

    def _look_at(self, record: Record) -> None:
        survey = self._found
        match self._sorter.sort(record, self._meet):
            case Out(why=why, who=who):
                survey.why[why] += 1
                survey.lines.setdefault(why, record.line)
                if who is not None and (
                    who in survey.unknown or len(survey.unknown) < MOST_NAMES
                ):
                    survey.unknown[who] = survey.unknown.get(who, 0) + 1
            case Counts(member=member, giver=giver, amount=amount, tells=tells):
                survey.counts += 1
                survey.points += amount
                survey.nameless += self._gives and giver is None
                self._received.add(member)
                self._seen.append(hash((member, tells)) & _WORD)
                self._amounts.append(amount)

    def _pretend(self, who: Who) -> int:
        key = next(self._keys)
        self._people.add(Met(key, who.id, who.name or who.id, takes=True))
        self._found.met += 1
        return key

    def _leave_out_again(self) -> None:
        """Count what says the same once, without holding on to every row."""
        survey, seen = self._found, sorted(self._seen)
        doubled = {this for before, this in pairwise(seen) if before == this}
        del seen
        if not doubled:
            return
        met: set[int] = set()
        for row, amount in zip(self._seen, self._amounts, strict=True):
            if row in met:
                survey.again += 1
                survey.counts -= 1
                survey.points -= amount
            elif row in doubled:
                met.add(row)
