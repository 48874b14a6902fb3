"""T05: Slack is down in every way that it has, and Laurel dies in the middle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import UNTAKEN, beside
from tests.battery.outage import (
    DOWN_S,
    LIVES,
    UNHEARD,
    Lives,
    Outage,
    OverDouble,
    endured,
)
from tests.battery.size import FULL, size
from tests.battery.told import Tell, tell_ledger

WORKSPACES = 3
SPEED = size(60, 20)
POSTS = r"chat\.postMessage"

BLIND: Lives = ((Outage.SILENT, Outage.ACCEPTED_AND_RESET),)
"""Where it matters most whether somebody may look."""


async def out(
    folder: Path, profile: str, lives: Lives = LIVES, *, plant: str = ""
) -> dict[str, object]:
    """Return what is wrong after all of them; empty when all is well."""
    async with beside(folder, SPEED, profile) as town:
        for n in range(WORKSPACES):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        town.slack.tolerate(UNTAKEN)
        crowd = Crowd(town.places, pause_s=0.02)
        faults = town.slack.faults
        weather = OverDouble(faults, faults.requests, POSTS, SPEED)
        down_s = DOWN_S if plant else 0.0
        return dict(await endured(town, crowd, weather, SPEED, lives, down_s))


@pytest.mark.slow
async def test_outages_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """Each after the other, with a kill in two of them."""
    tell_ledger(tell, "in every outage, Slack", await out(tmp_path, "full"))


@pytest.mark.slow
async def test_without_history_what_stands_twice_is_said(tmp_path: Path) -> None:
    """Nothing else is wrong; nobody could look what became of a request."""
    wrong = await out(tmp_path, "none", LIVES if FULL else BLIND)
    assert wrong.pop("posted twice")
    assert {} == wrong


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: it sends again what was taken without an answer."""
    assert "posted twice" in await out(tmp_path, "full", UNHEARD, plant="careless")
