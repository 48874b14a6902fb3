"""T41: whoever waits gives up while Discord has everybody wait, and others go on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.adapters.discord.rest import Rest
from bot.app import wall_clock
from bot.chat.adapter import Posting
from bot.chat.message import Card, say
from bot.chat.table import build_table
from bot.chat.text import phrase
from bot.domain.refs import ChannelRef, CommunityRef
from bot.features import load_words
from tests.adapters.discord.conftest import options_of, served
from tests.adapters.listening import Ear, Remembered
from tests.battery.size import chance, size
from tests.fakes.discord import Channel, doubled
from tests.fakes.discord import Discord as Double

POSTS = size(60, 1_000)
CHANNELS = 10
AT_ONCE = 30
HOLD_S = 0.3
PATIENCE_S = 20.0


@dataclass
class Site:
    """Laurel's side of Discord, and channels to post into."""

    discord: Double
    adapter: Discord
    here: CommunityRef
    channels: list[Channel]

    async def post(self, count: int) -> str:
        """Post something of which there is no other."""
        channel = self.channels[count % CHANNELS]
        words = say(Card(body=(phrase("shoutouts.digest.intro"),)))
        to = ChannelRef(self.here, channel.id)
        return await self.adapter.post(Posting(to, words, "en", f"post-{count}"))

    def standing(self) -> Counter[str]:
        """Return what stands, by its id and marker."""
        return Counter(
            f"{channel.id} {message.raw['components'][0]['id']}"
            for channel in self.channels
            for message in channel.messages.values()
        )


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A connected adapter."""
    async with doubled(wall_clock) as discord:
        discord.gateway_side.identify_gap_s = 0
        discord.rest.buckets.limits["POST /channels/{channel}/messages"] = (99, 1)
        guild = discord.add_guild("Willow")
        channels = [guild.add_channel(f"room {n}") for n in range(CHANNELS)]
        adapter = Discord(
            discord.token, options_of(discord), load_words(), Remembered(), wall_clock
        )
        async with served(adapter, build_table([]), Ear()):
            here = CommunityRef(DISCORD, guild.id)
            yield Site(discord, adapter, here, channels)
        assert not discord.findings, "\n".join(discord.findings)


async def _storm(at: Site, posts: int) -> tuple[int, int]:
    """Post, cancelling a third somewhere; return how many were and were not."""
    luck = chance(41)
    done = given_up = 0
    for start in range(0, posts, AT_ONCE):
        at.discord.faults.rate_limit(HOLD_S, times=1, path="POST", scope="global")
        begun = [
            asyncio.ensure_future(at.post(n))  # noqa: TID251  awaited below
            for n in range(start, min(start + AT_ONCE, posts))
        ]
        for each in begun:
            await asyncio.sleep(luck.random() * HOLD_S / AT_ONCE)
            if luck.random() < 1 / 3:
                each.cancel()
        ends = await asyncio.gather(*begun, return_exceptions=True)
        given_up += sum(isinstance(end, asyncio.CancelledError) for end in ends)
        done += sum(isinstance(end, str) for end in ends)
    return done, given_up


async def test_those_who_give_up_hold_nobody_up() -> None:
    """All others are posted once, and so is what comes later."""
    async with site() as at, asyncio.timeout(PATIENCE_S + POSTS):
        done, given_up = await _storm(at, POSTS)
        assert POSTS == done + given_up
        assert done
        assert given_up
        assert await at.post(POSTS)
        stands = at.standing()
        assert 1 == max(stands.values())
        assert done < stands.total() <= POSTS + 1


async def test_a_request_that_is_cancelled_with_its_caller_would_be_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Planted: whoever gives up takes discord.py's request along."""

    async def unshielded(_self: Rest, call: Coroutine[Any, Any, Any]) -> Any:
        return await call

    async with site() as at:
        monkeypatch.setattr(Rest, "_run", unshielded)
        at.discord.faults.rate_limit(HOLD_S, times=1, path="POST", scope="global")
        begun = asyncio.ensure_future(at.post(0))  # noqa: TID251  cancelled below
        await asyncio.sleep(HOLD_S / 2)
        begun.cancel()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(4 * HOLD_S):
                await at.post(1)
