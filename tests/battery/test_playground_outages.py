"""T05: the playground is down in every way that it has, and Laurel dies meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import bot.app
from bot.adapters.playground.faults import Fault, Faults
from tests.battery.crowd import Crowd
from tests.battery.doors import Standing, befallen
from tests.battery.on_playground import Weather, beside
from tests.battery.outage import DOWN_S, LIVES, UNHEARD, Lives, endured
from tests.battery.size import size
from tests.battery.told import Tell, tell_ledger
from tests.test_courier import Careless

SPEED = size(60, 40)
PEOPLE = size(20, 200)
FIVE_MINUTES_S = 300.0


async def out(
    folder: Path, lives: Lives = LIVES, *, plant: str = ""
) -> Mapping[str, object]:
    """Return what is wrong after all of them; empty when all is well."""
    async with beside(folder, SPEED, PEOPLE) as town, asyncio.TaskGroup() as tasks:
        town.world = replace(town.world, plant=plant)
        crowd = Crowd([town], pause_s=0.02)
        weather = Weather(town, tasks)
        down_s = DOWN_S if plant else 0.0
        return await endured(town, crowd, weather, SPEED, lives, down_s)


@pytest.mark.slow
async def test_outages_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """Each after the other, with a kill in two of them."""
    tell_ledger(tell, "in every outage, playground", await out(tmp_path))


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: it sends again what was taken without an answer."""
    assert "posted twice" in await out(tmp_path, UNHEARD, plant="careless")


STANDS: Sequence[Standing] = [
    ("root", "", False, True, False, 1),
    ("reply one", "root", False, False, False, 0),
    ("one, edited", "", False, False, False, 0),
    ("three", "", True, False, False, 0),
    ("pinned", "", False, False, False, 0),
    ("pictured, edited", "", False, False, True, 0),
    ("last", "", False, False, False, 0),
]

EACH = {each.value: Faults.every(each) for each in Fault}
SOME = {"all of them": Faults(dict.fromkeys(Fault, 12)), "none": Faults()}


@pytest.mark.parametrize("faults", [*EACH, *SOME])
async def test_every_door_is_passed_once(tmp_path: Path, faults: str) -> None:
    """Posts, edits, threads, pins and pictures stand at last as if all were well."""
    befell = (EACH | SOME)[faults]
    assert STANDS == await befallen(tmp_path / "home", befell, FIVE_MINUTES_S)


async def test_what_stands_twice_behind_a_door_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the courier does not look, and answers get lost."""
    monkeypatch.setattr(bot.app, "Courier", Careless)
    stands = await befallen(tmp_path / "home", EACH["lost"], FIVE_MINUTES_S)
    assert len(stands) > len(STANDS)
