"""Slack's signed calls to the web port, verified before anything reads them.

Source: docs.slack.dev, "Verifying requests from Slack". Bolt's own check takes the time
from the machine, and answers 500 to a garbled header or body.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime

from aiohttp import web
from slack_bolt.response import BoltResponse

from bot.adapters.slack.manifest import EVENTS_PATH

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 1024 * 1024
"""Forms are the largest that Slack sends, and have some hundred kilobytes at most."""

WINDOW_S = 300
"""How old, or how early, what Slack signed may be."""

_BODY_PATIENCE_S = 3.0
_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})
_MAX_STAMP_CHARS = 12
_BROKEN = 500
_UNAVAILABLE = 503

Answer = Callable[[str, str], Awaitable[BoltResponse]]
"""Takes a body and its content type; raises ValueError at what Slack does not send."""


class Signatures:
    """Knows what Slack signed, lately, and for the first time."""

    def __init__(self, secret: str, clock: Callable[[], datetime]) -> None:
        self._secret = secret.encode()
        self._clock = clock
        self._seen: OrderedDict[bytes, int] = OrderedDict()

    def fit(self, body: bytes, stamp: str, signature: str) -> bool:
        """Return whether ``body`` is Slack's, and here for the first time."""
        if not (stamp.isascii() and stamp.isdecimal()):
            return False
        if len(stamp) > _MAX_STAMP_CHARS:
            return False
        now_s = int(self._clock().timestamp())
        signed_s = int(stamp)
        if abs(now_s - signed_s) > WINDOW_S:
            return False
        signed = b"v0:" + stamp.encode() + b":" + body
        made = hmac.new(self._secret, signed, hashlib.sha256).hexdigest()
        given = signature.encode("utf-8", "replace")
        if not hmac.compare_digest(b"v0=" + made.encode(), given):
            return False
        return self._is_first(bytes.fromhex(made), signed_s, now_s)

    def _is_first(self, mark: bytes, signed_s: int, now_s: int) -> bool:
        while self._seen:
            oldest, until_s = next(iter(self._seen.items()))
            if until_s >= now_s:
                break
            del self._seen[oldest]
        if mark in self._seen:
            return False
        self._seen[mark] = max(signed_s, now_s) + WINDOW_S
        return True


class Hook:
    """Serves what Slack calls."""

    def __init__(
        self, answer: Answer, secret: str, clock: Callable[[], datetime]
    ) -> None:
        self._answer = answer
        self._signatures = Signatures(secret, clock)

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve, and where."""
        return [web.post(EVENTS_PATH, self._called)]

    async def _called(self, request: web.Request) -> web.Response:
        if request.content_type not in _TYPES or request.headers.get(
            "Content-Encoding", "identity"
        ) not in {"", "identity"}:
            return web.Response(status=415)
        if (request.content_length or 0) > MAX_BODY_BYTES:
            return web.Response(status=413)
        try:
            async with asyncio.timeout(_BODY_PATIENCE_S):
                body = await _read(request)
        except TimeoutError:
            return web.Response(status=408)
        if body is None:
            return web.Response(status=413)
        stamp = _only(request, "X-Slack-Request-Timestamp")
        signature = _only(request, "X-Slack-Signature")
        if not self._signatures.fit(body, stamp, signature):
            log.warning("a call that slack did not sign")
            return web.Response(status=401)
        try:
            answer = await self._answer(body.decode(), request.content_type)
        except ValueError:
            return web.Response(status=400)
        if answer.status >= _BROKEN:
            return web.Response(status=_UNAVAILABLE)  # Slack comes again
        # What nobody listens to is acknowledged, or Slack would send it again.
        said = answer.body if answer.status < 400 else ""  # noqa: PLR2004  refused
        kind = answer.headers.get("content-type", ["text/plain"])[0]
        return web.Response(
            body=said.encode(), headers={"Content-Type": kind}, status=200
        )


def _only(request: web.Request, name: str) -> str:
    """Return what a header says; nothing where it is said twice, and not by Slack."""
    found = request.headers.getall(name, [])
    return found[0] if len(found) == 1 else ""


async def _read(request: web.Request) -> bytes | None:
    """Return the body; None where it is too large."""
    found = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        found += chunk
        if len(found) > MAX_BODY_BYTES:
            return None
    return bytes(found)
