"""T11, T12, P8: a year of ringing, over kills and clocks that are set."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.domain.missed import Missed
from bot.domain.recurrence import Rule
from storage import calendar, communities
from storage.calendar import Plan
from storage.database import Transaction
from tests import nursery
from tests.battery.size import FULL, chance, size
from tests.battery.told import Tell
from tests.domain.diary import ODD_ZONES, instants
from tests.harness import Clock
from tests.needs import need
from tests.ringing import Stand, daily, stand

ROOT = Path(__file__).parents[2]
SPEED = size(4_000, 800)
TICK_S = 15.0 if FULL else 0.2
END = "9000-01-01T00:00:00+00:00"
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
TEXTS = (
    "FREQ=WEEKLY;BYDAY=FR",
    "FREQ=MONTHLY;BYDAY=1FR",
    "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=DAILY;COUNT=9",
    "FREQ=WEEKLY;BYDAY=SU;BYHOUR=1,2,3;BYMINUTE=0,30",
)
STARTS = ("2026-01-02T02:30", "2026-01-05T00:00", "2026-01-04T01:15")


def plans(count: int) -> Iterator[Plan]:
    """Yield different ones, as far as there are."""
    every = list(product(TEXTS, STARTS, ODD_ZONES))
    chance(10).shuffle(every)
    for number in range(count):
        text, start, zone = every[number % len(every)]
        rule = daily(start, zone, text)
        yield Plan(f"test.{Missed.EACH}", rule, "[1,null]", calendar.Quiet.IGNORE)


def _fill(tx: Transaction, count: int, at: datetime) -> dict[int, Rule]:
    there = communities.every(tx)
    return {
        calendar.add(tx, there[number % len(there)], plan, at).id: plan.rule
        for number, plan in enumerate(plans(count))
    }


def expected(rules: dict[int, Rule], until: datetime) -> Counter[tuple[int, datetime]]:
    known: dict[Rule, list[datetime]] = {}
    for rule in set(rules.values()):
        known[rule] = instants(rule, NEW_YEAR, until)
    return Counter((entry, at) for entry, rule in rules.items() for at in known[rule])


async def rung(here: Stand) -> Counter[tuple[int, datetime]]:
    return Counter((each.entry, each.at) for each in await here.done())


async def test_a_year_of_ringing(tmp_path: Path, tell: Tell) -> None:
    """Every occurrence of every entry exactly once, and each at its instant."""
    entries, crowd = size(60, 4_000), size(6, 1_000)
    clock = Clock(NEW_YEAR)
    async with stand(tmp_path / "laurel.sqlite3", clock, crowd) as here:
        rules = await here.database.write(_fill, entries, clock())
        end = NEW_YEAR + timedelta(days=365)
        while (due := await here.database.read(calendar.next_due)) and due <= end:
            # A machine rings for what a quarter of an hour brought together.
            clock.at = max(due, min(clock() + timedelta(minutes=15), end))
            await here.ringer.ring()
        clock.at = end
        await here.ringer.ring()

        want, have = expected(rules, end), await rung(here)
        rings = f"of {want.total():,} rings in a year"
        tell("P8", f"missed {rings}", (want - have).total(), most=0)
        tell("P8", f"doubled {rings}", (have - want).total(), most=0)
        late = max(each.now - each.at for each in await here.done())
        assert late < timedelta(minutes=15)


async def test_a_year_with_a_clock_that_is_set(tmp_path: Path) -> None:
    """T12: forwards, backwards and restarted, in any order: nothing twice or never."""
    luck = chance(12)
    clock = Clock(NEW_YEAR)
    path = tmp_path / "laurel.sqlite3"
    steps = (15, 60, 90, -90, 360, 1_440, 3 * 1_440, -1_440, 10 * 1_440)
    end = NEW_YEAR + timedelta(days=365)
    rules: dict[int, Rule] = {}
    while clock() < end:
        async with stand(path, clock, crowd=3) as here:
            rules = rules or await here.database.write(_fill, size(24, 600), clock())
            for _ in range(5):
                await here.ring(minutes=luck.choice(steps))
    async with stand(path, clock) as here:
        furthest = max(each.now for each in await here.done())
        have = await rung(here)
    assert expected(rules, furthest) == have


async def test_it_is_found_if_a_policy_loses_some(tmp_path: Path) -> None:
    """The planted defect: a calendar that folds is not one that does each."""
    clock = Clock(NEW_YEAR)
    async with stand(tmp_path / "laurel.sqlite3", clock) as here:
        rules = await here.database.write(_fill, 10, clock())
        fold = "UPDATE calendar_entries SET kind = 'test.fold'"
        await here.database.write(lambda tx: tx.run(fold))
        await here.ring(days=60)
        assert expected(rules, clock()) - await rung(here)


async def _child(path: Path, *more: str, env: dict[str, str]) -> Process:
    command = (sys.executable, "-m", "tests.battery.bell", str(path), *more)
    return await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env={**os.environ, **env}, stdout=asyncio.subprocess.PIPE
    )


async def test_killed_again_and_again(tmp_path: Path, tell: Tell) -> None:
    """P8: what a killed process began is done by the next one, or was done."""
    luck, path = chance(8), tmp_path / "laurel.sqlite3"
    end = NEW_YEAR + timedelta(days=size(60, 365))
    async with stand(path, Clock(NEW_YEAR), crowd=5) as here:
        rules = await here.database.write(_fill, size(60, 600), NEW_YEAR)
    kills = size(6, 60)
    for _ in range(kills):
        words = [str(path), end.isoformat()]
        child = await nursery.start("tests.battery.bell", words, ROOT, os.environ)
        try:
            async with asyncio.timeout(luck.random()):
                await child.wait()
        except TimeoutError:
            child.send_signal(signal.SIGKILL)
            await child.wait()
    async with stand(path, Clock(end)) as here:
        await here.ringer.ring()
        want, have = expected(rules, end), await rung(here)
        after = f"in {kills} kills"
        tell("P8", f"rings missed {after}", (want - have).total(), most=0)
        tell("P8", f"rings doubled {after}", (have - want).total(), most=0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("zone", "before"),
    [
        ("America/New_York", "2026-03-08T06:00"),
        ("America/New_York", "2026-11-01T04:00"),
        ("Australia/Lord_Howe", "2026-10-03T14:00"),
        ("Africa/Casablanca", "2026-03-22T00:00"),
        ("Antarctica/Troll", "2026-03-29T00:00"),
        ("Africa/Cairo", "2026-04-23T20:00"),
    ][: None if FULL else 1],
)
@pytest.mark.timed
async def test_clocks_change_under_a_running_alarm(
    tmp_path: Path, zone: str, before: str, tell: Tell
) -> None:
    """T11: with the real alarm, all of whose clocks run fast, each within a minute."""
    library = need("faketime")
    began = datetime.fromisoformat(before).replace(tzinfo=UTC)
    path, end = tmp_path / "laurel.sqlite3", began + timedelta(hours=4)
    text = "FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,30"
    rule = daily((began - timedelta(days=3)).strftime("%Y-%m-%dT00:00"), zone, text)
    async with stand(path, Clock(began)) as here:
        await here.add("each", rule)
    env = {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"@{began:%Y-%m-%d %H:%M:%S} x{SPEED}",
        "TZ": "UTC",
    }
    until = end + timedelta(minutes=5)
    child = await _child(path, until.isoformat(), "15", env=env)
    out, _ = await child.communicate()
    assert 0 == child.returncode, out

    async with stand(path, Clock(end)) as here:
        done = [each for each in await here.done() if each.at <= end]
    assert instants(rule, began, end) == [each.at for each in done]
    late = max(each.now - each.at for each in done)
    if FULL:  # in a hurry, a machine that is busy for a moment is late by hours
        what = "late when the clocks change"
        tell("P8", what, late.total_seconds(), most=60, unit="s")


@pytest.mark.slow
async def test_the_machines_clock_is_set_under_a_running_alarm(tmp_path: Path) -> None:
    """T12: by 90 minutes both ways, three days on, a day back; then a restart."""
    library = need("faketime")
    began = datetime(2026, 3, 6, 15, tzinfo=UTC)
    path, dial = tmp_path / "laurel.sqlite3", tmp_path / "dial"
    rule = daily("2026-03-01T16:00")
    async with stand(path, Clock(began)) as here:
        await here.add("each", rule)
    env = {
        "LD_PRELOAD": str(library),
        "FAKETIME_TIMESTAMP_FILE": str(dial),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "TZ": "UTC",
    }
    dial.write_text(f"@{began:%Y-%m-%d %H:%M:%S}\n", "utf-8")
    last = began
    for steps in ((0, 90, 0, 75, 3 * 1440, 2 * 1440), (3 * 1440 + 90,)):
        child = await _child(path, END, str(TICK_S), env=env)
        for minutes in steps:
            last = began + timedelta(minutes=minutes)
            dial.write_text(f"@{last:%Y-%m-%d %H:%M:%S}\n", "utf-8")
            await _seen(child, last)
        child.kill()
        await child.wait()
    async with stand(path, Clock(last)) as here:
        have = [each.at for each in await here.done()]
    assert instants(rule, began, last) == have


async def _seen(child: Process, at: datetime) -> None:
    """Wait until it has rung for what the clock was set to, within a tick or two."""
    assert child.stdout is not None
    async with asyncio.timeout(2 * TICK_S + 10):
        shown = 0.0
        while abs(shown - at.timestamp()) > 60:
            shown = json.loads(await child.stdout.readline())["at"]
