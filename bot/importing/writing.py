"""Puts the rows of a file into the ledger, some at a time, from where it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import final

from bot.domain.people import Person
from bot.domain.refs import MemberRef
from bot.importing.people import People
from bot.importing.plan import Plan
from bot.importing.reading import Record, records
from bot.importing.rows import Who
from bot.importing.sorting import Counts, Out
from storage import imports, members
from storage.boards import ledger
from storage.boards.ledger import Points
from storage.database import Database, Transaction
from storage.imports import Import, Met, Step

AT_ONCE = 2_000
"""Rows that share a commit: what is interrupted goes on behind the last of them."""


@final
class Writer:
    """Writes one import.

    Args:
        database: Where to.
        plan: What.
        clock: Tells the time.
    """

    def __init__(
        self, database: Database, plan: Plan, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._plan = plan
        self._clock = clock

    async def write(
        self, going: Import, met: Sequence[Met], key: bytes, tell: Callable[[int], None]
    ) -> Import:
        """Import what is left of ``going``.

        Args:
            going: Where it stands.
            met: Everybody whom Laurel has met.
            key: What marks are made with.
            tell: Called after each commit with how many rows were dealt with.
        """
        people = self._plan.people(met)
        unit = _Unit(self._plan, people, key)
        rows, here = records(self._plan.sheet), self._plan.town.here
        unit.pass_by(islice(rows, going.done.lines))
        while some := tuple(islice(rows, AT_ONCE)):
            going = await self._database.write(unit.count, going, some, self._clock())
            tell(going.done.lines)
        return await self._database.write(imports.finish, here, going, self._clock())


@final
class _Unit:
    """Counts some rows in one transaction, knowing those before them."""

    def __init__(self, plan: Plan, people: People, key: bytes) -> None:
        self._plan = plan
        self._people = people
        self._key = key
        self._sorter = plan.sorter(people)

    def pass_by(self, rows: Iterable[Record]) -> None:
        """Look at rows that were dealt with already."""
        for record in rows:
            self._sorter.sort(record, None)

    def count(
        self, tx: Transaction, going: Import, some: Sequence[Record], at: datetime
    ) -> Import:
        """Put rows into the ledger, and note how far the import has come."""

        def meet(who: Who) -> int:
            return self._meet(tx, who, at)

        rows = points = left_out = 0
        for record in some:
            match self._sorter.sort(record, meet if self._plan.wanted.meet else None):
                case Out():
                    left_out += 1
                case Counts() as found:
                    if self._add(tx, going, found, at):
                        rows += 1
                        points += found.amount
        again = len(some) - rows - left_out
        step = Step(len(some), rows, points, again, left_out)
        return imports.advance(tx, going, step)

    def _add(self, tx: Transaction, going: Import, row: Counts, at: datetime) -> bool:
        mark = imports.mark(self._key, going.source.tool, row.member, row.tells)
        points = Points(
            member=row.member,
            giver=row.giver,
            amount=row.amount,
            received_on=row.on,
            source=ledger.Source.IMPORTED,
            ref=mark,
            batch=going.id,
        )
        return ledger.add(tx, self._plan.town.here, points, None, at) is not None

    def _meet(self, tx: Transaction, who: Who, at: datetime) -> int:
        here = self._plan.town.here
        person = Person(MemberRef(here.ref, who.id), who.name or who.id)
        key = members.meet(tx, here, person, at).key
        self._people.add(Met(key, who.id, who.name or who.id, takes=True))
        return key
