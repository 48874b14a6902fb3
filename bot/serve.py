"""Laurel on the platforms that an installation has set up, in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import platforms
from bot.app import Laurel, open_database, running
from bot.archive import Backups
from bot.chat.adapter import Adapter
from bot.chat.catalogue import Catalogue
from bot.config import (
    DISCORD,
    SLACK_BOT,
    SLACK_CLIENT,
    SLACK_CLIENT_SECRET,
    SLACK_KEY,
    Settings,
)
from bot.domain import community
from bot.features import Link, load_words
from bot.installation import Installation
from bot.memory import DatabaseMemory
from bot.web import feeds
from bot.web.metrics import Sources, measured
from bot.web.server import Route, served
from storage.backups import newest_at
from storage.database import Database
from storage.retention import Retention

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Served:
    """Laurel, its platforms, and where it says how it is.

    Attributes:
        url: Where `/healthz` and `/readyz` are.
    """

    laurel: Laurel
    adapters: Sequence[Adapter]
    url: str


@asynccontextmanager
async def serving(
    settings: Settings, *, clock: Clock, wall: Clock
) -> AsyncIterator[Served]:
    """Serve every platform that has its token, until left.

    Raises:
        SetupError: If there is none, or something is missing for one.
        CredentialsError: If a platform does not take its token.
        DatabaseFileError: If the file cannot be used, or another process serves it.
        OSError: If the port is taken.
    """
    platforms.check_set_up(settings)
    words = load_words()
    async with open_database(settings.database.path) as database:
        hall = _Hall(settings, database, words, clock)
        adapters, routes = await _opened(hall)
        async with (
            running(
                database,
                adapters,
                words,
                clock=clock,
                wall=wall,
                installation=Installation(
                    starting(settings),
                    linked(settings),
                    backed_up(settings),
                    retained(settings),
                ),
            ) as laurel,
            measured(_sources(settings, laurel, adapters, wall)) as metrics,
            served(
                None,
                settings.web.port,
                laurel.unhealthy,
                lambda: _troubles(adapters),
                routes=(*routes, metrics),
                host=settings.web.host,
            ) as url,
        ):
            yield Served(laurel, adapters, url)


def linked(settings: Settings) -> Link | None:
    """Return what makes addresses of pages, None where nobody could open them."""
    public = platforms.public_address(settings)
    return None if public is None else lambda path: f"{public}{path}"


def backed_up(settings: Settings) -> Backups | None:
    """Return how the database is copied by itself; None where that is not wanted."""
    chosen = settings.backups
    if not chosen.every_h:
        return None
    return Backups(timedelta(hours=chosen.every_h), chosen.keep, chosen.folder)


def retained(settings: Settings) -> Retention:
    """Return for how long each class of data is kept."""
    chosen = settings.retention
    return Retention(
        messages=timedelta(days=chosen.messages_d) or None,
        words=timedelta(days=365.25 * chosen.words_y) or None,
        departed=timedelta(days=chosen.departed_d),
    )


def starting(settings: Settings) -> community.Settings:
    """Return what a community starts with that Laurel comes to."""
    chosen = settings.shoutouts
    return community.Settings(
        locale=settings.locale.default,
        zone=ZoneInfo("UTC"),
        allowance_per_day=chosen.allowance_per_day,
        pair_cooldown_h=chosen.pair_cooldown_h,
        undo_minutes=chosen.undo_minutes,
        reason_min_chars=chosen.reason_min_chars,
        reason_max_chars=chosen.reason_max_chars,
    )


@dataclass(frozen=True, slots=True)
class _Hall:
    """What each platform is served from."""

    settings: Settings
    database: Database
    words: Catalogue
    clock: Clock

    @property
    def memory(self) -> DatabaseMemory:
        return DatabaseMemory(self.database, self.words, self.clock)

    def secret(self, name: str) -> str:
        return self.settings.secrets[name].reveal()


async def _opened(hall: _Hall) -> tuple[Sequence[Adapter], Sequence[Route]]:
    """Return the platforms that are set up, and what they have served on the port."""
    adapters: list[Adapter] = []
    routes: list[Route] = []
    if platforms.has_discord(hall.settings):
        adapters.append(_discord(hall))
    if platforms.has_slack(hall.settings):
        slack, its_routes = await _slack(hall)
        adapters.append(slack)
        routes += its_routes
    if public := platforms.public_address(hall.settings):
        routes += feeds.routes(hall.database, hall.words, hall.clock, public)
    return adapters, routes


# An SDK takes its time and its memory, so each is imported where it is needed.


def _discord(hall: _Hall) -> Adapter:
    from bot.adapters.discord.adapter import Discord  # noqa: PLC0415

    options = platforms.discord_options(hall.settings)
    return Discord(hall.secret(DISCORD), options, hall.words, hall.memory, hall.clock)


async def _slack(hall: _Hall) -> tuple[Adapter, Sequence[Route]]:
    from bot.adapters.slack.adapter import Slack  # noqa: PLC0415
    from bot.adapters.slack.shelf import DatabaseShelf  # noqa: PLC0415
    from bot.adapters.slack.workspace import OneWorkspace  # noqa: PLC0415

    options = platforms.slack_options(hall.settings)
    shelf = DatabaseShelf(hall.database)
    if not platforms.serves_many(hall.settings):
        one = OneWorkspace(hall.secret(SLACK_BOT), options.api)
        slack = Slack(options, one, hall.words, hall.memory, hall.clock, shelf)
        return slack, slack.routes()
    from bot.adapters.slack.install import Installer, OAuthApp  # noqa: PLC0415
    from bot.adapters.slack.store import Installed  # noqa: PLC0415
    from bot.sealed import Seal  # noqa: PLC0415

    many = Installed(hall.database, Seal.of(hall.secret(SLACK_KEY)), hall.clock)
    await many.reseal()
    slack = Slack(options, many, hall.words, hall.memory, hall.clock, shelf)
    app = OAuthApp(
        client_id=hall.secret(SLACK_CLIENT),
        client_secret=hall.secret(SLACK_CLIENT_SECRET),
        api=options.api,
        public=platforms.public_address(hall.settings) or "",
        prefix=options.prefix,
    )
    installer = Installer(app, many, hall.words, slack.installed)
    return slack, (*slack.routes(), *installer.routes())


def _sources(
    settings: Settings, laurel: Laurel, adapters: Sequence[Adapter], wall: Clock
) -> Sources:
    return Sources(
        database=laurel.database,
        troubles=lambda: _troubles(adapters),
        platforms=[each.name for each in adapters],
        unhealthy=laurel.supervisor.unhealthy,
        backed_up_at=lambda: newest_at(settings.backups.folder),
        wall=wall,
    )


def _troubles(adapters: Sequence[Adapter]) -> dict[str, str]:
    found = ((each.name, each.trouble) for each in adapters)
    return {name: trouble for name, trouble in found if trouble is not None}
