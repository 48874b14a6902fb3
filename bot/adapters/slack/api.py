"""Requests to Slack: ready JSON in, JSON out, errors in the courier's words.

A request that has begun is never cancelled, whoever gives up waiting for it: nobody
would know whether Slack took it.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.errors import (
    BROKEN,
    RATE_LIMITED,
    TokenRefusedError,
    TooLateError,
    meant,
    translated,
)
from bot.adapters.slack.options import Tokens
from bot.adapters.slack.rate import Waits
from bot.chat.adapter import (
    CredentialsError,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)
from bot.chat.raw import Json
from bot.config.machine import share_of_files

T = TypeVar("T")

MAX_CALLS = 1_000
"""Most that are under way, and a sixth of the files that may be open."""

SETTLE_S = 75.0
"""After this, a request that was not answered can no longer be accepted: the half
minute that its answer may take, what it waited for its turn in a channel and for its
pictures, and what lies between."""

_OK = 200
_REFUSED = 400
_CLOSED = frozenset({"expired_url", "no_original", "no_such_url", "used_url"})
"""An address for answers takes nothing more; another way may still be open."""

_WITH_JSON = ("chat.", "views.")
"""Methods that take JSON; others take a form."""


class Api:
    """Sends requests for every workspace over one session."""

    def __init__(self, address: str, tokens: Tokens, answer_s: float) -> None:
        self._address = address
        self._answer_s = answer_s
        self._tokens = tokens
        self._session: aiohttp.ClientSession | None = None
        self._clients: dict[str, AsyncWebClient] = {}
        self._refused: dict[str, tuple[str, str]] = {}
        self._waits = Waits()
        self._running: dict[asyncio.Task[Any], asyncio.Future[None]] = {}
        self._closed = False

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session, opened where there is none."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=share_of_files(6, MAX_CALLS)),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=self._answer_s),
            )
        return self._session

    @property
    def refused(self) -> frozenset[str]:
        """The workspaces whose tokens Slack does not take any more."""
        return frozenset(self._refused)

    def forget(self, team_id: str) -> None:
        """Forget a workspace that sent Laurel away."""
        self._clients.pop(team_id, None)
        self._refused.pop(team_id, None)

    async def close(self, patience_s: float) -> None:
        """Let what has begun finish within ``patience_s``, and begin nothing new."""
        self._closed = True
        if self._running:
            await asyncio.wait(self._running, timeout=patience_s)
        for waiter in self._running.values():
            if not waiter.done():
                waiter.set_exception(OutcomeUnknownError("the connection is closed"))
        if self._session is not None:
            await self._session.close()

    async def call(
        self, team_id: str, method: str, asked: Json, *, place: str = ""
    ) -> Json:
        """Call a method in a workspace and return its answer.

        Args:
            team_id: Where.
            method: As ``chat.postMessage``.
            asked: Its arguments.
            place: The channel, for methods that Slack limits in each.

        Raises:
            NotAcceptedError: If Slack did not take it.
            OutcomeUnknownError: If no answer came, or half of one.
            RefusedError: If Slack will not take it until somebody acts.
            TooLateError: If a trigger or a view is gone.
            UnfitError: If the request itself is at fault.
        """
        self._check()
        client = await self._client(team_id)
        limited = (team_id, method, place)
        self._waits.check(limited)
        try:
            return await self._run(self._called(client, method, asked))
        except TokenRefusedError as error:
            self._refused[team_id] = (client.token or "", error.reason)
            raise
        except NotAcceptedError as error:
            if error.retry_after_s is not None:
                self._waits.note(limited, error.retry_after_s)
            raise

    async def call_as_app(self, token: str, method: str) -> Json:
        """Call a method with an app's own token; as for `call`."""
        self._check()
        return await self._run(self._called(self._made(token), method, {}))

    async def respond(self, url: str, body: Json) -> None:
        """Answer at the address that Slack gave for it; as for `call`.

        Raises:
            TooLateError: If it was used up, or half an hour has passed.
        """
        self._check()
        await self._run(self._responded(url, body))

    async def fetch(self, team_id: str, url: str, max_bytes: int) -> bytes | None:
        """Return a file that Slack keeps; None where it is larger or cannot be had."""
        self._check()
        client = await self._client(team_id)
        headers = {"Authorization": f"Bearer {client.token}"}
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with self.session.get(
                url, headers=headers, allow_redirects=False
            ) as response:
                if response.status != _OK:
                    return None
                content = await response.content.read(max_bytes + 1)
                while len(content) <= max_bytes:
                    if not (more := await response.content.read(max_bytes + 1)):
                        return content
                    content += more
        return None

    async def hand_in(self, url: str, content: bytes) -> None:
        """Send a file to the address that Slack gave for it; as for `call`."""
        self._check()
        await self._run(self._handed_in(url, content))

    def _check(self) -> None:
        if self._closed:
            raise NotAcceptedError("the connection is closed", retry_after_s=5.0)

    async def knows(self, team_id: str) -> bool:
        """Return whether Laurel is let into a workspace, as far as can be told now."""
        try:
            return await self._tokens.token_of(team_id) is not None
        except (CredentialsError, NotAcceptedError, OutcomeUnknownError):
            return True

    async def _client(self, team_id: str) -> AsyncWebClient:
        """Return the client of a workspace, made anew where the token is another."""
        try:
            token = await self._tokens.token_of(team_id)
        except CredentialsError as error:
            raise TokenRefusedError("refused at the start") from error
        if token is None:
            raise TokenRefusedError("not installed")
        refused, reason = self._refused.get(team_id, ("", ""))
        if refused == token:
            raise TokenRefusedError(reason)
        self._refused.pop(team_id, None)
        client = self._clients.get(team_id)
        if client is None or client.token != token:
            client = self._clients[team_id] = self._made(token)
        client.session = self.session
        return client

    def _made(self, token: str) -> AsyncWebClient:
        # Without handlers nothing is sent a second time: by itself the library does so
        # after a reset, and what Slack took the first time would be there twice.
        return AsyncWebClient(
            token,
            base_url=self._address,
            session=self.session,
            retry_handlers=[],
        )

    async def _called(self, client: AsyncWebClient, method: str, asked: Json) -> Json:
        arguments: dict[str, Any] = (
            {"json": asked} if method.startswith(_WITH_JSON) else {"data": _form(asked)}
        )
        try:
            answer = await client.api_call(method, **arguments)
        except AttributeError as error:
            # What the library makes of text in place of JSON.
            raise OutcomeUnknownError("no answer in JSON") from error
        if not isinstance(answer.data, dict):
            raise OutcomeUnknownError("no answer in JSON")
        return answer.data

    async def _responded(self, url: str, body: Json) -> None:
        async with self.session.post(url, json=body, allow_redirects=False) as response:
            said = await response.text()
            if response.status == RATE_LIMITED:
                wait = response.headers.get("Retry-After", "")
                raise NotAcceptedError(
                    "rate limit", float(wait) if wait.isdecimal() else None
                )
            if (word := _error_in(said)) is not None:
                error = meant(word)
                closed = isinstance(error, RefusedError) or word in _CLOSED
                raise TooLateError(word) if closed else error
            if _REFUSED <= response.status < BROKEN:
                raise TooLateError(f"status {response.status}")
            if response.status != _OK:
                raise OutcomeUnknownError(f"status {response.status}")

    async def _handed_in(self, url: str, content: bytes) -> None:
        async with self.session.post(
            url, data=content, allow_redirects=False
        ) as response:
            if response.status != _OK:
                raise NotAcceptedError(f"status {response.status}")

    async def _run(self, call: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(call)  # noqa: TID251  kept in _running until done
        # Whoever gives up waiting gives up this alone, and the request goes on.
        waiter = asyncio.get_running_loop().create_future()
        self._running[task] = waiter
        task.add_done_callback(self._ended)
        await waiter
        try:
            return task.result()
        except (SlackClientError, aiohttp.ClientError, OSError) as error:
            raise translated(error) from error.__cause__

    def _ended(self, task: asyncio.Task[Any]) -> None:
        waiter = self._running.pop(task)
        if not task.cancelled():
            task.exception()  # nobody may be left to hear of it
        if not waiter.done():
            waiter.set_result(None)


def _error_in(said: str) -> str | None:
    """Return the error word of an answer in JSON; None where it has none."""
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return None
    word = found.get("error") if isinstance(found, dict) else None
    return word if isinstance(word, str) else None


def _form(asked: Mapping[str, object]) -> dict[str, str]:
    """Return arguments as a form holds them."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in asked.items()
        if value is not None
    }
