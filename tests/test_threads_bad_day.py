"""Threads on a bad day: refusals, lost answers and kills, and nothing out of place."""

from __future__ import annotations

import itertools
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import Spot, place_of
from storage import communities, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.battery.size import chance, size
from tests.harness import Clock, Community, Platform, Post, community

MESSAGES = 40
ROOTS = 4


@dataclass(frozen=True, slots=True)
class Weather:
    """What becomes of requests, at random."""

    luck: random.Random

    def fault(self, request: str) -> None:
        """Turn some away, and lose some on their way."""
        drawn = self.luck.random()
        if drawn < 0.08:
            wait_s = self.luck.choice([None, 20.0])
            raise NotAcceptedError(request, retry_after_s=wait_s)
        if drawn < 0.14:
            raise OutcomeUnknownError(request)

    def late(self, request: str) -> None:
        """Lose some answers."""
        if self.luck.random() < 0.12:
            raise OutcomeUnknownError(request)


async def queue(home: Community, text: str, under: str | None) -> None:
    """Queue a message under its own words as the key."""
    body = wire.encode(say(Card(body=(phrase("playground.said", words=Quote(text)),))))

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        parcel = Parcel(home.channel("wall"), text, body, (), "call", under=under)
        outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)


async def findings(path: Path, seed: int) -> tuple[int, int, int, int]:
    """Return what is lost, doubled, out of order and beside its thread at the end."""
    weather = Weather(chance(seed))
    posts: list[Post] = []
    clock = Clock()
    texts = [f"message {n:04}" for n in range(MESSAGES)]
    roots = texts[:: MESSAGES // ROOTS]
    for start in range(0, MESSAGES, 10):  # the process ends after every ten
        async with community(path, clock=clock, posts=posts) as home:
            home.platform.fault, home.platform.late = weather.fault, weather.late
            for text in texts[start : start + 10]:
                above = [None, *(root for root in roots if root < text)]
                is_root = text in roots
                await queue(home, text, None if is_root else weather.luck.choice(above))
            for _ in range(weather.luck.randrange(8)):
                await home.wait(seconds=weather.luck.randrange(60))
    async with community(path, clock=clock, posts=posts) as home:
        while await home.waiting():
            await home.wait(seconds=60)
        beside = await home.database.read(_beside)
    stands = [post.text for post in posts]
    inversions = sum(a > b for a, b in itertools.pairwise(stands))
    lost = len(set(texts) - set(stands))
    return lost, len(stands) - len(set(stands)), inversions, beside


def _beside(tx: Transaction) -> int:
    """Return how many are not where they were put."""
    (row,) = tx.all("""
        SELECT count(*) AS n FROM outbox AS o LEFT JOIN outbox AS r ON r.id = o.under
        WHERE o.thread IS NOT r.message_id""")
    return int(row["n"])


@pytest.mark.parametrize("seed", range(size(2, 40)))
async def test_a_bad_day_leaves_every_thread_whole(tmp_path: Path, seed: int) -> None:
    """Refusals, lost answers and restarts at random, also while a thread begins."""
    assert (0, 0, 0, 0) == await findings(tmp_path / "laurel.sqlite3", seed)


async def test_a_bad_day_shows_who_looks_in_the_wrong_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above sees a courier that looks for what is lost in the channel."""
    find: Callable[..., Awaitable[str | None]] = Platform.find

    async def look(
        self: Platform, to: Spot, delivery_id: str, since: datetime
    ) -> str | None:
        return await find(self, place_of(to), delivery_id, since)

    monkeypatch.setattr(Platform, "find", look)  # planted
    for day in range(20):  # what is lost on which day depends on who was quicker
        _, doubled, _, _ = await findings(tmp_path / f"{day}.sqlite3", day)
        if doubled:
            return
    pytest.fail("what was looked for in the wrong place was found every time")
