"""The double as a whole: its addresses, its teams, its switches, what it noticed."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import unquote

from aiohttp import web

from tests.fakes.slack import blockkit
from tests.fakes.slack.actors import Actor
from tests.fakes.slack.befalling import Befalling
from tests.fakes.slack.faults import Faults
from tests.fakes.slack.http_door import HttpDoor
from tests.fakes.slack.places import Channel, Json, Mint
from tests.fakes.slack.shown import drawn
from tests.fakes.slack.sockets import Sockets
from tests.fakes.slack.teams import Team
from tests.fakes.slack.web_api import Recorded, WebApi
from tests.fakes.slack.world import Ack, App, World

_HOST = "127.0.0.1"
_log = logging.getLogger(__name__)


class Slack:
    """Slack, on a port of this machine."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        mint = Mint()
        app_id = mint.make("A")
        key = secrets.token_hex(16)
        app = App(
            app_id,
            f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**13)}",
            secrets.token_hex(16),
            f"xapp-1-{app_id}-{secrets.randbelow(10**13)}-{key}",
            secrets.token_hex(16),
            secrets.token_hex(12),
        )
        monotonic = asyncio.get_running_loop().time
        self.world = World(clock, monotonic, app, mint, self._deliver)
        self.sockets = Sockets(self.world)
        self.http = HttpDoor(self.world)
        befalling = Befalling(monotonic)
        self.faults = Faults(self.world, self.sockets, befalling)
        self.faults.stop, self.faults.resume = self._silence, self._listen
        self.world.excused = self._excused
        self.web_api = WebApi(self.world, befalling)
        self.web_api.connect = self._socket_address
        self._runner = web.AppRunner(
            self._application(), access_log=None, shutdown_timeout=0.2
        )
        self._site: web.TCPSite | None = None
        self._port = 0

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        routes = app.router
        routes.add_route("*", "/api/{method}", self.web_api.serve)
        routes.add_get("/link/", self.sockets.serve)
        for kind in ("commands", "actions"):
            routes.add_post(f"/{kind}/{{rest:.*}}", self.web_api.respond)
        routes.add_post("/upload/{file}/{secret}", self.web_api.upload)
        routes.add_get("/files/{team}-{file}/{name}", self._fetch)
        return app

    async def open(self) -> None:
        """Listen on a free port."""
        await self._runner.setup()
        await self._listen()
        self.world.site = f"http://{_HOST}:{self._port}"
        if (reason := blockkit.unchecked()) is not None:
            _log.warning(reason)

    async def close(self) -> None:
        """Hang up."""
        self.web_api.closing.set()
        for task in list(self.world.tasks):
            task.cancel()
        await asyncio.gather(*self.world.tasks, return_exceptions=True)
        self.sockets.cut()
        await self.http.close()
        await self._runner.cleanup()

    async def _listen(self) -> None:
        self._site = web.TCPSite(self._runner, _HOST, self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    async def _silence(self) -> None:
        if self._site is not None:
            await self._site.stop()
        server = self._runner.server
        for each in list(server.connections) if server is not None else ():
            if each.transport is not None:
                each.transport.abort()

    async def _deliver(
        self, kind: str, payload: Json, attempt: int = 0, reason: str = ""
    ) -> Ack | None:
        door = self.sockets if self.http.url is None else self.http
        return await door.deliver(kind, payload, attempt, reason)

    def _excused(self) -> bool:
        nobody = self.http.url is None and self.sockets.connections == 0
        return self.faults.excuse or nobody

    def _socket_address(self) -> str:
        return f"ws://{_HOST}:{self._port}/link/?ticket={self.sockets.ticket()}"

    async def _fetch(self, raw: web.Request) -> web.Response:
        file = self.world.files.get(raw.match_info["file"])
        token = raw.headers.get("Authorization", "").removeprefix("Bearer ")
        grant = self.world.grants.get(token)
        if grant is None or token in self.world.revoked:
            return web.Response(text="<html>sign in</html>", content_type="text/html")
        grown = "files:read" in grant.scopes
        if file is None or file.content is None or not grown:
            return web.Response(status=404)
        if file.name != unquote(raw.match_info["name"]):
            return web.Response(status=404)
        headers = {"Content-Type": file.media_type}
        return web.Response(body=file.content, headers=headers)

    @property
    def api(self) -> str:
        """Where the Web API is."""
        return f"{self.world.site}/api/"

    @property
    def authorize_url(self) -> str:
        """Where people are asked whether to let the app in; see `Actor.approves`."""
        return f"{self.world.site}/oauth/v2/authorize"

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.world.app.id

    @property
    def app_token(self) -> str:
        """What opens Socket Mode."""
        return self.world.app.app_token

    @property
    def signing_secret(self) -> str:
        """What signed HTTP is signed with."""
        return self.world.app.signing_secret

    @property
    def client_id(self) -> str:
        """The app's id for installing."""
        return self.world.app.client_id

    @property
    def client_secret(self) -> str:
        """The app's secret for installing."""
        return self.world.app.client_secret

    @property
    def profile_history(self) -> str:
        """``full``, ``limited`` (one a minute, fifteen messages) or ``none``."""
        return self.world.profile_history

    @profile_history.setter
    def profile_history(self, profile: str) -> None:
        self.world.profile_history = profile

    def register(self, manifest: Json) -> None:
        """Give the app its manifest: what people can use, what it hears, its scopes."""
        self.world.manifest = manifest

    def deliver_to(self, url: str | None) -> None:
        """Call the app at this address by signed HTTP; None for Socket Mode."""
        self.http.url = url

    async def verify_url(self) -> bool:
        """Ask whether the app's address is its own, as Slack's settings page does."""
        challenge = secrets.token_hex(16)
        asked: Json = {"token": self.world.app.verification, "type": "url_verification"}
        asked["challenge"] = challenge
        ack = await self.http.deliver("events_api", asked)
        return ack is not None and (ack.payload or {}).get("challenge") == challenge

    def add_team(
        self,
        name: str,
        *,
        installed: bool = True,
        scopes: Iterable[str] | None = None,
        org: str | None = None,
    ) -> Team:
        """Found a team.

        Args:
            name: What it is called.
            installed: Whether the app is in already.
            scopes: What the app may do; None for what it asks for, or everything.
            org: The organisation it belongs to, as `add_org` gave it.
        """
        team = Team(self.world, name, self.world.mint.make("T"), org)
        if installed:
            team.install(scopes)
        return team

    def add_org(self) -> str:
        """Found an organisation; return its id."""
        return self.world.mint.make("E")

    def sees(self, who: Actor, channel: Channel) -> list[Json]:
        """Return the messages that somebody sees in a channel, oldest first."""
        return [drawn(each) for each in who.sees(channel)]

    def direct(self, who: Actor) -> list[Json]:
        """Return what stands in somebody's direct messages with the bot."""
        return self.sees(who, who.dm)

    def tolerate(self, *words: str) -> None:
        """Make no finding of these error words from now on: the test wants them."""
        self.world.tolerated.update(words)

    @property
    def requests(self) -> list[Recorded]:
        """Everything that was asked, oldest first."""
        return self.web_api.requests

    @property
    def findings(self) -> list[str]:
        """Rules broken by the bot."""
        return self.world.findings

    @property
    def connections(self) -> int:
        """How many sockets stand and are to stay."""
        return self.sockets.connections

    @property
    def rate_limited(self) -> int:
        """How many answers were 429."""
        return self.web_api.rate_limited

    @property
    def invalid_requests(self) -> int:
        """How many answers were 429, or that the token is no good."""
        return self.web_api.invalid

    async def connected(self, sockets: int = 1, *, patience_s: float = 10.0) -> None:
        """Wait until so many sockets are connected.

        Raises:
            TimeoutError: If they are not in time.
        """
        async with asyncio.timeout(patience_s):
            while self.connections < sockets:
                await self.sockets.changed.wait()
