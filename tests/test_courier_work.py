"""The courier by itself: what it wakes for, draws, keeps to, and leaves at its end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot import courier as module
from bot.chat import wire
from bot.chat.adapter import (
    Draw,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
)
from bot.chat.message import Card, say
from bot.chat.routes import DrawSpec
from bot.chat.text import Quote, phrase
from bot.courier import FIRST_WAIT_S, Courier
from bot.domain.refs import ChannelRef
from storage import claiming, communities, outbox
from storage.claiming import Drawings
from storage.database import (
    DatabaseBusyError,
    DatabaseClosedError,
    Transaction,
)
from storage.digests import MAX_POSTS, Folding
from storage.drawings import Drawn
from storage.outbox import Parcel
from tests.cards.look import thanks
from tests.courier_desk import SETTLE_S, WALL, Desk, message, once, serving
from tests.harness import COMMUNITY, START


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with serving(tmp_path / "laurel.sqlite3") as desk:
        yield desk


@pytest.mark.parametrize("trouble", [DatabaseBusyError, DatabaseClosedError])
async def test_where_nothing_can_be_noted_it_is_looked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    """The courier goes on as soon as there is room again, and doubles nothing."""
    write, left = desk.database.write, [1]

    async def refuse(work: Callable[..., object], *args: object) -> object:
        if work is claiming.claim_next and args[2] is not None and left:
            left.pop()
            raise trouble
        return await write(work, *args)

    monkeypatch.setattr(desk.database, "write", refuse)
    await desk.put("one")
    await desk.put("elsewhere", to="other")
    assert "sending" == await desk.state("one")
    assert ["elsewhere"] == desk.said("other")
    await desk.wait(SETTLE_S)
    assert (["one"], "sent") == (desk.said(), await desk.state("one"))


async def test_what_is_under_way_at_the_end_is_noted(tmp_path: Path) -> None:
    """Nothing new is begun, and what was begun is waited for."""
    reached, opened = asyncio.Event(), asyncio.Event()

    async def gate(_request: str, _posting: Posting | None) -> None:
        reached.set()
        await opened.wait()

    async with serving(tmp_path / "laurel.sqlite3") as desk:
        desk.platform.gate = gate
        await desk.database.write(_left, "one", "two")
        await reached.wait()
        desk.courier.stop()
        opened.set()
        await desk.ended.wait()
        assert ["one"] == desk.said()
        assert ("sent", "new") == (await desk.state("one"), await desk.state("two"))


async def test_what_an_earlier_process_left_is_delivered(tmp_path: Path) -> None:
    """Without anybody waking the courier."""
    async with serving(tmp_path / "laurel.sqlite3") as desk:
        desk.courier.stop()
        await asyncio.sleep(0)
        await desk.database.write(_left, "one")
        again = Courier(desk.database, desk.platform, desk.clock, lambda *_: None)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(again.run())
            await again.settle()
            again.stop()
        assert ["one"] == desk.said()


def _left(tx: Transaction, *keys: str) -> None:
    for key in keys:
        parcel = Parcel(WALL, key, wire.encode(message(key)), (), "call")
        outbox.put(tx, communities.get(tx, COMMUNITY), parcel, START)


@pytest.mark.parametrize("topic", ["outbox", "outbox:harness"])
async def test_it_is_woken_by_what_is_for_all_and_by_its_own(
    desk: Desk, topic: str
) -> None:
    """As whatever puts a message, or has one tried again, does."""

    def left(tx: Transaction) -> None:
        _left(tx, "one")
        tx.woken = {topic}

    await desk.database.write(left)
    await desk.settled()
    assert ["one"] == desk.said()


async def test_what_is_queued_as_a_lane_ends_is_delivered(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lane found nothing, and the courier takes it for one that is served."""
    write, late = desk.database.write, ["two"]

    async def put_late(work: Callable[..., object], *args: object) -> object:
        found = await write(work, *args)
        if work is claiming.claim_next and found is None and late:
            await write(_left, late.pop())
            for _ in range(20):  # meanwhile the courier looks what is due
                await desk.database.read(_nothing)
        return found

    monkeypatch.setattr(desk.database, "write", put_late)
    await desk.put("one")
    await desk.settled()
    assert ["one", "two"] == desk.said()


