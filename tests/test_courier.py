"""The courier: in order in each lane, each message once, whatever the platform says."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.courier import MAX_ATTEMPTS, Courier
from bot.domain.refs import ChannelRef
from storage import communities, deliveries, outbox, set_aside
from storage.claiming import Settle
from storage.database import Transaction
from storage.delivery import Delivery
from storage.outbox import Parcel
from tests.battery.size import chance, size
from tests.harness import Clock, Community, Post, community


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


def on_wire(words: str) -> str:
    """Return a message that says ``words`` and no more."""
    return wire.encode(say(Card(body=(phrase("playground.said", words=Quote(words)),))))


async def queue(home: Community, *texts: str, to: str = "wall") -> None:
    """Queue messages in one unit, each under its own words as the key."""

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for text in texts:
            parcel = Parcel(home.channel(to), text, on_wire(text), (), "call")
            outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)


async def edit(home: Community, key: str, words: str) -> bool:
    def change(tx: Transaction) -> bool:
        here = communities.get(tx, home.ref)
        return outbox.edit(tx, here, key, on_wire(words), home.clock())

    return await home.database.write(change)


async def remove(home: Community, key: str) -> None:
    def take_back(tx: Transaction) -> None:
        outbox.remove(tx, communities.get(tx, home.ref), key, home.clock())

    await home.database.write(take_back)


async def replay(home: Community, key: str) -> None:
    def again(tx: Transaction) -> None:
        row = tx.one("SELECT id FROM outbox WHERE key = :key", key=key)
        assert row is not None
        here = communities.get(tx, home.ref)
        assert set_aside.replay(tx, here, row["id"], home.clock())

    await home.database.write(again)
    await home.laurel.settle()


async def state(home: Community, key: str) -> tuple[str, str | None]:
    """Return where a message is, and why."""

    def find(tx: Transaction) -> tuple[str, str | None]:
        row = tx.one("SELECT state, reason FROM outbox WHERE key = :key", key=key)
        assert row is not None
        return row["state"], row["reason"]

    return await home.database.read(find)


def failing(error: Exception, *, times: int, at: str = "post") -> Callable[[str], None]:
    """Return what raises ``error`` for the first requests of one kind."""
    left = [times]

    def fail(request: str) -> None:
        if request == at and left[0] > 0:
            left[0] -= 1
            raise error

    return fail


class Gate:
    """Holds requests back until it is opened."""

    def __init__(self, home: Community, only: ChannelRef | None = None) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()
        self._only = only
        home.platform.gate = self

    async def __call__(self, request: str, posting: Posting | None) -> None:
        if self._only is None or (posting and posting.to == self._only):
            self.reached.set()
            await self.opened.wait()


async def test_one_place_hears_things_in_order(home: Community) -> None:
    """What comes second waits while what came first is put off."""
    home.platform.fault = failing(NotAcceptedError("busy"), times=3)
    await queue(home, "one", "two", "three")
    await home.laurel.settle()

    assert [] == home.posts()
    for _ in range(3):
        await home.wait(seconds=30)
    assert ["one", "two", "three"] == home.posts()


async def test_other_places_are_not_held_up(home: Community) -> None:
    """A place that does not answer delays nobody else."""
    gate = Gate(home, only=home.channel("wall"))
    await queue(home, "stuck", "behind it")
    await gate.reached.wait()
    heard = asyncio.Event()
    home.platform.late = lambda _request: heard.set()
    await queue(home, "elsewhere", to="general")
    await heard.wait()

    assert ["elsewhere"] == home.posts("general")
    assert [] == home.posts("wall")
    gate.opened.set()
    await home.laurel.settle()
    assert ["stuck", "behind it"] == home.posts("wall")


async def test_an_edit_before_sending_is_what_is_sent(home: Community) -> None:
    """The last word is posted, and nothing is edited afterwards."""
    home.platform.fault = failing(NotAcceptedError("busy"), times=1)
    await queue(home, "draft")
    await home.laurel.settle()
    await edit(home, "draft", "final")
    await home.wait(minutes=1)

    assert ["final"] == home.posts()
    assert 0 == home.platform.posts[0].edits


async def test_an_edit_while_sending_is_sent_after(home: Community) -> None:
    """It is neither lost nor posted as a second message."""
    gate = Gate(home)
    await queue(home, "draft")
    await gate.reached.wait()
    assert await edit(home, "draft", "second thoughts")
    assert await edit(home, "draft", "third thoughts")
    gate.opened.set()
    await home.laurel.settle()

    assert ["third thoughts"] == home.posts()
    assert 1 == home.platform.posts[0].edits


async def test_what_is_taken_back_before_sending_is_never_sent(
    home: Community,
) -> None:
    """Nobody sees it, and what is behind it goes on."""
    home.platform.fault = failing(NotAcceptedError("busy"), times=1)
    await queue(home, "oops", "after")
    await home.laurel.settle()
    await remove(home, "oops")
    await home.laurel.settle()

    assert ["after"] == home.posts()
    assert 1 == len(home.platform.posts)


@pytest.mark.parametrize("how", ["while sending", "while nobody knows", "after"])
async def test_what_is_taken_back_later_comes_down(home: Community, how: str) -> None:
    """Whether it is being sent, may have been sent, or stands."""
    gate = Gate(home)
    if how == "while nobody knows":
        home.platform.late = failing(OutcomeUnknownError("reset"), times=1)
    await queue(home, "oops")
    await gate.reached.wait()
    if how == "while sending":
        await remove(home, "oops")
    gate.opened.set()
    await home.laurel.settle()
    if how != "while sending":
        await remove(home, "oops")
    await home.wait(minutes=2)

    assert [] == home.posts()
    assert [True] == [post.gone for post in home.platform.posts]
    assert ("dead", "removed") == await state(home, "oops")


async def test_a_wait_is_kept_over_a_restart(tmp_path: Path) -> None:
    """What the platform asked to wait is in the row, not in the process."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        home.platform.fault = failing(NotAcceptedError("429", 90.0), times=1)
        await queue(home, "patient")
        await home.laurel.settle()
        clock = home.clock

    clock.move(seconds=60)
    async with community(path, clock=clock) as home:
        await home.laurel.settle()
        assert [] == home.posts()
        await home.wait(seconds=31)
        assert ["patient"] == home.posts()


