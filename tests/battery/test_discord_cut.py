"""Every connection to Discord is cut for two minutes, and people go on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import beside
from tests.battery.process import PATIENCE_S
from tests.battery.size import FULL, size
from tests.waiting import until

SERVERS = size(4, 12)
SPEED = size(60, 1)
"""In the short run the two minutes pass in two seconds; in the full one in two
minutes."""

CUT_S = 120.0
BEFORE_S = size(40, 20)
TOO_LATE = 10062
"""What is delivered to Laurel once it is back is answered too late, as on Discord."""


async def cut(folder: Path) -> Mapping[str, object]:
    """Return what is wrong after the cut; empty when all is well."""
    async with beside(folder, SPEED) as town:
        for n in range(SERVERS):
            town.found(f"Town {n}")
        await town.prepare()
        town.discord.tolerate(TOO_LATE)
        crowd = Crowd(town.places, pause_s=0.05 if FULL else 0.01)
        async with town.running():
            async with crowd.giving():
                crowd.up.set()
                await asyncio.sleep(BEFORE_S / SPEED)
                await until(lambda: crowd.acknowledged and town.waiting(), PATIENCE_S)
                await town.discord.faults.cut_everything()
                before, waited = len(crowd.acknowledged), town.waiting()
                await asyncio.sleep(CUT_S / SPEED)
                crowd.give_up()
                await town.discord.faults.mend()
                await town.ready()
                crowd.up.set()
                await crowd.answered(2 * SERVERS)
            await town.settled(patience_s=120)
            assert 0 == await town.stop()
        assert before, "nobody gave before the cut"
        assert waited, "nothing waited when it was cut"
        return town.wrong(crowd.acknowledged)


@pytest.mark.slow
async def test_two_minutes_without_any_connection(tmp_path: Path) -> None:
    """All is delivered afterwards, in order, once."""
    assert {} == await cut(tmp_path)
