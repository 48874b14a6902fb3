"""T01: `laurel run` is killed again and again while Slack answers now and then."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import UNTAKEN, Town, beside, now_and_then
from tests.battery.process import PATIENCE_S
from tests.battery.size import chance, size
from tests.battery.told import Tell, tell_ledger
from tests.waiting import until

KILLS = size(3, 100)
BLIND_KILLS = 60
"""Without history, when all are tried: what may go wrong there shows soon."""

WORKSPACES = 6
SPEED = size(30, 20)
POSTS = r"chat\.postMessage"
FOR_EVER_S = 3_600.0

DOWN_S = 300.0
"""How long it stays down: longer than a request may still be accepted."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes:
        wrong: Nothing when all is well.

        doubled: How many posts stand once too often in channels.

        at_once: The most of them that one channel got between two crashes.
    """

    wrong: dict[str, object]
    doubled: int
    at_once: int


async def killed(folder: Path, kills: int, profile: str, *, plant: str = "") -> Outcome:
    """Kill Laurel so often, and return what came of it."""
    luck = chance(101)
    async with beside(folder, SPEED, profile) as town:
        for n in range(WORKSPACES):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        _trouble(town, luck)
        crowd = Crowd(town.places, pause_s=0.01)
        doubled = [town.doubled()]
        async with crowd.giving():
            for _ in range(kills):
                async with town.running():
                    await _live(town, crowd, luck)
                    await town.kill()
                    crowd.give_up()
                doubled.append(town.doubled())
                town.later(DOWN_S)
        town.slack.faults.clear()
        async with town.running():
            await town.settled()
            assert 0 == await town.stop()
        assert len(crowd.acknowledged) > kills, "somebody was answered in between"
        doubled.append(town.doubled())
        return Outcome(
            town.wrong(crowd.acknowledged), doubled[-1].total(), _at_once(doubled)
        )


def _trouble(town: Town, luck: random.Random) -> None:
    """Have Slack answer posts as it does; or never, where a defect is planted.

    Whether that is found must not depend on luck.
    """
    slack = town.slack
    slack.tolerate(UNTAKEN)
    slack.faults.slow(0.004, path="chat")
    if town.world.plant:
        slack.faults.reset(accept=True, for_s=FOR_EVER_S, path=POSTS)
    else:
        now_and_then(slack, luck, resets=slack.profile_history == "full")


async def _live(town: Town, crowd: Crowd, luck: random.Random) -> None:
    """Go on until it is time to be killed."""
    before = len(town.slack.requests)
    crowd.up.set()
    if luck.random() < 0.7:  # else while it still catches up
        await crowd.answered()
    await asyncio.sleep(luck.random() * 0.25)
    if town.world.plant:
        await until(partial(_unheard, town, before), PATIENCE_S)


def _unheard(town: Town, since: int) -> bool:
    """Return whether Slack took a post since then, and Laurel heard no answer."""
    asked = town.slack.requests[since:]
    return any(not r.status and r.method == "chat.postMessage" for r in asked)


def _at_once(doubled: Sequence[Counter[str]]) -> int:
    pairs = itertools.pairwise(doubled)
    return max(max((new - old).values(), default=0) for old, new in pairs)


@pytest.mark.slow
async def test_kills_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """With the history scope: kept, posted once, in order, and every sum is right."""
    came = await killed(tmp_path, KILLS, "full")
    tell_ledger(tell, f"in {KILLS} kills, Slack", came.wrong)


@pytest.mark.slow
async def test_without_history_one_may_stand_twice(tmp_path: Path, tell: Tell) -> None:
    """At most one in a channel for each crash, and each of them is said."""
    kills = size(2, BLIND_KILLS)
    came = await killed(tmp_path, kills, "none")
    assert came.doubled == came.wrong.pop("posted twice", 0)
    where = f"in {kills} kills, Slack without history"
    tell("P2", f"in a channel twice for one crash {where}", came.at_once, most=1)
    tell_ledger(tell, where, came.wrong, once=False)


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: after a crash it sends again what may stand there already."""
    assert "posted twice" in (await killed(tmp_path, 3, "full", plant="careless")).wrong
