"""Composition root: the only module that knows all others. It wires, and no more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.archive import Backups, archives, prepared
from bot.calendar import AlarmClock, Ringer
from bot.cards.artist import Artist
from bot.chat.adapter import Adapter
from bot.chat.catalogue import Catalogue
from bot.chat.news import News
from bot.chat.routes import FollowSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase
from bot.courier import Courier
from bot.dispatch import Dispatcher
from bot.domain.community import Settings
from bot.domain.refs import MemberRef
from bot.fairness.desk import ReportDesk
from bot.features import LOCALES, ON_WALL, build_features
from bot.follower import Followers
from bot.hearing import Hearing
from bot.installation import UNTOLD, Installation
from bot.lookout import Lookout
from bot.memory import DatabaseMemory
from bot.mirror.mirror import Mirror
from bot.pinner import Pinner
from bot.supervisor import Supervisor
from bot.takeout import TakeoutDesk
from cogs.calendar import service as planned
from cogs.fairness import service as fairness
from cogs.mail.service import note_parked, note_stuck, note_unpinned, note_unshown
from cogs.privacy import service as privacy
from cogs.privacy import worker
from cogs.setup import arrivals
from cogs.shoutouts import service as shoutouts
from cogs.shoutouts.digest import ANNOUNCEMENTS
from storage import drafts, exports, retention, upcoming, walls
from storage.challenges import live
from storage.claiming import Drawings
from storage.database import Database, Transaction
from storage.delivery import Delivery
from storage.lock import InstanceLock
from storage.retention import Retention

STOP_PATIENCE_S = 7.0
"""How long all that is under way may take at the end, together; what is left is settled
by the next start. The web port has had two seconds before, and the file has one more to
be closed: ten are all that there are."""

WRITE_PATIENCE_S = 1.0
"""How long a write may take before the database counts as unwell."""

FOLDINGS = (ANNOUNCEMENTS,)
"""What is told in one message where too much of it would have to be posted."""

Clock = Callable[[], datetime]
Due = tuple[Phrase, datetime]
Delivering = Courier | Lookout


@dataclass(frozen=True, slots=True)
class Laurel:
    """The running bot, apart from its platforms."""

    database: Database
    catalogue: Catalogue
    table: RouteTable
    dispatcher: Dispatcher
    couriers: Sequence[Courier]
    attendants: Sequence[Lookout]
    followers: Followers
    supervisor: Supervisor
    alarm: AlarmClock

    async def unhealthy(self) -> Sequence[str]:
        """Return the names of what fails: background tasks, and the database."""
        written = await self.database.writes_within(WRITE_PATIENCE_S)
        return [*self.supervisor.unhealthy(), *([] if written else ["database"])]

    async def next_due(self, ref: MemberRef, now: datetime) -> Due | None:
        """Return what falls due next for a member, in words, and when."""
        found = [
            *await self.database.read(shoutouts.upcoming, ref, now),
            *await self.database.read(planned.upcoming, ref, now),
        ]
        return min(found, key=lambda due: due[1], default=None)

    async def settle(self) -> None:
        """Wait until nothing more follows by itself from what was done."""
        await self.alarm.settle()
        await self.followers.settle()
        for courier in self.couriers:
            await courier.settle()
        for attendant in self.attendants:
            await attendant.settle()
        for courier in self.couriers:  # what could not be pinned or shown is told
            await courier.settle()


def wall_clock() -> datetime:
    """Return the instant that it is. Everything else takes time as an argument."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the file at ``path``, checked and brought up to date.

    Raises:
        DatabaseFileError: If it cannot be used.
    """
    lock = InstanceLock.take(path)
    try:
        is_whole = prepared(path)
    except BaseException:
        lock.release()
        raise
    opening = asyncio.ensure_future(Database.open(path, lock))  # awaited in any case
    try:
        database = await asyncio.shield(opening)
    except asyncio.CancelledError:
        await (await opening).close()  # or its threads would keep the process
        raise
    database.is_whole = is_whole
    try:
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def running(
    database: Database,
    adapters: Sequence[Adapter],
    catalogue: Catalogue,
    *,
    clock: Clock,
    wall: Clock,
    installation: Installation = UNTOLD,
) -> AsyncIterator[Laurel]:
    """Run the bot on ``adapters``; on leaving, finish what was acknowledged.

    Raises:
        CredentialsError: If a platform does not take its token.
    """
    table = build_features(database, catalogue, installation.link)
    supervisor = Supervisor()
    hearing = _hearing(database, installation.fresh, clock)
    artist = Artist(DatabaseMemory(database, catalogue, clock), catalogue, clock)
    dispatcher = Dispatcher(table, hearing, draw=artist)
    couriers = _couriers(database, adapters, clock, table, artist)
    attendants = _attendants(database, adapters, installation.backups, clock, wall)
    followers = Followers(database, _followed(table, attendants))
    delivering: list[Delivering] = [*couriers, *attendants]
    alarm = _alarm(database, delivering, table, installation.kept, clock, wall=wall)
    try:
        supervisor.watch("news", hearing.run)
        await followers.begin(supervisor)
        _watch(couriers, supervisor)
        for adapter in adapters:
            await adapter.start(table, dispatcher)
            supervisor.watch(f"platform {adapter.name}", adapter.serve)
        _watch(attendants, supervisor)
        supervisor.watch("calendar", alarm.run)
        yield Laurel(
            database=database,
            catalogue=catalogue,
            table=table,
            dispatcher=dispatcher,
            couriers=couriers,
            attendants=attendants,
            followers=followers,
            supervisor=supervisor,
            alarm=alarm,
        )
    finally:
        for task in (alarm, hearing, *delivering, followers):
            task.stop()  # begins nothing new, and finishes what it is about
        await _finish(adapters, dispatcher, supervisor)
        await artist.close()


async def _finish(
    adapters: Sequence[Adapter], dispatcher: Dispatcher, supervisor: Supervisor
) -> None:
    """Wait until all under way is done or time is up.

    Raises:
        Exception: What a platform raised when it was left; all else was finished.
    """
    now_s = asyncio.get_running_loop().time
    until_s = now_s() + STOP_PATIENCE_S
    # At once: one that does not answer must not use up what the others need.
    left = await asyncio.gather(*(a.stop() for a in adapters), return_exceptions=True)
    await dispatcher.drain(until_s - now_s())
    await supervisor.finish(until_s - now_s())
    for each in left:
        if isinstance(each, BaseException):
            raise each


def _set_aside(tx: Transaction, delivery: Delivery, reason: str, at: datetime) -> None:
    if walls.goes_on(tx, delivery, reason, ON_WALL, at):
        return
    if not arrivals.welcome_in_lobby(tx, delivery, reason, at):
        note_parked(tx, delivery, reason, at)


def _hearing(database: Database, fresh: Settings, clock: Clock) -> Hearing:
    async def note(news: News) -> None:
        await database.write(arrivals.note, news, fresh, clock())

    return Hearing(note)


def _couriers(
    database: Database,
    adapters: Sequence[Adapter],
    clock: Clock,
    table: RouteTable,
    artist: Artist,
) -> list[Courier]:
    drawings = Drawings(table.draws, FOLDINGS)
    return [
        Courier(database, each, clock, _set_aside, drawings, artist)
        for each in adapters
    ]


def _watch(tasks: Sequence[Delivering], supervisor: Supervisor) -> None:
    for task in tasks:
        supervisor.watch(task.name, task.run)


def _attendants(
    database: Database,
    adapters: Sequence[Adapter],
    backups: Backups | None,
    clock: Clock,
    wall: Clock,
) -> list[Lookout]:
    return [
        *archives(database, backups, wall),
        ReportDesk(database, clock, fairness.tell),
        TakeoutDesk(database, clock, partial(worker.ask, LOCALES), privacy.tell),
        *(Pinner(database, each, clock, note_unpinned) for each in adapters),
        *(
            Mirror(database, each, each.events, clock, note_unshown)
            for each in adapters
            if each.events is not None
        ),
    ]


def _followed(table: RouteTable, attendants: Sequence[Lookout]) -> list[FollowSpec]:
    mirrors = (each for each in attendants if isinstance(each, Mirror))
    return [*table.follows, *(each.spec for each in mirrors)]


def _alarm(
    database: Database,
    delivering: Sequence[Delivering],
    table: RouteTable,
    kept: Retention,
    clock: Clock,
    *,
    wall: Clock,
) -> AlarmClock:
    ringer = Ringer(database, table.occurrences, clock, note_stuck)

    async def ring() -> None:
        await ringer.ring()
        await database.write(live.refresh, clock())
        await database.write(drafts.sweep, clock())
        await database.write(exports.sweep, clock())
        if await database.write(retention.sweep, kept, clock()):
            while await database.write(retention.sweep, kept, clock()):
                pass
            await database.scrub()
        for each in delivering:
            each.wake()

    async def next_due() -> datetime | None:
        return await database.read(upcoming.next_due, clock())

    alarm = AlarmClock(ring, next_due, clock=clock, wall=wall)
    database.listen("calendar", alarm.wake)
    return alarm
