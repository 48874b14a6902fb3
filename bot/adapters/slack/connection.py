"""Keeps a socket to Slack: at the start, in Slack's place changes, after outages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import TokenRefusedError, UnfitError
from bot.adapters.slack.options import Watch
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.socket import Ending, Socket, Take
from bot.chat.adapter import (
    CredentialsError,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)

log = logging.getLogger(__name__)

START_PATIENCE_S = 10.0
"""How long the start waits for Slack before it goes on without."""

_DISABLED_WAIT_S = 30.0
"""Between attempts while Socket Mode is switched off."""

_UNTAKEN = (
    "Slack does not take the app's token any more. Put a new one in its place, and "
    "start Laurel again."
)
_DISABLED = (
    "Socket Mode is switched off for this app. Switch it on in the app's settings."
)
_UNREACHABLE = "Slack cannot be reached. Laurel goes on trying."


class Connection:
    """The socket that stands, if one does, and those that are about to be closed."""

    def __init__(self, api: Api, app_token: str, watch: Watch, take: Take) -> None:
        self._api = api
        self._app_token = app_token
        self._watch = watch
        self._take = take
        self._socket: Socket | None = None
        self._leaving: set[asyncio.Task[None]] = set()
        self._trouble: str | None = _UNREACHABLE
        self._refused = False
        self._stopped = asyncio.Event()

    @property
    def trouble(self) -> str | None:
        """What is wrong, in words; None when all is well."""
        return self._trouble

    async def start(self) -> None:
        """Connect, unless Slack cannot be reached now.

        Raises:
            CredentialsError: If Slack does not take the token.
        """
        opening = asyncio.ensure_future(self._open())  # noqa: TID251  awaited below
        await asyncio.wait({opening}, timeout=START_PATIENCE_S)
        if not opening.done():
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
            log.warning("slack is slow to answer; going on without")
            return
        try:
            self._socket = opening.result()
        except (NotAcceptedError, OutcomeUnknownError) as error:
            log.warning("slack cannot be reached", extra={"reason": str(error)})

    async def serve(self) -> None:
        """Stay connected until `stop`; once the token is refused, wait for it."""
        wait_s = self._watch.first_wait_s
        while not self._stopped.is_set() and not self._refused:
            try:
                socket = self._socket or await self._open()
            except CredentialsError:
                self._refused, self._trouble = True, _UNTAKEN
                log.error("slack refused the app's token")  # noqa: TRY400  expected
                break
            except (NotAcceptedError, OutcomeUnknownError) as error:
                log.warning("slack cannot be reached", extra={"reason": str(error)})
                self._trouble = _UNREACHABLE
                await self._pause(max(wait_s, _asked_to_wait_s(error)))
                wait_s = min(wait_s * 2, self._watch.max_wait_s)
                continue
            wait_s = await self._hold(socket, wait_s)
        await self._stopped.wait()

    async def stop(self, patience_s: float) -> None:
        """Disconnect, acknowledging what has been taken within ``patience_s``."""
        self._stopped.set()
        socket, self._socket = self._socket, None
        if socket is not None:
            self._let_go(socket.close())
        if self._leaving:
            await asyncio.wait(self._leaving, timeout=patience_s)
        for task in self._leaving:
            task.cancel()
        await asyncio.gather(*self._leaving, return_exceptions=True)

    async def _hold(self, socket: Socket, wait_s: float) -> float:
        """Use ``socket`` until another is needed; return how long to wait next time."""
        self._socket, self._trouble = socket, None
        began_s = asyncio.get_running_loop().time()
        stopped = asyncio.ensure_future(self._stopped.wait())  # noqa: TID251  below
        ended = asyncio.ensure_future(socket.ending())  # noqa: TID251  awaited below
        await asyncio.wait({stopped, ended}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not ended.done():
            ended.cancel()
        await asyncio.gather(stopped, ended, return_exceptions=True)
        if self._stopped.is_set():
            return wait_s
        self._socket = None
        return await self._replaced(socket, ended.result(), began_s, wait_s)

    async def _replaced(
        self, socket: Socket, ending: Ending, began_s: float, wait_s: float
    ) -> float:
        # Slack sends over one that it is about to close until it is: both are read.
        is_soon = ending is Ending.SOON
        self._let_go(socket.close(self._watch.overlap_s if is_soon else 0.0))
        if ending is Ending.DISABLED:
            log.error("socket mode is switched off")
            self._trouble = _DISABLED
            await self._pause(_DISABLED_WAIT_S)
            return self._watch.first_wait_s
        if not is_soon:
            self._trouble = _UNREACHABLE
        stood_s = asyncio.get_running_loop().time() - began_s
        if ending is not Ending.CROWDED and stood_s > self._watch.max_wait_s:
            return self._watch.first_wait_s
        await self._pause(wait_s)
        return min(wait_s * 2, self._watch.max_wait_s)

    async def _open(self) -> Socket:
        """Ask for an address and connect to it.

        Raises:
            CredentialsError: If Slack does not take the token.
            NotAcceptedError: If it cannot be reached.
            OutcomeUnknownError: If it does not answer.
        """
        try:
            opened = await self._api.call_as_app(
                self._app_token, "apps.connections.open"
            )
        except (TokenRefusedError, RefusedError, UnfitError) as error:
            if isinstance(error, UnfitError):
                log.warning("no socket", extra={"reason": str(error)})
                raise NotAcceptedError(str(error), _DISABLED_WAIT_S) from error
            words = "Slack does not take the app's token"
            raise CredentialsError(SLACK, words) from error
        url = opened.get("url")
        if not isinstance(url, str) or not url.startswith(("ws://", "wss://")):
            raise OutcomeUnknownError("no address for a socket")
        return await Socket.open(self._api.session, url, self._watch, self._take)

    def _let_go(self, closing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(closing)  # noqa: TID251  kept until it is done
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _pause(self, wait_s: float) -> None:
        """Wait, but not beyond `stop`."""
        try:
            async with asyncio.timeout(wait_s):
                await self._stopped.wait()
        except TimeoutError:
            pass


def _asked_to_wait_s(error: Exception) -> float:
    """Return how long Slack asked to wait, where it did."""
    wait_s = error.retry_after_s if isinstance(error, NotAcceptedError) else None
    return wait_s or 0.0
