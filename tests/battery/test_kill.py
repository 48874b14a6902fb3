"""T01: the process is killed again and again while members thank each other."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import json
import os
import signal
import sqlite3
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.adapters.playground.faults import Fault
from bot.app import wall_clock
from bot.chat import wire
from bot.chat.message import Card
from bot.chat.text import Quote
from storage import audit, communities
from storage.boards import recount
from storage.database import Transaction
from storage.file import connect
from tests import nursery
from tests.battery.hurried import World
from tests.battery.served import HOME, NOW_AND_THEN, prepare
from tests.battery.size import chance, size
from tests.battery.told import Tell, tell_ledger

Shares = Mapping[Fault, int]

KILLS = size(5, 200)
CLIENTS = 8
THANKS_A_FACE = 90
"""Thanks under one name; then the client goes on as somebody else, within a day's
allowance."""

FACES = size(4, 40)
ROOT = Path(__file__).parents[2]


def face(client: int, number: int) -> str:
    return f"giver-{client}-{number // THANKS_A_FACE}"


PEOPLE = [
    *(face(c, n * THANKS_A_FACE) for c in range(CLIENTS) for n in range(FACES)),
    *(f"friend-{n}" for n in range(5)),
]


@dataclass
class Crowd:
    """Members who send again, under the same operation, until they are answered.

    Attributes:
        acknowledged: Operations that were answered.

        url: Where the bot is; changes with each start.
    """

    acknowledged: list[str] = field(default_factory=list)
    url: str = ""
    up: asyncio.Event = field(default_factory=asyncio.Event)
    leaving: bool = False

    async def run(self) -> None:
        """Thank until told to leave, and be answered to the last."""
        timeout = ClientTimeout(total=5)
        async with ClientSession(timeout=timeout) as session:
            await asyncio.gather(*(self._thank(session, c) for c in range(CLIENTS)))

    async def _thank(self, session: ClientSession, client: int) -> None:
        for number in itertools.count():
            if self.leaving or number >= FACES * THANKS_A_FACE:
                return
            giver, named = face(client, number), f"operation-{client}-{number}"
            sent = {
                "laurel.action": "1:shoutouts.shoutout",
                "laurel.id": named,
                "to": f"friend-{number % 5}",
                "why": f"For what you did, number {client}-{number}.",
            }
            while not await self._sent(session, giver, sent):
                pass
            self.acknowledged.append(operation(giver, named))

    async def _sent(
        self, session: ClientSession, giver: str, sent: Mapping[str, str]
    ) -> bool:
        await self.up.wait()
        address = f"{self.url}/as/{giver}/in/general/submit"
        try:
            async with session.post(address, data=sent) as answer:
                return answer.status == 200 and await answer.json() == {"form": None}
        except (ClientError, TimeoutError):
            await asyncio.sleep(0.005)
            return False


def operation(giver: str, named: str) -> str:
    """Return what the playground calls an operation, for good."""
    return hashlib.sha256(f"{giver}:{named}".encode()).hexdigest()[:32]


@asynccontextmanager
async def process(
    crowd: Crowd, folder: Path, faults: Shares, plant: str = ""
) -> AsyncIterator[None]:
    """Run the bot; killed at the end, unless it has gone by itself."""
    world = World(wall_clock(), plant=plant).words()
    words = [str(folder), "--world", world, "--faults", json.dumps(dict(faults))]
    child = await nursery.start(
        "tests.battery.served", words, ROOT, os.environ, DEVNULL
    )
    try:
        assert child.stdout is not None
        line = (await child.stdout.readline()).decode()
        assert line, "the bot did not start"
        crowd.url = line.split()[-1].removesuffix("/readyz")
        crowd.up.set()
        yield
    finally:
        crowd.up.clear()
        if child.returncode is None:
            child.send_signal(signal.SIGKILL)
        await child.wait()


async def _settled(crowd: Crowd, folder: Path) -> None:
    """Move the clock on until everything is delivered."""
    waiting, stuck = -1, 0
    async with ClientSession() as session:
        while waiting and stuck < 100:
            address = f"{crowd.url}/as/{PEOPLE[0]}/in/general/clock"
            (await session.post(address, data={"step": "hour"})).close()
            await asyncio.sleep(0.05)
            before = waiting
            waiting = _count(folder, "outbox WHERE state IN ('new', 'sending')")
            stuck = stuck + 1 if waiting == before else 0
    assert 0 == waiting, "something waits, and nothing moves"


def _count(folder: Path, what: str) -> int:
    connection = connect(folder / "laurel.sqlite3", "ro")
    try:
        (number,) = connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608
        return int(number)
    finally:
        connection.close()


async def killed(
    folder: Path, kills: int, faults: Shares = NOW_AND_THEN, *, plant: str = ""
) -> Mapping[str, object]:
    """Return what is wrong after ``kills`` kills; empty when all is well."""
    await prepare(folder, PEOPLE)
    crowd, luck = Crowd(), chance(1)
    running = asyncio.ensure_future(crowd.run())  # noqa: TID251  awaited below
    for _ in range(kills):
        async with process(crowd, folder, faults, plant):
            await asyncio.sleep(luck.random() * 0.25)
    async with process(crowd, folder, faults, plant):
        crowd.leaving = True
        await running
        await _settled(crowd, folder)
    assert len(crowd.acknowledged) > kills, "somebody was answered between the kills"
    return _findings(folder, crowd.acknowledged)


def _findings(folder: Path, acknowledged: list[str]) -> Mapping[str, object]:
    laurel = connect(folder / "laurel.sqlite3", "ro")
    tx = Transaction(laurel)
    here = communities.get(tx, HOME)
    kept = {row["operation"]: row["id"] for row in tx.all("SELECT * FROM shoutouts")}
    order = [
        row["body"]
        for row in tx.all(
            "SELECT w.body FROM shoutouts AS s JOIN words AS w ON w.id = s.words "
            "JOIN outbox AS o ON o.key = 'shoutouts:wall:' || s.id "
            "WHERE o.state = 'sent' ORDER BY o.id"
        )
    ]
    posted = _posted(folder / "playground.sqlite3")
    found = {
        "acknowledged and lost": len(set(acknowledged) - set(kept)),
        "said and not posted": len(set(order) - set(posted)),
        "posted twice": len(posted) - len(set(posted)),
        "out of order": list(dict.fromkeys(posted)) != order,
        "integrity": tx.all("PRAGMA integrity_check")[0][0] != "ok",
        "drift": recount.drift(tx),
        "the chain is broken": audit.first_broken(tx, here),
        "parked": _count(folder, "outbox WHERE state = 'parked'"),
    }
    laurel.close()
    return {what: count for what, count in found.items() if count}


def _posted(path: Path) -> list[str]:
    """Return the reasons that stand on the wall, in order."""
    store = sqlite3.connect(path)
    bodies = store.execute("SELECT body FROM messages WHERE room = 'wall' ORDER BY id")
    messages = [wire.decode_message(body) for (body,) in bodies]
    store.close()
    reasons = [
        spoken.values["reason"]
        for message in messages
        for card in message.nodes
        if isinstance(card, Card)
        for spoken in card.body
    ]
    return [reason.text for reason in reasons if isinstance(reason, Quote)]


@pytest.mark.slow
async def test_kills_lose_double_and_swap_nothing(tmp_path: Path, tell: Tell) -> None:
    """What was answered is kept, posted once, in order, and every sum is right."""
    tell_ledger(tell, f"in {KILLS} kills", await killed(tmp_path / "town", KILLS))


@pytest.mark.slow
async def test_a_courier_that_does_not_look_is_found(tmp_path: Path) -> None:
    """Planted: after a crash it sends again what may stand there already."""
    heard_of = {Fault.LOST: 20}  # or it might never come to that
    town = tmp_path / "town"
    assert "posted twice" in await killed(town, 3, heard_of, plant="careless")
