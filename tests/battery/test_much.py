"""T32: somebody of whom very much is kept is handed all of it, and erased, in time."""

from __future__ import annotations

import asyncio
import io
import json
import time
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.message import File
from bot.chat.responses import Replace
from bot.takeout import COMMAND, LIMIT_S, TakeoutDesk
from cogs.privacy import files
from storage import communities, members, personal
from storage.database import Transaction
from storage.personal import Subject
from tests.battery.size import FULL, size
from tests.battery.test_exports import Watch
from tests.battery.told import Tell, asserted
from tests.bench import history
from tests.bench.crowd import person
from tests.harness import START, Community, Reply, community
from tests.storage.test_personal import leftover
from tests.takeout import Here

THANKS = size(400, 16_000)
ROWS = size(2_000, 80_000)
HALF_AN_HOUR_MS = 30 * 60_000
"""From one shoutout to the next, so that all of them are within the allowance."""

HER = person(0)
EXPORT_S, ANSWER_S, HELD_MS = 60, 2, 100
ERASURE_S = 24 * 3_600


@pytest.fixture
async def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Community]:
    """A community of two, who have thanked each other for years."""
    monkeypatch.setattr(history, "_STEP_MS", HALF_AN_HOUR_MS)
    monkeypatch.setattr(files, "MOST_AT_ONCE", min(files.MOST_AT_ONCE, ROWS // 2))
    path = tmp_path / "laurel.sqlite3"
    history.make(path, THANKS, 2)
    async with community(path) as home:
        home.person(HER.ref.id, ref=HER.ref)
        await home.laurel.settle()
        yield home


def subject(tx: Transaction) -> Subject:
    """Return her as she is known now."""
    (here,) = communities.every(tx)
    member = members.find(tx, here, HER.ref, START)
    assert member is not None
    return Subject(here, member, START)


def rows(tx: Transaction) -> int:
    """Return how much is kept about her."""
    return personal.count(tx, subject(tx))


def archive(reply: Reply) -> dict[str, object]:
    """Return what was handed over, by table."""
    (file,) = (node for node in reply.message.nodes if isinstance(node, File))
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        found: dict[str, object] = json.loads(packed.read("laurel-data.json"))["tables"]
        return found


async def ask(home: Community) -> Reply:
    """Have her press the button, and wait for no more than her answer."""
    call = home.call(HER.ref.id)
    response = await home.laurel.dispatcher("privacy.export", call, (), None)
    return Reply(response, "")


@pytest.mark.slow
async def test_very_much_is_handed_over_in_time(home: Community, tell: Tell) -> None:
    """She is answered at once, nobody is held up, and all of it comes."""
    kept, watch = await home.database.read(rows), Watch()
    assert kept >= ROWS
    began_s = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(watch.run())
        said = await ask(home)
        answered_s = time.monotonic() - began_s
        await home.laurel.settle()
        took_s = time.monotonic() - began_s
        watch.end()
    assert [] == [each for each in said.message.nodes if isinstance(each, File)]
    note = home.standing(HER.ref)[-1]
    handed = archive(await home.press(HER.ref.id, note, "Get my data"))
    count = sum(len(each) for each in handed.values() if isinstance(each, list))
    lacking = max(0, kept - count)
    tell("P22", "rows of somebody with very much, not handed over", lacking, most=0)
    if FULL:
        what = f"of a member with {ROWS:,} rows"
        held_ms = watch.held_s * 1_000
        tell("P22", f"loop held by the export {what}", held_ms, most=HELD_MS, unit="ms")
        tell("P22", f"export {what}", took_s, most=EXPORT_S, unit="s")
        tell("P22", f"answer to the export {what}", answered_s, most=ANSWER_S, unit="s")


@pytest.mark.slow
async def test_very_much_is_erased_at_once(home: Community, tell: Tell) -> None:
    """Before she is told that it is done."""
    assert await home.database.read(rows) >= ROWS
    her = await home.database.read(subject)
    for courier in home.laurel.couriers:  # nobody posted what is told to have been
        courier.stop()
    began_s = time.monotonic()
    call, answers = home.call(HER.ref.id), {"word": "ERASE"}
    done = await home.laurel.dispatcher("privacy.erase", call, (), answers)
    took_s = time.monotonic() - began_s
    assert isinstance(done, Replace), done
    left = await home.database.read(leftover, her)
    what = "tables with rows of somebody with very much, left by erasure"
    tell("P22", what, len(left), most=0)
    if FULL:
        what = f"erasure of a member with {ROWS:,} rows"
        tell("P22", what, took_s, most=ERASURE_S, unit="s")


async def test_an_export_that_leaves_rows_out_would_be_found(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: only the first hundred of each table, by whoever makes it."""
    usual = personal.export
    (desk,) = (a for a in home.laurel.attendants if isinstance(a, TakeoutDesk))

    def some(tx: Transaction, subject: Subject) -> dict[str, list[personal.Row]]:
        return {name: found[:100] for name, found in usual(tx, subject).items()}

    monkeypatch.setattr(personal, "export", some)
    monkeypatch.setattr(desk, "_apart", Here(COMMAND, LIMIT_S))
    with pytest.raises(AssertionError, match="not handed over"):
        await test_very_much_is_handed_over_in_time(home, asserted)
