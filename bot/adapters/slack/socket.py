"""One socket of Socket Mode: from Slack's hello until it is over."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import Self

import aiohttp

from bot.adapters.slack.options import Watch
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError
from bot.chat.raw import Json

log = logging.getLogger(__name__)

MAX_FRAME_BYTES = 4 * 1024 * 1024

_GOODBYE_S = 1.0
"""How long Slack may take to close its side."""

_OVER = frozenset(
    {
        aiohttp.WSMsgType.CLOSE,
        aiohttp.WSMsgType.CLOSING,
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.ERROR,
    }
)


class Ending(Enum):
    """Why a socket is to be replaced by another."""

    SOON = auto()
    """Slack is about to close it; it still works for some seconds."""

    CROWDED = auto()
    """Too many sockets stand at once."""

    DISABLED = auto()
    """Somebody switched Socket Mode off."""

    CLOSED = auto()
    SILENT = auto()


_ENDINGS = {
    "warning": Ending.SOON,
    "refresh_requested": Ending.SOON,
    "too_many_websockets": Ending.CROWDED,
    "link_disabled": Ending.DISABLED,
}
"""By the reason that Slack gives for a disconnect."""

Take = Callable[[Json], Awaitable[Json | None]]
"""Takes an envelope and returns what it is acknowledged with; None for nothing."""


class NotTakenError(Exception):
    """An envelope that nobody can take now; Slack will deliver it again."""


class Socket:
    """A socket that stands."""

    def __init__(
        self, link: aiohttp.ClientWebSocketResponse, watch: Watch, take: Take
    ) -> None:
        self._link = link
        self._watch = watch
        self._take = take
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending = asyncio.get_running_loop().create_future()
        self._reader: asyncio.Task[None] | None = None
        self._heard_at_s = asyncio.get_running_loop().time()
        self._is_pinged = False

    @classmethod
    async def open(
        cls, session: aiohttp.ClientSession, url: str, watch: Watch, take: Take
    ) -> Self:
        """Connect, and wait for Slack's hello.

        Raises:
            NotAcceptedError: If Slack cannot be reached.
            OutcomeUnknownError: If it says something else, or nothing.
        """
        try:
            async with asyncio.timeout(watch.hello_s):
                link = await session.ws_connect(
                    url,
                    autoping=False,
                    max_msg_size=MAX_FRAME_BYTES,
                    timeout=aiohttp.ClientWSTimeout(ws_close=_GOODBYE_S),
                )
        except (aiohttp.ClientError, OSError) as error:
            raise NotAcceptedError(f"no socket: {type(error).__name__}") from error
        socket = cls(link, watch, take)
        try:
            await socket._greeted()
        except BaseException:
            await link.close()
            raise
        socket._reader = asyncio.ensure_future(  # noqa: TID251  awaited by `close`
            socket._read()
        )
        return socket

    async def ending(self) -> Ending:
        """Wait until another socket is needed, and return why."""
        return await asyncio.shield(self._ending)

    async def close(self, patience_s: float = 0.0) -> None:
        """Read for ``patience_s`` more, unless it is over; acknowledge; close."""
        if self._reader is not None:
            await asyncio.wait({self._reader}, timeout=patience_s)
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._watch.hello_s)
        await self._link.close()

    async def _greeted(self) -> None:
        try:
            async with asyncio.timeout(self._watch.hello_s):
                while True:
                    frame = await self._link.receive()
                    if frame.type in _OVER:
                        raise OutcomeUnknownError("closed before hello")
                    told = await self._heard(frame)
                    if told is not None and told.get("type") == "hello":
                        return
                    if told is not None and told.get("type") == "disconnect":
                        raise NotAcceptedError(f"no hello: {told.get('reason')}")
        except TimeoutError as error:
            raise OutcomeUnknownError("no hello") from error

    async def _read(self) -> None:
        """Read until it is over, asking after Slack where nothing is heard."""
        try:
            while True:
                ending = await self._next()
                if ending in {Ending.CLOSED, Ending.SILENT}:
                    break
                if ending is not None:
                    self._end(ending)
        except (aiohttp.ClientError, OSError) as error:
            log.info("socket broke", extra={"reason": type(error).__name__})
            ending = Ending.CLOSED
        self._end(ending)

    async def _next(self) -> Ending | None:
        """Take one frame; return why another socket is needed, where it says so."""
        try:
            frame = await self._link.receive(timeout=self._watch.ping_s)
        except TimeoutError:
            if self._is_silent():
                log.warning("the socket is silent")
                return Ending.SILENT
            await self._link.ping()
            return None
        if frame.type in _OVER:
            return Ending.CLOSED
        told = await self._heard(frame)
        if told is None:
            # What answers every ping and says nothing else may have forgotten us.
            return Ending.SILENT if self._is_silent() else None
        if told.get("type") == "disconnect":
            reason = str(told.get("reason"))
            log.info("slack wants another socket", extra={"reason": reason})
            return _ENDINGS.get(reason, Ending.SOON)
        if isinstance(told.get("envelope_id"), str):
            self._begin(told)
        return None

    def _is_silent(self) -> bool:
        now_s = asyncio.get_running_loop().time()
        return now_s - self._heard_at_s > self._watch.silence_s

    async def _heard(self, frame: aiohttp.WSMessage) -> Json | None:
        """Return what a frame tells; None where it only shows that somebody is there.

        Slack pings by itself. Where it has done so, an echo of our own ping is no sign
        that it still knows the socket.
        """
        if frame.type is aiohttp.WSMsgType.PONG:
            if not self._is_pinged:
                self._heard_at_s = asyncio.get_running_loop().time()
            return None
        self._heard_at_s = asyncio.get_running_loop().time()
        if frame.type is aiohttp.WSMsgType.PING:
            self._is_pinged = True
            await self._link.pong(frame.data)
            return None
        if frame.type is not aiohttp.WSMsgType.TEXT:
            return None
        try:
            told = json.loads(frame.data)
        except (ValueError, RecursionError):
            log.warning("a frame that is no JSON")
            return None
        return told if isinstance(told, dict) else None

    def _end(self, ending: Ending) -> None:
        if not self._ending.done():
            self._ending.set_result(ending)

    def _begin(self, envelope: Json) -> None:
        task = asyncio.ensure_future(  # noqa: TID251  kept in _tasks until done
            self._acknowledge(envelope)
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _acknowledge(self, envelope: Json) -> None:
        try:
            answer = await self._take(envelope)
        except NotTakenError as error:
            log.warning("envelope not taken", extra={"reason": str(error)})
            return
        said: Json = {"envelope_id": envelope["envelope_id"]}
        if answer is not None:
            said["payload"] = answer
        try:
            await self._link.send_str(json.dumps(said))
        except (aiohttp.ClientError, OSError) as error:
            # Slack delivers it again on another socket, and hears the same there.
            log.info("not acknowledged", extra={"reason": type(error).__name__})
