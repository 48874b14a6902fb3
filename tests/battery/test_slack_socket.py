"""T37: whatever becomes of the sockets, what somebody does is done once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import Town, beside
from tests.battery.size import size

SPEED = 20
ROUNDS = size(1, 8)
GRACE_S = 0.5
"""How long a socket still stands that was asked to go, in real time."""

Trouble = Callable[[Town], Awaitable[None]]


async def cut(town: Town) -> None:
    """Without a word."""
    town.slack.faults.cut()


async def refreshed(town: Town) -> None:
    """Warned, asked to go, and closed after a grace."""
    await town.slack.faults.refresh(grace_s=GRACE_S)


async def warned(town: Town) -> None:
    """It goes on working, for as long as Slack likes."""
    await town.slack.faults.disconnect("warning")


async def disabled(town: Town) -> None:
    """Somebody switched Socket Mode off, and on again."""
    await town.slack.faults.disconnect("link_disabled")


async def half_open(town: Town) -> None:
    """It stands, and nothing comes or goes."""
    town.slack.faults.silence()
    await asyncio.sleep(60 / SPEED)
    town.slack.faults.silence(silent=False)


async def twice(town: Town) -> None:
    """Everything that somebody does arrives twice."""
    town.slack.faults.duplicate_deeds(40)


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble", [cut, refreshed, warned, disabled, half_open, twice]
)
async def test_nothing_is_lost(tmp_path: Path, trouble: Trouble) -> None:
    """What was answered is in, announced once, and in order."""
    async with beside(tmp_path, SPEED) as town:
        town.found("Willow")
        town.found("Birch")
        await town.prepare()
        crowd = Crowd(town.places, pause_s=0.01)
        async with town.running():
            async with crowd.giving():
                crowd.up.set()
                await crowd.answered(8)
                before = town.slack.sockets.opened
                for _ in range(ROUNDS):
                    await trouble(town)
                    await crowd.answered(8)
                await town.ready()
                await crowd.answered(8)
            assert (trouble is twice) == (before == town.slack.sockets.opened)
            await town.settled()
            assert 0 == await town.stop()
        assert {} == town.wrong(crowd.acknowledged)
        assert 0 == town.count(_TWICE), "done twice"


@pytest.mark.slow
async def test_a_refresh_loses_no_command(tmp_path: Path) -> None:
    """Not one of those that are typed while it goes on is left unanswered."""
    async with beside(tmp_path, SPEED) as town:
        place = town.found()
        await town.prepare()
        bo = place.let_in("Bo")
        async with town.running():
            for count in range(ROUNDS):
                givers = [place.let_in(f"Giver {n}") for n in range(10)]
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(town.slack.faults.refresh(grace_s=GRACE_S))
                    said = []
                    for n, giver in enumerate(givers):
                        thanks = place.thank(giver, bo, f"no{count}x{n}")
                        said.append(tasks.create_task(thanks))
                        await asyncio.sleep(0.08)
                assert [True] * len(givers) == [each.result() for each in said]
            await town.settled()
            assert 0 == await town.stop()
        assert {} == town.wrong([f"no{ROUNDS - 1}x{n}" for n in range(10)])


_TWICE = "(SELECT operation FROM shoutouts GROUP BY operation HAVING count(*) > 1)"
