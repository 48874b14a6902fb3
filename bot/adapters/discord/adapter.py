"""Discord as a chat platform: the same seam as Slack's and the playground's."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from collections.abc import Callable, Collection, Iterator
from datetime import datetime

import discord

from bot.adapters.discord import threads
from bot.adapters.discord.answers import may_fetch
from bot.adapters.discord.breaker import Breaker
from bot.adapters.discord.client import Ears
from bot.adapters.discord.connection import Connection
from bot.adapters.discord.desk import Desk, Lines
from bot.adapters.discord.events import ScheduledEvents
from bot.adapters.discord.link import STOP_PATIENCE_S, Link
from bot.adapters.discord.options import Options
from bot.adapters.discord.people import DISCORD
from bot.adapters.discord.permissions import (
    CREATE_PUBLIC_THREADS,
    NAMES,
    PIN_MESSAGES,
)
from bot.adapters.discord.places import Places, spoken_in, wanted
from bot.adapters.discord.posts import Posts
from bot.adapters.discord.raw import Json
from bot.adapters.discord.rest import SETTLE_S, Rest
from bot.adapters.discord.sync import sync
from bot.adapters.discord.voices import Voices
from bot.chat.adapter import (
    Adapter,
    Capabilities,
    Dispatch,
    Memory,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.chat.catalogue import Catalogue
from bot.chat.events import Events
from bot.chat.message import Message
from bot.chat.news import ChannelGone, Joined, Left
from bot.chat.responses import Call
from bot.chat.table import RouteTable
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    Spot,
    ThreadRef,
)

__all__ = ["Discord", "Options"]

log = logging.getLogger(__name__)

_CAPABILITIES = Capabilities(
    private_files=True, inline_field_errors=False, settle_s=SETTLE_S
)

_DELIVERY_ID_CHARS = 25


class Discord(Adapter, Ears):
    """All servers that Laurel was added to."""

    def __init__(
        self,
        token: str,
        options: Options,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
    ) -> None:
        self._options = options
        self._catalogue = catalogue
        self._memory = memory
        self._clock = clock
        self._places = Places(lambda: self._connection.client)
        self._voices = Voices(catalogue, memory, clock, self._places.name_of)
        self._posts = Posts(self._voices)
        self._events = ScheduledEvents(
            lambda: self._connection.link, self._places, catalogue, memory
        )
        self._breaker = Breaker()
        self._desk = Desk(
            Lines(self._rest, self._fetch, self._write),
            self._voices,
            memory,
            options.patience,
        )
        self._connection = Connection(token, options, self, self._publish)
        self._table: RouteTable | None = None
        self._run: Dispatch | None = None
        self._told_of: set[int] = set()

    @property
    def name(self) -> PlatformName:
        """The platform's name, as stored with its communities."""
        return DISCORD

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""
        return _CAPABILITIES

    @property
    def trouble(self) -> str | None:
        """What is wrong with the connection, in words; None when all is well."""
        return self._connection.trouble

    @property
    def events(self) -> Events | None:
        """Discord's own calendar, where an admin wants it filled."""
        return self._events if self._options.events else None

    async def start(self, table: RouteTable, run: Dispatch) -> None:
        """Log in and publish the commands, unless Discord cannot be reached now.

        Raises:
            CredentialsError: If Discord does not take the token.
        """
        self._table, self._run = table, run
        self._desk.open(table, run, self._clock)
        await self._connection.start()

    async def serve(self) -> None:
        """Stay connected until `stop`; once the token is refused, wait for it."""
        await self._connection.serve()

    async def stop(self) -> None:
        """Disconnect, letting what is under way finish for at most 5 seconds."""
        now_s = asyncio.get_running_loop().time
        until_s = now_s() + STOP_PATIENCE_S
        await self._desk.close(STOP_PATIENCE_S)
        await self._connection.stop(max(0.0, until_s - now_s()))

    async def post(self, posting: Posting) -> str:
        """Post a new message and return Discord's id of it."""
        with self._asked(posting.to):
            return await self._posts.post(self._connection.link, posting)

    async def open_thread(self, about: Posting) -> None:
        """Begin a thread from the message above it; one that stands stays as it is."""
        to = about.to
        if not isinstance(to, ThreadRef):
            return
        if not self._places.may_begin_threads(to.channel):
            # Discord counts what it refuses, so it is not asked for nothing.
            raise RefusedError("no-permission", wanted(NAMES[CREATE_PUBLIC_THREADS]))
        await self._posts.begin_thread(self._connection.link, about)

    async def close_thread(self, thread: ThreadRef) -> None:
        """Archive a thread; whoever writes there opens it again."""
        await threads.close(self._connection.link, thread)

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""
        with self._asked(posting.to):
            await self._posts.edit(self._connection.link, posting, message_id)

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take a message down. One that is gone already counts as taken down."""
        await self._posts.remove(self._connection.link, to, message_id)

    async def pin(self, to: Spot, message_id: str) -> None:
        """Pin a message where it stands. One that is pinned already stays so."""
        await self._pin(to, message_id, pinned=True)

    async def unpin(self, to: Spot, message_id: str) -> None:
        """Take a message off the pinned ones; one that is not pinned is no fault."""
        await self._pin(to, message_id, pinned=False)

    async def _pin(self, to: Spot, message_id: str, *, pinned: bool) -> None:
        if not self._places.may_pin(to):
            # Discord counts what it refuses, so it is not asked for nothing.
            raise RefusedError("no-permission", wanted(NAMES[PIN_MESSAGES]))
        await self._posts.pin(self._connection.link, to, message_id, pinned=pinned)

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands."""
        return await self._posts.find(self._connection.link, to, delivery_id, since)

    async def interaction(self, raw: Json) -> None:
        """Answer what somebody did, in a server that Laurel has heard of."""
        await self._hear_of(raw)
        await self._desk.take(raw)

    async def interaction_failed(self, raw: Json) -> None:
        """Say that it failed."""
        await self._desk.apologise(raw)

    async def _hear_of(self, raw: Json) -> None:
        """Tell of the server first, where the library still waits for others."""
        guild_id, client = raw.get("guild_id"), self._connection.client
        if client is None or not isinstance(guild_id, str) or not guild_id.isdecimal():
            return
        guild = client.get_guild(int(guild_id))
        if guild is not None and guild.id not in self._told_of:
            await self.guild_here(guild)

    async def guild_here(self, guild: discord.Guild) -> None:
        """Tell that a server is there.

        discord.py holds back what it hears right after connecting, and the server may
        be gone by then.
        """
        community = _community(guild.id)
        if self._places.guild(community) is None or guild.owner_id is None:
            return
        lobby = guild.system_channel
        if self._run is None:
            return
        await self._run.hear(
            Joined(
                community,
                guild.name,
                MemberRef(community, str(guild.owner_id)),
                None if lobby is None else ChannelRef(community, str(lobby.id)),
                guild.preferred_locale.value,
            )
        )
        self._told_of.add(guild.id)

    async def guild_left(self, guild_id: int) -> None:
        """Tell that a server sent Laurel away."""
        self._told_of.discard(guild_id)
        if self._run is not None:
            await self._run.hear(Left(_community(guild_id)))

    async def all_told(self, guild_ids: Collection[int]) -> None:
        """Tell of servers that sent Laurel away while it was not connected."""
        here = {_community(each) for each in guild_ids}
        for community in await self._memory.communities(DISCORD):
            if community not in here and self._run is not None:
                await self._run.hear(Left(community))

    async def channel_gone(self, guild_id: int, channel_id: int) -> None:
        """Tell that a channel is no more."""
        if self._run is not None:
            gone = ChannelRef(_community(guild_id), str(channel_id))
            await self._run.hear(ChannelGone(gone))

    def missing(self, channel: ChannelRef) -> tuple[str, ...]:
        """Return what Laurel may not do in a channel, though it has to."""
        return self._places.missing(channel)

    @contextlib.contextmanager
    def _asked(self, to: Spot) -> Iterator[None]:
        """Ask Discord something about ``to``, unless it refused too often already.

        Where nothing is missing any more, somebody has granted it.
        """
        lacking = ("",) if isinstance(to, MemberRef) else self.missing(spoken_in(to))
        if not lacking:
            self._breaker.forget(to)
        try:
            with self._breaker.minding(to):
                yield
        except RefusedError as refusal:
            if refusal.reason != "no-permission":
                raise
            raise RefusedError(refusal.reason, wanted(*lacking)) from refusal

    async def _publish(self, link: Link) -> None:
        if self._table is not None:
            guild_id = self._options.development_guild
            await sync(link, self._table, self._catalogue, guild_id)

    def _rest(self) -> Rest:
        return self._connection.link.rest

    async def _fetch(self, url: str, max_bytes: int) -> bytes | None:
        """Return a file that a member handed in."""
        if not may_fetch(url, self._options.api):
            return None
        return await self._rest().fetch(url, max_bytes)

    async def _write(self, call: Call, message: Message) -> None:
        """Say to a member directly what their call cannot be answered with."""
        named = hashlib.sha256(call.id.encode()).hexdigest()[:_DELIVERY_ID_CHARS]
        posting = Posting(call.actor.ref, message, call.locale, named)
        try:
            await self.post(posting)
        except (NotAcceptedError, OutcomeUnknownError, RefusedError) as error:
            log.warning("answer lost", extra={"call": call.id, "reason": str(error)})


def _community(guild_id: int) -> CommunityRef:
    return CommunityRef(DISCORD, str(guild_id))
