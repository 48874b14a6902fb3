"""What the courier brings, into channels, threads, forums and direct messages."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.http import Route

from bot.adapters.discord import message as messages
from bot.adapters.discord import threads
from bot.adapters.discord.errors import GONE
from bot.adapters.discord.link import Link
from bot.adapters.discord.message import Payload
from bot.adapters.discord.places import spoken_in
from bot.adapters.discord.raw import Json
from bot.adapters.discord.voices import Voices
from bot.chat.adapter import OutcomeUnknownError, Posting, RefusedError
from bot.chat.speech import Speech
from bot.domain.refs import MemberRef, Spot, ThreadRef

_PAGE = 100
"""Messages that Discord lists at once, at most."""

_MAX_PAGES = 100
"""Pages that are looked through; nobody reads on, and the courier asks again later."""

_SKEW = timedelta(minutes=2)
"""How far this machine's clock may stand ahead of Discord's."""

_DIRECTS = 1_024
"""Members whose direct channels are remembered."""


class Posts:
    """Posts, edits, removes and finds messages."""

    def __init__(self, voices: Voices) -> None:
        self._voices = voices
        self._directs: OrderedDict[MemberRef, str] = OrderedDict()
        self._opening = asyncio.Lock()

    async def begin_thread(self, link: Link, about: Posting) -> None:
        """Begin the thread that ``about`` is for, named after what it says."""
        to = about.to
        # What Laurel posts in a forum is a thread already.
        if isinstance(to, ThreadRef) and not _is_forum(link, to.channel.id):
            speech = await self._voices.delivery(about)
            name = threads.name_of(about.message, speech)
            await threads.begin(link, to, name)

    async def post(self, link: Link, posting: Posting) -> str:
        """Post a new message and return its id."""
        try:
            return await self._posted(link, posting)
        except RefusedError as refusal:
            if not _is_unillustrated(posting, refusal):
                raise _of(posting.to, refusal) from refusal
        return await self._posted(link, replace(posting, pictures={}))

    async def _posted(self, link: Link, posting: Posting) -> str:
        speech = await self._voices.delivery(posting)
        drawn = _drawn(posting, speech)
        channel_id = await self._channel(link, posting.to)
        if _is_forum(link, channel_id):
            body = {
                "name": threads.name_of(posting.message, speech),
                "message": drawn.body,
            }
            route = Route(
                "POST", "/channels/{channel_id}/threads", channel_id=channel_id
            )
            made = await link.rest.request(route, body, drawn.files, "message")
            return str(made["id"])  # a thread's first message has the thread's id
        message: Json = {
            **drawn.body,
            "nonce": posting.delivery_id,
            "enforce_nonce": True,
        }
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        try:
            made = await link.rest.request(route, message, drawn.files)
        except RefusedError as refusal:
            raise await self._explained(link, posting.to, refusal) from refusal
        return str(made["id"])

    async def edit(self, link: Link, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""
        try:
            await self._edited(link, posting, message_id)
        except RefusedError as refusal:
            if not _is_unillustrated(posting, refusal):
                raise _of(posting.to, refusal) from refusal
            await self._edited(link, replace(posting, pictures={}), message_id)

    async def _edited(self, link: Link, posting: Posting, message_id: str) -> None:
        speech = await self._voices.delivery(posting)
        drawn = _drawn(posting, speech)
        route = await self._message(link, "PATCH", posting.to, message_id)
        # Nothing that was attached stays, unless it is sent again.
        body = {"attachments": [], **drawn.body}
        await threads.awake(
            link,
            str(route.channel_id),
            lambda: link.rest.request(route, body, drawn.files),
        )

    async def remove(self, link: Link, to: Spot, message_id: str) -> None:
        """Take a message down; one that is gone counts as taken down."""
        route = await self._message(link, "DELETE", to, message_id)
        try:
            await threads.awake(
                link, str(route.channel_id), lambda: link.rest.request(route)
            )
        except RefusedError as refusal:
            if refusal.reason not in GONE:
                raise

    async def pin(self, link: Link, to: Spot, message_id: str, *, pinned: bool) -> None:
        """Pin a message or take it off; what is so already is no fault."""
        channel_id = await self._channel(link, to)
        route = Route(
            "PUT" if pinned else "DELETE",
            "/channels/{channel_id}/messages/pins/{message_id}",
            channel_id=message_id if _is_forum(link, channel_id) else channel_id,
            message_id=message_id,
        )
        await threads.awake(
            link, str(route.channel_id), lambda: link.rest.request(route)
        )

    async def find(
        self,
        link: Link,
        to: Spot,
        delivery_id: str,
        since: datetime,
    ) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands."""
        channel_id = await self._channel(link, to)
        since_id = str(discord.utils.time_snowflake(since - _SKEW))
        found = (
            self._begun_since(link, to, channel_id, since_id)
            if _is_forum(link, channel_id)
            else self._said_since(link, channel_id, since_id)
        )
        try:
            async for raw in found:
                if messages.carries(raw, delivery_id):
                    return str(raw["id"])
        except RefusedError as refusal:
            # Nothing stands in a thread that is not there, or not yet.
            if _of(to, refusal).reason != "thread-gone":
                raise
        return None

    async def _said_since(
        self, link: Link, channel_id: str, since_id: str
    ) -> AsyncIterator[Json]:
        """Yield what stands in a channel, the oldest page first."""
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id)
        for _ in range(_MAX_PAGES):
            asked = {"limit": _PAGE, "after": since_id}
            page: list[Json] = await link.rest.request(route, params=asked)
            for raw in page:
                yield raw
            if len(page) < _PAGE:
                return
            since_id = max((str(raw["id"]) for raw in page), key=int)
        raise OutcomeUnknownError("too much was said since to look through")

    async def _begun_since(
        self, link: Link, to: Spot, forum_id: str, since_id: str
    ) -> AsyncIterator[Json]:
        """Yield the first messages of Laurel's own threads in a forum."""
        guild_id = to.community.id
        route = Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild_id)
        listed: Json = await link.rest.request(route)
        for thread in listed["threads"]:
            thread_id = str(thread["id"])
            if thread.get("parent_id") != forum_id or int(thread_id) < int(since_id):
                continue
            if str(thread.get("owner_id")) != link.user_id:
                continue
            async for raw in self._said_since(link, thread_id, since_id):
                if raw["id"] == thread_id:
                    yield raw

    async def _message(
        self, link: Link, method: str, to: Spot, message_id: str
    ) -> Route:
        """Return where a message is: a forum's are each in a thread of their own."""
        channel_id = await self._channel(link, to)
        return Route(
            method,
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=message_id if _is_forum(link, channel_id) else channel_id,
            message_id=message_id,
        )

    async def _channel(self, link: Link, to: Spot) -> str:
        """Return the id of the channel that ``to`` is reached in."""
        if not isinstance(to, MemberRef):
            return spoken_in(to).id
        if (known := self._directs.get(to)) is not None:
            self._directs.move_to_end(to)
            return known
        # Discord lets few be opened at a time, and asks for less when it says so: many
        # at once would each be told.
        async with self._opening:
            route = Route("POST", "/users/@me/channels")
            opened: Json = await link.rest.request(route, {"recipient_id": to.id})
        self._directs[to] = str(opened["id"])
        if len(self._directs) > _DIRECTS:
            self._directs.popitem(last=False)
        return str(opened["id"])

    async def _explained(
        self, link: Link, to: Spot, refusal: RefusedError
    ) -> RefusedError:
        """Return why a member cannot be written to: they left, or do not want it."""
        if refusal.reason != "member-unreachable" or not isinstance(to, MemberRef):
            return refusal
        route = Route(
            "GET",
            "/guilds/{guild_id}/members/{member_id}",
            guild_id=to.community.id,
            member_id=to.id,
        )
        try:
            await link.rest.request(route)
        except RefusedError as absent:
            if absent.reason == "member-gone":
                return absent
        return refusal


def _drawn(posting: Posting, speech: Speech) -> Payload:
    return messages.illustrated(
        posting.message, speech, posting.pictures, delivery_id=posting.delivery_id
    )


def _of(to: Spot, refusal: RefusedError) -> RefusedError:
    """Return what it means that a thread's channel is no more: the thread is not."""
    if isinstance(to, ThreadRef) and refusal.reason == "channel-gone":
        return RefusedError("thread-gone")
    return refusal


def _is_unillustrated(posting: Posting, refusal: RefusedError) -> bool:
    """Return whether Laurel may perhaps say there what it may not show."""
    return bool(posting.pictures) and refusal.reason == "no-permission"


def _is_forum(link: Link, channel_id: str) -> bool:
    """Return whether posts there are threads; a channel nobody knows is none."""
    found: Any = link.client.get_channel(int(channel_id))
    return isinstance(found, discord.ForumChannel)
