"""T38: one platform is dead, and whoever speaks on another does not feel it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.app import Laurel, open_database, running, wall_clock
from bot.chat.responses import Call, Say
from bot.chat.speech import Reader, Speech
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.features import load_words
from bot.memory import DatabaseMemory
from storage import communities
from storage.file import create
from tests.adapters.discord.conftest import options_of
from tests.battery.beside import MOST, felt, plant_wait
from tests.battery.size import size
from tests.fakes.discord import Discord as Double
from tests.fakes.discord import doubled
from tests.harness import COMMUNITY, Platform
from tests.waiting import until

ROUNDS = size(1, 4)
"""Each is measured with Discord alive, and then with it dead."""

SHOUTOUTS = size(60, 400)
FEW = 8
"""So many suffice where it is planted that each of them waits."""

WAITING = size(60, 200)
SERVERS = 20


@dataclass
class House:
    """Laurel on two platforms in one process."""

    laurel: Laurel
    platform: Platform
    adapter: Discord
    discord: Double
    each: int
    given: int = 0

    async def give(self, here: CommunityRef) -> float:
        """Have one shoutout be given somewhere; return how long its answer took."""
        self.given += 1
        giver, to = (
            Person(MemberRef(here, f"9{self.given}{end}"), f"Member {self.given} {end}")
            for end in (0, 1)
        )
        call = Call(
            f"call-{self.given}", giver, ChannelRef(here, "77"), wall_clock(), "en"
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

    async def busy(self, servers: Sequence[CommunityRef]) -> None:
        """Have a lot wait for Discord."""
        for n in range(min(WAITING, self.each)):
            await self.give(servers[n % len(servers)])


@asynccontextmanager
async def house(
    path: Path, each: int
) -> AsyncIterator[tuple[House, list[CommunityRef]]]:
    """Both platforms, connected."""
    create(path)
    words = load_words()
    async with doubled(wall_clock) as discord, open_database(path) as database:
        discord.gateway_side.identify_gap_s = 0
        easy = Settings("en", ZoneInfo("UTC"), allowance_per_day=100, pair_cooldown_h=0)
        wall = ChannelRef(COMMUNITY, "wall")
        servers = []
        for n in range(SERVERS):
            guild = discord.add_guild(f"Town {n}")
            here = CommunityRef(DISCORD, guild.id)
            chosen = replace(easy, wall=ChannelRef(here, guild.general.id))
            await database.write(communities.add, here, chosen, wall_clock())
            servers.append(here)
        chosen = replace(easy, wall=wall)
        await database.write(communities.add, COMMUNITY, chosen, wall_clock())

        def speech(locale: str) -> Speech:
            reader = Reader(words.choose(locale), ZoneInfo("UTC"), wall_clock())
            return Speech(words, reader, lambda ref: ref.id)

        platform = Platform(speech, wall_clock)  # type: ignore[arg-type]
        memory = DatabaseMemory(database, words, wall_clock)
        options = options_of(discord)
        adapter = Discord(discord.token, options, words, memory, wall_clock)
        async with running(
            database, [platform, adapter], words, clock=wall_clock, wall=wall_clock
        ) as laurel:
            await until(lambda: adapter.trouble is None)
            yield House(laurel, platform, adapter, discord, each), servers
        assert not discord.findings, "\n".join(discord.findings)


async def measured(
    path: Path, rounds: int = ROUNDS, each: int = SHOUTOUTS
) -> tuple[list[float], list[float]]:
    """Return how long answers took beside Discord alive, and beside Discord dead."""
    alive: list[float] = []
    dead: list[float] = []
    async with house(path, each) as (both, servers):
        await both.measure()  # warm
        for _ in range(rounds):
            await both.busy(servers)
            alive += await both.measure()
            await both.discord.faults.cut_everything()
            await both.busy(servers)
            dead += await both.measure()
            assert both.adapter.trouble is not None
            await both.discord.faults.mend()
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
    """Planted: it waits on the event loop while Discord is not there."""
    plant_wait(monkeypatch, Discord)
    assert felt(*await measured(tmp_path / "laurel.sqlite3", 1, FEW), MOST)
