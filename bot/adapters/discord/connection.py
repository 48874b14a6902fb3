"""Keeps Laurel logged in: at the start, after outages, until the token is revoked."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Awaitable, Callable

import discord

from bot.adapters.discord.client import Client, Ears, Pace
from bot.adapters.discord.link import STOP_PATIENCE_S, GatewayRefusalError, Link
from bot.adapters.discord.options import Options
from bot.chat.adapter import (
    CredentialsError,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)

log = logging.getLogger(__name__)

LOGIN_PATIENCE_S = 10.0
"""How long the start waits for Discord before it goes on without."""

_FIRST_WAIT_S, _MAX_WAIT_S = 1.0, 30.0
"""Between attempts to log in."""

_MAX_PUBLISH_WAIT_S = 600.0
"""Between attempts to publish commands, in the end."""

_WORTH_SAYING_S = 60.0
"""Shorter waits before a connection is made are told of as any other."""

_UNTAKEN = (
    "Discord does not take the token any more. Put a new one in its place, and start "
    "Laurel again."
)

Publish = Callable[[Link], Awaitable[object]]


class Connection:
    """The login that stands, if one does."""

    def __init__(
        self, token: str, options: Options, ears: Ears, publish: Publish
    ) -> None:
        self._token = token
        self._options = options
        self._ears = ears
        self._publish = publish
        self._published = False
        self._pace = Pace(options.identify_every_s)
        self._link: Link | None = None
        self._login: asyncio.Task[Link] | None = None
        self._refused = asyncio.Event()
        self._refusal = _UNTAKEN
        self._stopped = asyncio.Event()

    @property
    def link(self) -> Link:
        """The login to send with.

        Raises:
            NotAcceptedError: If there is none now.
        """
        if self._refused.is_set():
            raise NotAcceptedError(self._refusal, retry_after_s=300.0)
        if self._link is None or self._stopped.is_set():
            raise NotAcceptedError("not connected", retry_after_s=5.0)
        return self._link

    @property
    def client(self) -> Client | None:
        """The client that knows servers, channels and roles; None without a login."""
        return None if self._link is None else self._link.client

    @property
    def trouble(self) -> str | None:
        """What is wrong, in words; None when all is well."""
        if self._refused.is_set():
            return self._refusal
        if self._link is None:
            return "Discord cannot be reached. Laurel goes on trying."
        presence = self._link.client.presence
        wait_s = self._pace.waits_until_s - asyncio.get_running_loop().time()
        if not presence.complete and wait_s > _WORTH_SAYING_S:
            return (
                "Discord has ended many connections of Laurel's in a row. The next one "
                f"is made in {math.ceil(wait_s / 60)} min, so that Discord does not "
                "take the token away."
            )
        if not presence.complete:
            return (
                f"{len(presence.up)} of {presence.wanted} connections to Discord stand."
                " Laurel goes on trying."
            )
        if not self._published:
            return "Discord has not taken the commands yet. Laurel goes on trying."
        return None

    async def start(self) -> None:
        """Log in and publish the commands, unless Discord cannot be reached now.

        Raises:
            CredentialsError: If Discord does not take the token.
        """
        login = self._logging_in()
        await asyncio.wait({login}, timeout=LOGIN_PATIENCE_S)
        if not login.done():
            log.warning("discord is slow to answer; going on without")
            return
        try:
            await self._linked()
            await self._try_to_publish()
        except (NotAcceptedError, OutcomeUnknownError) as error:
            log.warning("discord cannot be reached", extra={"reason": str(error)})
        except BaseException:
            await self._hang_up(patience_s=0)
            raise

    async def serve(self) -> None:
        """Stay connected until `stop`; once Discord refuses for good, wait for it."""
        wait_s = _FIRST_WAIT_S
        while not self._stopped.is_set() and not self._refused.is_set():
            try:
                await self._hold(await self._linked())
                wait_s = _FIRST_WAIT_S
            except CredentialsError:
                self._refused.set()
            except GatewayRefusalError as error:
                self._refusal = f"{error} Then start Laurel again."
                self._refused.set()
            except (NotAcceptedError, OutcomeUnknownError) as error:
                log.warning("discord cannot be reached", extra={"reason": str(error)})
                await self._pause(wait_s)
                wait_s = min(wait_s * 2, _MAX_WAIT_S)
        if self._refused.is_set():
            log.error("discord refused", extra={"reason": self._refusal})
            await self._hang_up(patience_s=0)
            await self._stopped.wait()

    async def stop(self, patience_s: float) -> None:
        """Disconnect, letting requests finish within ``patience_s``."""
        self._stopped.set()
        if self._login is not None:
            self._login.cancel()
            (made,) = await asyncio.gather(self._login, return_exceptions=True)
            if isinstance(made, Link):
                await made.close(patience_s=0)
        await self._hang_up(patience_s)

    def _logging_in(self) -> asyncio.Task[Link]:
        if self._login is None:
            self._login = asyncio.ensure_future(  # noqa: TID251  kept until it is done
                Link.open(
                    self._token,
                    self._options,
                    self._ears,
                    self._pace,
                    self._refused.set,
                )
            )
        return self._login

    async def _linked(self) -> Link:
        """Return the login that stands, made where there is none."""
        if self._link is None:
            login = self._logging_in()
            await asyncio.wait({login})
            self._login = None
            if login.cancelled() or self._stopped.is_set():
                raise NotAcceptedError("stopped")
            self._link = login.result()
        return self._link

    async def _hold(self, link: Link) -> None:
        """Stay connected with ``link`` until it ends; then it is gone."""
        publishing = asyncio.ensure_future(  # noqa: TID251  awaited below
            self._keep_publishing()
        )
        refused = asyncio.ensure_future(  # noqa: TID251  awaited below
            self._refused.wait()
        )
        held = asyncio.ensure_future(link.hold())  # noqa: TID251  awaited below
        await asyncio.wait({held, refused}, return_when=asyncio.FIRST_COMPLETED)
        publishing.cancel()
        refused.cancel()
        await asyncio.gather(publishing, refused, return_exceptions=True)
        await self._hang_up(STOP_PATIENCE_S)
        await held

    async def _hang_up(self, patience_s: float) -> None:
        link, self._link = self._link, None
        if link is not None:
            await link.close(patience_s)

    async def _keep_publishing(self) -> None:
        wait_s = _FIRST_WAIT_S
        while not self._published and not self._stopped.is_set():
            await self._try_to_publish()
            if not self._published:
                await self._pause(wait_s)
                wait_s = min(wait_s * 2, _MAX_PUBLISH_WAIT_S)

    async def _try_to_publish(self) -> None:
        if self._link is None or self._published:
            return
        try:
            await self._publish(self._link)
        except (
            NotAcceptedError,
            OutcomeUnknownError,
            RefusedError,
            discord.HTTPException,
        ) as error:
            log.warning("commands not published", extra={"reason": str(error)})
        else:
            self._published = True

    async def _pause(self, wait_s: float) -> None:
        """Wait, but not beyond `stop`."""
        try:
            async with asyncio.timeout(wait_s):
                await self._stopped.wait()
        except TimeoutError:
            pass
