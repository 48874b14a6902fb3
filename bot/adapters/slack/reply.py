"""The ways in which an answer reaches whoever acted."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import TooLateError
from bot.adapters.slack.origin import Origin, marked
from bot.adapters.slack.rate import Pace
from bot.adapters.slack.raw import is_direct
from bot.adapters.slack.uploads import share
from bot.chat.adapter import NotAcceptedError, RefusedError
from bot.chat.message import File
from bot.chat.raw import Json
from bot.domain.refs import MemberRef

log = logging.getLogger(__name__)

_MAX_WAIT_S = 15.0
"""Longest rate limit that is waited out for somebody who waits for an answer."""

_MAX_TURN_S = 120.0
"""Longest that an answer waits for its turn in a busy channel."""

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Ways:
    """What answers go out by.

    Attributes:
        pace: Of posts in channels, which answers for all keep as well.
    """

    api: Api
    pace: Pace


class Reply:
    """Answers one thing that a member did."""

    def __init__(self, ways: Ways, actor: MemberRef, origin: Origin) -> None:
        self._ways = ways
        self._team = actor.community.id
        self._member = actor.id
        self._origin = origin
        self._trigger: str | None = None
        self._view: str | None = None
        self._held = False

    @property
    def origin(self) -> Origin:
        """Where it began."""
        return self._origin

    @property
    def can_open(self) -> bool:
        """Whether a form may still be opened, as far as is known."""
        return self._trigger is not None or self._held

    @property
    def holds(self) -> bool:
        """Whether a view stands that was opened while the answer was prepared."""
        return self._held

    @property
    def _is_direct(self) -> bool:
        channel = self._origin.channel
        return channel is not None and is_direct(channel)

    @property
    def _under(self) -> Json:
        """What has an answer stand in the thread that it was asked for in."""
        thread = self._origin.thread
        return {"thread_ts": thread} if thread is not None else {}

    def opens_by(self, trigger: str | None) -> None:
        """Note what a form may be opened by, once."""
        self._trigger = trigger

    async def hold(self, view: Json) -> None:
        """Open a view that says that there is more to come."""
        await self._opened(view)
        self._held = True

    async def open(self, view: Json) -> None:
        """Open a form, in place of the view that was held.

        Raises:
            TooLateError: If the three seconds are over.
        """
        drawn = {**view, "private_metadata": self._origin.encode()}
        if self._held:
            await self.update(drawn)
        else:
            await self._opened(drawn)

    async def update(self, view: Json) -> None:
        """Draw in place of the view that was opened; as for `open`."""
        asked = {"view_id": self._view, "view": view}
        await self._ways.api.call(self._team, "views.update", asked)

    async def say(self, body: Json, *, private: bool) -> None:
        """Answer with a message; in place of the refusal that it was mended from."""
        if not private:
            await self._aloud(body)
        elif self._origin.corrects and self._origin.alone:
            await self.redraw(body)
        else:
            await self._quietly(body)

    async def redraw(self, body: Json) -> None:
        """Draw in place of the private message that was pressed; anew without one."""
        url = self._origin.url
        if not self._origin.alone or url is None:
            await self._quietly(body)
            return
        try:
            drawn = marked(body) if self._is_direct else body
            await self._respond(url, {**drawn, "replace_original": True})
        except TooLateError:
            await self._quietly(body)

    async def share(self, files: Sequence[File], handed: Json, unhanded: Json) -> None:
        """Hand files over in direct messages: no private answer can hold one.

        Args:
            files: What to hand over.
            handed: What is said of them there.
            unhanded: What is said where the member was, if that cannot be done.
        """
        api = self._ways.api
        try:
            channel = await self._directly(handed)
            for each in files:
                await share(api, self._team, channel, each)
        except RefusedError as error:
            log.warning("files not handed over", extra={"reason": error.reason})
            await self._quietly(unhanded)

    async def _quietly(self, body: Json) -> None:
        """Answer to the member alone, in whichever way there is."""
        url, channel = self._origin.url, self._origin.channel
        if url is not None:
            said = {
                "response_type": "ephemeral",
                "replace_original": False,
                **self._under,
                **body,
            }
            try:
                await self._respond(url, said)
            except TooLateError:
                log.info("answering without the address for it")
            else:
                return
        if channel is not None and not self._is_direct:
            here = {"channel": channel, **self._under}
            asked = {**here, "user": self._member, **body}
            try:
                await self._call("chat.postEphemeral", asked, channel)
            except RefusedError as error:
                log.info("answering directly", extra={"reason": error.reason})
            else:
                return
        await self._directly(body)

    async def _aloud(self, body: Json) -> None:
        """Answer for all to see."""
        url, channel = self._origin.url, self._origin.channel
        if channel is None:
            await self._directly(body)
            return
        async with self._ways.pace.turn((self._team, channel), _MAX_TURN_S):
            if url is not None:
                said = {"response_type": "in_channel", "replace_original": False}
                try:
                    await self._respond(url, {**said, **self._under, **body})
                except TooLateError:
                    log.info("answering without the address for it")
                else:
                    return
            asked = {"channel": channel, **self._under, **body}
            await self._call("chat.postMessage", asked, channel)

    async def _directly(self, body: Json) -> str:
        """Write to the member; return the channel of their direct messages."""
        place = (self._team, self._member)
        async with self._ways.pace.turn(place, _MAX_TURN_S):
            asked = {"channel": self._member, **marked(body)}
            answer = await self._call("chat.postMessage", asked, self._member)
        return str(answer.get("channel"))

    async def _opened(self, view: Json) -> None:
        trigger, self._trigger = self._trigger, None
        if trigger is None:
            raise TooLateError("nothing to open a form by")
        asked = {"trigger_id": trigger, "view": view}
        answer = await self._ways.api.call(self._team, "views.open", asked)
        opened = answer.get("view")
        self._view = str(opened.get("id")) if isinstance(opened, dict) else None

    async def _respond(self, url: str, body: Json) -> None:
        for attempt in range(_TRIES):
            try:
                await self._ways.api.respond(url, body)
            except NotAcceptedError as error:
                await self._wait_out(error, attempt)
            else:
                return

    async def _call(self, method: str, asked: Json, place: str) -> Json:
        for attempt in range(_TRIES):
            try:
                return await self._ways.api.call(self._team, method, asked, place=place)
            except NotAcceptedError as error:
                await self._wait_out(error, attempt)
        raise AssertionError("the last attempt raises")

    async def _wait_out(self, error: NotAcceptedError, attempt: int) -> None:
        """Wait as long as Slack asks, unless that is long, or was done before."""
        wait_s = error.retry_after_s
        if wait_s is None or wait_s > _MAX_WAIT_S or attempt + 1 == _TRIES:
            raise error
        await asyncio.sleep(wait_s)
