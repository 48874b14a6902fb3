"""The calendar among the platform's events, whatever befalls the process and them."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.app import open_database
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError
from bot.chat.events import Event, Events, StandingEvent
from bot.chat.speech import Speech
from bot.domain import rrule
from bot.domain.community import Community, Settings
from bot.domain.people import Person
from bot.domain.recurrence import Rule
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from bot.mirror.mirror import BEGUN, REFUSED_WAIT, SPARE, Mirror
from storage import communities, file, members, mirrored, planning
from storage.database import Database, Transaction
from storage.moments import Moment, MomentKind
from storage.planning import Edit, Wanted
from tests.battery.size import chance, size
from tests.harness import Clock, Platform

PLATFORM = PlatformName("fair")
HERE = CommunityRef(PLATFORM, "green")
MOST = 16
UTC = ZoneInfo("UTC")


class KilledError(BaseException):
    """The process is no more, from one moment to the next."""


@dataclass
class Fair(Events):
    """A platform with a calendar, which may fail at each request in every way."""

    clock: Clock
    random: Random
    wild: bool = False
    events: dict[str, tuple[Event, bool]] = field(default_factory=dict)
    ids: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def most(self) -> int:
        return MOST

    def named(self, event: Event) -> str:
        return event.name

    async def standing(self, community: CommunityRef) -> Sequence[StandingEvent]:
        with self._befalling():
            return [
                StandingEvent(each, ours, event.name, event.at)
                for each, (event, ours) in self.coming().items()
            ]

    async def create(self, community: CommunityRef, event: Event) -> str:
        with self._befalling():
            return self.add(event, ours=True)

    async def change(
        self, community: CommunityRef, event_id: str, event: Event
    ) -> None:
        with self._befalling():
            old, ours = self._own(event_id)
            assert old.at > self.clock(), "what has begun is not changed"
            self.events[event_id] = (event, ours)

    async def withdraw(self, community: CommunityRef, event_id: str) -> None:
        with self._befalling():
            self._own(event_id)
            del self.events[event_id]

    def add(self, event: Event, *, ours: bool) -> str:
        """Put an event there."""
        if len(self.coming()) >= MOST:
            raise RefusedError("events-full")
        assert event.at > self.clock(), "an event begins in the past"
        made = str(next(self.ids))
        self.events[made] = (event, ours)
        return made

    def coming(self) -> dict[str, tuple[Event, bool]]:
        """Return what is coming or under way."""
        now = self.clock()
        self.events = {n: e for n, e in self.events.items() if e[0].until > now}
        return self.events

    def ours(self) -> list[tuple[str, Event]]:
        """Return what Laurel put there, the soonest first."""
        mine = [(n, event) for n, (event, ours) in self.coming().items() if ours]
        return sorted(mine, key=lambda each: (each[1].at, each[1].name))

    def _own(self, event_id: str) -> tuple[Event, bool]:
        found = self.coming().get(event_id)
        if found is None:
            raise RefusedError("event-gone")
        assert found[1], "somebody else's event is touched"
        return found

    def _befalling(self) -> _Befalling:
        return _Befalling(self.random if self.wild else None)


class _Befalling:
    """What may happen before a request is taken, and after."""

    def __init__(self, random: Random | None) -> None:
        self._random = random

    def __enter__(self) -> None:
        if self._random is None:
            return
        if self._random.random() < 0.1:
            raise NotAcceptedError("busy")
        if self._random.random() < 0.05:
            raise OutcomeUnknownError("lost on the way")

    def __exit__(self, kind: object, *_: object) -> None:
        if self._random is None or kind is not None:
            return
        if self._random.random() < 0.1:
            raise OutcomeUnknownError("the answer was lost")
        if self._random.random() < 0.1:
            raise KilledError


@dataclass
class Stage(Platform):
    """A platform of which nothing but its calendar is asked."""

    @property
    def name(self) -> PlatformName:
        return PLATFORM


@dataclass
class Town:
    """A community with a calendar, and what becomes of it."""

    path: Path
    clock: Clock
    fair: Fair
    database: Database
    mirror: Mirror
    told: list[str] = field(default_factory=list)


@asynccontextmanager
async def opened(path: Path, clock: Clock, fair: Fair) -> AsyncIterator[Town]:
    """Open the file as a new process does."""
    told: list[str] = []

    def tell(_tx: Transaction, _here: Community, reason: str, _at: datetime) -> None:
        told.append(reason)

    async with open_database(path) as database:
        stage = Stage(_silent, clock)
        mirror = Mirror(database, stage, fair, clock, tell)
        settings = Settings("en", UTC)
        await database.write(communities.add, HERE, settings, clock())
        yield Town(path, clock, fair, database, mirror, told=told)


def _silent(_locale: str) -> Speech:
    raise AssertionError("nothing is said here")


async def look(town: Town) -> None:
    """Have the mirror look until nothing is due, or it is killed."""
    running = asyncio.ensure_future(town.mirror.run())  # noqa: TID251  awaited below
    settled = asyncio.ensure_future(town.mirror.settle())  # noqa: TID251  as well
    await asyncio.wait({running, settled}, return_when=asyncio.FIRST_COMPLETED)
    town.mirror.stop()
    settled.cancel()
    await asyncio.gather(running, settled, return_exceptions=True)


async def plan(town: Town, wanted: Wanted, moment: Moment | None = None) -> Moment:
    """Put something on the calendar, or change it."""

    def unit(tx: Transaction) -> Moment:
        here, edit = _edit(tx, town.clock())
        if moment is None:
            made = planning.add(tx, here, wanted, edit)
        else:
            made = planning.change(tx, here, moment, wanted, edit)
        mirrored.enrol(tx, PLATFORM, town.clock())
        return made

    return await town.database.write(unit)


async def cancel(town: Town, moment: Moment) -> None:
    """Take something off the calendar."""

    def unit(tx: Transaction) -> None:
        here, edit = _edit(tx, town.clock())
        planning.cancel(tx, here, moment.entry, edit)
        mirrored.enrol(tx, PLATFORM, town.clock())

    await town.database.write(unit)


def _edit(tx: Transaction, at: datetime) -> tuple[Community, Edit]:
    here = communities.get(tx, HERE)
    ada = members.meet(tx, here, Person(MemberRef(HERE, "ada"), "Ada"), at)
    return here, Edit(ada, "call", at)


class Life:
    """What people do to a calendar and its events, by chance."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._numbers = itertools.count(1)
        self.moments: list[Moment] = []
        self.down: set[tuple[int, datetime]] = set()
        self.doubtful: set[tuple[int, datetime]] = set()

    async def happen(self, town: Town) -> None:
        """Have one thing happen."""
        deeds = (self.add, self.change, self.cancel, self.wait, self.take_down)
        await self._random.choice((*deeds, self.add, self.wait, self.meet))(town)

    async def add(self, town: Town) -> None:
        """A moderator plans something."""
        if len(self.moments) < 12:
            self.moments.append(await plan(town, self._wanted(town)))

    async def change(self, town: Town) -> None:
        """A moderator changes something."""
        if self.moments:
            moment = self._random.choice(self.moments)
            self.moments.remove(moment)
            self._doubt(moment)
            self.moments.append(await plan(town, self._wanted(town), moment))

    async def cancel(self, town: Town) -> None:
        """A moderator takes something off."""
        if self.moments:
            moment = self._random.choice(self.moments)
            self.moments.remove(moment)
            await cancel(town, moment)

    async def wait(self, town: Town) -> None:
        """Time passes."""
        town.clock.move(minutes=self._random.randint(5, 1_800))

    async def take_down(self, town: Town) -> None:
        """A person deletes one of Laurel's events that is still to come."""
        rows = {row.event: row for row in await rows_of(town) if row.event}
        coming = [
            each
            for each, event in town.fair.ours()
            if each in rows and event.at > town.clock() + BEGUN
        ]
        if coming:
            gone = self._random.choice(coming)
            row = rows[gone]
            is_moving = row.version == mirrored.UNSURE
            noted = self.doubtful if is_moving else self.down
            noted.add((row.entry, row.at))
            del town.fair.events[gone]

    async def meet(self, town: Town) -> None:
        """A person plans an event of their own."""
        if len(town.fair.coming()) < MOST:
            at = town.clock() + timedelta(hours=self._random.randint(1, 60))
            theirs = Event("Choir", "", None, at, at + timedelta(hours=1))
            town.fair.add(theirs, ours=False)

    def _doubt(self, moment: Moment) -> None:
        """Note that what was taken down of it may have become another time."""
        of_it = {each for each in self.down if each[0] == moment.entry}
        self.down -= of_it
        self.doubtful |= of_it

    def _wanted(self, town: Town) -> Wanted:
        start = town.clock() + timedelta(minutes=self._random.randint(10, 4_000))
        text = self._random.choice(("", "FREQ=DAILY", "FREQ=WEEKLY"))
        repeats = rrule.parse(text, UTC) if text else None
        wall = start.replace(tzinfo=None, second=0, microsecond=0)
        lasts = timedelta(minutes=self._random.choice((0, 45, 600)))
        title = f"Moment {next(self._numbers)}"
        rule = Rule(wall, UTC, repeats)
        return Wanted(MomentKind.MOMENT, title, "", None, lasts, rule)


