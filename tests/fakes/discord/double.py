"""The double as a whole: its addresses, its guilds, its switches, what it noticed."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from tests.fakes.discord.actors import Actor
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.openapi import unchecked
from tests.fakes.discord.places import Channel, Json, User
from tests.fakes.discord.rest import BASE, Recorded, Rest
from tests.fakes.discord.snowflakes import Mint
from tests.fakes.discord.world import World

_HOST = "127.0.0.1"
_log = logging.getLogger(__name__)


class Discord:
    """Discord, on a port of this machine."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        mint = Mint(clock)
        bot = User(mint.make(), "Laurel", bot=True)
        developer = User(mint.make(), "Dev Loper")
        token = f"{secrets.token_urlsafe(18)}.{secrets.token_urlsafe(4)}.double"
        self.world = World(clock, mint, bot, token, developer, _nobody)
        for each in (bot, developer):
            self.world.users[each.id] = each
        monotonic = asyncio.get_running_loop().time
        self.gateway_side = Gateway(self.world, monotonic)
        self.faults = Faults(self.gateway_side, monotonic)
        self.faults.stop, self.faults.resume = self._silence, self._listen
        self.rest = Rest(self.world, self.faults)
        self.world.excused = lambda: self.faults.excuse
        self._runner = web.AppRunner(
            self._application(), access_log=None, shutdown_timeout=0.2
        )
        self._site: web.TCPSite | None = None
        self._port = 0

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_get("/gateway", self.gateway_side.serve)
        app.router.add_get("/gateway/", self.gateway_side.serve)
        app.router.add_get("/attachments/{id}/{key}/{name}", self._fetch)
        app.router.add_route("*", BASE + "/{path:.*}", self.rest.serve)
        return app

    async def open(self) -> None:
        """Listen on a free port."""
        await self._runner.setup()
        await self._listen()
        self.world.site = f"http://{_HOST}:{self._port}"
        self.world.gateway = self.gateway
        if (reason := unchecked()) is not None:
            _log.warning(reason)

    async def close(self) -> None:
        """Hang up."""
        self.rest.closing.set()
        self.gateway_side.cut()
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

    async def _fetch(self, raw: web.Request) -> web.Response:
        found = self.world.uploads.get(raw.path)
        if found is None:
            return web.Response(status=404)
        return web.Response(
            body=found.content, headers={"Content-Type": found.media_type}
        )

    @property
    def api(self) -> str:
        """Where REST is."""
        return f"http://{_HOST}:{self._port}{BASE}"

    @property
    def gateway(self) -> str:
        """Where the gateway is."""
        return f"ws://{_HOST}:{self._port}/gateway"

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def application_id(self) -> str:
        """The application's id, and its bot's."""
        return self.world.application_id

    def add_guild(
        self,
        name: str,
        owner: str | Actor = "Ada Bright",
        *,
        locale: str = "en-US",
        installer: str | Actor | None = None,
    ) -> Guild:
        """Found a guild with the bot in it.

        Args:
            name: What it is called.
            owner: Whose it is.
            locale: Its own language.
            installer: Who let the bot in; None for the owner.
        """
        guild = Guild(self.world, name, locale)
        owning = self._somebody(owner, locale)
        by = owning if installer is None else self._somebody(installer, locale)
        guild.bot_present = False
        guild.settle(owning, by)
        guild.bot_present = True
        self.world.tell("GUILD_CREATE", guild.json(), guild=guild.id)
        return guild

    def _somebody(self, who: str | Actor, locale: str) -> User:
        return who.user if isinstance(who, Actor) else self.world.join(who, locale)

    def sees(self, who: Actor, channel: Channel) -> list[Json]:
        """Return the messages that somebody sees in a channel, oldest first."""
        return [each.raw for each in who.sees(channel)]

    def direct(self, who: Actor) -> list[Json]:
        """Return what stands in somebody's direct messages with the bot."""
        return self.sees(who, who.dm)

    def commands(self, guild: Guild | None = None) -> list[Json]:
        """Return the commands as registered, global or of a guild."""
        return list(self.world.commands.get(guild.id if guild else None, ()))

    def tolerate(self, *codes: int) -> None:
        """Make no finding of these error codes from now on: the test wants them."""
        self.world.tolerated.update(codes)

    @property
    def requests(self) -> list[Recorded]:
        """Everything that was asked, oldest first."""
        return self.rest.requests

    @property
    def findings(self) -> list[str]:
        """Rules broken by the bot, or by the double itself."""
        return self.world.findings

    @property
    def connections(self) -> int:
        """How many shards are connected."""
        return self.gateway_side.connections

    @property
    def identifies(self) -> int:
        """How often a shard has identified itself."""
        return self.gateway_side.identifies

    @property
    def resumes(self) -> int:
        """How often a shard has resumed."""
        return self.gateway_side.resumes

    @property
    def invalid_requests(self) -> int:
        """How many answers were 401, 403 or 429."""
        return self.rest.invalid

    @property
    def rate_limited(self) -> int:
        """How many answers were 429."""
        return self.rest.rate_limited

    async def connected(self, shards: int = 1, *, patience_s: float = 10.0) -> None:
        """Wait until so many shards are connected.

        Raises:
            TimeoutError: If they are not in time.
        """
        async with asyncio.timeout(patience_s):
            while self.connections < shards:
                await self.gateway_side.changed.wait()


def _nobody(event: str, data: Json, *, guild: str | None = None) -> None:
    """Stand in for the gateway until it is there."""
