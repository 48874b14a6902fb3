"""What connects Laurel to Slack is cut for two minutes, and people go on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import UNTAKEN, Town, beside
from tests.battery.process import PATIENCE_S
from tests.battery.size import size
from tests.waiting import until

WORKSPACES = size(4, 12)
SPEED = size(60, 20)
"""In the short run the two minutes pass in two seconds; in the full one in six."""

CUT_S = 120.0
BEFORE_S = size(40, 20)
POST_S = 0.1
"""So slow that something waits when it is cut."""

TOLD_AGAIN_S = 60.0
"""In real time: Slack tells what was missed one and then five minutes later."""

GONE = "communities WHERE left_at IS NOT NULL"

Cut = Callable[[Town], Awaitable[None]]


async def everything(town: Town) -> None:
    """The network is gone, in both directions."""
    town.slack.tolerate(UNTAKEN)
    await town.slack.faults.cut_everything()
    await asyncio.sleep(CUT_S / SPEED)
    await town.slack.faults.mend()


async def sockets(town: Town) -> None:
    """Only what people do does not arrive; posts do."""
    town.slack.tolerate(UNTAKEN)
    town.slack.faults.status(503, for_s=CUT_S / SPEED, path="apps.connections.open")
    town.slack.faults.cut()
    await asyncio.sleep(CUT_S / SPEED)


async def outlived(folder: Path, cut: Cut) -> Mapping[str, object]:
    """Return what is wrong after the cut; empty when all is well."""
    async with beside(folder, SPEED) as town:
        halls = [town.found(f"Town {n}") for n in range(WORKSPACES)]
        elm = town.found("Elm")
        await town.prepare()
        town.slack.world.retry_scale = 1 / SPEED
        town.slack.faults.slow(POST_S, path=r"chat\.postMessage")
        crowd = Crowd(halls, pause_s=0.01)
        async with town.running():
            async with crowd.giving():
                crowd.up.set()
                await asyncio.sleep(BEFORE_S / SPEED)
                await until(lambda: crowd.acknowledged and town.waiting(), PATIENCE_S)
                before, waited = len(crowd.acknowledged), town.waiting()
                asyncio.get_running_loop().call_later(0.1, elm.team.uninstall)
                await cut(town)
                missed = town.count(GONE)
                await town.ready()
                await crowd.answered(2 * WORKSPACES)
            await town.settled(patience_s=120)
            await until(lambda: town.count(GONE), TOLD_AGAIN_S)
            assert 0 == await town.stop()
        assert all((before, waited)), "somebody gave, and something waited"
        assert not missed, "what was told while it was cut did arrive"
        assert 1 == town.count(GONE)
        return town.wrong(crowd.acknowledged)


@pytest.mark.slow
@pytest.mark.parametrize("cut", [everything, sockets])
async def test_two_minutes_without_a_connection(tmp_path: Path, cut: Cut) -> None:
    """All is delivered afterwards, in order, once; and what Slack told is heard."""
    assert {} == await outlived(tmp_path, cut)
