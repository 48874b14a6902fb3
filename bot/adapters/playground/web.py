"""The playground's pages, as an application for whoever serves it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from aiohttp import web

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.guard import add_headers, same_machine
from bot.adapters.playground.handlers import Handlers, closed
from bot.adapters.playground.live import stream

MAX_BODY_BYTES = 8_000_000
"""Largest form that is read: a few files and what stands around them."""

LOOPBACK = "127.0.0.1"
"""The only address that the playground may be served at."""

_ROOM = "/as/{member}/in/{room}"
_THREAD = r"/under/{thread:\d{1,18}}"
_PICTURE = r"/picture/{post:\d{1,18}}/{revision:\d{1,18}}/{node:\d{1,3}}"
"""The revision makes a picture that was drawn anew another address."""


def make_app(playground: Playground) -> web.Application:
    """Return the application; serve it at `LOOPBACK` and nowhere else."""
    handlers = Handlers(playground)
    app = web.Application(
        middlewares=[same_machine, closed, handlers.lost],
        client_max_size=MAX_BODY_BYTES,
    )
    app.on_response_prepare.append(add_headers)
    app.add_routes(
        [
            web.get("/", handlers.home),
            web.get("/as/{member}", handlers.act_as),
            web.get(r"/to/{post:\d{1,18}}", handlers.link_to),
            web.static("/static", Path(__file__).parent / "static"),
        ]
    )
    for place in (_ROOM, _ROOM + _THREAD):
        app.add_routes(_in_a(place, handlers))

    async def let_go(_app: web.Application) -> None:
        playground.hub.close()

    app.on_shutdown.append(let_go)
    return app


def _in_a(place: str, handlers: Handlers) -> list[web.RouteDef]:
    """Return what can be done in a room, or in a thread of one."""
    return [
        web.get(place, handlers.room),
        web.get(place + "/live", partial(stream, handlers)),
        web.get(place + "/begin", handlers.begin),
        web.get(place + "/suggest", handlers.suggest),
        web.get(place + r"/inspect/{post:\d{1,18}}", handlers.inspect),
        web.get(place + r"/file/{post:\d{1,18}}/{node:\d{1,3}}", handlers.file),
        web.get(place + _PICTURE, handlers.picture),
        web.post(place + "/say", handlers.say),
        web.post(place + "/submit", handlers.submit),
        web.post(place + "/press", handlers.press),
        web.post(place + "/read", handlers.read),
        web.post(place + "/clock", handlers.clock),
        web.post(place + "/platform", handlers.platform),
    ]