async def test_a_lane_that_can_only_wait_is_let_be(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There are many in an outage, and every commit wakes the courier."""
    desk.platform.fault = once(OutcomeUnknownError("timeout"))
    await desk.put("one")
    desk.platform.fault = once(NotAcceptedError("busy"))
    await desk.put("two", to="other")
    write, claimed = desk.database.write, [0]

    async def count(work: Callable[..., object], *args: object) -> object:
        claimed[0] += work is claiming.claim_next
        return await write(work, *args)

    monkeypatch.setattr(desk.database, "write", count)
    await desk.wait(1)
    assert [0] == claimed
    await desk.wait(1)
    assert ["two"] == desk.said("other")


async def test_only_so_many_are_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each takes a connection, and there are only so many files."""
    asked: list[tuple[int, int]] = []

    def share(divisor: int, most: int) -> int:
        asked.append((divisor, most))
        return 2

    monkeypatch.setattr(module, "share_of_files", share)
    now, most, two = [0], [0], asyncio.Event()

    async def gate(_request: str, _posting: Posting | None) -> None:
        now[0] += 1
        most[0] = max(most[0], now[0])
        if now[0] == 2:
            two.set()
        await two.wait()
        for _ in range(20):  # time enough for a third one to be begun
            await office.database.read(_nothing)
        now[0] -= 1

    async with serving(tmp_path / "laurel.sqlite3") as office:
        office.platform.gate = gate
        for place in "abcd":
            await _put_quietly(office, place)
        await office.wait(0)
        assert [(16, 200)] == asked
        assert 2 == most[0]
        assert [["x"]] * 4 == [office.said(place) for place in "abcd"]


def _nothing(_tx: Transaction) -> None:
    """Wait for a turn."""


async def _put_quietly(desk: Desk, place: str) -> None:
    def unit(tx: Transaction) -> None:
        to = ChannelRef(COMMUNITY, place)
        parcel = Parcel(to, place, wire.encode(message("x")), (), "call")
        outbox.put(tx, communities.get(tx, COMMUNITY), parcel, START)
        tx.woken.clear()

    await desk.database.write(unit)


# Pictures.

PNG = {0: b"a picture"}


@dataclass(slots=True)
class Sketch(Draw):
    """Draws, and does meanwhile what a test says."""

    desk: Desk | None = None
    fault: Exception | None = None
    asked: list[Posting] = field(default_factory=list)
    meanwhile: Callable[[], Awaitable[object]] | None = None

    async def __call__(self, posting: Posting) -> Mapping[int, bytes]:
        self.asked.append(posting)
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        if self.fault is not None:
            raise self.fault
        return PNG


def pictured(words: str) -> str:
    said = phrase("playground.said", words=Quote(words))
    return wire.encode(say(Card(body=(said,), picture=thanks())))


@pytest.fixture
def sketch() -> Sketch:
    return Sketch()


@pytest.fixture
async def studio(tmp_path: Path, sketch: Sketch) -> AsyncIterator[Desk]:
    """A desk whose posts have pictures."""
    async with serving(tmp_path / "laurel.sqlite3", draw=sketch) as desk:
        yield desk


async def test_an_attempt_begins_once_its_picture_is_drawn(
    studio: Desk, sketch: Sketch
) -> None:
    """So that drawing takes nothing of the time in which an answer may come."""

    async def later() -> None:
        studio.clock.move(seconds=30)

    sketch.meanwhile = later
    studio.platform.late = once(OutcomeUnknownError("reset"))
    await studio.put("one", body=pictured("one"))
    begun = "SELECT sending_at FROM outbox"
    at = await studio.database.read(lambda tx: tx.all(begun)[0]["sending_at"])
    assert START.timestamp() + 30 == at / 1_000
    assert PNG == studio.platform.posts[0].pictures
    (asked,) = sketch.asked
    assert (WALL, {}) == (asked.to, asked.pictures)


async def test_a_post_is_worth_more_than_its_picture(
    studio: Desk, sketch: Sketch
) -> None:
    """And one that has none waits for nobody."""
    sketch.fault = ZeroDivisionError()
    await studio.put("one", body=pictured("one"))
    await studio.put("two")
    assert ["one", "two"] == studio.said()
    assert {} == studio.platform.posts[0].pictures
    assert 1 == len(sketch.asked)


async def test_what_has_changed_while_it_was_drawn_is_sent_as_it_is_by_then(
    studio: Desk, sketch: Sketch
) -> None:
    """At once, and as no attempt that failed."""

    async def better() -> None:
        await studio.database.write(
            lambda tx: outbox.edit(
                tx, communities.get(tx, COMMUNITY), "one", pictured("two"), START
            )
        )

    sketch.meanwhile = better
    await studio.put("one", body=pictured("one"))
    assert ["two"] == studio.said()
    assert (0, []) == (studio.platform.posts[0].edits, studio.told)


async def test_where_the_beginning_cannot_be_noted_nothing_is_sent(
    studio: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as if the platform had said no."""
    write, left = studio.database.write, [1]

    async def refuse(work: Callable[..., object], *args: object) -> object:
        if work is claiming.begin and left:
            left.pop()
            raise DatabaseBusyError("full")
        return await write(work, *args)

    monkeypatch.setattr(studio.database, "write", refuse)
    await studio.put("one", body=pictured("one"))
    row = await studio.row("one")
    assert ("new", "full", FIRST_WAIT_S) == (row["state"], row["reason"], row["due"])
    assert [] == studio.said()


# What is drawn, and folded.


def broken(*_: object) -> Drawn:
    raise ZeroDivisionError


async def test_what_cannot_be_drawn_is_set_aside(tmp_path: Path) -> None:
    """What is behind it goes on, and what can be drawn is."""

    def unit(_tx: Transaction, _here: object, key: str, _now: object) -> Drawn:
        return broken() if key == "a:b:1" else Drawn(message("drawn"))

    drawings = Drawings({"a:b:": DrawSpec("a:b:", unit)})
    async with serving(tmp_path / "laurel.sqlite3", drawings) as desk:
        await desk.put("a:b:1", "a:b:2", body="")
        assert ["drawn"] == desk.said()
        assert [("a:b:1", "undrawable", START)] == desk.told


async def test_what_fits_no_digest_is_told_by_itself(tmp_path: Path) -> None:
    """By whoever draws single ones, which is not what failed."""
    drawn = DrawSpec("a:b:", lambda *_: Drawn(message("drawn")))
    fold = Folding("a:b:", "a:digest:", broken, broken, broken)  # type: ignore[arg-type]
    drawings = Drawings({"a:b:": drawn}, (fold,))
    async with serving(tmp_path / "laurel.sqlite3", drawings) as desk:
        desk.platform.fault = once(NotAcceptedError("busy", 600))
        keys = [f"a:b:{number}" for number in range(MAX_POSTS + 1)]
        await desk.put(*keys, body="")
        await desk.wait(600)
        assert ["drawn"] * len(keys) == desk.said()
        assert [] == desk.told
