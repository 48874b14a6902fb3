"""The web port's door: how many are let in, for how long, and what each answer says.

Whoever comes may be slow, send nothing, or send what is no HTTP. None of that costs
anybody else their answer: connections are few and none stays for nothing, and what
cannot be read is answered like everything else, without a word in the log.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import TypeVar

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.config.machine import share_of_files

log = logging.getLogger(__name__)

MAX_CONNECTIONS = 256
"""Most at a time, and a quarter of the files that may be open. One more, and whoever
has been idle for longest has to go."""

ASK_WITHIN_S = 10.0
"""How long somebody who came may take until their first request is read."""

IDLE_S = 130.0
"""How long a connection stays between requests; proxies keep theirs for two minutes."""

TAKE_WITHIN_S = 30.0
"""How long somebody may take to receive an answer that is ready."""

LINGER_S = 2.0
"""How long is read what nobody wants, so that the answer to it arrives."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Server": "Laurel",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""On every answer, unless it says otherwise itself."""

_CONTINUE = "100-continue"

Answered = TypeVar("Answered", bound=web.StreamResponse)


class Visitor(web.RequestHandler):
    """One connection.

    Attributes:
        asking: Whether a request of theirs is being answered.

        asked: Whether any ever was read.
    """

    __slots__ = ("_door", "_first", "asked", "asking")

    def __init__(self, door: Door, server: web.Server) -> None:
        # A small body can unpack to one that stalls the loop, also where it is refused.
        super().__init__(
            server,
            loop=asyncio.get_running_loop(),
            access_log=None,  # type: ignore[arg-type]  # paths are secrets
            auto_decompress=False,
            keepalive_timeout=IDLE_S,
            lingering_time=LINGER_S,
        )
        self.asking = False
        self.asked = False
        self._door = door
        self._first: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let them in, if there is room."""
        super().connection_made(transport)
        loop = asyncio.get_running_loop()
        self._first = loop.call_later(ASK_WITHIN_S, self._is_late)
        self._door.enter(self)

    def connection_lost(self, exc: BaseException | None) -> None:
        """Forget them."""
        if self._first is not None:
            self._first.cancel()
        self._door.leave(self)
        super().connection_lost(exc)

    async def finish_response(
        self,
        request: web.BaseRequest,
        resp: web.StreamResponse,
        start_time: float | None,
    ) -> tuple[web.StreamResponse, bool]:
        """Send an answer, for as long as they take it."""
        try:
            async with asyncio.timeout(TAKE_WITHIN_S):
                return await super().finish_response(request, resp, start_time)
        except TimeoutError:
            self.drop()
            return resp, True
        finally:
            self.asking = False

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        """Answer what is no HTTP, and what a handler failed at."""
        if not isinstance(exc, HttpProcessingError):
            answer = super().handle_error(request, status, exc, message)
        else:
            # Anybody can send such things all day: no line of the log for them, and
            # nothing of it is said back.
            log.debug("no request", extra={"reason": type(exc).__name__})
            answer = web.Response(status=status, text=HTTPStatus(status).phrase)
            answer.force_close()
        return _dressed(answer)

    def drop(self) -> None:
        """Hang up at once; what waits to be sent is not."""
        transport = self.transport
        self.force_close()
        if transport is not None:
            transport.abort()

    def _is_late(self) -> None:
        if not self.asked:
            self.drop()


class Door:
    """Counts who is inside, whoever was active last at the end."""

    def __init__(self, most: int | None = None) -> None:
        self._most = most or share_of_files(4, MAX_CONNECTIONS)
        self._inside: OrderedDict[Visitor, None] = OrderedDict()

    def guard(self, app: web.Application) -> None:
        """Have every answer of ``app`` carry `HEADERS`."""
        app.on_response_prepare.append(_prepare)

    def attend(self, server: web.Server) -> None:
        """Have every request be noted, and what no application gets right."""
        answer = server.request_handler

        async def attended(request: web.BaseRequest) -> web.StreamResponse:
            self._notice(request.protocol)
            # aiohttp would say back what it does not understand, and trip over bytes.
            if request.headers.get("Expect", _CONTINUE).lower() != _CONTINUE:
                return _dressed(web.Response(status=417))
            try:
                return await answer(request)
            except web.RequestPayloadError:  # chunks that are none
                raise web.HTTPBadRequest from None
            except ConnectionError:
                if request.transport is not None:
                    raise
                return web.Response()  # whoever asked is gone, and nobody reads it

        server.request_handler = attended

    def enter(self, visitor: Visitor) -> None:
        """Let somebody in; whoever has been idle for longest goes where it is full."""
        self._inside[visitor] = None
        if len(self._inside) > self._most:
            idle = next((each for each in self._inside if not each.asking), visitor)
            self.leave(idle)
            idle.drop()

    def leave(self, visitor: Visitor) -> None:
        """Forget somebody who went."""
        self._inside.pop(visitor, None)

    def _notice(self, visitor: web.RequestHandler) -> None:
        if isinstance(visitor, Visitor):
            visitor.asking = visitor.asked = True
            if visitor in self._inside:
                self._inside.move_to_end(visitor)


async def _prepare(_request: web.Request, response: web.StreamResponse) -> None:
    _dressed(response)


def _dressed(response: Answered) -> Answered:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["Server"] = HEADERS["Server"]
    return response
