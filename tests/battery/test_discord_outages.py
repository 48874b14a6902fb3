"""T05: Discord is down in every way that it has, and Laurel dies in the middle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import beside
from tests.battery.outage import DOWN_S, LIVES, UNHEARD, Lives, OverDouble, endured
from tests.battery.size import size
from tests.battery.told import Tell, tell_ledger

SERVERS = 4
SPEED = size(60, 20)

MOST_INVALID = 50
TOO_LATE = 10062
POSTS = "POST /channels/"


async def out(
    folder: Path, lives: Lives = LIVES, *, plant: str = ""
) -> Mapping[str, object]:
    """Return what is wrong after all of them; empty when all is well."""
    async with beside(folder, SPEED) as town:
        for n in range(SERVERS):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        town.discord.tolerate(TOO_LATE)
        crowd = Crowd(town.places, pause_s=0.02)
        faults = town.discord.faults
        weather = OverDouble(faults, faults, POSTS, SPEED)
        down_s = DOWN_S if plant else 0.0  # it forgets what it saw
        wrong = await endured(town, crowd, weather, SPEED, lives, down_s)
        assert town.discord.invalid_requests <= MOST_INVALID, "a ban draws near"
        return wrong


@pytest.mark.slow
async def test_outages_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """Each after the other, with a kill in two of them."""
    tell_ledger(tell, "in every outage, Discord", await out(tmp_path))


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: it sends again what was taken without an answer."""
    assert "posted twice" in await out(tmp_path, UNHEARD, plant="careless")
