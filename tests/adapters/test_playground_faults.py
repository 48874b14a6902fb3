"""The switch that has the playground fail, as a platform far away would."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.playground.faults import WELL, Fault, Faults
from bot.adapters.playground.records import Spot
from bot.adapters.playground.way import LATE_S, PATIENCE_S, SETTLE_S, SLOW_S
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.browser import Tab, browser
from tests.adapters.stage import HOME, NOON, Stage, stage
from tests.adapters.test_playground_store import posting
from tests.waiting import until

GENERAL = ChannelRef(HOME, "general")
ANA = MemberRef(HOME, "ana")


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


async def standing(played: Stage) -> int:
    return len(await played.store.latest(Spot(GENERAL), ANA))


async def post(played: Stage) -> str:
    return await played.playground.post(posting(GENERAL, "one", "d-1"))


async def find(played: Stage) -> str | None:
    return await played.playground.find(GENERAL, "d-1", NOON)


async def pass_by(played: Stage, seconds: float) -> None:
    await played.playground.clock.move(timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("fault", "error", "taken"),
    [
        (Fault.BUSY, NotAcceptedError, 0),
        (Fault.FAILING, NotAcceptedError, 0),
        (Fault.CUT, OutcomeUnknownError, 0),
        (Fault.LOST, OutcomeUnknownError, 1),
    ],
)
async def test_each_fault_ends_as_it_does_elsewhere(
    played: Stage, fault: Fault, error: type[Exception], taken: int
) -> None:
    """What was refused does not stand; where no answer came, it may or may not."""
    played.store.befall(Faults.every(fault))
    for ask in (post, find):
        with pytest.raises(error):
            await ask(played)
    assert taken == await standing(played)
    played.store.befall(WELL)
    assert taken == int(await find(played) is not None)


async def test_who_is_too_busy_says_for_how_long(played: Stage) -> None:
    """As a 429 does; a 500 says nothing of the kind."""
    played.store.befall(Faults.every(Fault.BUSY))
    with pytest.raises(NotAcceptedError) as refused:
        await post(played)
    assert 10.0 == refused.value.retry_after_s
    played.store.befall(Faults.every(Fault.FAILING))
    with pytest.raises(NotAcceptedError) as refused:
        await post(played)
    assert refused.value.retry_after_s is None


async def test_what_hangs_is_taken_once_laurel_gave_up(played: Stage) -> None:
    """Three seconds after the patience ends, and before looking is conclusive."""
    assert PATIENCE_S < LATE_S < SETTLE_S
    assert SETTLE_S == played.playground.capabilities.settle_s
    played.store.befall(Faults.every(Fault.HANGING))
    async with asyncio.TaskGroup() as tasks:
        hanging = tasks.create_task(_silence(played))
        await asyncio.sleep(0)
        await pass_by(played, PATIENCE_S - 1)
        assert not hanging.done()
        await pass_by(played, 1)
    played.store.befall(WELL)
    assert await find(played) is None
    await pass_by(played, LATE_S - PATIENCE_S)
    assert await find(played) is not None
    assert 1 == await standing(played)


async def test_what_hangs_at_the_end_is_taken_then(played: Stage) -> None:
    """A platform goes on when Laurel is gone."""
    played.store.befall(Faults.every(Fault.HANGING))
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_silence(played))
        await asyncio.sleep(0)
        await played.playground.way.close()
    assert 1 == await standing(played)


async def _silence(played: Stage) -> None:
    with pytest.raises(OutcomeUnknownError):
        await post(played)


async def test_what_is_slow_is_answered_in_time(played: Stage) -> None:
    """It stands before the answer comes, which it does while Laurel still waits."""
    assert SLOW_S < PATIENCE_S
    played.store.befall(Faults.every(Fault.SLOW))
    async with asyncio.TaskGroup() as tasks:
        slow = tasks.create_task(post(played))
        await until(lambda: standing(played))
        assert not slow.done()
        await pass_by(played, SLOW_S)
    assert slow.result() == await _found_when_well(played)


async def _found_when_well(played: Stage) -> str | None:
    played.store.befall(WELL)
    return await find(played)


def test_shares_are_kept() -> None:
    """Of a hundred draws each fault gets its own, and what is left goes well."""
    faults = Faults({Fault.BUSY: 2, Fault.FAILING: 3, Fault.LOST: 1})
    numbers = iter(range(100))
    drawn = [faults.draw(lambda _most: next(numbers)) for _ in range(100)]
    found = {each: drawn.count(each) for each in set(drawn)}
    assert {Fault.BUSY: 2, Fault.FAILING: 3, Fault.LOST: 1, None: 94} == found
    assert Fault.FAILING is faults.worst
    assert WELL.worst is None


@pytest.mark.parametrize("shares", [{Fault.BUSY: 101}, {Fault.BUSY: -1}])
def test_nobody_meets_with_more_than_all(shares: dict[Fault, int]) -> None:
    """Shares are of a hundred."""
    with pytest.raises(ValueError, match="shares of a hundred"):
        Faults(shares)


async def test_the_page_turns_the_switch(played: Stage) -> None:
    """As it does, for all requests or for some; what is no position is refused."""
    async with browser(played) as client:
        tab = Tab(client, "ana")
        for fault in Fault:
            assert 200 == (await tab.send("platform", {"fault": fault})).status
            assert Faults.every(fault) == played.store.faults
            assert f'value="{fault}" checked' in (await tab.open()).html
        some = {"fault": "busy", "share": "5"}
        assert 200 == (await tab.send("platform", some)).status
        assert Faults({Fault.BUSY: 5}) == played.store.faults
        for wrong in ({"fault": "on fire"}, some | {"share": "101"}, {}):
            assert 400 == (await tab.send("platform", wrong)).status
        assert Faults({Fault.BUSY: 5}) == played.store.faults
        assert 200 == (await tab.send("platform", {"fault": "well"})).status
        assert WELL == played.store.faults


async def test_a_restart_makes_it_well(tmp_path: Path) -> None:
    """Nobody writes down what the switch is at."""
    async with stage(tmp_path) as first:
        first.store.befall(Faults.every(Fault.CUT))
    async with stage(tmp_path) as second:
        assert WELL == second.store.faults
