"""What the playground's addresses do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.adapters.playground import page, switch
from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.desk import ClosedError, fresh_id, operation
from bot.adapters.playground.forms import Form
from bot.adapters.playground.inspector import inspect
from bot.adapters.playground.pickers import found_by
from bot.adapters.playground.records import Directory
from bot.adapters.playground.requests import (
    blank_of,
    doing_of,
    number_in,
    post_of,
    resident_of,
    sent_of,
    visit_of,
)
from bot.adapters.playground.visit import Visit
from bot.chat.message import File
from bot.chat.text import phrase
from bot.pages import Pages

MAX_WORDS = 4_000
"""Longest message that a member can post, in code points; Discord's limit."""

_STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(7)}
_FROM = re.compile(r"/as/([^/]+)/")


class Handlers:
    """Answers a browser."""

    def __init__(self, playground: Playground) -> None:
        self.playground = playground
        self.pages = Pages(Path(__file__).parent / "templates")

    async def home(self, _request: web.Request) -> web.Response:
        """Lead to a room, acting as the first member who is here."""
        known = await self.playground.store.directory()
        for resident in known.people.values():
            if resident.person.here and not resident.person.bot:
                raise web.HTTPFound(_default(known, resident.id))
        raise web.HTTPNotFound

    async def act_as(self, request: web.Request) -> web.Response:
        """Lead to the room one comes from, as somebody else, where they may enter."""
        known = await self.playground.store.directory()
        resident = resident_of(known, request.match_info["member"])
        wanted = known.room_for(resident.person, request.query.get("in", ""))
        if wanted is not None:
            there = f"/as/{quote(resident.id)}/in/{quote(wanted.id)}"
            under = number_in(request.query.get("under", ""))
            raise web.HTTPFound(there if under is None else f"{there}/under/{under}")
        raise web.HTTPFound(_default(known, resident.id))

    async def link_to(self, request: web.Request) -> web.Response:
        """Lead to a message, acting as whoever followed the link."""
        known = await self.playground.store.directory()
        came_from = _FROM.search(request.headers.get("Referer", ""))
        member = came_from[1] if came_from else next(iter(known.people), "")
        resident = resident_of(known, member)
        number = request.match_info["post"]
        post = await self.playground.store.message(int(number), resident.person.ref)
        if post is None:
            raise web.HTTPNotFound
        room = quote(post.draft.room.id)
        under = post.draft.under
        thread = "" if under is None else f"/under/{under}"
        raise web.HTTPFound(f"/as/{quote(resident.id)}/in/{room}{thread}#post-{number}")

    async def room(self, request: web.Request) -> web.Response:
        """Show a room."""
        visit = await visit_of(self.playground, request)
        store, desk = self.playground.store, self.playground.desk
        before = number_in(request.query.get("before", ""))
        revision = await store.revision()
        posts = await store.latest(visit.spot, visit.person.ref, before=before)
        await store.mark_read(visit.person.ref, visit.room.ref)
        text = self.pages.render(
            "room.html",
            {
                **page.shared(visit),
                **page.rooms(visit, await store.unread(visit.person.ref)),
                **await self.bar_of(visit),
                **await self.platform_of(visit),
                "people": page.people(visit),
                "posts": list(page.post_views(visit, posts)),
                "revision": revision,
                "looks": [
                    each.sheet
                    for each in self.playground.previews.values()
                    if each.sheet
                ],
                "past": before is not None,
                "commands": page.entries(visit, desk.commands(visit)),
                "actions": page.entries(visit, desk.message_actions(visit)),
                "operation": fresh_id(),
                "form": None,
            },
        )
        return web.Response(text=text, content_type="text/html")

    async def bar_of(self, visit: Visit) -> Mapping[str, object]:
        """Return what the top bar shows."""
        return page.bar(visit, await self.playground.next_due(visit.person.ref))

    async def platform_of(self, visit: Visit) -> Mapping[str, object]:
        """Return what the switch shows that has the platform fail."""
        faults = self.playground.store.faults
        return switch.shown(visit, faults, await self.playground.waiting())

    async def say(self, request: web.Request) -> web.Response:
        """Post what was typed, or run it."""
        visit = await visit_of(self.playground, request)
        sent = await sent_of(request)
        text = sent.filled.first("text").strip()
        if not text:
            return web.json_response({"form": None})
        if len(text) > MAX_WORDS:
            reason = phrase("playground.too-long-to-say", most=MAX_WORDS)
            problem = visit.brush().plain(reason)
            return web.json_response({"problem": problem}, status=422)
        named = operation(sent.own("id"))
        return self._next(visit, await self.playground.desk.say(visit, text, named))

    async def begin(self, request: web.Request) -> web.Response:
        """Show the form of a command that was chosen from the list."""
        visit = await visit_of(self.playground, request)
        name = request.query.get("command", "").removeprefix("/")
        form = self.playground.desk.begin(visit, name)
        if form is None:
            raise web.HTTPNotFound
        return self._next(visit, form)

    async def submit(self, request: web.Request) -> web.Response:
        """Take a form that was filled in."""
        visit = await visit_of(self.playground, request)
        sent = await sent_of(request)
        doing = await doing_of(self.playground, visit, sent)
        blank = blank_of(sent, doing)
        desk = self.playground.desk
        if blank is None:
            form = await desk.press(visit, "", doing, _origin(request))
        else:
            form = await desk.submit(visit, doing, blank, sent.filled, _origin(request))
        return self._next(visit, form)

    async def press(self, request: web.Request) -> web.Response:
        """Do what a button, an option or a menu entry does."""
        visit = await visit_of(self.playground, request)
        sent = await sent_of(request)
        doing = await doing_of(self.playground, visit, sent)
        form = await self.playground.desk.press(
            visit, sent.own("action"), doing, _origin(request)
        )
        return self._next(visit, form)

    async def suggest(self, request: web.Request) -> web.Response:
        """Return what a picker offers for what is typed."""
        visit = await visit_of(self.playground, request)
        source = request.query.get("source", "")
        typed = request.query.get("typed", "")[:100]
        offers = await found_by(self.playground.desk, visit, source, typed)
        return web.json_response(offers)

    async def read(self, request: web.Request) -> web.Response:
        """Note that the member has seen what stands in the room."""
        visit = await visit_of(self.playground, request)
        await self.playground.store.mark_read(visit.person.ref, visit.room.ref)
        return web.json_response({})

    async def clock(self, request: web.Request) -> web.Response:
        """Move the clock."""
        visit = await visit_of(self.playground, request)
        step = (await sent_of(request)).filled.first("step")
        if step in _STEPS:
            await self.playground.clock.move(_STEPS[step])
        elif step == "next":
            due = await self.playground.next_due(visit.person.ref)
            if due is not None:
                await self.playground.clock.move_to(due[1])
        else:
            raise web.HTTPBadRequest
        return web.json_response({})

    async def platform(self, request: web.Request) -> web.Response:
        """Have the platform fail in one way, or be well again."""
        await visit_of(self.playground, request)
        sent = (await sent_of(request)).filled
        faults = switch.chosen(sent.first("fault"), sent.first("share"))
        if faults is None:
            raise web.HTTPBadRequest
        self.playground.store.befall(faults)
        return web.json_response({})

    async def inspect(self, request: web.Request) -> web.Response:
        """Show what stands behind a message."""
        visit = await visit_of(self.playground, request)
        post = await post_of(self.playground, visit, request.match_info["post"])
        if post is None:
            raise web.HTTPNotFound
        shown = inspect(visit, post, self.playground.previews)
        text = self.pages.render("inspector.html", {**page.shared(visit), **shown})
        return web.Response(text=text, content_type="text/html")

    async def file(self, request: web.Request) -> web.Response:
        """Hand out a file, to whoever may see its message."""
        visit = await visit_of(self.playground, request)
        post = await post_of(self.playground, visit, request.match_info["post"])
        node = int(request.match_info["node"])
        nodes = post.draft.body.nodes if post else ()
        found = nodes[node] if node < len(nodes) else None
        if not isinstance(found, File):
            raise web.HTTPNotFound
        named = f"attachment; filename*=UTF-8''{quote(found.name, safe='')}"
        return web.Response(
            body=found.content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": named},
        )

    async def picture(self, request: web.Request) -> web.Response:
        """Show a picture, to whoever may see its message."""
        visit = await visit_of(self.playground, request)
        post = await post_of(self.playground, visit, request.match_info["post"])
        if post is None:
            raise web.HTTPNotFound
        node = int(request.match_info["node"])
        png = await self.playground.store.picture(post.id, node)
        if png is None:
            raise web.HTTPNotFound
        return web.Response(body=png, content_type="image/png")

    def _next(self, visit: Visit, form: Form | None) -> web.Response:
        if form is None:
            return web.json_response({"form": None})
        html = self.pages.render("form.html", {**page.shared(visit), "form": form})
        return web.json_response({"form": html, "place": form.place})

    @web.middleware
    async def lost(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Say in words that an address leads nowhere, where a person reads it."""
        try:
            return await handler(request)
        except web.HTTPNotFound:
            if "text/html" not in request.headers.get("Accept", ""):
                raise
        catalogue = self.playground.catalogue
        tag = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0]
        locale = catalogue.choose(tag)

        def say(key: str) -> str:
            parts = catalogue.speak(phrase(f"playground.{key}"), locale)
            return "".join(str(part.content) for part in parts)

        text = self.pages.render("lost.html", {"say": say, "locale": locale})
        return web.Response(text=text, content_type="text/html", status=404)


@web.middleware
async def closed(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say that nobody answers, while the bot starts or stops."""
    try:
        return await handler(request)
    except ClosedError:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"}) from None


def _default(known: Directory, member_id: str) -> str:
    resident = resident_of(known, member_id)
    channels = known.channels_of(resident.person)
    room = channels[0].id if channels else f"dm.{member_id}"
    return f"/as/{quote(member_id)}/in/{quote(room)}"


def _origin(request: web.Request) -> str:
    return f"http://{request.host}"
