"""Laurel on the platforms that an installation has set up, in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.adapters.discord.options import Options
from bot.app import Laurel, load_words, open_database, running
from bot.chat.adapter import Adapter
from bot.chat.catalogue import Catalogue
from bot.config import DISCORD, Settings
from bot.domain import community
from bot.memory import DatabaseMemory
from bot.web.server import served
from storage.database import Database

Clock = Callable[[], datetime]


class NoPlatformError(Exception):
    """No platform has been given its token, so there is nothing to serve."""


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
        NoPlatformError: If there is none.
        CredentialsError: If a platform does not take its token.
        DatabaseFileError: If the file cannot be used, or another process serves it.
        OSError: If the port is taken.
    """
    if DISCORD not in settings.secrets:
        raise NoPlatformError
    words = load_words()
    async with open_database(settings.database.path) as database:
        adapters = _adapters(settings, database, words, clock)
        async with (
            running(
                database,
                adapters,
                words,
                clock=clock,
                wall=wall,
                fresh=starting(settings),
            ) as laurel,
            served(
                None,
                settings.web.port,
                laurel.unhealthy,
                lambda: _troubles(adapters),
            ) as url,
        ):
            yield Served(laurel, adapters, url)


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


def discord_options(settings: Settings) -> Options:
    """Return where Discord is, and how Laurel connects to it."""
    chosen = settings.discord
    return Options(
        api=chosen.api.rstrip("/"),
        gateway=chosen.gateway,
        shards=chosen.shards or None,
        development_guild=None if chosen.commands_in == "all" else chosen.commands_in,
    )


def _adapters(
    settings: Settings, database: Database, words: Catalogue, clock: Clock
) -> Sequence[Adapter]:
    # An SDK takes its time and its memory, so each is imported where it is needed.
    from bot.adapters.discord.adapter import Discord  # noqa: PLC0415

    token = settings.secrets[DISCORD].reveal()
    memory = DatabaseMemory(database, words, clock)
    return (Discord(token, discord_options(settings), words, memory, clock),)


def _troubles(adapters: Sequence[Adapter]) -> dict[str, str]:
    found = ((each.name, each.trouble) for each in adapters)
    return {name: trouble for name, trouble in found if trouble is not None}
