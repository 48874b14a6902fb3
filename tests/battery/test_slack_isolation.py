"""T38: Slack is dead, and whoever speaks on another platform does not feel it."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.connection import Connection
from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.socket import Socket
from bot.app import Laurel, open_database, running, wall_clock
from bot.chat.adapter import NotAcceptedError
from bot.chat.responses import Call, Say
from bot.chat.speech import Reader, Speech
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.features import declared
from bot.memory import DatabaseMemory
from storage import communities
from storage.file import create
from tests.adapters.slack.conftest import Purse, options_of
from tests.battery.beside import MOST, felt, plant_wait
from tests.battery.size import size
from tests.fakes.slack import Slack as Double
from tests.fakes.slack import doubled
from tests.harness import COMMUNITY, Platform, words
from tests.waiting import until

ROUNDS = size(1, 6)
"""Each is measured with Slack alive, and then with it dead."""

SHOUTOUTS = size(60, 400)
FEW = 8
"""So many suffice where it is planted that each of them waits."""

WAITING = size(60, 200)
WORKSPACES = size(5, 20)
NAMES = tuple(f"Member {n}" for n in range(4))
BLOCKED_S = 0.3


@dataclass
class House:
    """Laurel on two platforms in one process."""

    laurel: Laurel
    platform: Platform
    adapter: Slack
    slack: Double
    each: int
    given: int = 0
    turns: Counter[CommunityRef] = field(default_factory=Counter)

    def _people(self, here: CommunityRef) -> tuple[Person, Person]:
        """Return two who know each other, in turn."""
        users = self.slack.world.users.values()
        ids = [each.id for each in users if each.team_id == here.id and not each.bot]
        ids = ids or [f"U{self.given}A", f"U{self.given}B"]
        turn = self.turns[here] % len(ids)
        self.turns[here] += 1
        one, other = ids[turn], ids[turn - 1]
        return (
            Person(MemberRef(here, one), f"Member {one}"),
            Person(MemberRef(here, other), f"Member {other}"),
        )

    async def give(self, here: CommunityRef) -> float:
        """Have one shoutout be given somewhere; return how long its answer took."""
        self.given += 1
        giver, to = self._people(here)
        call = Call(
            f"call-{self.given}", giver, ChannelRef(here, "C77"), wall_clock(), "en"
        )
        answers = {"to": (to,), "why": f"For what you did out there: {self.given}."}
        since = perf_counter()
        done = await self.laurel.dispatcher("shoutouts.shoutout", call, (), answers)
        took = perf_counter() - since
        assert isinstance(done, Say), done
        return took

    async def measure(self) -> list[float]:
        """Return how long answers take on the other platform, and its posts."""
        before = len(self.platform.posts)
        took = [await self.give(COMMUNITY) for _ in range(self.each)]
        await until(lambda: len(self.platform.posts) == before + self.each, 20)
        return took

    async def beside(self, workspaces: Sequence[CommunityRef]) -> list[float]:
        """Measure while a lot is said on Slack."""
        took, _ = await asyncio.gather(self.measure(), self.busy(workspaces))
        return took

    async def busy(self, workspaces: Sequence[CommunityRef]) -> None:
        """Have a lot wait for Slack."""
        for n in range(min(WAITING, self.each)):
            await self.give(workspaces[n % len(workspaces)])


@asynccontextmanager
async def house(
    path: Path, each: int
) -> AsyncIterator[tuple[House, list[CommunityRef]]]:
    """Both platforms, connected."""
    create(path)
    async with doubled(wall_clock) as slack, open_database(path) as database:
        slack.register(manifest(declared(words()), words()))
        slack.tolerate("missing_scope", "channel_not_found", "user_not_found")
        easy = Settings("en", ZoneInfo("UTC"), allowance_per_day=100, pair_cooldown_h=0)
        purse, here = Purse(), []
        for n in range(WORKSPACES):
            team = slack.add_team(f"Town {n}")
            ref = CommunityRef(SLACK, team.id)
            purse.tokens[team.id] = team.bot_token
            for name in NAMES:
                team.add_member(name)
            wall = ChannelRef(ref, team.add_channel("wall").id)
            await database.write(
                communities.add, ref, replace(easy, wall=wall), wall_clock()
            )
            here.append(ref)
        chosen = replace(easy, wall=ChannelRef(COMMUNITY, "wall"))
        await database.write(communities.add, COMMUNITY, chosen, wall_clock())

        def speech(locale: str) -> Speech:
            reader = Reader(words().choose(locale), ZoneInfo("UTC"), wall_clock())
            return Speech(words(), reader, lambda ref: ref.id)

        platform = Platform(speech, wall_clock)  # type: ignore[arg-type]
        memory = DatabaseMemory(database, words(), wall_clock)
        adapter = Slack(options_of(slack), purse, words(), memory, wall_clock)
        async with running(
            database, [platform, adapter], words(), clock=wall_clock, wall=wall_clock
        ) as laurel:
            await until(lambda: adapter.trouble is None)
            yield House(laurel, platform, adapter, slack, each), here


async def measured(
    path: Path, rounds: int = ROUNDS, each: int = SHOUTOUTS
) -> tuple[list[float], list[float]]:
    """Return how long answers took beside Slack alive, and beside Slack dead."""
    alive: list[float] = []
    dead: list[float] = []
    async with house(path, each) as (both, workspaces):
        await both.measure()  # warm
        for _ in range(rounds):
            alive += await both.beside(workspaces)
            await both.slack.faults.cut_everything()
            await until(lambda: both.adapter.trouble is not None)
            dead += await both.beside(workspaces)
            assert both.adapter.trouble is not None
            await both.slack.faults.mend()
            await until(lambda: both.adapter.trouble is None, 90)
    return alive, dead


@pytest.mark.slow
@pytest.mark.timed
async def test_a_dead_platform_slows_nobody_down(tmp_path: Path) -> None:
    """Answers and posts of the other one take as long as ever."""
    assert {} == felt(*await measured(tmp_path / "laurel.sqlite3"))


@pytest.mark.slow
async def test_an_adapter_that_all_wait_for_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it waits on the event loop while Slack is not there."""
    plant_wait(monkeypatch, Slack)
    assert felt(*await measured(tmp_path / "laurel.sqlite3", 1, FEW), MOST)


@pytest.mark.slow
async def test_an_adapter_that_holds_all_up_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: each attempt to be connected again holds up the whole process."""
    usual = Connection._open

    async def blocking(self: Connection) -> Socket:
        try:
            return await usual(self)
        except NotAcceptedError:
            time.sleep(BLOCKED_S)  # noqa: ASYNC251  planted
            raise

    monkeypatch.setattr(Connection, "_open", blocking)
    _, dead = await measured(tmp_path / "laurel.sqlite3", 1)
    assert max(dead) >= BLOCKED_S
