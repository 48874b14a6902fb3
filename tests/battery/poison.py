"""Messages that no platform ever takes, among others, on all three at once."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.records import Room, Spot
from bot.adapters.playground.store import add_rooms
from bot.app import Laurel
from bot.chat import wire
from bot.chat.adapter import NotAcceptedError, Posting, RefusedError
from bot.chat.message import Action, Card, Message, say
from bot.chat.responses import Call, Replace, Say
from bot.chat.text import Quote, phrase
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from storage import communities, outbox, set_aside
from storage.database import Transaction
from storage.outbox import Parcel
from storage.set_aside import Parked
from tests.battery.storm import InPlayground, OnDiscord, OnSlack, Venue, gathered
from tests.fakes.discord import wire as to_discord
from tests.fakes.slack import wire as to_slack
from tests.harness import Clock

POISON = "row-poison"
NEXT_DOOR, MODERATORS = "next-door", "mods"
_ROW = re.compile(r"row-[a-z]+")


@dataclass
class Illness:
    """What the platforms say to what is poison, until they are well again.

    Attributes:
        for_good: Whether they refuse it, or fail each time.

        tries: How often it came, by platform.
    """

    for_good: bool
    is_over: bool = False
    tries: dict[str, int] | None = None

    def strikes(self, what: object, where: str) -> bool:
        """Return whether this is it."""
        if self.is_over or POISON not in str(what):
            return False
        self.tries = self.tries or {}
        self.tries[where] = self.tries.get(where, 0) + 1
        return True


@dataclass
class Town:
    """Laurel, and three communities with a wall, another channel and moderators."""

    laurel: Laurel
    venues: Sequence[Venue]
    clock: Clock
    illness: Illness
    channels: dict[tuple[str, str], Any]

    def place(self, venue: Venue, name: str) -> ChannelRef:
        """Return a channel: the wall, unless it is one of the other two."""
        kept = self.channels.get((venue.ref.platform, name))
        return ChannelRef(venue.ref, name if kept is None else kept.id)

    async def queue(self, venue: Venue, to: ChannelRef, *rows: str) -> None:
        """Queue messages, each of which says what it is called."""

        def put(tx: Transaction) -> None:
            here = communities.get(tx, venue.ref)
            for row in rows:
                body = wire.encode(_saying(row))
                parcel = Parcel(to, f"{to.id}:{row}", body, (), "call")
                outbox.put(tx, here, parcel, self.clock())

        await self.laurel.database.write(put)

    async def wait(self, seconds: float) -> None:
        """Let time pass, and what falls due meanwhile happen."""
        self.clock.move(seconds=seconds)
        self.laurel.alarm.wake()
        for courier in self.laurel.couriers:
            courier.wake()
        await self.laurel.settle()

    async def stands(self, venue: Venue, name: str) -> list[str]:
        """Return which rows stand in a channel, in order."""
        found = _ROW.findall(" ".join(await self.said(venue, name)))
        return list(dict.fromkeys(found))

    async def said(self, venue: Venue, name: str) -> list[str]:
        """Return what stands in a channel, as the platform keeps it."""
        if isinstance(venue, InPlayground):
            spot = Spot(self.place(venue, name) if name else venue.channel)
            kept = await venue.store.latest(spot, venue.people[0].ref)
            return [wire.encode(each.draft.body) for each in kept]
        assert isinstance(venue, OnDiscord | OnSlack)
        channel = self.channels[venue.ref.platform, name] if name else venue.place
        return [str(each.raw) for each in channel.messages.values()]

    async def parked(self, venue: Venue) -> Sequence[Parked]:
        """Return what is set aside in a community."""

        def look(tx: Transaction) -> Sequence[Parked]:
            return set_aside.parked(tx, communities.get(tx, venue.ref), 10)

        return await self.laurel.database.read(look)

    async def do(self, venue: Venue, action: Action) -> Message:
        """Have a moderator do something; return what they are shown."""
        mo = MemberRef(venue.ref, "mo")
        call = Call(
            id=f"call-{action.encode()}-{self.clock():%H%M%S}",
            actor=Person(mo, "Mo", Role.MODERATOR),
            channel=venue.channel,
            at=self.clock(),
            locale="en",
        )
        args = [str(each) for each in action.args]
        shown = await self.laurel.dispatcher(action.route, call, args, None)
        assert isinstance(shown, Say | Replace), shown
        return shown.message


def _saying(words: str) -> Message:
    return say(Card(body=(phrase("playground.said", words=Quote(words)),)))


@asynccontextmanager
async def poisoned(
    folder: Path, clock: Clock, *, for_good: bool
) -> AsyncIterator[Town]:
    """Run Laurel for three communities, whose platforms do not take what is poison."""
    async with gathered(folder, clock, 6) as (laurel, venues):
        illness = Illness(for_good)
        town = Town(laurel, venues, clock, illness, {})
        for venue, courier in zip(venues, laurel.couriers, strict=True):
            await _open(town, venue)
            match venue:
                case OnDiscord():
                    _infect_discord(venue, illness)
                case OnSlack():
                    _infect_slack(venue, illness)
                case _:
                    playground = courier._adapter
                    assert isinstance(playground, Playground)
                    _infect_playground(playground, illness)
        yield town


async def _open(town: Town, venue: Venue) -> None:
    """Open the other channels, and have moderators be told of troubles in theirs."""
    for name in (NEXT_DOOR, MODERATORS):
        if isinstance(venue, OnDiscord):
            town.channels[venue.ref.platform, name] = venue.guild.add_channel(name)
        elif isinstance(venue, OnSlack):
            made = venue.team.add_channel(name, members=venue.actors)
            town.channels[venue.ref.platform, name] = made
        elif isinstance(venue, InPlayground):
            room = Room(ChannelRef(venue.ref, name), name)
            await venue.store.database.write(add_rooms, [room])

    def choose(tx: Transaction) -> None:
        here = communities.get(tx, venue.ref)
        mods = town.place(venue, MODERATORS)
        communities.change(tx, here, replace(here.settings, moderators=mods))

    await town.laurel.database.write(choose)


def _infect_discord(venue: OnDiscord, illness: Illness) -> None:
    rest = venue.double.rest
    usual = rest._answer

    async def answer(
        raw: web.Request, request: to_discord.Request
    ) -> to_discord.Answer:
        if not illness.strikes(request.payload, "discord"):
            return await usual(raw, request)
        if illness.for_good:
            body = {"code": 50035, "message": "Invalid Form Body", "errors": {}}
            return to_discord.Answer(400, body)
        # After a 500, discord.py itself tries again for half a minute.
        return to_discord.Answer(503, {"code": 0, "message": "Service Unavailable"})

    vars(rest)["_answer"] = answer


def _infect_slack(venue: OnSlack, illness: Illness) -> None:
    web_api = venue.double.web_api
    usual = web_api._answer

    async def answer(raw: web.Request, call: to_slack.Call) -> to_slack.Answer:
        if not illness.strikes(call.args, "slack"):
            return await usual(raw, call)
        if illness.for_good:
            return to_slack.Answer({"ok": False, "error": "invalid_blocks"})
        return to_slack.Answer("", 500)

    vars(web_api)["_answer"] = answer


def _infect_playground(playground: Playground, illness: Illness) -> None:
    usual = playground.post

    async def post(posting: Posting) -> str:
        if not illness.strikes(wire.encode(posting.message), "playground"):
            return await usual(posting)
        raise RefusedError("refused") if illness.for_good else NotAcceptedError("500")

    vars(playground)["post"] = post
