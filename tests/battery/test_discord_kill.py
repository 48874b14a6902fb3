"""T01: `laurel run` is killed again and again while Discord answers now and then."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import Town, beside, now_and_then
from tests.battery.process import PATIENCE_S
from tests.battery.size import chance, size
from tests.battery.told import Tell, tell_ledger
from tests.waiting import until

KILLS = size(3, 100)
SERVERS = 8
SPEED = size(30, 20)
POSTS = "POST /channels/"
FOR_EVER_S = 3_600.0

DOWN_S = 300.0
"""After this, Discord has forgotten which nonces it saw."""

TOO_LATE = 10062
"""A member whom nobody answered, since the process was killed meanwhile."""


async def killed(folder: Path, kills: int, *, plant: str = "") -> Mapping[str, object]:
    """Return what is wrong after ``kills`` kills; empty when all is well."""
    luck = chance(101)
    async with beside(folder, SPEED) as town:
        for n in range(SERVERS):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        town.discord.tolerate(TOO_LATE)
        town.discord.faults.slow(0.004, path="/channels/")
        crowd = Crowd(town.places, pause_s=0.01)
        if plant:  # what it does wrong must not depend on luck
            town.discord.faults.reset(accept=True, for_s=FOR_EVER_S, path=POSTS)
        else:
            now_and_then(town.discord, luck)
        async with crowd.giving():
            for _ in range(kills):
                async with town.running():
                    await _live(town, crowd, luck)
                    await town.kill()
                    crowd.give_up()
                town.later(DOWN_S)
                town.discord.rest.invalid = 0  # ours, and of other ten minutes
        town.discord.faults.clear()
        async with town.running():
            await town.settled()
            assert 0 == await town.stop()
        assert len(crowd.acknowledged) > kills, "somebody was answered in between"
        return town.wrong(crowd.acknowledged)


async def _live(town: Town, crowd: Crowd, luck: random.Random) -> None:
    """Go on until it is time to be killed."""
    before = len(town.discord.requests)
    crowd.up.set()
    if luck.random() < 0.7:  # else while it still catches up
        await crowd.answered()
    await asyncio.sleep(luck.random() * 0.25)
    if town.world.plant:
        await until(partial(_unheard, town, before), PATIENCE_S)


def _unheard(town: Town, since: int) -> bool:
    """Return whether Discord took a post since then, and Laurel heard no answer."""
    asked = town.discord.requests[since:]
    posts = [r for r in asked if (r.method, r.path[:10]) == ("POST", "/channels/")]
    return any(not each.status for each in posts)


@pytest.mark.slow
async def test_kills_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """What was answered is kept, posted once, in order, and every sum is right."""
    tell_ledger(tell, f"in {KILLS} kills, Discord", await killed(tmp_path, KILLS))


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: after a crash it sends again what may stand there already."""
    assert "posted twice" in await killed(tmp_path, 3, plant="careless")
