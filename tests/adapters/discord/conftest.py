"""Laurel on a double of Discord, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Callable,
    Iterator,
)
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.adapter import Discord, Options
from bot.adapters.discord.options import Patience
from bot.adapters.discord.people import DISCORD
from bot.chat.adapter import Dispatch
from bot.chat.catalogue import Catalogue
from bot.chat.news import ChannelGone, Joined, Left
from bot.chat.table import RouteTable, build_table
from bot.dispatch import Dispatcher
from bot.domain.refs import CommunityRef, MemberRef
from tests.adapters.listening import Ear, Remembered
from tests.adapters.stage import catalogue
from tests.fakes.discord import Discord as Double
from tests.fakes.discord import doubled
from tests.fakes.discord.actors import Actor
from tests.fakes.discord.exchange import DEFER, DEFER_UPDATE
from tests.fakes.discord.guilds import Guild
from tests.harness import Clock
from tests.samples.vocabulary.cog import VocabularyCog
from tests.waiting import until

AT_ONCE = Patience(answer_s=0.01, form_s=0.01, typing_s=0.01)
"""For whoever is kept waiting by a test, for as long as it likes."""

NEWS = frozenset(each.__name__ for each in (Joined, Left, ChannelGone))
"""What is heard of, beside routes that are run."""

IDENTIFY_EVERY_S = 0.2
"""For the double and the bot alike."""


@dataclass
class Site:
    """A server with Laurel in it, connected."""

    discord: Double
    adapter: Discord
    ear: Ear
    memory: Remembered
    clock: Clock
    guild: Guild
    ana: Actor
    bo: Actor

    @property
    def here(self) -> CommunityRef:
        """The server, as cogs name it."""
        return CommunityRef(DISCORD, self.guild.id)

    def ref(self, who: Actor) -> MemberRef:
        """Return somebody, as cogs name them."""
        return MemberRef(self.here, who.id)


def options_of(discord: Double, **changed: Any) -> Options:
    """Return how the double is reached."""
    options = Options(
        discord.api,
        discord.gateway,
        identify_every_s=IDENTIFY_EVERY_S + 0.05,
        guilds_settle_s=0.1,
    )
    return replace(options, **changed)


def thinking(site: Site) -> bool:
    """Return whether somebody sees that Laurel is thinking."""
    every = site.discord.world.interactions.values()
    return any(each.answer in {DEFER, DEFER_UPDATE} for each in every)


@contextmanager
def slowly(
    site: Site, shows: Callable[[Site], object] = thinking
) -> Iterator[asyncio.Event]:
    """Have every route take until Discord shows something, or until the event is set.

    Meanwhile Laurel loses its patience at once.
    """
    desk, opened = site.adapter._desk, asyncio.Event()
    patience, usual = desk._patience, site.ear.gate

    async def gate(named: str) -> None:
        if named not in NEWS:  # that a server is there may still be on its way
            await until(lambda: opened.is_set() or shows(site))

    desk._patience, site.ear.gate = AT_ONCE, gate
    try:
        yield opened
    finally:
        desk._patience, site.ear.gate = patience, usual


@asynccontextmanager
async def served(
    adapter: Discord, table: RouteTable, run: Dispatch
) -> AsyncIterator[None]:
    """Have the adapter connected."""
    await adapter.start(table, run)
    async with serving(adapter):
        await until(lambda: adapter.trouble is None)
        yield


@asynccontextmanager
async def serving(adapter: Discord) -> AsyncIterator[None]:
    """Have a started adapter stay connected."""
    task = asyncio.create_task(adapter.serve())  # noqa: TID251  awaited below
    try:
        yield
    finally:
        await adapter.stop()
        await task


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def words(tmp_path: Path) -> Catalogue:
    return catalogue(tmp_path / "locales")


@pytest.fixture
async def discord(clock: Clock) -> AsyncIterator[Double]:
    async with doubled(clock) as discord:
        discord.gateway_side.identify_gap_s = IDENTIFY_EVERY_S
        yield discord
        assert [] == discord.findings


@pytest.fixture
async def site(discord: Double, clock: Clock, words: Catalogue) -> AsyncIterator[Site]:
    """A server in which the whole vocabulary can be spoken."""
    guild = discord.add_guild("Willow", owner="Ada Bright")
    ana, bo = guild.add_member("Ana Souza"), guild.add_member("Bo", locale="es-ES")
    memory = Remembered()
    table = build_table([VocabularyCog()])
    ear = Ear()
    ear.run = Dispatcher(table, ear.hear)
    adapter = Discord(discord.token, options_of(discord), words, memory, clock)
    async with served(adapter, table, ear):
        yield Site(discord, adapter, ear, memory, clock, guild, ana, bo)
