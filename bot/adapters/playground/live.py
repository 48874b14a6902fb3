"""The stream that keeps a tab up to date."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

from aiohttp import web

from bot.adapters.playground import page
from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.handlers import Handlers
from bot.adapters.playground.records import Post
from bot.adapters.playground.requests import number_in, visit_of
from bot.adapters.playground.visit import Visit

_QUIET_S = 20.0
"""How long nothing is said before the stream shows that it is still there."""

_WATCHED_S = 1.0
"""The same while something waits to be delivered, or cannot be."""


class _Tab:
    """One open stream.

    Attributes:
        quiet_s: After how long it looks again, though nobody told it to.
    """

    def __init__(
        self, handlers: Handlers, request: web.Request, response: web.StreamResponse
    ) -> None:
        self._handlers = handlers
        self._playground: Playground = handlers.playground
        self._request = request
        self._response = response
        self._after = _seen(request)
        self._shown: Mapping[str, str] = {}
        self.quiet_s = _QUIET_S

    async def catch_up(self) -> None:
        """Send what has changed since the tab last heard."""
        visit = await visit_of(self._playground, self._request)
        if self._after > await self._playground.store.revision():
            await self._send("stale", {})  # the playground's file was begun anew
            self._after = 0
            return
        while posts := await self._playground.store.changed_since(
            visit.spot, visit.person.ref, self._after
        ):
            for post in posts:
                await self._send_post(visit, post)
        await self._send_chrome(visit)

    async def ping(self) -> None:
        """Show that the stream is still there."""
        await self._response.write(b": still here\n\n")

    async def _send_post(self, visit: Visit, post: Post) -> None:
        self._after = post.revision
        if post.removed:
            await self._send("gone", {"id": post.id})
            return
        (view,) = page.post_views(visit, [post])
        html = self._handlers.pages.render(
            "live_post.html", {**page.shared(visit), "post": view}
        )
        data = {
            "id": post.id,
            "html": html,
            "mine": post.draft.author == visit.person.ref,
        }
        await self._send("post", data)

    async def _send_chrome(self, visit: Visit) -> None:
        unread = await self._playground.store.unread(visit.person.ref)
        context = {
            **page.shared(visit),
            **page.rooms(visit, unread),
            **await self._handlers.bar_of(visit),
            **await self._handlers.platform_of(visit),
        }
        shown = {
            "bar": self._handlers.pages.render("bar.html", context),
            "rooms": self._handlers.pages.render("rooms.html", context),
            "platform": self._handlers.pages.render("platform.html", context),
            "waiting": self._handlers.pages.render("waiting.html", context),
        }
        changed = {k: v for k, v in shown.items() if self._shown.get(k) != v}
        if changed:
            offset = await self._playground.store.clock_offset()
            total = sum(count for room, count in unread.items() if room)
            fault = context["fault"]
            extra = {"clock": str(offset), "unread": total, "fault": fault}
            await self._send("chrome", changed | extra)
        self._shown = shown
        self.quiet_s = _QUIET_S if context["calm"] else _WATCHED_S

    async def _send(self, event: str, data: Mapping[str, object]) -> None:
        text = json.dumps(data, ensure_ascii=False)
        frame = f"id: {self._after}\nevent: {event}\ndata: {text}\n\n"
        await self._response.write(frame.encode())


def _seen(request: web.Request) -> int:
    """Return the last revision that the tab heard of, over reconnections."""
    seen = request.headers.get("Last-Event-ID") or request.query.get("after", "0")
    return number_in(seen) or 0


async def stream(handlers: Handlers, request: web.Request) -> web.StreamResponse:
    """Keep a tab up to date until it closes, or the playground does."""
    await visit_of(handlers.playground, request)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
    await response.prepare(request)
    hub = handlers.playground.hub
    tab = _Tab(handlers, request, response)
    try:
        with hub.tab() as woken:
            while not hub.closing:
                woken.clear()
                await tab.catch_up()
                try:
                    async with asyncio.timeout(tab.quiet_s):
                        await woken.wait()
                except TimeoutError:
                    await tab.ping()
    except (ConnectionResetError, web.HTTPNotFound):
        pass  # the tab was closed, or the member may not be here any more
    return response
