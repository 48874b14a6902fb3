"""Defects that are planted into the web port, each of which some test must find."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from aiohttp import web

STALLED_S = 0.6
"""Longer than any page takes, and than the loop may be late."""


def eager() -> None:
    """Plant a door that unpacks whatever it is handed."""
    usual = web.RequestHandler.__init__

    def unpacking(self: web.RequestHandler, *given: Any, **options: Any) -> None:
        usual(self, *given, **(options | {"auto_decompress": True}))

    web.RequestHandler.__init__ = unpacking  # type: ignore[method-assign]


def bare() -> None:
    """Plant a port whose answers carry nothing but what each route thinks of."""
    from bot.web import door  # noqa: PLC0415  not for all

    vars(door)["HEADERS"] = {"Server": "Laurel"}


def stalling() -> None:
    """Plant pages beside which nobody is answered."""
    from bot.web import asking, feeds  # noqa: PLC0415  not for all

    def wish_of(path: str) -> asking.Wish | None:
        time.sleep(STALLED_S)
        return asking.wish_of(path)

    vars(feeds)["wish_of"] = wish_of


EVERY: tuple[Callable[[], None], ...] = (eager, bare, stalling)
