"""Serves pages and feeds under secret addresses, on the web port.

Whoever asks shows that they may by the address alone. So a forged, a revoked and a
mistyped one get the very same answer, and nothing that is sent is kept by anybody on
the way, indexed, or told to the next page.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.chat.catalogue import Catalogue
from bot.web.asking import Ask, Wish, read, wish_of
from bot.web.drawing import Draughtsman, Drawn
from bot.web.shelf import AskedTooOftenError, Place, Shelf, Stamp
from storage import published
from storage.addresses import ROOT
from storage.database import Database

MAX_WAITING = 128
"""Most requests that wait for an answer at the same time."""

_MAX_HOST_CHARS = 255
_READING = frozenset({"GET", "HEAD"})
_TAGS = re.compile(r'(?:W/)?("[^"]*")')

_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",  # the address of a page is what opens it
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}

Clock = Callable[[], datetime]


def routes(
    database: Database, catalogue: Catalogue, clock: Clock, public: str | None = None
) -> list[web.RouteDef]:
    """Return what to serve, and where.

    Args:
        database: What is shown is read from there.
        catalogue: What it is said with.
        clock: Tells the instant that it is.
        public: Where the web port is reached from outside, without a slash at its end;
            None where addresses are to name the host that was asked.
    """
    feeds = _Feeds(database, catalogue, clock, public)
    return [web.route("*", f"{ROOT}/{{path:.*}}", feeds.answer)]


class _Feeds:
    """Answers browsers, calendar programs and feed readers."""

    def __init__(
        self, database: Database, catalogue: Catalogue, clock: Clock, public: str | None
    ) -> None:
        self._database = database
        self._clock = clock
        self._public = public
        self._draughtsman = Draughtsman(catalogue)
        self._shelf = Shelf()
        self._waiting = 0

    async def answer(self, request: web.Request) -> web.Response:
        """Answer one request."""
        if request.method not in _READING:
            return self._notice(request, 405, "refused", {"Allow": "GET, HEAD"})
        wish = wish_of(request.match_info["path"])
        if wish is None:
            return self._notice(request, 404, "lost")
        if self._waiting >= MAX_WAITING:
            return self._notice(request, 503, "busy", {"Retry-After": "5"})
        self._waiting += 1
        try:
            return await self._found(request, wish)
        except AskedTooOftenError:
            return self._notice(request, 429, "busy", {"Retry-After": "60"})
        finally:
            self._waiting -= 1

    async def _found(self, request: web.Request, wish: Wish) -> web.Response:
        now = self._clock()
        found = await self._database.read(published.look, wish.secret, now)
        if found.address is None:
            return self._notice(request, 404, "lost")
        ask = Ask(found.address, wish, self._base(request), now)
        stamp = Stamp(found.version, int(now.timestamp()) // 60)
        place = Place(wish.secret, f"{wish.number}{wish.page}", ask.base)
        kept = await self._shelf.page(place, stamp, lambda: self._draw(ask))
        if kept.drawn is None:
            return self._notice(request, 404, "lost")
        headers = {"ETag": kept.etag, "Cache-Control": "private, no-cache"}
        if _has(request.headers.getall("If-None-Match", []), kept.etag):
            return web.Response(status=304, headers={**_HEADERS, **headers})
        return _response(kept.drawn, 200, headers)

    async def _draw(self, ask: Ask) -> Drawn | None:
        told = await self._database.read(read, ask)
        return await asyncio.to_thread(self._draughtsman.draw, ask, told)

    def _base(self, request: web.Request) -> str:
        if self._public is not None:
            return self._public
        return f"{request.scheme}://{request.host[:_MAX_HOST_CHARS]}"

    def _notice(
        self,
        request: web.Request,
        status: int,
        name: str,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        asked = request.headers.get("Accept-Language", "")
        tag = asked.split(",")[0].split(";")[0].strip()
        drawn = self._draughtsman.notice(name, tag)
        told = {"Cache-Control": "no-store", **(headers or {})}
        return _response(drawn, status, told)


def _response(drawn: Drawn, status: int, headers: dict[str, str]) -> web.Response:
    policy = {"Content-Security-Policy": drawn.policy}
    return web.Response(
        body=drawn.body,
        status=status,
        content_type=drawn.kind,
        charset=drawn.charset,
        headers={**_HEADERS, **policy, **headers},
    )


def _has(asked: list[str], etag: str) -> bool:
    """Return whether the asker has what would be sent; ``*`` stands for anything."""
    told = ",".join(asked)
    return told.strip() == "*" or etag in _TAGS.findall(told)
