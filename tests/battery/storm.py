"""A challenge whose people all check in within ten minutes, over all three platforms.

One Laurel serves a server, a workspace and a playground, each with the limits that its
platform has. What is said of it afterwards is read from what the doubles keep.
"""

from __future__ import annotations

import asyncio
import itertools
import random
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.adapters.playground import clock as played
from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.records import PLAYGROUND, Resident, Room, Spot
from bot.adapters.playground.store import Store, add_people, add_rooms
from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.people import SLACK
from bot.app import Laurel, open_database, running
from bot.chat.adapter import Adapter
from bot.chat.text import Phrase
from bot.domain.challenges import Proof, Scoring, Terms
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from bot.features import declared
from bot.memory import DatabaseMemory
from cogs.challenges import course
from storage import communities, members
from storage.acts import Act
from storage.challenges import book, checkins, entrants
from storage.database import Database, Transaction
from storage.file import create
from tests.adapters.browser import Client, Shown, Tab, browser
from tests.adapters.discord import conftest as on_discord
from tests.adapters.slack import conftest as on_slack
from tests.adapters.stage import Stage, Wall
from tests.fakes import discord, slack
from tests.harness import NEVER, Clock, words
from tests.waiting import until

TITLE, PROMPT = "Seven songs", "Sing out."
COUNTS = "Day 2 of 7 counts"
STORM = timedelta(minutes=10)
AT_ONCE = 1_000
HANDS = 8
"""Presses under way at a time: those of one step are spread over it, which is longer
than it takes here."""
_CHECK_IN = "Check in"
_ID = re.compile(r"<@(\w+)>")


class Venue(Protocol):
    """A community on a platform, and what can be seen of its challenge there."""

    @property
    def ref(self) -> CommunityRef:
        """The community, as Laurel names it."""

    @property
    def channel(self) -> ChannelRef:
        """Where the challenge is."""

    @property
    def people(self) -> Sequence[Person]:
        """Who takes part."""

    async def check_in(self, number: int) -> str:
        """Have somebody press the button under the day's prompt; return the answer."""

    async def board(self) -> Sequence[str]:
        """Return the ids of those on the board, from the top."""

    async def drawn(self) -> object:
        """Return what is another thing after each edit of the board."""

    @property
    def hurried(self) -> int:
        """How many edits were made too fast for the platform."""


