"""Laurel on a double of Slack, over real sockets."""

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
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.adapter import Options, Slack
from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.options import Patience, Tokens, Watch
from bot.adapters.slack.people import SLACK
from bot.app import Laurel, declared, load_words, open_database, running
from bot.chat.adapter import Dispatch, Joined, Memory, News, Place
from bot.chat.catalogue import Catalogue
from bot.chat.fields import Suggestion
from bot.chat.responses import Ask, Call, Response
from bot.chat.table import RouteTable, build_table
from bot.dispatch import Dispatcher
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from bot.memory import DatabaseMemory
from storage.file import create
from tests.adapters.stage import catalogue
from tests.fakes.slack import Actor, Channel, Team, doubled
from tests.fakes.slack import Slack as Double
from tests.harness import NEVER, Clock
from tests.samples.vocabulary.cog import VocabularyCog

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
class Remembered(Memory):
    """What Laurel remembers, as a test says."""

    places: dict[CommunityRef, Place] = field(default_factory=dict)
    zones: dict[MemberRef, ZoneInfo] = field(default_factory=dict)
    known: dict[MemberRef, str] = field(default_factory=dict)
    forms: dict[tuple[MemberRef, str], Ask] = field(default_factory=dict)
    here: set[CommunityRef] = field(default_factory=set)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def place(self, community: CommunityRef) -> Place:
        return self.places.get(community, Place("en", ZoneInfo("UTC")))

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        return [each for each in self.here if each.platform == platform]

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


async def _at_once(_route: str) -> None:
    """Let a call through."""


@dataclass
class Ear(Dispatch):
    """Passes on to the cogs what the adapter hears, and remembers it.

    Attributes:
        gate: Awaited before a route is run, or a lookup.

        says: What routes answer in place of their handlers.

        offers: What lookups find in place of theirs.
    """

    run: Dispatch | None = None
    calls: list[tuple[str, Call, Mapping[str, object] | None]] = field(
        default_factory=list
    )
    news: list[News] = field(default_factory=list)
    gate: Callable[[str], Awaitable[None]] = _at_once
    says: dict[str, Response] = field(default_factory=dict)
    offers: dict[str, Sequence[Suggestion]] = field(default_factory=dict)

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
        if lookup in self.offers:
            offered = self.offers[lookup]
            return [each for each in offered if typed in each.value][:25]
        assert self.run is not None
        return await self.run.suggest(lookup, call, typed)

    async def hear(self, news: News) -> None:
        await self.gate(type(news).__name__)
        self.news.append(news)


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


async def until(true: Callable[[], object], patience_s: float = 5.0) -> None:
    """Wait until something is so, as seen between two turns of the loop."""
    async with asyncio.timeout(patience_s):
        while not true():  # noqa: ASYNC110  whatever it is, nobody tells of it
            await asyncio.sleep(0.01)


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
            yield Workshop(slack, adapter, laurel, purse, clock, team)
        assert [] == slack.findings
