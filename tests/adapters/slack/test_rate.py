"""Slack is asked no more often than it likes."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from bot.adapters.slack.rate import Pace, Waits
from bot.chat.adapter import NotAcceptedError

GAP_S = 0.05


async def test_turns_come_in_order_with_a_gap_between_them() -> None:
    """Whoever asked first posts first, and the next one after a while."""
    pace, came = Pace(GAP_S), list[tuple[int, float]]()
    now_s = asyncio.get_running_loop().time

    async def post(number: int) -> None:
        async with pace.turn(("T1", "C1")):
            came.append((number, now_s()))

    async with asyncio.TaskGroup() as tasks:
        for number in range(4):
            tasks.create_task(post(number))
    assert [0, 1, 2, 3] == [number for number, _ in came]
    instants = [at_s for _, at_s in came]
    gaps = [b - a for a, b in itertools.pairwise(instants)]
    assert min(gaps) >= GAP_S * 0.99


async def test_channels_do_not_wait_for_each_other() -> None:
    """A busy channel holds nobody else up."""
    pace = Pace(30.0)
    async with asyncio.timeout(1.0):
        for channel in range(5):
            async with pace.turn(("T1", f"C{channel}")):
                pass


async def test_nobody_waits_for_ever() -> None:
    """A post is given back where its turn does not come in time."""
    pace = Pace(GAP_S)
    async with pace.turn(("T1", "C1")):
        with pytest.raises(NotAcceptedError):
            async with pace.turn(("T1", "C1"), patience_s=0.01):
                raise AssertionError("two at a time")


async def test_whoever_gives_up_leaves_the_turn_to_the_next() -> None:
    """A cancelled wait holds nobody up."""
    pace = Pace(GAP_S)
    async with pace.turn(("T1", "C1")):
        pass
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(GAP_S / 5), pace.turn(("T1", "C1")):
            pass
    async with asyncio.timeout(1.0), pace.turn(("T1", "C1")):
        pass


async def test_places_that_were_still_for_long_are_forgotten() -> None:
    """However many channels there are, little is remembered."""
    pace = Pace(0.0)
    for number in range(5_000):
        async with pace.turn(("T1", f"C{number}")):
            pass
    assert len(pace._spots) <= 2_048


async def test_slack_is_left_alone_for_as_long_as_it_says() -> None:
    """The same thing in the same place, and nothing else."""
    waits = Waits()
    waits.note(("T1", "chat.postMessage", "C1"), 0.05)
    with pytest.raises(NotAcceptedError) as refusal:
        waits.check(("T1", "chat.postMessage", "C1"))
    assert 0 < (refusal.value.retry_after_s or 0) <= 0.05
    waits.check(("T1", "chat.postMessage", "C2"))
    waits.check(("T1", "chat.update", "C1"))
    await asyncio.sleep(0.06)
    waits.check(("T1", "chat.postMessage", "C1"))
