"""Serves one web application, and says whether the process is well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import cast

from aiohttp import web

from bot.web.door import Door, Visitor

LOOPBACK = "127.0.0.1"

Route = web.AbstractRouteDef
"""A path, and what answers there."""

SHUTDOWN_S = 2.0
"""How long requests under way may take once the server stops."""


async def well() -> Sequence[str]:
    """Return that nothing fails."""
    return ()


@asynccontextmanager
async def served(
    pages: web.Application | None,
    port: int,
    unhealthy: Callable[[], Awaitable[Sequence[str]]] = well,
    troubles: Callable[[], Mapping[str, str]] = dict,
    *,
    routes: Sequence[Route] = (),
    host: str = LOOPBACK,
) -> AsyncIterator[str]:
    """Serve ``pages``, if there are any, and ``routes``; yield the address.

    Nobody but this machine gets in, unless ``host`` is another one of its addresses.

    ``/healthz`` answers 200, or 503 with the names of what fails again and again, and
    of the database where nothing can be written.
    ``/readyz`` answers 200 once every platform is connected, and until then, or when
    one is not any more, 503 with its ``troubles`` in words. Port 0 takes any that is
    free.

    Raises:
        OSError: If the port is taken.
    """

    async def health(_request: web.Request) -> web.Response:
        failing = await unhealthy()
        return web.json_response(
            {"unhealthy": list(failing)}, status=503 if failing else 200
        )

    async def readiness(_request: web.Request) -> web.Response:
        found = dict(troubles())
        return web.json_response({"troubles": found}, status=503 if found else 200)

    app = pages or web.Application()
    app.add_routes(routes)
    app.router.add_get("/healthz", health)
    app.router.add_get("/readyz", readiness)
    async with _listening(app, host, port) as number:
        named = f"[{host}]" if ":" in host else host
        yield f"http://{named}:{number}/"


@asynccontextmanager
async def _listening(app: web.Application, host: str, port: int) -> AsyncIterator[int]:
    """Serve ``app``; yield the number of the port."""
    door = Door()
    door.guard(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_S)
    await runner.setup()
    try:
        loop, server = asyncio.get_running_loop(), cast("web.Server", runner.server)
        door.attend(server)
        listening = await loop.create_server(lambda: Visitor(door, server), host, port)
        try:
            yield int(listening.sockets[0].getsockname()[1])
        finally:
            listening.close()
    finally:
        await runner.cleanup()
