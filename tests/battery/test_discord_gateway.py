"""T36: whatever the gateway does, each interaction is answered once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_discord import Town, beside
from tests.battery.size import size

SPEED = 40
ROUNDS = size(1, 15)
READIES = size(3, 8)
TOO_LATE = 10062

Trouble = Callable[[Town], Awaitable[None]]


async def cut(town: Town) -> None:
    """The socket goes, the session stays."""
    town.discord.faults.cut()


async def asked_to_reconnect(town: Town) -> None:
    town.discord.faults.reconnect()


async def asked_to_resume(town: Town) -> None:
    town.discord.faults.invalid_session(resumable=True)


async def session_gone(town: Town) -> None:
    town.discord.faults.invalid_session()


async def zombie(town: Town) -> None:
    """Nothing is acknowledged any more, and nothing arrives."""
    town.discord.faults.silent_heartbeat()
    sessions = dict(town.discord.gateway_side._sessions)
    town.discord.gateway_side._sessions.clear()
    await asyncio.sleep(65 / SPEED)
    town.discord.gateway_side._sessions.update(sessions)
    town.discord.faults.silent_heartbeat(silent=False)


async def twice(town: Town) -> None:
    """Everything that somebody does arrives twice."""
    town.discord.faults.duplicate_dispatch(40)


async def many_readies(town: Town) -> None:
    for _ in range(READIES):
        await town.discord.connected(patience_s=60)
        town.discord.faults.invalid_session()
        await asyncio.sleep(6 / SPEED)


async def closed(town: Town) -> None:
    """Closed with 4000 and 4009, after which a session goes on or not."""
    town.discord.faults.close(4000)
    await asyncio.sleep(2 / SPEED)
    town.discord.faults.close(4009)


@pytest.mark.slow
@pytest.mark.parametrize(
    "trouble",
    [
        cut,
        asked_to_reconnect,
        asked_to_resume,
        session_gone,
        zombie,
        twice,
        many_readies,
        closed,
    ],
)
async def test_each_interaction_is_answered_once(
    tmp_path: Path, trouble: Trouble
) -> None:
    """And what it did is done once, announced once, and in order."""
    async with beside(tmp_path, SPEED) as town:
        town.found("Willow")
        town.found("Birch")
        await town.prepare()
        town.discord.tolerate(TOO_LATE)
        crowd = Crowd(town.places, pause_s=0.01)
        async with town.running():
            welcomed = town.count(_WELCOMES)
            async with crowd.giving():
                crowd.up.set()
                await crowd.answered(8)
                rounds = 1 if trouble in {zombie, many_readies} else ROUNDS
                for _ in range(rounds):
                    await trouble(town)
                    await crowd.answered(8)
                await town.ready()
                await crowd.answered(8)
            await town.settled()
            assert welcomed == town.count(_WELCOMES)
            assert 0 == await town.stop()
        assert {} == town.wrong(crowd.acknowledged)
        assert 0 == town.count(_TWICE), "done twice"


_WELCOMES = "outbox WHERE key LIKE 'setup:welcome:%'"
_TWICE = "(SELECT operation FROM shoutouts GROUP BY operation HAVING count(*) > 1)"
