"""discord.py's client, made to listen to what Laurel needs and to remember little."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Protocol

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.adapters.discord.options import Options
from bot.adapters.discord.raw import Json

log = logging.getLogger(__name__)

IDENTIFIES_AT_ONCE = 15
IDENTIFY_COST_S = 24 * 60 * 60 / 35
"""Together at most fifty identifications of a shard in a day: so many at once, and one
more each time this has passed."""

_REST_PATIENCE_S = 60.0
"""Rate limits that last longer are the courier's to wait for."""


class _Brief(logging.Filter):
    """Makes a line of each failed attempt to connect, of which an outage has many."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, some of them without their traceback."""
        if record.msg.startswith(("Attempting a reconnect", "Failed to connect")):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


_BRIEF = _Brief()


class Ears(Protocol):
    """Whoever is told what happens on Discord."""

    async def interaction(self, raw: Json) -> None:
        """Somebody did something with Laurel, as Discord tells it."""

    async def interaction_failed(self, raw: Json) -> None:
        """`interaction` raised; the error was logged, and the member waits."""

    async def guild_here(self, guild: discord.Guild) -> None:
        """A server is there, for the first time or again."""

    async def guild_left(self, guild_id: int) -> None:
        """Laurel was sent away from a server."""

    async def all_told(self, guild_ids: Collection[int]) -> None:
        """Every connection began, and these are all servers that Laurel is in."""

    async def channel_gone(self, guild_id: int, channel_id: int) -> None:
        """A channel or thread was deleted."""


@dataclass(slots=True)
class Presence:
    """Which connections to the gateway stand.

    Attributes:
        changed: Set at each change; whoever waits clears it.
    """

    wanted: int = 1
    up: set[int] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def complete(self) -> bool:
        """Whether all stand."""
        return len(self.up) >= self.wanted

    def note(self, shard: int, *, up: bool) -> None:
        """Note that the connection of ``shard`` came to stand, or fell."""
        if up == (shard in self.up):
            return
        (self.up.add if up else self.up.discard)(shard)
        self.changed.set()


class Pace:
    """Spaces identifications: by slot, as `max_concurrency` asks, and over the day.

    Discord takes a thousand a day and then the token away; a session that dies as soon
    as it is made must not use them up.

    Attributes:
        waits_until_s: When the last of those who wait may go on, by the loop's clock;
            in the past where nobody waits.
    """

    def __init__(self, every_s: float) -> None:
        self.slots = 1
        self.waits_until_s = 0.0
        self._every_s = every_s
        self._free_at_s: dict[int, float] = {}
        self._paid_until_s: dict[int, float] = {}

    async def turn(self, shard: int) -> None:
        """Wait until ``shard`` may identify."""
        clock_s = asyncio.get_running_loop().time
        paid_until_s = self._paid_until_s.get(shard, 0.0)
        ahead_s = paid_until_s - clock_s() - (IDENTIFIES_AT_ONCE - 1) * IDENTIFY_COST_S
        if ahead_s > 0:
            log.warning("too many sessions; waiting", extra={"wait_s": round(ahead_s)})
            await self._wait(ahead_s)
        self._paid_until_s[shard] = max(paid_until_s, clock_s()) + IDENTIFY_COST_S
        now_s = clock_s()
        slot = shard % self.slots
        begins_s = max(now_s, self._free_at_s.get(slot, 0.0))
        self._free_at_s[slot] = begins_s + self._every_s
        await self._wait(begins_s - now_s)

    async def _wait(self, wait_s: float) -> None:
        until_s = asyncio.get_running_loop().time() + wait_s
        self.waits_until_s = max(self.waits_until_s, until_s)
        await asyncio.sleep(wait_s)


class _Listening(discord.Client):
    """What both kinds of client have in common."""

    def __init__(self, ears: Ears, pace: Pace, **options: Any) -> None:
        intents = discord.Intents.none()
        intents.guilds = True
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            max_ratelimit_timeout=_REST_PATIENCE_S,
            member_cache_flags=discord.MemberCacheFlags.none(),
            **options,
        )
        self._ears = ears
        self.pace = pace
        self.presence = Presence(self.shard_count or 1)
        # The library turns what arrives into its own classes, which lack half of it and
        # which an unexpected value breaks; Laurel reads what Discord sent.
        self._connection.parsers["INTERACTION_CREATE"] = self._arrived

    def _arrived(self, raw: Json) -> None:
        self.dispatch("raw_interaction", raw)

    async def before_identify_hook(
        self,
        shard_id: int | None,
        *,
        initial: bool = False,  # noqa: ARG002  the library says which one is first
    ) -> None:
        """Wait until the gateway takes another identification."""
        await self.pace.turn(shard_id or 0)

    async def tell_all(self) -> None:
        """Wait until every connection began, and tell which servers there are."""
        await self.wait_until_ready()
        await self._ears.all_told([guild.id for guild in self.guilds])

    async def on_raw_interaction(self, raw: Json) -> None:
        """Pass it on."""
        await self._ears.interaction(raw)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Pass it on."""
        await self._ears.guild_here(guild)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Pass it on."""
        await self._ears.guild_here(guild)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Pass it on; an outage of a server is another event."""
        await self._ears.guild_left(guild.id)

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Pass it on."""
        await self._ears.channel_gone(channel.guild.id, channel.id)

    async def on_raw_thread_delete(self, told: discord.RawThreadDeleteEvent) -> None:
        """Pass it on."""
        await self._ears.channel_gone(told.guild_id, told.thread_id)

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        """Log what went wrong with an event, and have its member answered."""
        raw = args[0] if event_method == "on_raw_interaction" else None
        about = {"event": event_method}
        if raw is not None:
            about["interaction"] = str(raw.get("id"))
        log.error("discord event failed", extra=about, exc_info=sys.exception())
        if raw is not None:
            await self._ears.interaction_failed(raw)


class SingleClient(_Listening):
    """One connection for all servers."""

    async def on_connect(self) -> None:
        """Note that the session began."""
        self.presence.note(0, up=True)

    async def on_resumed(self) -> None:
        """Note that the session goes on."""
        self.presence.note(0, up=True)

    async def on_disconnect(self) -> None:
        """Note that the connection fell."""
        self.presence.note(0, up=False)


class ShardedClient(_Listening, discord.AutoShardedClient):
    """A connection for each share of the servers."""

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note that the session of a shard began."""
        self.presence.note(shard_id, up=True)

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note that the session of a shard goes on."""
        self.presence.note(shard_id, up=True)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note that the connection of a shard fell."""
        self.presence.note(shard_id, up=False)


Client = SingleClient | ShardedClient


def make_client(options: Options, ears: Ears, pace: Pace) -> Client:
    """Return a client that is not connected yet; ``pace`` outlives it."""
    Route.BASE = options.api
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(options.gateway)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    # At DEBUG the library writes down tokens of interactions and what members say.
    for name in ("discord.gateway", "discord.http", "discord.webhook.async_"):
        logging.getLogger(name).setLevel(logging.INFO)
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_BRIEF)
    settle = {"guild_ready_timeout": options.guilds_settle_s}
    if options.shards is None:
        return SingleClient(ears, pace, **settle)
    return ShardedClient(ears, pace, shard_count=options.shards, **settle)
