"""How one file is read into one community."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from bot.domain.community import Community
from bot.importing.columns import Layout, MappingError, Means, layout
from bot.importing.people import People, folded
from bot.importing.reading import Sheet, UnreadableError, examine, records
from bot.importing.rows import RowReader
from bot.importing.sorting import Sorter
from bot.importing.survey import Survey, Surveyor
from storage.imports import Met, Source

MAX_ALIASES = 200_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed.

    Attributes:
        columns: What is said of columns; it goes before what is recognised.

        encoding: One of `bot.importing.reading.ENCODINGS`; None: the file tells.

        day_first: How ``3/4/2025`` is read; None: not at all.

        undated_on: When rows without a date count; None: the day before Laurel came.

        people: A file of two columns, what a file calls somebody and who they are.

        meet: Whether people are met by the ids in the file.

        yes: Whether nobody needs to be asked.
    """

    file: Path
    columns: Mapping[Means, str] = field(default_factory=dict)
    encoding: str | None = None
    day_first: bool | None = None
    undated_on: date | None = None
    people: Path | None = None
    meet: bool = False
    yes: bool = False


@dataclass(frozen=True, slots=True)
class Town:
    """What is known of the community that a file is imported into.

    Attributes:
        came_at: When Laurel came there.

        now: The instant of the import.
    """

    here: Community
    came_at: datetime
    now: datetime

    @property
    def today(self) -> date:
        """The community's civil date."""
        return self.now.astimezone(self.here.settings.zone).date()

    @property
    def eve(self) -> date:
        """The civil date before Laurel came."""
        came_on = self.came_at.astimezone(self.here.settings.zone).date()
        return came_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """A file, how it is read, and whom it may name."""

    wanted: Wanted
    town: Town
    sheet: Sheet
    layout: Layout
    aliases: Mapping[str, str]

    @property
    def undated_on(self) -> date:
        """The date on which rows without one count."""
        return self.wanted.undated_on or self.town.eve

    def source(self, file: bytes) -> Source:
        """Return what is kept of the file, whose SHA-256 is ``file``."""
        reads = {
            "columns": {str(means): at for means, at in self.layout.at.items()},
            "each": self.layout.each,
            "encoding": self.sheet.encoding,
            "day_first": self.wanted.day_first,
            "undated_on": self.undated_on.isoformat(),
            "people": _digest(self.aliases),
            "meet": self.wanted.meet,
        }
        return Source(self.layout.tool.name, file, json.dumps(reads, sort_keys=True))

    def people(self, met: Iterable[Met]) -> People:
        """Return who may be named, of those whom Laurel has met."""
        return People(met, self.aliases, self.town.here.ref.platform)

    def sorter(self, people: People) -> Sorter:
        """Return what sorts the rows, from the first on."""
        zone = self.town.here.settings.zone
        reader = RowReader(
            self.layout, zone, self.town.today, day_first=self.wanted.day_first
        )
        return Sorter(reader, people, self.undated_on, totals=self.layout.totals)

    def survey(self, met: Iterable[Met], tell: Callable[[int], None]) -> Survey:
        """Return what the file comes to; see `Surveyor.look`."""
        people = self.people(met)
        looking = Surveyor(
            self.sorter(people), people, self.layout, meet=self.wanted.meet
        )
        return looking.look(records(self.sheet), tell)


def planned(wanted: Wanted, town: Town) -> Plan:
    """Return how the file that is wanted is read.

    Raises:
        UnreadableError: If it cannot be.
        MappingError: If its columns do not say enough.
    """
    if wanted.undated_on is not None and wanted.undated_on > town.today:
        raise MappingError(f"--on {wanted.undated_on} is still to come.")
    sheet = examine(wanted.file, wanted.encoding)
    known = _aliases(wanted.people) if wanted.people else {}
    return Plan(wanted, town, sheet, layout(sheet.header, wanted.columns), known)


def _aliases(path: Path) -> dict[str, str]:
    sheet = examine(path)
    if len(sheet.header) != len(("as the file says", "in Laurel")):
        raise UnreadableError(
            f"{path} wants two columns: what the file calls somebody, and their id or "
            "name in Laurel. The first line is for the names of the columns."
        )
    known: dict[str, str] = {}
    for record in records(sheet):
        said, who = (cell.strip() for cell in (*record.cells, "", "")[:2])
        if not (said and who) or known.setdefault(folded(said), who) != who:
            raise UnreadableError(
                f"Line {record.line} of {path} says nobody, or somebody whom an "
                "earlier line says to be somebody else."
            )
        if len(known) > MAX_ALIASES:
            raise UnreadableError(f"{path} has more than {MAX_ALIASES:,} people.")
    return known


def _digest(aliases: Mapping[str, str]) -> str:
    said = json.dumps(sorted(aliases.items()))
    return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
