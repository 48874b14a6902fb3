"""A post that is held on its way, at a moment that a test chooses, on any platform."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.adapters.playground.records import LAUREL, dm_room
from bot.app import Laurel
from bot.chat.adapter import Adapter, OutcomeUnknownError, Posting, RefusedError
from bot.courier import Courier
from bot.demo.run import COMMUNITY
from bot.domain.refs import CommunityRef, MemberRef
from storage.database import Transaction
from tests.stories import discord, playground, slack
from tests.stories.town import Person, Town
from tests.waiting import until


class Moment(StrEnum):
    """Where a request to a platform is when something else happens."""

    BEFORE = "before it is asked"
    HANGING = "taken, not answered yet"
    LOST = "taken, and the answer gets lost"
    LATE = "given up, and taken after that"
    REFUSED = "refused, to be tried again by hand"


@dataclass
class Gate:
    """Holds the next request of a kind, once.

    Attributes:
        held: Set while one is held.
    """

    adapter: Adapter
    held: asyncio.Event = field(default_factory=asyncio.Event)
    _go: asyncio.Event = field(default_factory=asyncio.Event)

    @contextmanager
    def holding(self, request: str, at: Moment) -> Iterator[None]:
        """Hold the next ``request``, ``post`` or ``edit``, until the block is left."""
        usual = getattr(self.adapter, request)
        left = [at]

        async def gated(*given: Any) -> Any:
            if not left:
                return await usual(*given)
            return await self._pass(left.pop(), usual, *given)

        vars(self.adapter)[request] = gated
        try:
            yield
        finally:
            self._go.set()
            del vars(self.adapter)[request]

    async def _pass(
        self, at: Moment, usual: Callable[..., Awaitable[Any]], *given: Any
    ) -> Any:
        early = at in {Moment.HANGING, Moment.LOST}
        taken = await usual(*given) if early else None
        await self._hold()
        if at is Moment.REFUSED:
            raise RefusedError("no-permission")
        if not early:
            taken = await usual(*given)
        if at in {Moment.LOST, Moment.LATE}:
            raise OutcomeUnknownError("no answer")
        return taken

    async def _hold(self) -> None:
        self.held.set()
        await self._go.wait()

    @contextmanager
    def drawing(self, courier: Courier) -> Iterator[None]:
        """Hold the next picture that is drawn, until the block is left."""
        usual = vars(courier)["_draw"]

        async def held(posting: Posting) -> Any:
            await self._hold()
            return await usual(posting)

        vars(courier)["_draw"] = held
        try:
            yield
        finally:
            self._go.set()
            vars(courier)["_draw"] = usual


@dataclass(frozen=True)
class Seen:
    """A town, as its platform and its Laurel see it."""

    town: Any

    @property
    def laurel(self) -> Laurel:
        """Who serves it."""
        if isinstance(self.town, playground.Town):
            return self.town.laurel
        served: Laurel = self.town.served.laurel
        return served

    @property
    def adapter(self) -> Adapter:
        """What its courier asks."""
        if isinstance(self.town, playground.Town):
            return self.town.playground
        (adapter,) = self.town.served.adapters
        found: Adapter = adapter
        return found

    @property
    def ref(self) -> CommunityRef:
        """The community."""
        if isinstance(self.town, playground.Town):
            return COMMUNITY
        found: CommunityRef = self.town.ref
        return found

    def now(self) -> datetime:
        """Return the instant that it is there."""
        if isinstance(self.town, playground.Town):
            return self.town.playground.clock.now()
        at: datetime = self.town.clock.at
        return at

    def member(self, name: str) -> MemberRef:
        """Return somebody by their name, as Laurel names them."""
        person = self.town.person(name)
        return MemberRef(self.ref, _id_of(person))

    @contextmanager
    def unsettled(self) -> Iterator[None]:
        """Have nobody wait for what is held, while the block runs."""

        async def at_once() -> None:
            return None

        vars(self.town)["settles"] = at_once
        try:
            yield
        finally:
            del vars(self.town)["settles"]

    async def public(self) -> str:
        """Return all that stands where others read it, as the platform keeps it."""
        if isinstance(self.town, playground.Town):
            return "\n".join(await self.town.playground.store.database.read(_public))
        channels = self.town.rooms.values()
        if isinstance(self.town, discord.Town):
            threads = self.town.discord.world.channels.values()
            channels = [*channels, *(each for each in threads if each.is_thread)]
        return "\n".join(
            json.dumps(message.raw, ensure_ascii=False)
            for channel in channels
            for message in channel.messages.values()
            if message.reader is None
        )

    def traces(self, person: Person, public: str) -> list[str]:
        """Return by what a person is named there: their name, and their id."""
        id_ = _id_of(person)
        if isinstance(person, playground.Someone):
            id_ = f'"{id_}"'  # which is a word like others
        first = person.name.split()[0]
        named = re.search(rf"\b{re.escape(first)}\b", public)
        return [*([id_] if id_ in public else []), *([first] if named else [])]

    async def waiting(self) -> int:
        """Return how much is on its way."""
        return await self.laurel.database.read(_waiting)

    async def still(self) -> None:
        """Let minutes pass until nothing is on its way."""

        async def none_left() -> bool:
            await self.town.waits(minutes=2)
            return not await self.waiting()

        await until(none_left)


def _id_of(person: Person) -> str:
    if isinstance(person, playground.Someone):
        return person.resident.id
    assert isinstance(person, discord.Someone | slack.Someone)
    return person.actor.id


def seen(town: Town) -> Seen:
    """Return what a story does not see of its town."""
    return Seen(town)


def _waiting(tx: Transaction) -> int:
    sql = "SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')"
    return int(tx.all(sql)[0][0])


_PUBLIC = """
SELECT body FROM messages
WHERE removed = 0 AND visible_to IS NULL AND author = :laurel
  AND room NOT LIKE :direct ORDER BY id
"""


def _public(tx: Transaction) -> list[str]:
    direct = dm_room(playground.RESIDENTS[0].person.ref).id.partition(".")[0] + ".%"
    rows = tx.all(_PUBLIC, laurel=LAUREL, direct=direct)
    return [str(row["body"]) for row in rows]
