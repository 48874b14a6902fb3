"""Laurel on a double of Discord, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.adapter import Discord, Options
from bot.adapters.discord.options import Patience
from bot.adapters.discord.people import DISCORD
from bot.chat.adapter import Dispatch
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable, build_table
from bot.dispatch import Dispatcher
from bot.domain.refs import CommunityRef, MemberRef
from tests.adapters.listening import Ear, Remembered
from tests.adapters.stage import catalogue
from tests.fakes.discord import Discord as Double
from tests.fakes.discord import doubled
from tests.fakes.discord.actors import Actor
from tests.fakes.discord.guilds import Guild
from tests.harness import Clock
from tests.samples.vocabulary.cog import VocabularyCog
from tests.waiting import until

SOON = Patience(answer_s=0.1, form_s=0.2, typing_s=0.2)
"""Short enough for tests that make somebody wait."""


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
        patience=SOON,
    )
    return replace(options, **changed)


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
