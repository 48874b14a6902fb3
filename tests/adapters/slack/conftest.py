"""Laurel on a double of Slack, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Collection,
    Sequence,
)
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack.adapter import Options, Slack
from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.options import Patience, Tokens, Watch
from bot.adapters.slack.people import SLACK
from bot.app import Laurel, open_database, running
from bot.chat.adapter import Dispatch, Joined
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable, build_table
from bot.dispatch import Dispatcher
from bot.domain.refs import CommunityRef, MemberRef
from bot.features import declared, load_words
from bot.memory import DatabaseMemory
from storage import communities
from storage.file import create
from tests.adapters.listening import Ear, Remembered
from tests.adapters.stage import catalogue
from tests.fakes.slack import Actor, Channel, Team, doubled
from tests.fakes.slack import Slack as Double
from tests.harness import NEVER, Clock
from tests.samples.vocabulary.cog import VocabularyCog
from tests.waiting import until

SOON = Patience(form_s=0.2, submit_s=0.4, typing_s=0.3, news_s=0.5)
"""Short enough for tests that make somebody wait."""

WATCHFUL = Watch(
    ping_s=0.2,
    silence_s=0.7,
    hello_s=2.0,
    overlap_s=1.0,
    first_wait_s=0.05,
    max_wait_s=0.2,
)


@dataclass
class Purse(Tokens):
    """The tokens of the teams that the app is in, as a test says."""

    tokens: dict[str, str] = field(default_factory=dict)
    installers: dict[str, str] = field(default_factory=dict)

    async def token_of(self, team_id: str) -> str | None:
        return self.tokens.get(team_id)

    async def teams(self) -> Sequence[str]:
        return tuple(self.tokens)

    async def installer_of(self, team_id: str) -> str | None:
        return self.installers.get(team_id)

    async def uninstalled(self, place_id: str, at: datetime) -> Sequence[str]:
        return () if self.tokens.pop(place_id, None) is None else (place_id,)

    async def revoked(self, team_id: str, token: str) -> Sequence[str]:
        return ()

    async def granted(self, organisation_id: str, team_ids: Sequence[str]) -> None:
        raise NotImplementedError

    async def withdrawn(self, team_ids: Sequence[str]) -> Sequence[str]:
        raise NotImplementedError


@dataclass
class Site:
    """A workspace with Laurel in it, connected."""

    slack: Double
    adapter: Slack
    ear: Ear
    memory: Remembered
    purse: Purse
    clock: Clock
    team: Team
    ana: Actor
    bo: Actor
    wall: Channel

    @property
    def here(self) -> CommunityRef:
        """The workspace, as cogs name it."""
        return CommunityRef(SLACK, self.team.id)

    def ref(self, who: Actor) -> MemberRef:
        """Return somebody, as cogs name them."""
        return MemberRef(self.here, who.id)


def options_of(slack: Double, **changed: Any) -> Options:
    """Return how the double is reached."""
    options = Options(
        api=slack.api, app_token=slack.app_token, patience=SOON, watch=WATCHFUL
    )
    return replace(options, **changed)


@asynccontextmanager
async def serving(
    adapter: Slack, table: RouteTable, run: Dispatch
) -> AsyncIterator[None]:
    """Have an adapter started, and stay connected."""
    await adapter.start(table, run)
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
def table() -> RouteTable:
    return build_table([VocabularyCog()])


@pytest.fixture
async def slack(
    clock: Clock, table: RouteTable, words: Catalogue
) -> AsyncIterator[Double]:
    async with doubled(clock) as slack:
        slack.register(manifest(table, words))
        yield slack
        assert [] == slack.findings


@asynccontextmanager
async def settled(
    slack: Double, clock: Clock, words: Catalogue, table: RouteTable, **changed: Any
) -> AsyncIterator[Site]:
    """Found a workspace in which the whole vocabulary can be spoken."""
    team = slack.add_team("Willow")
    ada = team.add_member("Ada Bright", owner=True)
    ana = team.add_member("Ana Souza", locale="en-US")
    bo = team.add_member("Bo", locale="es-ES")
    wall = team.add_channel("wall", members=[ana, bo])
    memory, ear = Remembered(), Ear()
    ear.run = Dispatcher(table, ear.hear)
    purse = Purse({team.id: team.bot_token}, {team.id: ada.id})
    options = options_of(slack, **changed)
    adapter = Slack(options, purse, words, memory, clock)
    async with serving(adapter, table, ear):
        await until(lambda: adapter.trouble is None)
        await until(lambda: any(isinstance(each, Joined) for each in ear.news))
        yield Site(slack, adapter, ear, memory, purse, clock, team, ana, bo, wall)


@pytest.fixture
async def site(
    slack: Double, clock: Clock, words: Catalogue, table: RouteTable
) -> AsyncIterator[Site]:
    """A workspace in which the whole vocabulary can be spoken, over Socket Mode."""
    async with settled(slack, clock, words, table) as site:
        yield site


@pytest.fixture
async def hasty(
    slack: Double, clock: Clock, words: Catalogue, table: RouteTable
) -> AsyncIterator[Site]:
    """The same, where nobody waits before another post in a channel."""
    async with settled(slack, clock, words, table, channel_gap_s=0.0) as site:
        yield site


@dataclass
class Workshop:
    """A workspace with the whole of Laurel in it, as it is served."""

    slack: Double
    adapter: Slack
    laurel: Laurel
    purse: Purse
    clock: Clock
    team: Team


@asynccontextmanager
async def workshop(
    folder: Path,
    clock: Clock,
    scopes: Collection[str] | None = None,
    **changed: Any,
) -> AsyncIterator[Workshop]:
    """Serve the whole of Laurel in one workspace, whose file stands in ``folder``."""
    words, path = load_words(), folder / "laurel.sqlite3"
    create(path)
    async with doubled(clock) as slack, open_database(path) as database:
        slack.register(manifest(declared(words), words))
        team = slack.add_team("Willow", scopes=scopes)
        ada = team.add_member("Ada Bright", owner=True)
        purse = Purse({team.id: team.bot_token}, {team.id: ada.id})
        memory = DatabaseMemory(database, words, clock)
        adapter = Slack(options_of(slack, **changed), purse, words, memory, clock)
        async with running(
            database, [adapter], words, clock=clock, wall=lambda: NEVER
        ) as laurel:
            await until(lambda: adapter.trouble is None)
            await until(lambda: database.read(communities.every))  # it is welcomed
            yield Workshop(slack, adapter, laurel, purse, clock, team)
        assert [] == slack.findings
