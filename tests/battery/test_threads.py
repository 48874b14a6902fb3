"""T01 and T05 for threads: answers are lost and Laurel ends while threads begin."""

from __future__ import annotations

import random
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.adapters.discord.adapter import Discord
from bot.adapters.slack.adapter import Slack
from bot.chat import wire
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import Spot, place_of
from storage import communities, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.battery.flood import SQUARES, Flood, OnDiscord, OnSlack, Square
from tests.battery.size import chance, size
from tests.fakes.discord import Channel
from tests.harness import Clock

ENDS = size(4, 60)
AT_ONCE = 6
"""What is put before Laurel ends."""

DOWN_S = 300.0
"""After this, Discord has forgotten which nonces it saw."""

ADDRESSES: Mapping[str, Sequence[str]] = {
    "discord": (r"POST /channels/\d+/messages$", r"POST .*/messages/\d+/threads$"),
    "slack": (r"chat\.postMessage",),
}
"""Where messages are posted, and where threads are begun."""
_TOKEN = re.compile(r"number (\d{4})")

Stands = Mapping[str | None, Sequence[str]]
"""What stands in the channel, under None, and in each thread, under what is above."""


def put(
    tx: Transaction, square: Square, number: int, root: int | None, at: datetime
) -> None:
    """Queue a message, under another one perhaps."""
    text = phrase("playground.said", words=Quote(f"number {number:04}"))
    body = wire.encode(say(Card(title=text, body=(text,))))
    under = None if root is None else f"test:post:{root}"
    key = f"test:post:{number}"
    parcel = Parcel(square.wall, key, body, (), "call", under=under)
    outbox.put(tx, communities.get(tx, square.ref), parcel, at)


def stands(square: Square) -> Stands:
    """Return what its readers see."""
    found: dict[str | None, list[str]] = {}
    if isinstance(square, OnDiscord):
        above = {each: _number(m.raw) for each, m in square.place.messages.items()}
        for place in (square.place, *_threads(square)):
            said = [_number(m.raw) for m in place.messages.values()]
            found[above.get(place.id)] = said
    if isinstance(square, OnSlack):
        messages = square.place.messages
        for each in messages.values():
            under = _number(messages[each.thread].raw) if each.thread else None
            found.setdefault(under, []).append(_number(each.raw))
    return found


def _threads(square: OnDiscord) -> list[Channel]:
    return [each for each in square.guild.channels.values() if each.is_thread]


def _number(raw: object) -> str:
    found = _TOKEN.search(str(raw))
    assert found is not None
    return found[1]


async def spoken(
    folder: Path, platform: str, ends: int, *, worst: bool = False
) -> tuple[Stands, Stands]:
    """Return what stands at the end, and what should.

    Args:
        folder: Where Laurel's file is to stand.
        platform: One of `SQUARES`.
        ends: How often Laurel ends while it says something.
        worst: Whether it is always the answer to a message in a thread that is lost.
    """
    clock, luck = Clock(), chance(7)
    due: dict[str | None, list[str]] = {None: []}
    async with SQUARES[platform](clock) as square:
        if isinstance(square, OnDiscord):  # what is too fast is so by this clock
            square.double.rest.buckets._monotonic = lambda: clock().timestamp()
        flood = Flood(square, folder / "laurel.sqlite3", clock)
        await flood.found()
        for root in range(0, ends * AT_ONCE, AT_ONCE):
            async with flood.served() as laurel:
                write = laurel.database.write
                await write(put, square, root, None, clock())
                due[None].append(f"{root:04}")
                if worst or luck.random() < 0.7:  # else the one above is hit as well
                    await laurel.settle()
                _befall(square, ADDRESSES[platform], None if worst else luck)
                for number in range(root + 1, root + AT_ONCE):
                    above = root if worst else luck.choice([None, root, root])
                    under = None if above is None else f"{above:04}"
                    due.setdefault(under, []).append(f"{number:04}")
                    await write(put, square, number, above, clock())
                await flood.pass_time(laurel, luck.random())
            clock.move(seconds=DOWN_S)
        _mend(square)
        async with flood.served() as laurel:
            while await laurel.database.read(_waiting):
                await flood.pass_time(laurel, 2)
        return stands(square), due


def _befall(
    square: Square, addresses: Sequence[str], luck: random.Random | None
) -> None:
    """Have an answer be lost, or a request, or have Laurel be told to wait.

    Without ``luck``, it is the answer to a message.
    """
    assert isinstance(square, OnDiscord | OnSlack)
    if isinstance(square, OnDiscord):
        square.double.rest.invalid = 0  # ours, and of other ten minutes
    faults = square.double.faults
    faults.clear()
    address, what = addresses[0], 0
    if luck is not None:
        address, what = luck.choice(addresses), luck.randrange(3)
    if what < 2:
        faults.reset(accept=what == 0, path=address, times=1)
    else:
        faults.rate_limit(0.05, path=address, times=1)


def _mend(square: Square) -> None:
    assert isinstance(square, OnDiscord | OnSlack)
    square.double.faults.clear()


def _waiting(tx: Transaction) -> int:
    (row,) = tx.all(
        "SELECT count(*) AS n FROM outbox WHERE state IN ('new', 'sending', 'parked')"
    )
    return int(row["n"])


on_each = pytest.mark.parametrize("platform", sorted(SQUARES))


@on_each
async def test_every_thread_is_whole_and_in_order(
    tmp_path: Path, platform: str
) -> None:
    """What was put stands once, where it belongs, and in its order."""
    found, due = await spoken(tmp_path, platform, ENDS)
    assert due == found


@on_each
async def test_a_courier_that_looks_in_the_channel_is_found(
    tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: what is lost in a thread is looked for beside it, and sent again."""
    adapter = Discord if platform == "discord" else Slack
    find: Callable[..., Awaitable[str | None]] = adapter.find

    async def look(
        self: object, to: Spot, delivery_id: str, since: datetime
    ) -> str | None:
        return await find(self, place_of(to), delivery_id, since)

    monkeypatch.setattr(adapter, "find", look)
    found, due = await spoken(tmp_path, platform, 2, worst=True)
    assert due != found
