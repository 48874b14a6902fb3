"""Everything that a courier asks of the playground, while the playground fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.faults import WELL, Faults
from bot.adapters.playground.records import Post, Resident, Room, Spot
from bot.adapters.playground.store import add_people, add_rooms
from bot.app import Laurel
from bot.chat import wire
from bot.chat.message import Card, Message, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.text import Phrase, Quote, phrase
from bot.demo.clock import Held
from bot.demo.run import COMMUNITY, playing
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef
from storage import communities, outbox, pins
from storage.database import Transaction
from storage.file import create
from storage.outbox import Parcel
from tests.harness import words
from tests.waiting import until

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
ANA = MemberRef(COMMUNITY, "ana")
BOARD = ChannelRef(COMMUNITY, "board")
STEP = timedelta(seconds=15)
TURN_S = 0.05
"""How long is waited, in real time, for what may hang until the clock moves."""

_WAITING = """
SELECT count(*) AS waiting FROM outbox
WHERE state IN ('new', 'sending') OR pin_due_at IS NOT NULL
"""

Standing = tuple[str, str, bool, bool, bool, int]
"""Words, the words above it in a thread, whether it is pinned and its thread closed,
whether it has a picture, and how many replies it has."""


@dataclass
class Home:
    """A room of the playground, and Laurel, who is told what to say there."""

    laurel: Laurel
    playground: Playground

    async def say(self, *texts: str, under: str | None = None, more: str = "") -> None:
        """Queue messages, each under its own words as the key.

        Args:
            texts: What they say.
            under: The key of the one in whose thread they go.
            more: ``pinned`` or ``pictured``.
        """

        def put(tx: Transaction) -> None:
            here = communities.get(tx, COMMUNITY)
            for text in texts:
                body = wire.encode(_message(text, pictured=more == "pictured"))
                parcel = Parcel(
                    BOARD, text, body, (), "c", pinned=more == "pinned", under=under
                )
                outbox.put(tx, here, parcel, self.playground.clock.now())

        await self.laurel.database.write(put)

    async def change(self) -> None:
        """Ask for something else of each that was said."""

        def unit(tx: Transaction) -> None:
            here, now = communities.get(tx, COMMUNITY), self.playground.clock.now()
            outbox.edit(tx, here, "one", wire.encode(_message("one, edited")), now)
            edited = _message("pictured, edited", pictured=True)
            outbox.edit(tx, here, "pictured", wire.encode(edited), now)
            outbox.remove(tx, here, "two", now)
            outbox.remove(tx, here, "reply two", now)
            pins.change(tx, here, "pinned", now, pinned=False)
            pins.change(tx, here, "three", now, pinned=True)
            outbox.close_thread(tx, here, "root", now)

        await self.laurel.database.write(unit)

    async def step(self) -> None:
        """Let a few seconds pass by the clock, and what follows begin."""
        await self.playground.clock.move(STEP)
        with suppress(TimeoutError):  # what hangs, hangs
            async with asyncio.timeout(TURN_S):
                await self.laurel.settle()

    async def live(self, seconds: float) -> None:
        """Let so much time pass."""
        for _ in range(int(seconds / STEP.total_seconds())):
            await self.step()

    async def settle(self) -> None:
        """Let time pass until nothing waits."""

        async def still() -> bool:
            await self.step()
            return not await self.laurel.database.read(_waiting)

        await until(still)

    async def standing(self) -> Sequence[Standing]:
        """Return what stands in the room, and in the threads there."""
        store = self.playground.store
        found: list[Standing] = []
        for post in await store.latest(Spot(BOARD), ANA):
            found.append(_standing(post, ""))
            replies = await store.latest(Spot(BOARD, post.id), ANA)
            above = _words(post)
            found += [_standing(each, above) for each in replies[1:]]
        return found


@asynccontextmanager
async def home(folder: Path) -> AsyncIterator[Home]:
    """Run Laurel over a playground with one room."""
    create(folder / "laurel.sqlite3")
    async with playing(folder, words(), Held(NOON)) as (laurel, playground):
        settings = Settings("en", ZoneInfo("UTC"))
        await laurel.database.write(communities.add, COMMUNITY, settings, NOON)
        write = playground.store.database.write
        await write(add_people, [Resident(Person(ANA, "Ana"))])
        await write(add_rooms, [Room(BOARD, "board")])
        yield Home(laurel, playground)


async def befallen(folder: Path, faults: Faults, outage_s: float) -> Sequence[Standing]:
    """Return what stands at last, where all is asked for while ``faults`` befall."""
    folder.mkdir()
    async with home(folder) as here:
        store = here.playground.store
        await here.say("root", "one", "two")
        store.befall(faults)
        await here.say("three")
        await here.say("pinned", more="pinned")
        await here.say("pictured", more="pictured")
        await here.say("reply one", "reply two", under="root")
        await here.live(outage_s / 2)
        await here.change()
        await here.say("last")
        await here.live(outage_s / 2)
        store.befall(WELL)
        await here.settle()
        return await here.standing()


def _waiting(tx: Transaction) -> int:
    return int(tx.all(_WAITING)[0]["waiting"])


def _said(text: str) -> Phrase:
    return phrase("playground.said", words=Quote(text))


def _message(text: str, *, pictured: bool = False) -> Message:
    if not pictured:
        return say(Card(body=(_said(text),)))
    drawn = ShoutoutCard(_said("Thank you"), (ANA,), Quote(text))
    return say(Card(body=(_said(text),), picture=drawn.picture(_said(text))))


def _words(post: Post) -> str:
    (card,) = (each for each in post.draft.body.nodes if isinstance(each, Card))
    quoted = card.body[0].values["words"]
    assert isinstance(quoted, Quote)
    return quoted.text


def _standing(post: Post, above: str) -> Standing:
    drawn = bool(post.drawn)
    return (_words(post), above, post.pinned, post.closed, drawn, post.replies)
