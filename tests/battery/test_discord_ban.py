"""T35: whatever befalls Laurel, it stays far from being banned."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import aiohttp
import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import Town, beside, options
from tests.battery.size import at_once, size
from tests.battery.told import Tell

SPEED = size(100, 40)
SPELL_S = size(150, 700)
"""How long it lasts, in Laurel's time; Discord counts what comes in ten minutes."""

MOST_INVALID = 50
MOST_IDENTIFIES = 50
PAUSE_S = size(60, 20) / 1_000
STARTS = size(2, 20)
TOO_LATE = 10062

Trouble = Callable[[Town], Awaitable[None]]


async def revoked(town: Town) -> None:
    town.discord.faults.revoke_token()


async def kicked(town: Town) -> None:
    town.places[0].guild.kick_bot()


async def muted(town: Town) -> None:
    place = town.places[0]
    place.guild.deny(place.wall, "SEND_MESSAGES")


async def blinded(town: Town) -> None:
    place = town.places[0]
    place.guild.deny(place.wall, "VIEW_CHANNEL")


async def without_a_wall(town: Town) -> None:
    place = town.places[0]
    place.guild.delete_channel(place.wall)


async def restless(town: Town) -> None:
    """End every session as soon as there is one."""
    loop = asyncio.get_running_loop()
    until_s = loop.time() + SPELL_S / SPEED
    while loop.time() < until_s:
        if town.discord.connections:
            town.discord.faults.invalid_session()
        await asyncio.sleep(0.02)


TROUBLES: Sequence[Trouble] = (
    revoked,
    kicked,
    muted,
    blinded,
    without_a_wall,
    restless,
)


@pytest.mark.slow
@pytest.mark.parametrize("troubles", at_once(TROUBLES, 3))
async def test_no_trouble_brings_a_ban_near(
    tmp_path: Path, troubles: Sequence[Trouble], tell: Tell
) -> None:
    """While people go on, Discord says no at most fifty times, to nobody else."""
    folders = [tmp_path / trouble.__name__ for trouble in troubles]
    for folder in folders:
        folder.mkdir()
    asked = await asyncio.gather(*map(troubled, folders, troubles))
    invalid, identifies = (max(each) for each in zip(*asked, strict=True))
    tell("P24", "invalid requests in any trouble, Discord", invalid, most=MOST_INVALID)
    tell("P24", "identifies in any trouble, Discord", identifies, most=MOST_IDENTIFIES)


async def troubled(folder: Path, trouble: Trouble) -> tuple[int, int]:
    """Return the invalid requests and identifies of a server in trouble."""
    async with beside(folder, SPEED) as town:
        town.found("Willow")
        spared = town.found("Birch")
        await town.prepare()
        town.discord.tolerate(TOO_LATE)
        crowd = Crowd(town.places, pause_s=PAUSE_S, most_unseen=10_000)
        async with town.running():
            async with crowd.giving():
                crowd.up.set()
                await crowd.answered(10)
                await trouble(town)
                await asyncio.sleep(SPELL_S / SPEED)
                crowd.give_up()
            asked = town.discord.invalid_requests, town.discord.identifies
            if trouble not in {revoked, restless}:  # which befall everybody
                ana, bo = map(spared.guild.add_member, ("Ana", "Bo"))
                said = options(bo, "who are spared")
                seen = await ana.slash("shoutout", said, spared.general)
                assert "Kept" in seen.text, trouble
            assert [] == town.crashes(), trouble
        return asked


async def test_a_wrong_token_ends_the_process_in_words(tmp_path: Path) -> None:
    """With 4, however often it is started; each start asks once."""
    async with beside(tmp_path) as town:
        town.found()
        await town.prepare()
        for _ in range(STARTS):
            town.token = "of.another.one"  # as a token looks, or it would not be asked
            child = await town.start()
            assert 4 == await child.wait()
        complaints = town.log.read_text("utf-8")
        assert "Discord does not take the token. Make a new one" in complaints
        assert "LAUREL_DISCORD_TOKEN" in complaints
        assert [] == town.crashes()
        assert STARTS >= town.discord.invalid_requests
        assert 0 == town.discord.identifies


async def test_a_token_revoked_in_flight_is_told_and_waited_for(tmp_path: Path) -> None:
    """Nothing more is asked, whoever looks is told so in words, and it ends well."""
    async with beside(tmp_path, SPEED) as town:
        town.found()
        await town.prepare()
        async with town.running():
            town.discord.faults.revoke_token()
            told = await _troubles(town)
            asked = len(town.discord.requests)
            await asyncio.sleep(1)
            assert asked == len(town.discord.requests)
            assert "Put a new one in its place" in told
            assert 0 == await town.stop()


async def _troubles(town: Town) -> str:
    async with aiohttp.ClientSession() as session, asyncio.timeout(20):
        while True:
            async with session.get(f"{town.url}readyz") as answer:
                text = await answer.text()
                if answer.status == 503 and "token" in text:
                    return text
            await asyncio.sleep(0.05)
