"""A channel that takes nothing for days while people thank each other, on a double.

What is said of them afterwards is read from what the double keeps, as its readers
see it.
"""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.people import SLACK
from bot.app import Laurel, open_database, running
from bot.chat.adapter import Adapter
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef, CommunityRef
from bot.features import declared
from bot.memory import DatabaseMemory
from storage import communities
from storage.database import Database
from storage.digests import MAX_POSTS
from storage.file import create
from tests.adapters.discord import conftest as on_discord
from tests.adapters.slack import conftest as on_slack
from tests.battery.size import chance
from tests.fakes import discord, slack
from tests.fakes.discord.rules import walk
from tests.harness import NEVER, Clock, words
from tests.waiting import until

DAYS = 2
RECEIVERS, GIVERS = 24, 5
HOUR_MINUTES = 60
AT_ONCE = 1_000
"""What a channel takes in a second: how fast posts go out is shown elsewhere."""

STEP_MINUTES = 10
"""How far time goes at once when the channel is well again."""

_TIMES = re.compile(r"(\d+) times, from |From ")
_MENTION = re.compile(r"<@(\w+)>")
_TEXT_DISPLAY = 10


@dataclass(frozen=True, slots=True)
class Stands:
    """A message on the wall.

    Attributes:
        told: How often each is said to have been thanked, by id.

        called: The ids of those whom it notifies.
    """

    told: Counter[str]
    called: frozenset[str]


class Square(Protocol):
    """A platform's double, with one wall."""

    @property
    def ref(self) -> CommunityRef:
        """The community, as Laurel names it."""

    @property
    def wall(self) -> ChannelRef:
        """Where thanks are posted."""

    def adapter(self, database: Database, clock: Clock) -> Adapter:
        """Return a new adapter."""

    def let_in(self, name: str) -> Any:
        """Add a member."""

    async def thank(self, giver: Any, to: Sequence[Any], why: str) -> str:
        """Give thanks, and return the answer's words."""

    def close(self, luck: random.Random) -> None:
        """Have the wall take nothing, in one way or another."""

    def open(self) -> None:
        """Have it take posts again."""

    def stands(self) -> Sequence[Stands]:
        """Return what stands on the wall."""


@dataclass
class OnSlack:
    """A workspace."""

    double: slack.Slack
    team: slack.Team = field(init=False)
    place: slack.Channel = field(init=False)
    _purse: on_slack.Purse = field(init=False)

    def __post_init__(self) -> None:
        """Found it."""
        self.double.register(manifest(declared(words()), words()))
        # Time stands still while posts go out, so that none is a second later.
        self.double.web_api.limits.messages_a_second = AT_ONCE
        self.team = self.double.add_team("Willow")
        ada = self.team.add_member("Ada Bright", owner=True)
        self.place = self.team.add_channel("wall-of-thanks")
        token = {self.team.id: self.team.bot_token}
        self._purse = on_slack.Purse(token, {self.team.id: ada.id})

    @property
    def ref(self) -> CommunityRef:
        return CommunityRef(SLACK, self.team.id)

    @property
    def wall(self) -> ChannelRef:
        return ChannelRef(self.ref, self.place.id)

    def adapter(self, database: Database, clock: Clock) -> Adapter:
        memory = DatabaseMemory(database, words(), clock)
        options = on_slack.options_of(self.double, channel_gap_s=0.0)
        return Slack(options, self._purse, words(), memory, clock)

    def let_in(self, name: str) -> slack.Actor:
        return self.team.add_member(name)

    async def thank(self, giver: Any, to: Sequence[Any], why: str) -> str:
        line = " ".join((*(each.mention() for each in to), why))
        shown: slack.Shown = await giver.command("/shoutout", line)
        return shown.text

    def close(self, luck: random.Random) -> None:
        faults, posts = self.double.faults, r"chat\.postMessage"
        faults.clear()
        if luck.random() < 0.75:
            faults.status(503, path=posts)
        else:
            faults.reset(for_s=3600, path=posts)

    def open(self) -> None:
        self.double.faults.clear()

    def stands(self) -> Sequence[Stands]:
        return [
            Stands(
                _counted(self._lines(each.raw["blocks"])),
                frozenset(slack.pings(each.raw)),
            )
            for each in self.place.messages.values()
        ]

    @staticmethod
    def _lines(blocks: Sequence[Any]) -> Iterator[str]:
        for block in blocks:
            for section in block["elements"] if block["type"] == "rich_text" else ():
                leaves = section["elements"]
                said = (
                    f"<@{leaf['user_id']}>" if leaf["type"] == "user" else leaf["text"]
                    for leaf in leaves
                )
                yield from "".join(said).split("\n")


