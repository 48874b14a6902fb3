"""A calendar to try: a real file, a clock that is held, and units that take notes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import open_database
from bot.calendar import Ringer
from bot.chat.routes import OccurrenceSpec
from bot.domain.community import Community, Settings
from bot.domain.missed import Missed
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import CommunityRef
from bot.domain.rrule import parse
from storage import calendar, communities, file
from storage.calendar import Entry, Plan
from storage.database import Database, Transaction
from storage.occurrences import Occurrence
from storage.ringing import Stuck
from tests.harness import COMMUNITY, PLATFORM, Clock

STALE = timedelta(hours=2)

_DO = """
CREATE TABLE IF NOT EXISTS done (
  id INTEGER PRIMARY KEY, community INTEGER, kind TEXT, entry INTEGER, day TEXT,
  slot INTEGER, since INTEGER, at INTEGER, folded INTEGER, now INTEGER)
"""

_NOTE = """
INSERT INTO done (community, kind, entry, day, slot, since, at, folded, now)
VALUES (:community, :kind, :entry, :day, :slot, :since, :at, :folded, :now)
"""


@dataclass(frozen=True, slots=True)
class Done:
    """What a unit wrote down."""

    kind: str
    entry: int
    day: str
    slot: int
    at: datetime
    folded: int
    now: datetime
    since: datetime | None


@dataclass(slots=True)
class Stand:
    """The calendar of some communities.

    Attributes:
        fault: Called in each unit behind its note; what it raises happens.
    """

    database: Database
    clock: Clock
    told: list[Stuck] = field(default_factory=list)
    fault: Callable[[Occurrence], None] = lambda _occurrence: None

    @property
    def ringer(self) -> Ringer:
        """One that has just been started."""
        return Ringer(self.database, self.kinds, self.clock, self.take_note)

    @property
    def kinds(self) -> Mapping[str, OccurrenceSpec]:
        """One for each policy."""
        return {
            f"test.{missed}": OccurrenceSpec(
                f"test.{missed}",
                self._do,
                missed,
                STALE if missed is Missed.SKIP else None,
            )
            for missed in Missed
        }

    async def ring(self, **by: float) -> None:
        """Let time pass, then ring as the alarm clock would."""
        self.clock.move(**by)
        await self.ringer.ring()

    async def add(self, kind: str, rule: Rule, **more: object) -> Entry:
        """Put something on the first community's calendar."""
        plan = replace(Plan(f"test.{kind}", rule, "[1,null]"), **more)  # type: ignore[arg-type]

        def put(tx: Transaction) -> Entry:
            return calendar.add(tx, communities.get(tx, COMMUNITY), plan, self.clock())

        return await self.database.write(put)

    async def done(self) -> list[Done]:
        """Return what was done, in order."""
        rows = await self.database.read(
            lambda tx: tx.all("SELECT * FROM done ORDER BY id")
        )
        return [
            Done(
                row["kind"].removeprefix("test."),
                row["entry"],
                row["day"],
                row["slot"],
                _from(row["at"]),
                row["folded"],
                _from(row["now"]),
                None if row["since"] is None else _from(row["since"]),
            )
            for row in rows
        ]

    async def days(self) -> list[str]:
        """Return the local dates of what was done."""
        return [each.day for each in await self.done()]

    async def outcomes(self) -> list[tuple[str, str]]:
        """Return every date that is claimed, and how."""
        found = "SELECT day, outcome FROM occurrences ORDER BY entry, day, slot"
        rows = await self.database.read(lambda tx: tx.all(found))
        return [(row["day"], row["outcome"]) for row in rows]

    async def community(self) -> Community:
        """Return the first community."""
        return await self.database.read(communities.get, COMMUNITY)

    async def settings(self, **changed: object) -> None:
        """Have the first community choose other settings."""

        def change(tx: Transaction) -> None:
            here = communities.get(tx, COMMUNITY)
            communities.change(tx, here, replace(here.settings, **changed))  # type: ignore[arg-type]

        await self.database.write(change)

    def _do(self, tx: Transaction, occurrence: Occurrence) -> None:
        entry, happening = occurrence.entry, occurrence.happening
        tx.run(
            _NOTE,
            community=occurrence.community.id,
            kind=entry.plan.kind,
            entry=entry.id,
            day=f"{happening.on}",
            slot=happening.slot,
            since=None if occurrence.since is None else _ms(occurrence.since),
            at=_ms(occurrence.until),
            folded=occurrence.folded,
            now=_ms(occurrence.now),
        )
        self.fault(occurrence)

    def take_note(self, _tx: Transaction, stuck: Stuck, _at: datetime) -> None:
        """Be told what was set aside."""
        self.told.append(stuck)


@asynccontextmanager
async def stand(
    path: Path, clock: Clock | None = None, crowd: int = 1
) -> AsyncIterator[Stand]:
    """Open the calendar at ``path``, made with ``crowd`` communities."""
    clock = clock or Clock()
    fresh = not path.exists()
    if fresh:
        file.create(path)
    async with open_database(path) as database:
        if fresh:
            await database.write(_prepare, clock(), crowd)
        yield Stand(database, clock)


def daily(start: str, zone: str = "UTC", text: str = "FREQ=DAILY") -> Rule:
    """Return a rule that starts at a wall time; with no ``text``, once."""
    place = zone_named(zone)
    pattern = parse(text, place) if text else None
    return Rule(datetime.fromisoformat(start), place, pattern)


def _prepare(tx: Transaction, at: datetime, crowd: int) -> None:
    tx.run(_DO)
    settings = Settings("en", ZoneInfo("UTC"))
    for number in range(crowd):
        ref = CommunityRef(PLATFORM, f"home-{number}") if number else COMMUNITY
        communities.add(tx, ref, settings, at)


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _from(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