@dataclass
class OnDiscord:
    """A server."""

    double: discord.Discord
    size: int
    clock: Clock
    guild: discord.Guild = field(init=False)
    actors: list[discord.Actor] = field(init=False)
    place: discord.Channel = field(init=False)
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Found it."""
        self.double.gateway_side.identify_gap_s = 0
        # What is too fast is so by the clock that is moved.
        self.double.rest.buckets._monotonic = lambda: self.clock().timestamp()
        self.guild = self.double.add_guild("Willow")
        self.place = self.guild.add_channel("songs")
        names = (f"Singer-{n}" for n in range(self.size))
        self.actors = [self.guild.add_member(name) for name in names]

    @property
    def ref(self) -> CommunityRef:
        return CommunityRef(DISCORD, self.guild.id)

    @property
    def channel(self) -> ChannelRef:
        return ChannelRef(self.ref, self.place.id)

    @property
    def people(self) -> Sequence[Person]:
        return [Person(MemberRef(self.ref, a.id), a.name) for a in self.actors]

    def adapter(self, database: Database, clock: Clock) -> Adapter:
        memory = DatabaseMemory(database, words(), clock)
        options = on_discord.options_of(self.double, identify_every_s=0.0)
        return Discord(self.double.token, options, words(), memory, clock)

    def _said(self, what: str) -> Any:
        """Return what says so in the thread under the announcement."""
        if what not in self.known:
            (announced,) = self.place.messages
            said = self.double.world.channels[announced].messages.values()
            (*_, self.known[what]) = (m.raw for m in said if what in str(m.raw))
        return self.known[what]

    async def check_in(self, number: int) -> str:
        prompt = self._said(PROMPT)
        return (await self.actors[number].click(prompt, _CHECK_IN)).text

    async def board(self) -> Sequence[str]:
        shown = discord.words(self._said("Board: "))
        return list(dict.fromkeys(_ID.findall(shown)))

    async def drawn(self) -> object:
        return self._said("Board: ")["edited_timestamp"]

    @property
    def hurried(self) -> int:
        edits = (r for r in self.double.requests if r.method == "PATCH")
        return sum(each.status == 429 for each in edits)


@dataclass
class OnSlack:
    """A workspace."""

    double: slack.Slack
    size: int
    team: slack.Team = field(init=False)
    actors: list[slack.Actor] = field(init=False)
    place: slack.Channel = field(init=False)
    known: dict[str, Any] = field(default_factory=dict)
    _purse: on_slack.Purse = field(init=False)

    def __post_init__(self) -> None:
        """Found it."""
        self.double.register(manifest(declared(words()), words()))
        # Posts are paced in real time, which is shown elsewhere; here it is edits.
        self.double.web_api.limits.messages_a_second = AT_ONCE
        self.team = self.double.add_team("Willow")
        ada = self.team.add_member("Ada Bright", owner=True)
        self.actors = [self.team.add_member(f"Singer-{n}") for n in range(self.size)]
        self.place = self.team.add_channel("songs", members=self.actors)
        token = {self.team.id: self.team.bot_token}
        self._purse = on_slack.Purse(token, {self.team.id: ada.id})

    @property
    def ref(self) -> CommunityRef:
        return CommunityRef(SLACK, self.team.id)

    @property
    def channel(self) -> ChannelRef:
        return ChannelRef(self.ref, self.place.id)

    @property
    def people(self) -> Sequence[Person]:
        return [Person(MemberRef(self.ref, a.id), a.name) for a in self.actors]

    def adapter(self, database: Database, clock: Clock) -> Adapter:
        memory = DatabaseMemory(database, words(), clock)
        options = on_slack.options_of(self.double)
        return Slack(options, self._purse, words(), memory, clock)

    def _said(self, what: str) -> Any:
        """Return what says so in the thread under the announcement."""
        if what not in self.known:
            found = (m.raw for m in self.place.messages.values() if m.thread)
            (*_, self.known[what]) = (raw for raw in found if what in str(raw))
        return self.known[what]

    async def check_in(self, number: int) -> str:
        shown = await self.actors[number].click(self._said(PROMPT), _CHECK_IN)
        return shown.text

    async def board(self) -> Sequence[str]:
        ids = {each.name: each.id for each in self.actors}
        found = re.findall(r"Singer-\d+", str(self._said("Board: ")["blocks"]))
        return [ids[name] for name in dict.fromkeys(found)]

    async def drawn(self) -> object:
        return self._said("Board: ").get("edited", {}).get("ts")

    @property
    def hurried(self) -> int:
        edits = (r for r in self.double.requests if r.method == "chat.update")
        return sum(each.status == 429 for each in edits)


@dataclass
class InPlayground:
    """A playground; it has no limits to be kept."""

    store: Store
    size: int
    client: Client = field(init=False)
    hurried: int = 0
    _prompt: tuple[str, str, str] | None = None
    _devices: Iterator[int] = field(default_factory=itertools.count)

    ref = CommunityRef(PLAYGROUND, "willow")
    channel = ChannelRef(ref, "songs")

    @property
    def people(self) -> Sequence[Person]:
        every = (self._singer(number) for number in range(self.size))
        return [Person(each, each.id) for each in every]

    def _singer(self, number: int) -> MemberRef:
        return MemberRef(self.ref, f"singer-{number}")

    async def _thread(self) -> tuple[str, Shown]:
        """Return where the thread under the announcement is, and how it looks."""
        who = self._singer(0).id
        link = (await Tab(self.client, who, "songs").open()).one("a", class_="thread")
        room = link.attributes["href"].partition("/in/")[2]
        return room, await Tab(self.client, who, room).open()

    async def check_in(self, number: int) -> str:
        who = self._singer(number)
        if self._prompt is None:
            room, shown = await self._thread()
            (*_, post) = [a for a in shown.all("article") if PROMPT in a.text]
            (button, *_) = [b for b in shown.all("button") if _CHECK_IN in b.text]
            pressed, wire = (
                post.attributes["data-post"],
                button.attributes["data-press"],
            )
            self._prompt = (room, wire, pressed)
        room, wire, pressed = self._prompt
        device = f"device-{next(self._devices):08}"
        await Tab(self.client, who.id, room).press(wire, device, pressed=pressed)
        named = f"{who.id}:answer:{device}"
        answer = await self.store.delivered(self.channel, named)
        said = await self.store.message(answer or 0, who)
        return COUNTS if "checkins.counted" in str(said) else ""

    async def board(self) -> Sequence[str]:
        _, shown = await self._thread()
        places = "\n".join(each.text for each in shown.all("span", class_="place"))
        return re.findall(r"singer-\d+", places)

    async def drawn(self) -> object:
        member = self._singer(0)
        (root, *_) = await self.store.latest(Spot(self.channel), member)
        said = await self.store.latest(Spot(self.channel, root.id), member)
        (board,) = [each for each in said if "standings.title" in str(each.draft.body)]
        return board.revision


@asynccontextmanager
async def _playground(
    folder: Path, size: int, clock: Clock
) -> AsyncIterator[tuple[InPlayground, Playground]]:
    store = await Store.open(folder / "playground.sqlite3", InPlayground.ref)
    venue = InPlayground(store, size)
    try:
        await store.database.write(add_people, [Resident(p) for p in venue.people])
        await store.database.write(add_rooms, [Room(venue.channel, "songs")])
        own = await played.Clock.open(store, clock)

        async def nothing_due(_member: MemberRef) -> tuple[Phrase, datetime] | None:
            return None

        playground = Playground(store, own, words(), {}, nothing_due)
        async with browser(Stage(playground, store, Wall())) as client:
            venue.client = client
            yield venue, playground
    finally:
        await store.close()


@asynccontextmanager
async def gathered(
    folder: Path, clock: Clock, people: int
) -> AsyncIterator[tuple[Laurel, Sequence[Venue]]]:
    """Run Laurel for ``people`` in three communities."""
    create(folder / "laurel.sqlite3")
    async with (
        discord.doubled(clock) as on_one,
        slack.doubled(clock) as on_two,
        _playground(folder, people // 6, clock) as (in_playground, playground),
        open_database(folder / "laurel.sqlite3") as database,
    ):
        server = OnDiscord(on_one, people // 2, clock)
        workspace = OnSlack(on_two, people - people // 2 - people // 6)
        venues: Sequence[Venue] = (server, workspace, in_playground)
        for venue in venues:
            chosen = Settings("en", ZoneInfo("UTC"), wall=venue.channel)
            await database.write(communities.add, venue.ref, chosen, clock())
        adapters = [
            server.adapter(database, clock),
            workspace.adapter(database, clock),
            playground,
        ]
        async with running(
            database, adapters, words(), clock=clock, wall=lambda: NEVER
        ) as laurel:
            await until(lambda: all(each.trouble is None for each in adapters))
            yield laurel, venues
        assert not on_one.findings, on_one.findings[:20]
        assert not on_two.findings, on_two.findings[:20]


def put_up(tx: Transaction, venue: Venue, early: Sequence[int], at: datetime) -> int:
    """Open a challenge that began today, and have all join and some check in."""
    here, today = communities.get(tx, venue.ref), at.date()
    terms = Terms(
        1, TITLE, "", today, 7, time(9), (PROMPT,), venue.channel,
        scoring=Scoring(10), proof=Proof.NONE,
    )  # fmt: skip
    by = Act(members.meet(tx, here, venue.people[0], at), "setting-up", at)
    made = book.create(tx, here, terms, by)
    course.open_it(tx, here, made.id, by)
    for number, person in enumerate(venue.people):
        key = members.meet(tx, here, person, at).key
        entrants.join(tx, here, made.id, key, f"join-{number}", at)
        if number in early:
            new = checkins.New(made.id, key, 1, f"early-{number}")
            assert checkins.add(tx, here, terms, new, at) is not None
    return made.id


@dataclass
class Storm:
    """Ten minutes in which everybody checks in.

    Attributes:
        counted: When each was told that their day counts, by community and number.

        answered_s: How long each waited for an answer, in real time.

        oldest_s: The longest that a board stood without what had been acknowledged.
    """

    laurel: Laurel
    venues: Sequence[Venue]
    clock: Clock
    luck: random.Random
    counted: list[dict[int, datetime]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    answered_s: list[float] = field(default_factory=list)
    oldest_s: float = 0.0
    _hands: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, HANDS))
    _seen: list[object] = field(default_factory=list)
    _unseen: list[list[datetime]] = field(default_factory=list)

    async def wait(self, **by: float) -> None:
        """Have that much time pass, and what was put off meanwhile be tried again."""
        for part in (timedelta(**by), *[timedelta(seconds=5)] * 4):
            await self.laurel.settle()
            self._move(part)
        await self.laurel.settle()

    async def rage(self, steps: int) -> None:
        """Have everybody press the button, most of them at the beginning."""
        self.counted = [{} for _ in self.venues]
        self._unseen = [[] for _ in self.venues]
        self._seen = [await each.drawn() for each in self.venues]
        waiting = sorted(
            (self.luck.random() ** 1.5 * steps, place, number)
            for place, venue in enumerate(self.venues)
            for number in range(len(venue.people))
        )
        for step in range(1, steps + 1):
            due = [each for each in waiting if step - 1 <= each[0] < step]
            async with asyncio.TaskGroup() as tasks:
                for _, place, number in due:
                    tasks.create_task(self._somebody(place, number))
            await self._pass(STORM / steps)
        for _ in range(4):
            await self._pass(timedelta(seconds=16))

    async def _somebody(self, place: int, number: int) -> None:
        """Have somebody check in; one of twenty from two devices at once."""
        devices = 2 if self.luck.random() < 0.05 else 1
        done = [self._press(place, number) for _ in range(devices)]
        said = await asyncio.gather(*done)
        yes = sum(COUNTS in each for each in said)
        if yes:
            self.counted[place][number] = self.clock()
            self._unseen[place].append(self.clock())
        self.refused += [each for each in said if COUNTS not in each]

    async def _press(self, place: int, number: int) -> str:
        now_s = asyncio.get_running_loop().time
        async with self._hands:
            since_s = now_s()
            said = await self.venues[place].check_in(number)
            self.answered_s.append(now_s() - since_s)
        return said

    async def _pass(self, by: timedelta) -> None:
        """Let time pass once nothing is under way, and look at the boards."""
        await self._look()
        self._move(by)
        await self._look()

    def _move(self, by: timedelta) -> None:
        self.clock.at += by
        self.laurel.alarm.wake()
        for courier in self.laurel.couriers:
            courier.wake()

    async def _look(self) -> None:
        await self.laurel.settle()
        for place, venue in enumerate(self.venues):
            seen = await venue.drawn()
            if seen != self._seen[place]:
                self._seen[place] = seen
                self._unseen[place].clear()
            for since in self._unseen[place][:1]:
                age_s = (self.clock() - since).total_seconds()
                self.oldest_s = max(self.oldest_s, age_s)
