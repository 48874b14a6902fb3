"""What runs in the background ends when it is told to, whatever state it is in."""

from __future__ import annotations

import asyncio

import pytest

import bot.supervisor
from bot.supervisor import Supervisor
from tests.waiting import until

PATIENCE_S = 30.0


async def test_what_waits_to_be_run_again_holds_no_stop_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It has failed, and waits for a minute: it is not begun again, nor waited for."""
    monkeypatch.setattr(bot.supervisor, "FIRST_WAIT_S", 60.0)
    begun: list[float] = []
    now_s = asyncio.get_running_loop().time

    async def run() -> None:
        begun.append(now_s())
        raise RuntimeError("planted")

    supervisor = Supervisor()
    supervisor.watch("sick", run)
    await until(lambda: begun)
    began_s = now_s()
    await supervisor.finish(PATIENCE_S)

    assert now_s() - began_s < PATIENCE_S / 2
    assert 1 == len(begun)