@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not accepted"])
async def test_an_answer_that_never_came_is_settled(
    tmp_path: Path, *, accepted: bool
) -> None:
    """It is left alone, also over a restart; then looked for; sent only if absent."""
    path = tmp_path / "laurel.sqlite3"
    tried: list[str] = []

    async def note(_request: str, posting: Posting | None) -> None:
        if posting:
            tried.append(posting.delivery_id)

    async with community(path) as home:
        lost = failing(OutcomeUnknownError("timeout"), times=1)
        if accepted:
            home.platform.late = lost
        else:
            home.platform.fault = lost
        home.platform.gate = note
        await queue(home, "once", "behind")
        await home.laurel.settle()
        await home.wait(seconds=59)
        clock, stands = home.clock, home.platform.posts

    async with community(path, clock=clock, posts=stands) as home:
        home.platform.gate = note
        await home.laurel.settle()
        assert ["once"] * accepted == home.posts(), "nothing is touched before its time"
        await home.wait(seconds=1)
        assert ["once", "behind"] == home.posts()

    assert 2 - accepted == tried.count(tried[0]), "the same id, each time"
    assert 2 == len(set(tried))


async def test_who_may_not_look_does_not_send_either(home: Community) -> None:
    """A probe that is turned away proves nothing: the courier looks again later."""
    home.platform.late = failing(OutcomeUnknownError("reset"), times=1)
    home.platform.fault = failing(NotAcceptedError("429"), times=2, at="find")
    await queue(home, "once")
    for _ in range(4):
        await home.wait(seconds=60)

    assert ["once"] == home.posts()
    assert ("sent", None) == await state(home, "once")


async def test_what_may_stand_already_is_looked_for_before_it_is_tried_again(
    home: Community,
) -> None:
    """Looking itself was refused, so a moderator tries again: nothing is doubled."""
    home.platform.late = failing(OutcomeUnknownError("reset"), times=1)
    home.platform.fault = failing(RefusedError("no-permission"), times=1, at="find")
    await queue(home, "once")
    await home.laurel.settle()
    await home.wait(seconds=60)
    assert ("parked", "no-permission") == await state(home, "once")

    await replay(home, "once")
    await home.wait(seconds=60)
    assert ["once"] == home.posts()
    assert ("sent", None) == await state(home, "once")


