"""T16: told to end in the middle of everything, Laurel ends in time, losing nothing."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.battery.asking import Askers, Heard
from tests.battery.both import Land, beside_both
from tests.battery.size import FULL, size
from tests.battery.told import Tell
from tests.waiting import until

EACH = size(4, 10)
"""Servers, and as many workspaces."""

COMMANDS_PER_S = 50
BEFORE = size(4, 200)
"""Thanks that are given at that pace before."""

AT_ONCE = size(16, 100)
"""Thanks that are in flight when it is told to end."""

SPEED = size(8, 1)
"""How many seconds pass in one where nothing is answered, and Laurel is patient."""

MOST_S = 10.0
LATER_S = 300.0
"""After this, nobody remembers what was sent before, and all has settled."""

TERM, INT = signal.SIGTERM, signal.SIGINT
WAYS: dict[str, Sequence[signal.Signals]] = {"again": (TERM, TERM, INT)}
if FULL:
    WAYS |= {"told": (TERM,), "ctrl-c": (INT, INT)}


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended, and what was wrong after the next start.

    Attributes:
        left: What had no answer yet from a platform.
    """

    code: int
    took_s: float
    kept: int
    left: int
    log_bytes: int
    complaints: Sequence[str]
    wrong: dict[str, object]

    @property
    def faults(self) -> dict[str, object]:
        """Return what should not be so."""
        found = {
            "code": self.code,
            "late": self.took_s if self.took_s > MOST_S else 0,
            "log": self.log_bytes,
            "complaints": self.complaints,
            **self.wrong,
        }
        return {what: which for what, which in found.items() if which}


async def ended(
    folder: Path,
    told: Sequence[signal.Signals] = (TERM,),
    *,
    hanging: bool = False,
    plant: str = "",
) -> Ended:
    """Have it end while many wait for an answer; start it again and look."""
    async with beside_both(folder, SPEED if hanging else 1) as land:
        askers = Askers(await land.found(EACH))
        land.tolerate_silence()
        land.world = replace(land.world, plant=plant)
        async with land.running():
            waiting = await _busy(askers)
            if hanging:
                land.hang(accept=True)
                waiting += await _busy(askers, BEFORE + AT_ONCE)
            code, took_s = await _told(land, told)
            heard = await asyncio.gather(*waiting)
        complaints, left = land.complaints(), land.count("outbox WHERE state='sending'")
        log_bytes = _size_of(land.file.with_name(f"{land.file.name}-wal"))
        land.mend()
        kept = [each.kept for each in heard if each.kept]
        wrong = await _after(land, kept)
    return Ended(code, took_s, len(kept), left, log_bytes, complaints, wrong)


async def _busy(askers: Askers, since: int = 0) -> list[asyncio.Task[Heard]]:
    """Have thanks given in a row, and then many at once; return what is on its way."""
    tasks = []
    for count in range(BEFORE):
        tasks.append(_asked(askers, since + count))
        await asyncio.sleep(1 / COMMANDS_PER_S)
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    return tasks + [_asked(askers, since + BEFORE + count) for count in range(AT_ONCE)]


def _asked(askers: Askers, count: int) -> asyncio.Task[Heard]:
    return asyncio.ensure_future(  # noqa: TID251  awaited by whoever asked for it
        askers.thank(count)
    )


async def _told(land: Land, told: Sequence[signal.Signals]) -> tuple[int, float]:
    """Send the signals one after the other; return the exit code and the time."""
    assert land.child is not None
    now_s = asyncio.get_running_loop().time
    began_s = now_s()
    await asyncio.sleep(0)  # what is in flight sets out
    for each in told:
        land.child.send_signal(each)
        await asyncio.sleep(0.05)
        if land.child.returncode is not None:
            break
    return await land.child.wait(), now_s() - began_s


async def _after(land: Land, kept: Sequence[str]) -> dict[str, object]:
    """Return what is wrong once it has been started again, much later."""
    land.gone()
    land.world = replace(land.world, plant="")
    land.later(LATER_S)
    async with land.running():
        await land.settled()
        assert 0 == await land.stop()
    return land.wrong(kept)


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@pytest.mark.slow
@pytest.mark.parametrize("told", WAYS.values(), ids=WAYS)
async def test_it_ends_in_time_with_nothing_lost(
    tmp_path: Path, tell: Tell, told: Sequence[signal.Signals]
) -> None:
    """Exit 0, the file in one piece, the log quiet; whoever was told it is in, is."""
    found = await ended(tmp_path, told)
    assert {} == found.faults
    assert found.kept
    tell("P11", "acknowledged and lost, or posted twice, by an end", 0, most=0)
    if FULL:
        words = "from SIGTERM to the end, with 100 commands in flight"
        tell("P11", words, found.took_s, most=MOST_S, unit="s")


@pytest.mark.slow
async def test_it_ends_while_nothing_is_answered(tmp_path: Path, tell: Tell) -> None:
    """What has no answer stays on its way, and the next start finds it posted."""
    found = await ended(tmp_path, hanging=True)
    assert {} == found.faults
    assert found.left
    words = "from SIGTERM to the end, with nothing answered by platforms"
    tell("P11", words, found.took_s, most=MOST_S, unit="s")


@pytest.mark.slow
async def test_an_end_that_forgets_what_is_on_its_way_is_found(tmp_path: Path) -> None:
    """Planted: the next start sends that again, or takes it for never sent."""
    found = await ended(tmp_path, hanging=True, plant="forgetful")
    wrong = ("posted twice", "posted and not said")
    assert [each for each in found.faults if each.startswith(wrong)]


@pytest.mark.slow
async def test_an_end_that_does_not_come_is_found(tmp_path: Path) -> None:
    """Planted: it waits for ever, and is ended."""
    assert "code" in (await ended(tmp_path, plant="endless")).faults


@pytest.mark.slow
@pytest.mark.parametrize("told", [TERM, INT])
async def test_it_ends_while_the_file_is_checked(
    tmp_path: Path, told: signal.Signals
) -> None:
    """As soon as that is done; the file is whole, and nobody hears of it."""
    async with beside_both(tmp_path) as land:
        await land.found(1)
        land.world = replace(land.world, plant="tarrying")
        lock = land.file.with_name(f"{land.file.name}.lock")
        lock.unlink(missing_ok=True)
        await land.start()
        await until(lock.exists)
        assert 0 == (await _told(land, (told, told)))[0]
        assert [] == land.complaints()
        assert _is_whole(land.file)


@pytest.mark.slow
async def test_it_ends_while_platforms_do_not_answer(tmp_path: Path) -> None:
    """Nobody waits for a platform that is still to be reached."""
    async with beside_both(tmp_path) as land:
        await land.found(1)
        land.servers.discord.faults.hang(for_s=600)
        land.workspaces.slack.faults.hang(for_s=600)
        await land.start()
        await until(lambda: land.servers.discord.faults.struck_s > 0)
        code, took_s = await _told(land, (TERM,))
        land.mend()
        assert (0, True) == (code, took_s < MOST_S)
        assert [] == land.complaints()
        assert _is_whole(land.file)


def _is_whole(file: Path) -> bool:
    connection = sqlite3.connect(file)
    (told,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    return bool(told == "ok")
