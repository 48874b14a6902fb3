"""What the courier brings, into channels and direct messages."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from bot.adapters.slack import message as messages
from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import (
    GONE,
    AlreadySoError,
    MissingScopeError,
    UnfitError,
)
from bot.adapters.slack.message import Payload
from bot.adapters.slack.pictures import Files, Pictures
from bot.adapters.slack.rate import Pace
from bot.adapters.slack.uploads import share
from bot.adapters.slack.voices import Voices
from bot.chat.adapter import OutcomeUnknownError, Posting, RefusedError, UnseenError
from bot.chat.raw import Json
from bot.chat.speech import Speech
from bot.domain.refs import MemberRef, Spot, ThreadRef, place_of

_PAGE = 100
_MAX_PAGES = 50
"""Pages that are looked through; nobody reads on, and the courier asks again later."""

_SKEW = timedelta(minutes=2)
"""How far this machine's clock may stand ahead of Slack's."""

_DIRECTS = 4_096
"""Members whose direct channels are remembered."""

_BETWEEN = ":"
"""Stands in the id of a direct message between its channel and the message's own."""


class Posts:
    """Posts, edits, removes and finds messages."""

    def __init__(
        self, api: Api, voices: Voices, pace: Pace, pictures: Pictures
    ) -> None:
        self._api = api
        self._pictures = pictures
        self._voices = voices
        self._pace = pace
        self._directs: OrderedDict[MemberRef, str] = OrderedDict()

    async def post(self, posting: Posting) -> str:
        """Post a new message and return its id."""
        to, team = place_of(posting.to), posting.to.community.id
        speech = await self._voices.delivery(posting)

        async def send(files: Files) -> tuple[str, str]:
            drawn = _drawn(posting, speech, files)
            async with self._pace.turn((team, to.id)):
                asked = {"channel": to.id, **_under(posting.to), **drawn.body}
                made = await self._api.call(
                    team, "chat.postMessage", asked, place=to.id
                )
            channel, ts = str(made.get("channel") or to.id), str(made["ts"])
            for each in drawn.files:
                await share(self._api, team, channel, each)
            return channel, ts

        (channel, ts), files = await self._pictures.show(posting, {}, send)
        if isinstance(to, MemberRef):
            self._remember(to, channel)
            ts = f"{channel}{_BETWEEN}{ts}"
        await self._pictures.settle(to, ts, {}, files)
        return ts

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""
        team = posting.to.community.id
        speech = await self._voices.delivery(posting)
        channel, ts = _place(posting.to, message_id)

        async def send(files: Files) -> None:
            drawn = _drawn(posting, speech, files)
            asked = {"channel": channel, "ts": ts, **drawn.body}
            await self._api.call(team, "chat.update", asked, place=channel)

        to = place_of(posting.to)
        had = await self._pictures.of(to, message_id)
        _, has = await self._pictures.show(posting, had, send)
        await self._pictures.settle(to, message_id, had, has)

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take a message down; one that is gone counts as taken down."""
        channel, ts = _place(to, message_id)
        asked = {"channel": channel, "ts": ts}
        try:
            await self._api.call(to.community.id, "chat.delete", asked, place=channel)
        except RefusedError as refusal:
            if refusal.reason not in GONE:
                raise
        at = place_of(to)
        had = await self._pictures.of(at, message_id)
        await self._pictures.settle(at, message_id, had, {})

    async def pin(self, to: Spot, message_id: str, *, pinned: bool) -> None:
        """Pin a message or take it off; what is so already is no fault."""
        channel, ts = _place(to, message_id)
        method = "pins.add" if pinned else "pins.remove"
        asked: Json = {"channel": channel, "timestamp": ts}
        try:
            await self._api.call(to.community.id, method, asked)
        except AlreadySoError:
            return
        except MissingScopeError as refusal:
            raise RefusedError("no-scope") from refusal

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands.

        Raises:
            UnseenError: If Laurel may not look.
        """
        try:
            channel = await self._channel(to)
            found = await self._looked_up(to, channel, delivery_id, since)
        except RefusedError as refusal:
            if refusal.reason != "no-permission":
                raise
            raise UnseenError from refusal
        if found is None or not isinstance(to, MemberRef):
            return found
        return f"{channel}{_BETWEEN}{found}"

    async def _looked_up(
        self, to: Spot, channel: str, delivery_id: str, since: datetime
    ) -> str | None:
        if isinstance(to, ThreadRef):
            try:
                return await self._found(to, channel, delivery_id, since)
            except RefusedError as refusal:
                if refusal.reason != "thread-gone":
                    raise
        # Under a message that is no more, Slack posts into the channel, unasked.
        return await self._found(place_of(to), channel, delivery_id, since)

    async def _found(
        self,
        to: Spot,
        channel: str,
        delivery_id: str,
        since: datetime,
    ) -> str | None:
        asked: Json = {
            "channel": channel,
            "oldest": f"{(since - _SKEW).timestamp():.6f}",
            "inclusive": True,
            "include_all_metadata": True,
            "limit": _PAGE,
        }
        method = "conversations.history"
        if isinstance(to, ThreadRef):
            method, asked = "conversations.replies", {**asked, "ts": to.root}
        for _ in range(_MAX_PAGES):
            page = await self._api.call(to.community.id, method, asked)
            listed = page.get("messages")
            for raw in listed if isinstance(listed, list) else ():
                if messages.carries(raw, delivery_id):
                    return str(raw["ts"])
            told = page.get("response_metadata")
            cursor = told.get("next_cursor") if isinstance(told, dict) else None
            if not page.get("has_more") or not cursor:
                return None
            asked = {**asked, "cursor": cursor}
        raise OutcomeUnknownError("too much was said since to look through")

    async def _channel(self, to: Spot) -> str:
        """Return the id of the channel that ``to`` is reached in."""
        if not isinstance(to, MemberRef):
            return place_of(to).id
        if (known := self._directs.get(to)) is not None:
            return known
        asked = {"users": to.id}
        opened = await self._api.call(to.community.id, "conversations.open", asked)
        channel = opened.get("channel")
        if not isinstance(channel, dict):
            raise UnfitError("no direct messages")
        self._remember(to, str(channel.get("id")))
        return self._directs[to]

    def _remember(self, to: MemberRef, channel: str) -> None:
        self._directs[to] = channel
        self._directs.move_to_end(to)
        if len(self._directs) > _DIRECTS:
            self._directs.popitem(last=False)


def _drawn(posting: Posting, speech: Speech, files: Files) -> Payload:
    return messages.draw(
        posting.message,
        speech,
        delivery_id=posting.delivery_id,
        pictures=files,
        private=isinstance(posting.to, MemberRef),
    )


def _under(to: Spot) -> Json:
    """Return what has a message posted in a thread, if it is to be."""
    return {"thread_ts": to.root} if isinstance(to, ThreadRef) else {}


def _place(to: Spot, message_id: str) -> tuple[str, str]:
    """Return the channel that a message stands in, and its own id there."""
    channel, found, ts = message_id.partition(_BETWEEN)
    return (channel, ts) if found else (place_of(to).id, message_id)
