"""Composition root: the only module that knows all others. It wires, and no more."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

from bot.calendar import AlarmClock, Ringer
from bot.chat.adapter import Adapter, News
from bot.chat.catalogue import Catalogue
from bot.chat.routes import FollowSpec
from bot.chat.table import RouteTable, build_table
from bot.chat.text import Phrase
from bot.chat.wording import check_words
from bot.courier import Courier
from bot.dispatch import Dispatcher
from bot.domain.community import Settings
from bot.domain.refs import MemberRef
from bot.follower import Follower
from bot.supervisor import Supervisor
from cogs.boards.cog import BoardCog
from cogs.help.cog import HelpCog
from cogs.mail.cog import MailCog
from cogs.mail.service import note_parked, note_stuck
from cogs.members.cog import MemberCog
from cogs.privacy.cog import PrivacyCog
from cogs.setup import arrivals
from cogs.setup.cog import SetupCog
from cogs.shoutouts import service as shoutouts
from cogs.shoutouts.cards import announcement
from cogs.shoutouts.cog import ShoutoutCog
from cogs.shoutouts.digest import ANNOUNCEMENTS
from storage import calendar, deliveries, departures, drafts
from storage.database import Database, Transaction
from storage.deliveries import Delivery
from storage.file import InstanceLock, prepare

LOCALES = Path(__file__).parent.parent / "locales"

STOP_PATIENCE_S = 8.0
"""How long deliveries under way may take at the end; what is left is settled by the
next start. The process has two seconds more to close the file."""

FRESH = Settings("en", ZoneInfo("UTC"))
"""What a community starts with where an installation sets nothing."""

FOLDINGS = (ANNOUNCEMENTS,)
"""What is told in one message where too much of it would have to be posted."""

Clock = Callable[[], datetime]
Due = tuple[Phrase, datetime]


@dataclass(frozen=True, slots=True)
class Laurel:
    """The running bot, apart from its platforms."""

    database: Database
    catalogue: Catalogue
    table: RouteTable
    dispatcher: Dispatcher
    couriers: Sequence[Courier]
    followers: Sequence[Follower]
    supervisor: Supervisor
    alarm: AlarmClock

    def unhealthy(self) -> Sequence[str]:
        """Return the names of the background tasks that fail again and again."""
        return self.supervisor.unhealthy()

    async def next_due(self, ref: MemberRef, now: datetime) -> Due | None:
        """Return what falls due next for a member, in words, and when."""
        found = await self.database.read(shoutouts.upcoming, ref, now)
        return min(found, key=lambda due: due[1], default=None)

    async def settle(self) -> None:
        """Wait until nothing more follows by itself from what was done."""
        await self.alarm.settle()
        for follower in self.followers:
            await follower.settle()
        for courier in self.couriers:
            await courier.settle()


def wall_clock() -> datetime:
    """Return the instant that it is. Everything else takes time as an argument."""
    return datetime.now(UTC)


def build_cogs(
    database: Database, catalogue: Catalogue, table: Callable[[], RouteTable]
) -> tuple[object, ...]:
    """Return every cog, wired."""

    def say_in(words: Phrase, tag: str) -> str:
        return "".join(str(part.content) for part in catalogue.speak(words, tag))

    return (
        ShoutoutCog(database),
        BoardCog(database),
        MailCog(database),
        SetupCog(database, tuple(catalogue.languages), announcement, say_in),
        MemberCog(database),
        PrivacyCog(database, tuple(catalogue.languages), say_in),
        HelpCog(database, table),
    )


def load_words() -> Catalogue:
    """Return every language, checked against everything that can be said.

    Raises:
        DeclarationError: If one lacks words, or has some that are too long.
    """
    catalogue = Catalogue.load(LOCALES)
    check_words(declared(catalogue), catalogue)
    return catalogue


def declared(catalogue: Catalogue) -> RouteTable:
    """Return what the bot can do, for looking at and not for running."""
    nowhere = cast("Database", None)
    return build_table(build_cogs(nowhere, catalogue, lambda: declared(catalogue)))


@asynccontextmanager
async def open_database(path: Path) -> AsyncIterator[Database]:
    """Open the file at ``path``, checked and brought up to date.

    Raises:
        DatabaseFileError: If it cannot be used.
    """
    lock = InstanceLock.take(path)
    try:
        prepare(path)
    except BaseException:
        lock.release()
        raise
    database = await Database.open(path, lock)
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
    fresh: Settings = FRESH,
) -> AsyncIterator[Laurel]:
    """Run the bot on ``adapters``; on leaving, finish what was acknowledged.

    A community that Laurel comes to starts with the settings ``fresh``.

    Raises:
        CredentialsError: If a platform does not take its token.
    """

    async def hear(news: News) -> None:
        await database.write(arrivals.note, news, fresh, clock())

    table = _table(database, catalogue)
    dispatcher = Dispatcher(table, hear)
    supervisor = Supervisor()
    couriers = [Courier(database, a, clock, _set_aside, FOLDINGS) for a in adapters]
    followers = await _follow(database, table.follows, supervisor)
    alarm = _alarm(database, couriers, table, clock=clock, wall=wall)
    for courier in couriers:
        supervisor.watch(f"courier {courier.platform}", courier.run)
    try:
        for adapter in adapters:
            await adapter.start(table, dispatcher)
            supervisor.watch(f"platform {adapter.name}", adapter.serve)
        supervisor.watch("calendar", alarm.run)
        yield Laurel(
            database=database,
            catalogue=catalogue,
            table=table,
            dispatcher=dispatcher,
            couriers=couriers,
            followers=followers,
            supervisor=supervisor,
            alarm=alarm,
        )
    finally:
        for adapter in adapters:
            await adapter.stop()
        await dispatcher.drain()
        alarm.stop()
        _stop(couriers, followers)
        await supervisor.finish(STOP_PATIENCE_S)


def _stop(couriers: Sequence[Courier], followers: Sequence[Follower]) -> None:
    for courier in couriers:
        courier.stop()
    for follower in followers:
        follower.stop()


def _table(database: Database, catalogue: Catalogue) -> RouteTable:
    """Return what the bot can do; `/laurel help` is told of all of it."""
    tables: list[RouteTable] = []
    cogs = build_cogs(database, catalogue, lambda: tables[0])
    tables.append(build_table(cogs))
    return tables[0]


def _set_aside(tx: Transaction, delivery: Delivery, reason: str, at: datetime) -> None:
    if not arrivals.welcome_in_lobby(tx, delivery, reason, at):
        note_parked(tx, delivery, reason, at)


async def _follow(
    database: Database, specs: Sequence[FollowSpec], supervisor: Supervisor
) -> list[Follower]:
    followers = [Follower(database, spec) for spec in specs]
    for follower in followers:
        await follower.begin()
        supervisor.watch(f"follower {follower.name}", follower.run)
    return followers


def _alarm(
    database: Database,
    couriers: Sequence[Courier],
    table: RouteTable,
    *,
    clock: Clock,
    wall: Clock,
) -> AlarmClock:
    ringer = Ringer(database, table.occurrences, clock, note_stuck)

    async def ring() -> None:
        await ringer.ring()
        await database.write(drafts.sweep, clock())
        if await database.write(departures.forget, clock()):
            while await database.write(departures.forget, clock()):
                pass
            await database.scrub()
        for courier in couriers:
            courier.wake()

    async def next_due() -> datetime | None:
        post = await database.read(deliveries.next_due, clock())
        entry = await database.read(calendar.next_due)
        return min((due for due in (post, entry) if due), default=None)

    alarm = AlarmClock(ring, next_due, clock=clock, wall=wall)
    database.listen("calendar", alarm.wake)
    return alarm
