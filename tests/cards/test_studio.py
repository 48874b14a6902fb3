"""Pictures are drawn in a process of their own, which is ended when it is stuck."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cards import studio as studios
from bot.cards.studio import Studio, UndrawableError
from tests.cards.look import given, size_of, thanks
from tests.waiting import until


@pytest.fixture
async def studio() -> AsyncIterator[Studio]:
    made = Studio(limit_s=30)
    yield made
    await made.close()


def process_of(studio: Studio) -> int:
    process = studio._process
    assert process is not None
    return process.pid


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def test_one_process_draws_one_after_the_other(studio: Studio) -> None:
    """Each gets what it asked for, whoever else asks."""
    asked = [given(thanks(f"number {number}")) for number in range(4)]
    first = await asyncio.gather(*map(studio.draw, asked))
    pid = process_of(studio)
    second = [await studio.draw(each) for each in asked]
    assert first == second
    assert len(asked) == len(set(first))
    assert pid == process_of(studio)


async def test_what_cannot_be_drawn_says_why(studio: Studio) -> None:
    """And the process goes on drawing."""
    await studio.draw(given(thanks()))
    pid = process_of(studio)
    with pytest.raises(UndrawableError, match="sculpture"):
        await studio.draw(given(thanks()).replace('"shoutout"', '"sculpture"'))
    await studio.draw(given(thanks()))
    assert pid == process_of(studio)


async def test_what_takes_too_long_is_given_up(studio: Studio) -> None:
    """The process that is stuck is ended, and the next picture has a new one."""
    await studio.draw(given(thanks()))
    stuck = process_of(studio)
    os.kill(stuck, signal.SIGSTOP)
    studio._limit_s = 0.2
    with pytest.raises(UndrawableError, match="too long"):
        await studio.draw(given(thanks()))
    assert not is_there(stuck)
    studio._limit_s = 30
    assert size_of(await studio.draw(given(thanks())))


async def test_who_waits_has_its_own_time(studio: Studio) -> None:
    """What is stuck takes nothing from those behind it."""
    await studio.draw(given(thanks()))
    os.kill(process_of(studio), signal.SIGSTOP)
    studio._limit_s = 2
    first = asyncio.ensure_future(studio.draw(given(thanks("first"))))  # noqa: TID251
    second = asyncio.ensure_future(studio.draw(given(thanks("second"))))  # noqa: TID251
    done = await asyncio.gather(first, second, return_exceptions=True)
    assert isinstance(done[0], UndrawableError)
    assert isinstance(done[1], bytes)


async def test_a_process_that_died_is_begun_anew(studio: Studio) -> None:
    """Killed between two pictures, nobody misses it."""
    await studio.draw(given(thanks()))
    died = process_of(studio)
    os.kill(died, signal.SIGKILL)
    await until(lambda: getattr(studio._process, "returncode", None) is not None)
    assert size_of(await studio.draw(given(thanks())))
    assert died != process_of(studio)


async def test_whoever_gives_up_waiting_leaves_nothing_behind(studio: Studio) -> None:
    """The answer to one picture is never taken for that to the next."""
    await studio.draw(given(thanks()))
    os.kill(process_of(studio), signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await studio.draw(given(thanks("nobody waits for this")))
    wanted = await studio.draw(given(thanks("but for this")))
    assert wanted == await studio.draw(given(thanks("but for this")))


async def test_an_idle_process_ends() -> None:
    """Memory is given back, and the next picture is drawn all the same."""
    studio = Studio(limit_s=30, idle_s=0.05)
    await studio.draw(given(thanks()))
    await until(lambda: studio._process is None)
    assert size_of(await studio.draw(given(thanks())))
    await studio.close()


async def test_a_closed_studio_draws_nothing() -> None:
    """It says so at once."""
    studio = Studio()
    await studio.draw(given(thanks()))
    pid = process_of(studio)
    await studio.close()
    assert not is_there(pid)
    with pytest.raises(UndrawableError):
        await studio.draw(given(thanks()))


async def test_the_process_knows_no_secrets(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told where things are, and nothing else."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    await studio.draw(given(thanks()))
    environment = Path(f"/proc/{process_of(studio)}/environ")
    if not environment.exists():
        pytest.skip("needs /proc")
    assert b"xoxb-secret" not in environment.read_bytes()
    assert studios.LIMIT_S < 10
