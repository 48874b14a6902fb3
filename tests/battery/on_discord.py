"""``laurel run`` as a process of its own, beside a double of Discord."""

from __future__ import annotations

import asyncio
import os
import random
import re
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.adapters.discord.people import DISCORD
from bot.app import open_database, wall_clock
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef, CommunityRef
from storage import audit, communities, tallies
from storage.database import Transaction
from storage.file import connect, create
from tests.battery.hurried import World
from tests.fakes.discord import (
    Actor,
    Channel,
    Discord,
    Guild,
    Json,
    Message,
    Shown,
    doubled,
    words,
)
from tests.fakes.discord.faults import Fault

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
"""How long the process may take to connect on a busy machine."""

EASY = Settings(
    "en", ZoneInfo("UTC"), allowance_per_day=100, pair_cooldown_h=0, reason_min_chars=1
)
"""Everything may be said, as often as one likes."""

OK = 200
JITTER_S = 0.1
"""By how much two things may come closer on their way on a busy machine."""

HEARTBEAT_S, IDENTIFY_EVERY_S = 41.25, 5.0

_TOKEN = re.compile(r"\bno\d+x\d+\b")
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


@dataclass(repr=False)
class Town:
    """The double, Laurel's folder, and how time passes for both.

    Attributes:
        child: The process; None while there is none.

        url: Where it says how it is.
    """

    discord: Discord
    folder: Path
    world: World
    shards: int = 0
    more: str = ""
    child: asyncio.subprocess.Process | None = None
    url: str = ""
    places: list[Place] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """What Laurel remembers."""
        return self.folder / "laurel.sqlite3"

    @property
    def log(self) -> Path:
        """What Laurel told whoever runs it."""
        return self.folder / "log.txt"

    def found(self, name: str = "Willow") -> Place:
        """Add a server."""
        guild = self.discord.add_guild(name)
        wall = guild.add_channel("wall of thanks")
        place = Place(guild, wall, guild.general)
        self.places.append(place)
        return place

    async def prepare(self, settings: Settings = EASY) -> None:
        """Make the file, with what every server that was added has chosen."""
        create(self.file)
        async with open_database(self.file) as database:
            for place in self.places:
                chosen = place.settings(settings)
                now = self.world.now()
                await database.write(communities.add, place.ref, chosen, now)

    def later(self, seconds: float) -> None:
        """Let time pass while nothing runs."""
        self.world = replace(self.world, ahead_s=self.world.ahead_s + seconds)

    async def start(self, *, token: str | None = None) -> asyncio.subprocess.Process:
        """Start the process and return it, connected or not."""
        discord = self.discord
        lines = [
            "[database]",
            f'path = "{self.file}"',
            "[discord]",
            f'api = "{discord.api}"',
            f'gateway = "{discord.gateway}"',
            f"shards = {self.shards}",
            "[web]",
            "port = 0",
            self.more,
        ]
        config = self.folder / "config.toml"
        config.write_text("\n".join(lines), "utf-8")
        program = ["bot"]
        if not self.world.is_ours:
            program = ["tests.battery.hurried", self.world.words()]
        with self.log.open("ab") as log:
            self.child = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", *program, "--config", str(config), "run"),
                cwd=ROOT,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "LAUREL_DISCORD_TOKEN": token or discord.token,
                },
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        return self.child

    @asynccontextmanager
    async def running(self, *, connected: bool = True) -> AsyncIterator[None]:
        """Run Laurel; killed at the end, unless it has gone by itself."""
        child = await self.start()
        try:
            assert child.stdout is not None
            line = (await child.stdout.readline()).decode()
            assert "Laurel serves discord" in line, self.log.read_text("utf-8")[-2000:]
            self.url = line.split()[-1].removesuffix("readyz")
            if connected:
                await self.ready()
            yield
        finally:
            await self.kill()

    async def ready(self) -> None:
        """Wait until Laurel is connected, and its commands can be typed."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE_S):
            while True:
                async with session.get(f"{self.url}readyz") as answer:
                    if answer.status == OK:
                        return
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """End the process where it stands."""
        if self.child is None:
            return
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGKILL)
        await self.child.wait()
        gateway = self.discord.gateway_side
        gateway._sessions.clear()  # nobody is left to resume them
        gateway._identified.clear()  # as if it had been down for a while

    async def stop(self) -> int:
        """Tell the process to end, and return how it did."""
        assert self.child is not None
        self.child.send_signal(signal.SIGTERM)
        return await self.child.wait()

    def waiting(self) -> int:
        """Return how many messages are still to go out."""
        return self.count("outbox WHERE state IN ('new', 'sending')")

    def count(self, what: str) -> int:
        """Return how many rows there are of something."""
        connection = connect(self.file, "ro")
        try:
            (number,) = connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608
            return int(number)
        finally:
            connection.close()

    async def settled(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until everything has gone out."""
        await until(lambda: not self.waiting(), patience_s)

    def crashes(self) -> list[str]:
        """Return the last lines of errors that nobody expected."""
        told = self.log.read_text("utf-8").split("Traceback (most recent call last)")
        lost = [line for line in told[0].splitlines() if "was destroyed" in line]
        return [*lost, *(each.strip()[-400:] for each in told[1:])]

    def wrong(self, acknowledged: Sequence[str]) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well.

        Args:
            acknowledged: Words of which somebody was told that they are in.
        """
        laurel = connect(self.file, "ro")
        tx = Transaction(laurel)
        kept = {row["body"] for row in tx.all(_WORDS)}
        found: Counter[str] = Counter()
        for place in self.places:
            order = [row["body"] for row in tx.all(_ORDER, place=place.wall.id)]
            stands = said_on(place.wall)
            found["said and not posted"] += len(set(order) - set(stands))
            found["posted and not said"] += len(set(stands) - set(order))
            found["out of order"] += list(dict.fromkeys(stands)) != order
            here = communities.get(tx, place.ref)
            found["the chain is broken"] += audit.first_broken(tx, here) is not None
        found["acknowledged and lost"] = len(set(acknowledged) - kept)
        found["posted twice"] = sum(n - 1 for n in posts_of(self.discord).values())
        found["integrity"] = tx.all("PRAGMA integrity_check")[0][0] != "ok"
        found["drift"] = tallies.drift(tx)
        found["parked"] = int(tx.all(_PARKED)[0][0])
        laurel.close()
        listed: dict[str, object] = {what: n for what, n in found.items() if n}
        if self.crashes():
            listed["crashes"] = self.crashes()
        if self.discord.findings:
            listed["findings"] = self.discord.findings
        return listed


_WORDS = "SELECT w.body FROM shoutouts AS s JOIN words AS w ON w.id = s.words"
_ORDER = """
SELECT w.body FROM shoutouts AS s JOIN words AS w ON w.id = s.words
JOIN outbox AS o ON o.key = 'shoutouts:wall:' || s.id
WHERE o.state = 'sent' AND o.place = :place ORDER BY o.id
"""
_PARKED = "SELECT count(*) FROM outbox WHERE state = 'parked'"


async def until(true: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Wait until something is so; what tells is on disk, or in another process."""
    async with asyncio.timeout(patience_s):
        while not true():  # noqa: ASYNC110  nobody here is told of it
            await asyncio.sleep(0.02)


def said_on(wall: Channel) -> list[str]:
    """Return the numbers of the thanks that stand on a wall, in order."""
    found = (_TOKEN.search(words(each.raw)) for each in _posted(wall))
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


def number(client: int, count: int) -> str:
    """Return words of which there are no others."""
    return f"no{client}x{count}"


@asynccontextmanager
async def beside(folder: Path, speed: int = 1) -> AsyncIterator[Town]:
    """Run a double, in which time passes as for the Laurel that is to be started.

    What breaks a rule of Discord's fails the test.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town: list[Town] = []
    world = World(wall_clock(), speed)
    async with doubled(lambda: town[0].world.now() if town else world.now()) as discord:
        town.append(Town(discord, folder, world))
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
