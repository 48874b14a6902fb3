"""T05: Discord is down in every way that it has, and Laurel dies in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import beside
from tests.battery.process import PATIENCE_S
from tests.battery.size import size
from tests.fakes.discord.faults import Faults
from tests.waiting import until

SERVERS = 4
SPEED = size(60, 10)
OUTAGE_S = size(40, 300)
"""How long each lasts, in Laurel's time."""

MOST_INVALID = 50
TOO_LATE = 10062
POSTS = "POST /channels/"
LATE_S = 33.0
"""Three seconds after Laurel has given up."""

DOWN_S = 300.0

FOR_EVER_S = 3_600.0

Outage = Callable[[Faults], None]


def limited(faults: Faults) -> None:
    """429, each with a wait, as Discord's own."""
    faults.rate_limit(OUTAGE_S / 4, for_s=FOR_EVER_S, path=POSTS)


def broken(faults: Faults) -> None:
    faults.status(500, for_s=FOR_EVER_S, path=POSTS)


def silent(faults: Faults) -> None:
    """Every request hangs, and is carried out three seconds after the time-out."""
    faults.hang(wait_s=LATE_S / SPEED, late=True, for_s=FOR_EVER_S, path=POSTS)


def reset(faults: Faults) -> None:
    faults.reset(for_s=FOR_EVER_S, path=POSTS)


def accepted_and_reset(faults: Faults) -> None:
    faults.reset(accept=True, for_s=FOR_EVER_S, path=POSTS)


Lives = tuple[tuple[Outage, ...], ...]

LIVES: Lives = ((limited, broken, silent), (reset, accepted_and_reset))
"""What befalls each process; in the last one it is killed."""


async def strike(outage: Outage, faults: Faults) -> None:
    """Begin an outage, which ends so long after it was felt first."""
    began_s = asyncio.get_running_loop().time()
    outage(faults)
    await until(lambda: faults.struck_s >= began_s, PATIENCE_S)
    faults.end_in(OUTAGE_S / SPEED)


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
        async with crowd.giving():
            for life in lives:
                async with town.running():
                    for outage in life:
                        crowd.up.set()
                        await crowd.answered(SERVERS)
                        await strike(outage, town.discord.faults)
                        await asyncio.sleep(OUTAGE_S / SPEED / 2)
                        if outage is not life[-1]:
                            await asyncio.sleep(OUTAGE_S / SPEED / 2)
                    await town.kill()
                    crowd.give_up()
                if plant:
                    town.later(DOWN_S)
        async with town.running():
            await asyncio.sleep(OUTAGE_S / SPEED / 2)
            await town.settled(patience_s=120)
            assert 0 == await town.stop()
        assert town.discord.invalid_requests <= MOST_INVALID, "a ban draws near"
        return town.wrong(crowd.acknowledged)


@pytest.mark.slow
async def test_outages_lose_double_and_swap_nothing(tmp_path: Path) -> None:
    """Each after the other, with a kill in two of them."""
    assert {} == await out(tmp_path)


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: it sends again what was taken without an answer."""
    planted = ((accepted_and_reset,), (accepted_and_reset,))
    assert "posted twice" in await out(tmp_path, planted, plant="careless")
