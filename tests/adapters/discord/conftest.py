"""Laurel on a double of Discord, over real sockets."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.adapter import Discord, Options
from bot.adapters.discord.options import Patience
from bot.adapters.discord.people import DISCORD
from bot.chat.adapter import Dispatch, Memory, News, Place
from bot.chat.catalogue import Catalogue
from bot.chat.fields import Suggestion
from bot.chat.responses import Ask, Call, Response
from bot.chat.table import RouteTable, build_table
from bot.dispatch import Dispatcher
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from tests.adapters.stage import catalogue
from tests.fakes.discord import Discord as Double
from tests.fakes.discord import doubled
from tests.fakes.discord.actors import Actor
from tests.fakes.discord.guilds import Guild
from tests.harness import Clock
from tests.samples.vocabulary.cog import VocabularyCog

SOON = Patience(answer_s=0.1, form_s=0.2, typing_s=0.2)
"""Short enough for tests that make somebody wait."""


IDENTIFY_EVERY_S = 0.2
"""For the double and the bot alike."""


@dataclass
class Remembered(Memory):
    """What Laurel remembers, as a test says."""

    places: dict[CommunityRef, Place] = field(default_factory=dict)
    zones: dict[MemberRef, ZoneInfo] = field(default_factory=dict)
    known: dict[MemberRef, str] = field(default_factory=dict)
    forms: dict[tuple[MemberRef, str], Ask] = field(default_factory=dict)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def place(self, community: CommunityRef) -> Place:
        return self.places.get(community, Place("en", ZoneInfo("UTC")))

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        return [ref for ref in self.places if ref.platform == platform]

    async def zone(self, member: MemberRef) -> ZoneInfo:
        return self.zones.get(member, ZoneInfo("UTC"))

    async def names(self, members: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        return {ref: self.known[ref] for ref in members if ref in self.known}

    async def keep(self, call: Call, ask: Ask) -> str:
        form_id = f"form{next(self._ids)}"
        self.forms[call.actor.ref, form_id] = ask
        return form_id

    async def kept(self, call: Call, form_id: str) -> Ask | None:
        return self.forms.get((call.actor.ref, form_id))


async def _at_once(_route: str) -> None:
    """Let a call through."""


@dataclass
class Ear(Dispatch):
    """Passes on to the cogs what the adapter hears, and remembers it.

    Attributes:
        gate: Awaited before a route is run, or a lookup.

        says: What routes answer in place of their handlers.
    """

    run: Dispatch | None = None
    calls: list[tuple[str, Call, Mapping[str, object] | None]] = field(
        default_factory=list
    )
    news: list[News] = field(default_factory=list)
    gate: Callable[[str], Awaitable[None]] = _at_once
    says: dict[str, Response] = field(default_factory=dict)

    async def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        self.calls.append((route, call, answers))
        await self.gate(route)
        if route in self.says:
            return self.says[route]
        assert self.run is not None
        return await self.run(route, call, args, answers)

    async def suggest(
        self, lookup: str, call: Call, typed: str
    ) -> Sequence[Suggestion]:
        await self.gate(lookup)
        assert self.run is not None
        return await self.run.suggest(lookup, call, typed)

    async def hear(self, news: News) -> None:
        self.news.append(news)


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


async def until(true: Callable[[], object], patience_s: float = 5.0) -> None:
    """Wait until something is so, as seen between two turns of the loop."""
    async with asyncio.timeout(patience_s):
        while not true():  # noqa: ASYNC110  whatever it is, nobody tells of it
            await asyncio.sleep(0.01)


def options_of(discord: Double, **changed: Any) -> Options:
    """Return how the double is reached."""
    options = Options(
        discord.api,
        discord.gateway,
        identify_every_s=IDENTIFY_EVERY_S + 0.05,
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