@dataclass
class OnDiscord:
    """A server."""

    double: discord.Discord
    guild: discord.Guild = field(init=False)
    place: discord.Channel = field(init=False)

    def __post_init__(self) -> None:
        """Found it."""
        self.double.gateway_side.identify_gap_s = 0
        for method in ("GET", "POST"):
            route = f"{method} /channels/{{channel}}/messages"
            self.double.rest.buckets.limits[route] = (AT_ONCE, 1)
        self.guild = self.double.add_guild("Willow")
        self.place = self.guild.add_channel("wall of thanks")

    @property
    def ref(self) -> CommunityRef:
        return CommunityRef(DISCORD, self.guild.id)

    @property
    def wall(self) -> ChannelRef:
        return ChannelRef(self.ref, self.place.id)

    def adapter(self, database: Database, clock: Clock) -> Adapter:
        memory = DatabaseMemory(database, words(), clock)
        options = on_discord.options_of(self.double, identify_every_s=0.0)
        return Discord(self.double.token, options, words(), memory, clock)

    def let_in(self, name: str) -> discord.Actor:
        return self.guild.add_member(name)

    async def thank(self, giver: Any, to: Sequence[Any], why: str) -> str:
        named = {f"to-{n}" if n > 1 else "to": each for n, each in enumerate(to, 1)}
        shown: discord.Shown = await giver.slash(
            "shoutout", {**named, "why": why}, self.guild.general
        )
        return shown.text

    def close(self, luck: random.Random) -> None:
        faults, posts = self.double.faults, f"POST /channels/{self.place.id}/messages"
        faults.clear()
        if luck.random() < 0.75:
            faults.status(503, path=posts)
        else:
            faults.reset(for_s=3600, path=posts)

    def open(self) -> None:
        self.double.faults.clear()

    def stands(self) -> Sequence[Stands]:
        return [
            Stands(
                _counted(self._lines(each.raw["components"])),
                frozenset(who["id"] for who in each.raw["mentions"]),
            )
            for each in self.place.messages.values()
        ]

    @staticmethod
    def _lines(components: Sequence[Any]) -> Iterator[str]:
        for each in walk(list(components)):
            if each["type"] == _TEXT_DISPLAY:
                yield from each["content"].split("\n")


def _counted(lines: Iterator[str]) -> Counter[str]:
    """Return how often each is said to have been thanked, line by line."""
    found: Counter[str] = Counter()
    for line in lines:
        who, times = _MENTION.search(line), _TIMES.search(line)
        if who and times:
            found[who[1]] += int(times[1] or 1)
    return found


@asynccontextmanager
async def _slack(clock: Clock) -> AsyncIterator[Square]:
    async with slack.doubled(clock) as double:
        double.tolerate("missing_scope")  # nobody reads direct messages
        yield OnSlack(double)
        assert not double.findings, "\n".join(double.findings[:20])


@asynccontextmanager
async def _discord(clock: Clock) -> AsyncIterator[Square]:
    async with discord.doubled(clock) as double:
        yield OnDiscord(double)
        assert not double.findings, "\n".join(double.findings[:20])


SQUARES: Mapping[str, Callable[[Clock], AbstractAsyncContextManager[Square]]] = {
    "discord": _discord,
    "slack": _slack,
}