async def rows_of(town: Town) -> Sequence[mirrored.Mirrored]:
    """Return what is noted of events."""
    return (await view_of(town)).rows


async def view_of(town: Town) -> mirrored.View:
    """Return what is noted of events, and what should be."""

    def read(tx: Transaction) -> mirrored.View:
        here = communities.get(tx, HERE)
        return mirrored.view(tx, here, town.clock() + BEGUN)

    return await town.database.read(read)


@pytest.mark.parametrize("seed", range(size(6, 400)))
async def test_whatever_happens_the_events_become_what_the_calendar_says(
    tmp_path: Path, seed: int
) -> None:
    """Requests fail in every way and the process dies at any: nothing stands twice.

    What people took down stays down, what is theirs is not touched, and once all is
    well again the soonest times are shown, each once.
    """
    path, clock, luck = tmp_path / "laurel.sqlite3", Clock(), chance(seed)
    file.create(path)
    fair, life = Fair(clock, luck), Life(luck)
    for _ in range(25):
        fair.wild = True
        async with opened(path, clock, fair) as town:
            for _ in range(luck.randint(1, 4)):
                await life.happen(town)
            await look(town)
    fair.wild = False
    for _ in range(3):
        clock.move(seconds=2 * REFUSED_WAIT.total_seconds())
        async with opened(path, clock, fair) as town:
            await look(town)
            await settled_as_planned(town, life)


