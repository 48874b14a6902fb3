"""``laurel run`` as a process of its own, beside a double of Discord."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.adapters.discord.people import DISCORD
from bot.app import open_database, wall_clock
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef, CommunityRef
from storage import communities
from storage.file import create
from tests.battery import ledger
from tests.battery.hurried import World
from tests.battery.process import EASY, TOKEN, Process, number
from tests.fakes.discord import (
    Actor,
    Channel,
    Discord,
    Guild,
    Json,
    Message,
    NotPossibleError,
    Shown,
    doubled,
    words,
)
from tests.fakes.discord.faults import Fault
from tests.waiting import until

__all__ = [
    "Place",
    "Town",
    "beside",
    "is_in",
    "now_and_then",
    "number",
    "options",
    "posts_of",
    "said_on",
    "until",
]

JITTER_S = 0.1
"""By how much two things may come closer on their way on a busy machine."""

HEARTBEAT_S, IDENTIFY_EVERY_S = 41.25, 5.0

_EVERY = re.compile("")
_POSTS = re.compile(r"(POST|PATCH) /channels/|(POST|PATCH) /(interactions|webhooks)/")


@dataclass(repr=False)
class Place:
    """A server that thanks on a wall."""

    guild: Guild
    wall: Channel
    general: Channel

    @property
    def ref(self) -> CommunityRef:
        """The server, as Laurel names it."""
        return CommunityRef(DISCORD, self.guild.id)

    def settings(self, easy: Settings = EASY) -> Settings:
        """Return what the server has chosen."""
        return replace(easy, wall=ChannelRef(self.ref, self.wall.id))

    def let_in(self, name: str) -> Actor:
        """Add a member."""
        return self.guild.add_member(name)

    async def thank(self, giver: Actor, to: Actor, why: str) -> bool | None:
        """Thank somebody; return whether it is in, None where nobody was there."""
        try:
            shown = await giver.slash("shoutout", options(to, why), self.general)
        except NotPossibleError:  # Laurel is not there any more
            return None
        return is_in(shown)

    def stands(self) -> Sequence[str]:
        """Return the numbers of the thanks that stand on its wall."""
        return said_on(self.wall)


@dataclass(repr=False, kw_only=True)
class Town(Process):
    """The double, and Laurel beside it.

    Attributes:
        token: What it identifies with; empty for the right one.
    """

    discord: Discord
    shards: int = 0
    token: str = ""
    places: list[Place] = field(default_factory=list)

    def found(self, name: str = "Willow") -> Place:
        """Add a server."""
        guild = self.discord.add_guild(name)
        wall = guild.add_channel("wall of thanks")
        place = Place(guild, wall, guild.general)
        self.places.append(place)
        return place

    async def prepare(self, settings: Settings = EASY) -> None:
        """Make the file, with what every server that was added has chosen."""
        if not self.file.exists():
            create(self.file)
        async with open_database(self.file) as database:
            for place in self.places:
                chosen = place.settings(settings)
                now = self.world.now()
                await database.write(communities.add, place.ref, chosen, now)

    def settings(self) -> Sequence[str]:
        """Return where Discord is."""
        return (
            "[discord]",
            f'api = "{self.discord.api}"',
            f'gateway = "{self.discord.gateway}"',
            f"shards = {self.shards}",
        )

    def secrets(self) -> Mapping[str, str]:
        """Return the bot's token."""
        return {"LAUREL_DISCORD_TOKEN": self.token or self.discord.token}

    def gone(self) -> None:
        """Have Discord forget its sessions."""
        gateway = self.discord.gateway_side
        gateway._sessions.clear()  # nobody is left to resume them
        gateway._identified.clear()  # as if it had been down for a while

    def wrong(self, acknowledged: Sequence[str]) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well.

        Args:
            acknowledged: Words of which somebody was told that they are in.
        """
        walls = [ledger.Wall(p.ref, p.wall.id, p.stands()) for p in self.places]
        found = ledger.faults(self.file, walls, acknowledged)
        found["posted twice"] = sum(n - 1 for n in posts_of(self.discord).values())
        listed: dict[str, object] = {what: n for what, n in found.items() if n}
        if self.crashes():
            listed["crashes"] = self.crashes()
        if self.discord.findings:
            listed["findings"] = self.discord.findings
        return listed


def said_on(wall: Channel) -> list[str]:
    """Return the numbers of the thanks that stand on a wall, in order."""
    found = (TOKEN.search(words(each.raw)) for each in _posted(wall))
    return [each[0] for each in found if each]


def posts_of(discord: Discord) -> Counter[tuple[str, int, int]]:
    """Return how often each post stands anywhere, by its place and its marker."""
    return Counter(
        (channel.id, *(each["id"] for each in message.raw["components"][:2]))
        for channel in discord.world.channels.values()
        for message in _posted(channel)
    )


def _posted(channel: Channel) -> Iterator[Message]:
    """Yield what the bot posted of its own accord."""
    for message in channel.messages.values():
        mine = message.raw["author"]["bot"] and message.reader is None
        if mine and "interaction_metadata" not in message.raw:
            yield message


def is_in(shown: Shown) -> bool:
    """Return whether somebody was told that their thanks are in."""
    if shown.message is None or shown.kind != "message":
        return False
    return "Undo" in shown.text or "in already" in shown.text


@asynccontextmanager
async def beside(folder: Path, speed: int = 1) -> AsyncIterator[Town]:
    """Run a double, in which time passes as for the Laurel that is to be started.

    What breaks a rule of Discord's fails the test.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town: list[Town] = []
    world = World(wall_clock(), speed)
    async with doubled(lambda: town[0].world.now() if town else world.now()) as discord:
        town.append(Town(folder=folder, world=world, discord=discord))
        monotonic = asyncio.get_running_loop().time
        discord.gateway_side.heartbeat_s = HEARTBEAT_S / speed
        gap_s = IDENTIFY_EVERY_S / speed - JITTER_S
        discord.gateway_side.identify_gap_s = max(0.0, gap_s)
        discord.rest.buckets._monotonic = lambda: monotonic() * speed
        yield town[0]
        assert not discord.findings, "\n".join(discord.findings[:20])


def now_and_then(discord: Discord, luck: random.Random, share: float = 0.05) -> None:
    """Have Discord answer as it does: not always.

    Of ``share``, two fifths each are a 429 and a 500, and a fifth accepted and dropped.
    """
    usual = discord.faults.pick

    def pick(label: str) -> Fault | None:
        draw = luck.random() / share
        if draw >= 1 or not _POSTS.match(label):
            return usual(label)
        discord.faults._fired()
        if draw < 0.4:
            return Fault("limit", _EVERY, wait_s=0.5)
        if draw < 0.8:
            return Fault("status", _EVERY, status=500)
        return Fault("reset", _EVERY, accept=True)

    discord.faults.pick = pick  # type: ignore[method-assign]


def options(to: Actor, why: str) -> Json:
    """Return what somebody types after ``/shoutout``."""
    return {"to": to, "why": why}
