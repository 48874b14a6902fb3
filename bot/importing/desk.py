"""Shows what a file comes to, asks, and imports it; or takes an import back."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import final

from bot.auditing import names
from bot.domain.community import Community
from bot.exits import FAILED, OK, complain
from bot.importing import telling
from bot.importing.columns import MappingError, Means, shown
from bot.importing.plan import Plan, Town, Wanted, planned
from bot.importing.reading import UnreadableError, digest
from bot.importing.stopping import Stop
from bot.importing.writing import AT_ONCE, Writer
from storage import imports
from storage.database import Database, Transaction
from storage.imports import Import, Met, Source, State

MOST_LISTED = 50

_EVERY = 100_000
"""After so many rows, whoever waits is told how far it has come."""


@final
class Desk:
    """Imports into one community.

    Args:
        database: Where nobody else writes meanwhile.
        here: The community.
        clock: Tells the time.
        ask: Asks whoever sits there; None where nobody does.
        stop: Knows whether it is to stop.
    """

    def __init__(
        self,
        database: Database,
        here: Community,
        clock: Callable[[], datetime],
        ask: Callable[[str], str] | None,
        stop: Stop,
    ) -> None:
        self._database = database
        self._here = here
        self._clock = clock
        self._ask = ask
        self._stop = stop

    async def import_file(self, wanted: Wanted) -> int:
        """Show what a file comes to, ask, and import it; return the exit code."""
        try:
            return await self._import(wanted)
        except (UnreadableError, MappingError) as error:
            return complain(error, FAILED)

    async def undo(self, number: int, *, yes: bool) -> int:
        """Take an import back, whole; return the exit code."""
        found = await self._database.read(imports.get, self._here, number)
        if found is None:
            words = (
                f"There is no import {number} here. `laurel import --list` shows all."
            )
            return complain(words, FAILED)
        if found.state is State.UNDONE:
            print(f"Import {number} was taken back already.")
            return OK
        words = f"Take {found.done.rows:,} rows with {found.done.points:,} points back?"
        if not (yes or self._agrees(f"{words} [y/N] ")):
            return complain("Nothing was changed. --yes asks no more.", FAILED)
        done = 0
        while some := await self._database.write(
            imports.undo_some, self._here, found, AT_ONCE, self._clock()
        ):
            done += some
            self._tell_of(done)
        print(f"Import {number} is taken back: {done:,} rows. The file can come again.")
        return OK

    async def show(self) -> int:
        """Print what was imported."""
        found = await self._database.read(imports.listed, self._here, MOST_LISTED)
        print(telling.table(found) if found else "Nothing was imported here yet.")
        return OK

    async def _import(self, wanted: Wanted) -> int:
        met = await self._database.read(_met, self._here)
        town = await self._database.read(_town, self._here, self._clock())
        file = digest(wanted.file)
        while True:
            with self._stop.at_once():
                plan = planned(wanted, town)
                survey = plan.survey(met, _looked)
            text = telling.preview(
                plan.sheet, plan.layout, survey, plan.undated_on, names(self._here)[0]
            )
            print(text)
            if not survey.counts:
                return complain("So nothing would count, and nothing is done.", FAILED)
            going = await self._begun(file)
            if going is not None and going.source != plan.source(file):
                return complain(telling.otherwise(going), FAILED)
            answer = "y" if wanted.yes else self._asked()
            if "=" in answer:
                wanted = replace(wanted, columns=_remapped(wanted.columns, answer))
            elif answer in {"y", "yes"}:
                return await self._write(plan, met, plan.source(file))
            else:
                return complain("Nothing was written. --yes asks no more.", FAILED)

    async def _begun(self, file: bytes) -> Import | None:
        """Return the import of this file that was interrupted, and say so."""
        before = await self._database.read(imports.of_file, self._here, file)
        if before is not None:
            print(telling.before(before))
        return before if before and before.state is State.RUNNING else None

    async def _write(self, plan: Plan, met: list[Met], source: Source) -> int:
        key = await self._database.read(imports.secret)
        going = await self._database.write(
            imports.begin, self._here, source, self._clock()
        )
        writer = Writer(self._database, plan, self._clock)
        done = await writer.write(going, met, key, self._tell_of)
        print(telling.came_to(done))
        print(f"To take it back: laurel import --undo {done.id}")
        return OK

    def _asked(self) -> str:
        if self._ask is None:
            return ""
        with self._stop.at_once():
            said = self._ask("Import it? y, n, or MEANING=COLUMN for other columns: ")
        return said.strip() if "=" in said else said.strip().casefold()

    def _agrees(self, question: str) -> bool:
        with self._stop.at_once():
            said = self._ask(question) if self._ask is not None else ""
        return said.strip().casefold() in {"y", "yes"}

    def _tell_of(self, rows: int) -> None:
        if rows >= _EVERY and rows % _EVERY < AT_ONCE:
            _tell(f"{rows:,} rows are done")
        self._stop.check()


def _met(tx: Transaction, here: Community) -> list[Met]:
    return list(imports.people(tx, here))


def _town(tx: Transaction, here: Community, now: datetime) -> Town:
    return Town(here, imports.met_at(tx, here), now)


def _remapped(columns: Mapping[Means, str], answer: str) -> dict[Means, str]:
    means, column = mapped(answer)
    return {**columns, means: column}


def mapped(typed: str) -> tuple[Means, str]:
    """Return which meaning is said to be in which column.

    Raises:
        MappingError: If there is no such meaning.
    """
    means, parted, column = typed.partition("=")
    known = {str(each): each for each in Means}
    if not parted or means.strip() not in known:
        raise MappingError(
            f"{shown(typed)!r} says of no column what it means. As in points=Score; "
            f"meanings are {', '.join(known)}."
        )
    return known[means.strip()], column.strip()


def _looked(rows: int) -> None:
    if rows % _EVERY == 0:
        _tell(f"Looked at {rows:,} rows")


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
