"""The playground as a process of its own, and what its switch does to it."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.adapters.playground.faults import Fault
from bot.adapters.playground.switch import WELL
from bot.app import wall_clock
from bot.chat import wire
from tests import nursery
from tests.battery import ledger
from tests.battery.hurried import World
from tests.battery.outage import OUTAGE_S, Outage
from tests.battery.process import PATIENCE_S, ROOT, TOKEN, Process
from tests.battery.served import HOME, WALL, prepare
from tests.waiting import until

OUTAGES = {
    Outage.LIMITED: Fault.BUSY,
    Outage.BROKEN: Fault.FAILING,
    Outage.SILENT: Fault.HANGING,
    Outage.RESET: Fault.CUT,
    Outage.ACCEPTED_AND_RESET: Fault.LOST,
}
"""What each is called on the switch."""

_POSTS = """
SELECT body, delivery_id FROM messages
WHERE room = :room AND author = 'laurel' AND removed = 0 AND visible_to IS NULL
ORDER BY id
"""


@dataclass(repr=False, kw_only=True)
class Town(Process):
    """A community of the playground, which is at once what its members come to.

    Attributes:
        people: Whom nobody has taken yet, to act as.
    """

    people: Iterator[str]
    session: ClientSession = field(init=False)

    async def start(self) -> nursery.Child:
        """Start the process, over a playground that is well."""
        words = [str(self.folder), "--world", self.world.words()]
        with self.log.open("ab") as log:
            self.child = await nursery.start(
                "tests.battery.served", words, ROOT, {}, log.fileno()
            )
        return self.child

    def let_in(self, _name: str) -> str:
        """Return somebody who is there already."""
        return next(self.people)

    async def thank(self, giver: str, to: str, why: str) -> bool | None:
        """Thank somebody; return whether it is in, None where nobody was there."""
        sent = {"laurel.action": "1:shoutouts.shoutout", "to": to, "why": why}
        answer = await self._send(giver, "submit", sent)
        return None if answer is None else answer == {"form": None}

    async def switch(self, fault: Fault | None) -> bool:
        """Have the platform fail in a way, or be well; return whether it does."""
        name = WELL if fault is None else fault.value
        return await self._send("friend-0", "platform", {"fault": name}) == {}

    async def _send(self, who: str, what: str, sent: dict[str, str]) -> object:
        address = f"{self.url}as/{who}/in/general/{what}"
        named = {"laurel.id": uuid4().hex, **sent}
        try:
            async with self.session.post(address, data=named) as answer:
                return await answer.json() if answer.ok else None
        except ClientError:
            return None

    def posts(self) -> Sequence[tuple[str, str]]:
        """Return the words and the marker of all that stands on the wall."""
        path = self.folder / "playground.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            rows = store.execute(_POSTS, {"room": WALL.id}).fetchall()
        return [(str(wire.decode_message(body)), marker) for body, marker in rows]

    def stands(self) -> Sequence[str]:
        """Return the numbers of the thanks that stand on the wall."""
        found = (TOKEN.search(words) for words, _ in self.posts())
        return [each[0] for each in found if each]

    def wrong(self, acknowledged: Sequence[str]) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well.

        Args:
            acknowledged: Words of which somebody was told that they are in.
        """
        wall = ledger.Wall(HOME, WALL.id, self.stands())
        found = ledger.faults(self.file, [wall], acknowledged)
        copies = Counter(marker for _, marker in self.posts())
        found["posted twice"] = sum(n - 1 for n in copies.values())
        listed: dict[str, object] = {what: n for what, n in found.items() if n}
        if self.crashes():
            listed["crashes"] = self.crashes()
        return listed


@dataclass
class Weather:
    """What befalls the playground by its switch, which a restart puts back."""

    town: Town
    tasks: asyncio.TaskGroup

    async def strike(self, outage: Outage) -> None:
        """Begin an outage; return once it is felt."""
        assert await self.town.switch(OUTAGES[outage])
        felt = "outbox WHERE state = 'sending' OR state = 'new' AND attempts > 0"
        await until(lambda: self.town.count(felt) > 0, PATIENCE_S)
        self._end_in(OUTAGE_S)

    async def go_on(self, outage: Outage) -> None:
        """Go on with the half of it that is left, after Laurel was killed."""
        assert await self.town.switch(OUTAGES[outage])
        self._end_in(OUTAGE_S / 2)

    def _end_in(self, seconds: float) -> None:
        child = self.town.child

        async def end() -> None:
            await asyncio.sleep(seconds / self.town.world.speed)
            if self.town.child is child:  # which may be killed at this very moment
                await self.town.switch(None)

        self.tasks.create_task(end())


@asynccontextmanager
async def beside(folder: Path, speed: int, people: int) -> AsyncIterator[Town]:
    """Prepare a playground of ``people``, in which time passes so fast."""
    names = [f"friend-{n}" for n in range(people)]
    await prepare(folder, names)
    world = World(wall_clock(), speed)
    town = Town(folder=folder, world=world, people=iter(names))
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE_S)) as town.session:
        yield town
