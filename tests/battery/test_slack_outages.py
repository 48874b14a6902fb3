"""T05: Slack is down in every way that it has, and Laurel dies in the middle."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import UNTAKEN, beside
from tests.battery.process import PATIENCE_S
from tests.battery.size import FULL, size
from tests.fakes.slack.faults import Faults
from tests.waiting import until

WORKSPACES = 3
SPEED = size(60, 20)
OUTAGE_S = size(40, 300)
"""How long each lasts, in Laurel's time."""

POSTS = r"chat\.postMessage"
LATE_S = 33.0
"""Three seconds after Laurel has given up."""

DOWN_S = 300.0

FOR_EVER_S = 3_600.0

Outage = Callable[[Faults], None]


def limited(faults: Faults) -> None:
    """429, each with a wait, as Slack's own."""
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

BLIND: Lives = ((silent, accepted_and_reset),)
"""Where it matters most whether somebody may look."""


async def strike(outage: Outage, faults: Faults) -> None:
    """Begin an outage, which ends so long after it was felt first."""
    began_s = asyncio.get_running_loop().time()
    outage(faults)
    await until(lambda: faults.requests.struck_s >= began_s, PATIENCE_S)
    faults.requests.end_in(OUTAGE_S / SPEED)


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
        async with crowd.giving():
            for life in lives:
                async with town.running():
                    for outage in life:
                        crowd.up.set()
                        await crowd.answered(WORKSPACES)
                        await strike(outage, town.slack.faults)
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
        assert len(crowd.acknowledged) > WORKSPACES
        return town.wrong(crowd.acknowledged)


@pytest.mark.slow
async def test_outages_lose_double_and_swap_nothing(tmp_path: Path) -> None:
    """Each after the other, with a kill in two of them."""
    assert {} == await out(tmp_path, "full")


@pytest.mark.slow
async def test_without_history_what_stands_twice_is_said(tmp_path: Path) -> None:
    """Nothing else is wrong; nobody could look what became of a request."""
    wrong = await out(tmp_path, "none", LIVES if FULL else BLIND)
    assert wrong.pop("posted twice")
    assert {} == wrong


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: it sends again what was taken without an answer."""
    planted = ((accepted_and_reset,), (accepted_and_reset,))
    assert "posted twice" in await out(tmp_path, "full", planted, plant="careless")