async def settled_as_planned(town: Town, life: Life) -> None:
    """Check that what is shown is what should be."""
    view, begun = await view_of(town), town.clock() + BEGUN
    ours = town.fair.ours()
    noted = {row.event for row in view.rows if row.event}
    assert {each for each, _ in ours} <= noted, "an event that nobody noted"
    theirs = len(town.fair.coming()) - len(ours)
    running = [event for _, event in ours if event.at <= begun]
    room = max(0, MOST - max(SPARE, theirs) - len(running))
    wanted = {(t.moment.entry, t.at): t.moment.title for t in view.wanted[:room]}
    sure = {n: title for n, title in wanted.items() if n not in life.doubtful}
    shown = [(event.name, event.at) for _, event in ours if event.at > begun]
    assert len(shown) == len(set(shown)), "an event stands twice"
    expected = {(title, n[1]) for n, title in sure.items() if n not in life.down}
    possible = {(title, n[1]) for n, title in wanted.items() if n not in life.down}
    assert expected <= set(shown) <= possible


async def test_a_calendar_that_changes_while_it_is_shown_is_looked_at_again(
    tmp_path: Path,
) -> None:
    """What is planned during a look is not lost with the note that somebody looked."""
    path, clock = tmp_path / "laurel.sqlite3", Clock()
    file.create(path)
    fair = Fair(clock, chance(1))
    async with opened(path, clock, fair) as town:
        start = (clock() + timedelta(days=1)).replace(tzinfo=None)
        tea = Wanted(MomentKind.MOMENT, "Tea", "", None, timedelta(0), Rule(start, UTC))
        await plan(town, tea)
        made = fair.create

        async def slowly(community: CommunityRef, event: Event) -> str:
            if event.name == "Tea":
                await plan(town, replace(tea, title="Walk"))
            return await made(community, event)

        fair.create = slowly  # type: ignore[method-assign]
        await look(town)
        assert {"Tea", "Walk"} == {event.name for _, event in fair.ours()}
        assert [] == town.told


async def test_a_full_calendar_is_no_one_s_fault(tmp_path: Path) -> None:
    """Where people were quicker, it is told once and tried again by itself."""
    path, clock = tmp_path / "laurel.sqlite3", Clock()
    file.create(path)
    fair = Fair(clock, chance(1))
    async with opened(path, clock, fair) as town:
        start = (clock() + timedelta(days=1)).replace(tzinfo=None)
        rule = Rule(start, UTC)
        await plan(town, Wanted(MomentKind.MOMENT, "Tea", "", None, timedelta(0), rule))

        async def full(community: CommunityRef, event: Event) -> str:
            raise RefusedError("events-full")

        made, fair.create = fair.create, full  # type: ignore[method-assign]
        await look(town)
        assert (["events-full"], []) == (town.told, fair.ours())
        fair.create = made  # type: ignore[method-assign]
    clock.move(seconds=REFUSED_WAIT.total_seconds())
    async with opened(path, clock, fair) as town:
        await look(town)
        assert ([], ["Tea"]) == (town.told, [e.name for _, e in fair.ours()])