async def test_a_removal_that_is_never_answered_is_set_aside(home: Community) -> None:
    """What waits behind it is not held up for good."""
    await queue(home, "going")
    await home.laurel.settle()
    home.platform.fault = failing(OutcomeUnknownError("timeout"), times=99, at="remove")

    def take_down(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        outbox.remove(tx, here, "going", home.clock())

    await home.database.write(take_down)
    await queue(home, "behind")
    for _ in range(20):
        await home.wait(seconds=60)

    assert ("parked", "no-answer") == await state(home, "going")
    assert "behind" in home.posts()


async def test_what_is_refused_is_set_aside_and_can_be_tried_again(
    home: Community,
) -> None:
    """The rest of the place goes on."""
    home.platform.fault = failing(RefusedError("no-permission"), times=1)
    await queue(home, "one", "two")
    await home.laurel.settle()

    assert ["two"] == home.posts()
    assert ("parked", "no-permission") == await state(home, "one")
    await replay(home, "one")
    assert ["two", "one"] == home.posts()


async def test_a_message_that_somebody_deleted_stays_deleted(home: Community) -> None:
    """An edit of it is their word against ours, and theirs stands."""
    await queue(home, "gone", "next")
    await home.laurel.settle()
    home.platform.fault = failing(RefusedError("message-gone"), times=1, at="edit")
    await edit(home, "gone", "again?")
    await home.laurel.settle()

    assert ("dead", "removed") == await state(home, "gone")
    assert 2 == len(home.platform.posts)


async def test_what_cannot_be_drawn_is_set_aside(home: Community) -> None:
    """One row that nobody can read stops nothing."""

    def spoil(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        parcel = Parcel(home.channel("wall"), "spoilt", '[9, "?"]', (), "call")
        outbox.put(tx, here, parcel, home.clock())

    await home.database.write(spoil)
    await queue(home, "fine")
    await home.laurel.settle()

    assert ("parked", "undrawable") == await state(home, "spoilt")
    assert ["fine"] == home.posts()


async def test_eight_times_no_is_enough(home: Community) -> None:
    """Each wait is twice as long as the last; then what is behind it goes on."""
    home.platform.fault = failing(NotAcceptedError("500"), times=MAX_ATTEMPTS)
    tried: list[float] = []
    begun = home.clock()

    async def note(_request: str, _posting: Posting | None) -> None:
        tried.append((home.clock() - begun).total_seconds())

    home.platform.gate = note
    await queue(home, "poison", "behind")
    await home.laurel.settle()
    for _ in range(300):
        await home.wait(seconds=1)

    assert [0, 2, 6, 14, 30, 62, 126, 254, 254] == tried
    assert ("parked", "500") == await state(home, "poison")
    assert ["behind"] == home.posts()


class Deaf(Courier):
    """Planted: forgets what it was told of while it looked."""

    async def run(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                for lane in await self._due():
                    if lane not in self._lanes:
                        self._lanes[lane] = tasks.create_task(self._serve(lane))
                await asyncio.sleep(0.001)
                self._woken.clear()
                self._still.set()
                await self._woken.wait()


async def left_waiting(path: Path, rounds: int) -> int:
    """Return how many messages were overlooked, though each was told of."""
    luck = chance(7)
    overlooked = 0

    async def soon(home: Community, words: str, place: str) -> None:
        for _ in range(luck.randrange(20)):
            await asyncio.sleep(0)
        await queue(home, words, to=place)

    async with community(path) as home:
        for number in range(rounds):
            told = (soon(home, f"{number}.{each}", f"place {each}") for each in "abcd")
            await asyncio.gather(*told)
            await asyncio.wait_for(home.laurel.settle(), 10)
            overlooked += await home.waiting()
            await home.wait(seconds=1)
    return overlooked


async def test_no_wake_is_lost(tmp_path: Path) -> None:
    """What is queued just as the courier finds nothing to do is delivered too."""
    assert 0 == await left_waiting(tmp_path / "laurel.sqlite3", size(100, 2_000))


async def test_a_lost_wake_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above sees a courier that does not look again."""
    monkeypatch.setattr("bot.app.Courier", Deaf)
    assert 0 < await left_waiting(tmp_path / "laurel.sqlite3", 100)


class Careless(Courier):
    """Planted: sends again what it has no answer for, without looking."""

    async def _resolve(self, head: Delivery, since: object, now: object) -> Settle:
        again = partial(deliveries.again, due_at=self._clock(), reason="no-answer")
        return lambda tx: again(tx, head)


async def findings(path: Path, seed: int, messages: int) -> tuple[int, int, int]:
    """Return what was lost, doubled and out of order after a bad day."""
    luck = chance(seed)

    def trouble(_request: str) -> None:
        if luck.random() < 0.1:
            raise NotAcceptedError("429", luck.choice([None, 1.0, 20.0]))
        silence(_request)

    def silence(_request: str) -> None:
        if luck.random() < 0.1:
            raise OutcomeUnknownError("reset")

    posts: list[Post] = []
    clock: Clock | None = None
    texts = [f"message {n:04}" for n in range(messages)]
    for start in range(0, messages, 20):  # the process ends after every twenty
        async with community(path, clock=clock, posts=posts) as home:
            clock, home.platform.fault = home.clock, trouble
            home.platform.late = silence
            for text in texts[start : start + 20]:
                await queue(home, text)
            await home.wait(seconds=luck.randrange(60))
    async with community(path, clock=clock, posts=posts) as home:
        while await home.waiting():
            await home.wait(seconds=60)
        parked = await home.database.read(_parked)
        stands = home.posts()
    lost = len(set(texts) - set(stands)) - parked
    inversions = sum(a > b for a, b in itertools.pairwise(stands))
    return lost, len(stands) - len(set(stands)), inversions


def _parked(tx: Transaction) -> int:
    (row,) = tx.all("SELECT count(*) AS n FROM outbox WHERE state = 'parked'")
    return int(row["n"])


@pytest.mark.parametrize("seed", range(size(2, 40)))
async def test_a_bad_day_loses_doubles_and_swaps_nothing(
    tmp_path: Path, seed: int
) -> None:
    """Refusals, lost answers and restarts, at random."""
    path = tmp_path / "laurel.sqlite3"
    assert (0, 0, 0) == await findings(path, seed, messages=60)


async def test_a_bad_day_shows_who_sends_without_looking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above sees a courier that skips the look."""
    monkeypatch.setattr("bot.app.Courier", Careless)
    _, doubled, _ = await findings(tmp_path / "laurel.sqlite3", 0, messages=60)
    assert 0 < doubled