@dataclass
class Flood:
    """What was given, and over which file."""

    square: Square
    file: Path
    clock: Clock
    given: Counter[str] = field(default_factory=Counter)
    _count: Iterator[int] = field(default_factory=itertools.count)

    async def found(self) -> None:
        """Make the file, with the community in it."""
        create(self.file)
        easy = Settings(
            "en",
            ZoneInfo("UTC"),
            self.square.wall,
            allowance_per_day=100,
            pair_cooldown_h=0,
        )
        async with open_database(self.file) as database:
            now = self.clock()
            await database.write(communities.add, self.square.ref, easy, now)

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Laurel]:
        """Run Laurel, connected."""
        async with open_database(self.file) as database:
            adapter = self.square.adapter(database, self.clock)
            async with running(
                database,
                [adapter],
                words(),
                clock=self.clock,
                wall=lambda: NEVER,
            ) as laurel:
                await until(lambda: adapter.trouble is None)
                yield laurel

    async def give(
        self, laurel: Laurel, people: tuple[Sequence[Any], Sequence[Any]], posts: int
    ) -> None:
        """Have ``people``, givers and receivers, thank each other for a while."""
        givers, receivers = people
        luck = chance(next(self._count))
        for _ in range(posts):
            self.square.close(luck)
            to = luck.sample(receivers, luck.randrange(1, 4))
            why = f"for what you did out there, all of it: {next(self._count)}"
            said = await self.square.thank(luck.choice(givers), to, why)
            assert "Undo" in said or "Kept" in said, said
            self.given.update(each.id for each in to)
            await self.pass_time(laurel, DAYS * 24 * HOUR_MINUTES / posts)

    async def pass_time(self, laurel: Laurel, minutes: float) -> None:
        """Let time pass while nothing is under way, and what is due happen."""
        await laurel.settle()
        self.clock.move(minutes=minutes)
        laurel.alarm.wake()
        for courier in laurel.couriers:
            courier.wake()
        await laurel.settle()

    def wrong(self) -> dict[str, int]:
        """Return what is wrong with what stands; nothing when all is well."""
        stands = self.square.stands()
        told: Counter[str] = Counter()
        named: Counter[str] = Counter()
        called: Counter[str] = Counter()
        for each in stands:
            told.update(each.told)
            named.update(each.told.keys())
            called.update(each.called)
        found = {
            "posts over twenty": max(0, len(stands) - MAX_POSTS),
            "never named": len(self.given.keys() - told.keys()),
            "named twice": sum(count > 1 for count in named.values()),
            "counted wrongly": sum(told[who] != n for who, n in self.given.items()),
            "not called, or twice": sum(called[who] != 1 for who in self.given),
            "called for nothing": len(called.keys() - self.given.keys()),
        }
        return {what: count for what, count in found.items() if count}


async def flooded(
    folder: Path, platform: str, posts: int, starts: int
) -> dict[str, int]:
    """Return what is wrong after two days in which nothing got through.

    Args:
        folder: Where Laurel's file is to stand.
        platform: One of `SQUARES`.
        posts: How many thanks are given.
        starts: How often Laurel ends meanwhile, and starts again.
    """
    clock = Clock()
    async with SQUARES[platform](clock) as square:
        flood = Flood(square, folder / "laurel.sqlite3", clock)
        givers = [square.let_in(f"Giver {n}") for n in range(max(GIVERS, posts // 25))]
        receivers = [
            square.let_in(f"Friend {n}") for n in range(max(RECEIVERS, posts // 3))
        ]
        await flood.found()
        for _ in range(starts):
            async with flood.served() as laurel:
                await flood.give(laurel, (givers, receivers), posts // starts)
        assert not square.stands(), "something got through"
        square.open()
        async with flood.served() as laurel:
            for _ in range(HOUR_MINUTES // STEP_MINUTES):
                await flood.pass_time(laurel, STEP_MINUTES)
            waiting = await laurel.database.read(_waiting)
        return flood.wrong() | ({"waiting or set aside": waiting} if waiting else {})


def _waiting(tx: Any) -> int:
    (row,) = tx.all(
        "SELECT count(*) AS n FROM outbox WHERE state IN ('new', 'sending', 'parked')"
    )
    return int(row["n"])
