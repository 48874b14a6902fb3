"""Requests to Discord: ready JSON in, JSON out, errors in the courier's words.

A request that has begun is never cancelled: discord.py keeps locks meanwhile, and one
that was cancelled while a rate limit held leaves every later one waiting for good.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

import aiohttp
import discord
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.adapters.discord.errors import TokenRefusedError, translated
from bot.adapters.discord.payload import packed
from bot.adapters.discord.raw import Json
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError
from bot.chat.message import File
from bot.config.machine import share_of_files

T = TypeVar("T")

PATIENCE_S = 30.0
"""Longest that Discord may take to answer one request."""

SETTLE_S = 60.0
"""After this, a request that was not answered can no longer be accepted: the patience
above, and as long again for what lies in between."""

REQUESTS_PER_S = 35.0
_BURST = 4
"""Together below the fifty in any second that Discord allows an application, with room
for requests that are held up on the way and arrive together."""

MAX_ANSWERS = 1_000
"""Most that go out at the same time, and an eighth of the files that may be open."""

_TIMEOUT = aiohttp.ClientTimeout(total=PATIENCE_S)


class Rate:
    """Lets `REQUESTS_PER_S` requests begin, after a burst of a few."""

    def __init__(self) -> None:
        self._free_at_s = 0.0
        self._turn = asyncio.Lock()

    async def turn(self) -> None:
        """Wait until one more request may begin."""
        now_s = asyncio.get_running_loop().time
        async with self._turn:
            if (left_s := self._free_at_s - now_s()) > 0:
                await asyncio.sleep(left_s)
            # It may have slept for longer: what waits behind it is not to catch up.
            earliest_s = now_s() - _BURST / REQUESTS_PER_S
            self._free_at_s = max(self._free_at_s, earliest_s) + 1 / REQUESTS_PER_S


class Rest:
    """Sends requests over one connection."""

    def __init__(self, http: HTTPClient, refused: Callable[[], None]) -> None:
        """Make a door; ``refused`` is told when the token is not taken."""
        self._http = http
        self._refused = refused
        self._rate = Rate()
        self._answers = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]
        self._session: aiohttp.ClientSession | None = None
        self._running: dict[asyncio.Task[Any], asyncio.Future[None]] = {}
        self._closed = False

    async def close(self, patience_s: float) -> None:
        """Let what has begun finish within ``patience_s``, and begin nothing new.

        Nobody waits any longer for what is left: it may be asleep until a rate limit
        is over.
        """
        self._closed = True
        if self._running:
            await asyncio.wait(self._running, timeout=patience_s)
        for waiter in self._running.values():
            if not waiter.done():
                waiter.set_exception(OutcomeUnknownError("the connection is closed"))
        if self._session is not None:
            await self._session.close()

    async def request(
        self,
        route: Route,
        body: object = None,
        files: Sequence[File] = (),
        at: str | None = None,
        **given: Any,
    ) -> Any:
        """Send a request on the bot's behalf and return the JSON of its answer.

        Raises:
            NotAcceptedError: If Discord did not take it.
            OutcomeUnknownError: If no answer came.
            RefusedError: If Discord will not take it until somebody acts.
            discord.HTTPException: If the request itself is at fault.
        """
        self._check()
        await self._rate.turn()
        if isinstance(body, dict):
            params = packed(body, files, at)
            if params.files:
                given |= {"files": params.files, "form": params.multipart}
            else:
                given["json"] = body
        elif body is not None:
            given["json"] = body
        return await self._run(self._http.request(route, timeout=_TIMEOUT, **given))

    async def respond(
        self,
        interaction: Json,
        kind: int,
        data: Json | None,
        files: Sequence[File] = (),
    ) -> None:
        """Give the first answer to an interaction; as for `request`.

        Answers do not wait for the bot's own requests, nor for their rate limits.
        """
        body: Json = {"type": kind}
        if data is not None:
            body["data"] = data
        await self._answer(
            lambda session: self._answers.create_interaction_response(
                int(interaction["id"]),
                interaction["token"],
                session=session,
                params=packed(body, files, "data"),
            )
        )

    async def rewrite(
        self, interaction: Json, data: Json, files: Sequence[File] = ()
    ) -> None:
        """Draw in place of the first answer to an interaction; as for `request`."""
        params = packed(data, files)
        await self._answer(
            lambda session: self._answers.edit_original_interaction_response(
                int(interaction["application_id"]),
                interaction["token"],
                session=session,
                payload=params.payload,
                multipart=params.multipart,
                files=params.files,
            )
        )

    async def withdraw(self, interaction: Json) -> None:
        """Take the first answer to an interaction down; as for `request`."""
        await self._answer(
            lambda session: self._answers.delete_original_interaction_response(
                int(interaction["application_id"]),
                interaction["token"],
                session=session,
            )
        )

    async def add(
        self, interaction: Json, data: Json, files: Sequence[File] = ()
    ) -> None:
        """Give a further answer to an interaction; as for `request`."""
        params = packed(data, files)
        await self._answer(
            lambda session: self._answers.execute_webhook(
                int(interaction["application_id"]),
                interaction["token"],
                session=session,
                payload=params.payload,
                multipart=params.multipart,
                files=params.files,
                wait=True,
                with_components=True,
            )
        )

    async def fetch(self, url: str, max_bytes: int) -> bytes | None:
        """Return what is kept at ``url``; None where it is larger or cannot be had."""
        self._check()
        session = self._opened()
        with contextlib.suppress(aiohttp.ClientError, OSError):
            async with session.get(url, allow_redirects=False) as response:
                if response.status != 200:  # noqa: PLR2004  OK
                    return None
                content = await response.content.read(max_bytes + 1)
                while len(content) <= max_bytes:
                    if not (more := await response.content.read(max_bytes + 1)):
                        return content
                    content += more
        return None

    async def _answer(
        self,
        begin: Callable[[aiohttp.ClientSession], Coroutine[Any, Any, object]],
    ) -> None:
        self._check()
        await self._run(begin(self._opened()))

    def _check(self) -> None:
        if self._closed:
            raise NotAcceptedError("the connection is closed", retry_after_s=5.0)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=share_of_files(8, MAX_ANSWERS)),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_TIMEOUT,
            )
        return self._session

    async def _run(self, call: Coroutine[Any, Any, T]) -> T:
        task = asyncio.ensure_future(call)  # noqa: TID251  kept in _running until done
        # Whoever gives up waiting gives up this alone, and the request goes on.
        waiter = asyncio.get_running_loop().create_future()
        self._running[task] = waiter
        task.add_done_callback(self._ended)
        await waiter
        try:
            return task.result()
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise self._meaning(error) from error.__cause__
        except RuntimeError as error:
            raise translated(error) from error.__cause__

    def _meaning(self, error: BaseException) -> BaseException:
        meaning = translated(error)
        if isinstance(meaning, TokenRefusedError):
            self._refused()
        return meaning

    def _ended(self, task: asyncio.Task[Any]) -> None:
        waiter = self._running.pop(task)
        if not task.cancelled():
            task.exception()  # nobody may be left to hear of it
        if not waiter.done():
            waiter.set_result(None)
