"""Laurel on a double of Slack, over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Callable,
    Collection,
    Iterator,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager
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
from bot.chat.adapter import Dispatch
from bot.chat.catalogue import Catalogue
from bot.chat.news import Joined
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

AT_ONCE = Patience(form_s=0.01, submit_s=0.01, typing_s=0.01, news_s=0.01)
"""For whoever is kept waiting by a test, for as long as it likes."""

MANY = 1_000
"""Posts that a channel takes in a second, where no test is about their pace."""

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
        self.tokens |= dict.fromkeys(team_ids, self.tokens[organisation_id])

    async def withdrawn(self, team_ids: Sequence[str]) -> Sequence[str]:
        return [each for each in team_ids if self.tokens.pop(each, None) is not None]


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
        api=slack.api, app_token=slack.app_token, watch=WATCHFUL, channel_gap_s=0.0
    )
    return replace(options, **changed)


def taken_in(site: Site) -> bool:
    """Return whether something that somebody waits for was acknowledged."""
    return any(each.ack for each in site.slack.world.waiting)


@contextmanager
def slowly(
    site: Site, shows: Callable[[Site], object] = taken_in
) -> Iterator[asyncio.Event]:
    """Have every route take until Slack shows something, or until the event is set.

    Meanwhile Laurel loses its patience at once.
    """
    desk, opened = site.adapter._desk, asyncio.Event()
    patience, usual = desk._patience, site.ear.gate

    async def gate(_route: str) -> None:
        await until(lambda: opened.is_set() or shows(site))

    desk._patience, site.ear.gate = AT_ONCE, gate
    try:
        yield opened
    finally:
        desk._patience, site.ear.gate = patience, usual


async def delivered(slack: Double) -> None:
    """Wait until everything that happened was told to Laurel and taken in by it."""
    await until(lambda: not slack.world.tasks)


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
        slack.web_api.limits.messages_a_second = MANY
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
