"""Signed HTTP: how Slack calls an app that has a public address."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.deeds import PATIENCE_S
from tests.fakes.slack.places import Json
from tests.fakes.slack.world import Ack, World

_FORM: Final = "application/x-www-form-urlencoded"


def signed(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers that show that a body is Slack's.

    Args:
        secret: The app's signing secret.
        body: As it goes over the wire.
        at: When it is signed.
    """
    told = str(int(at.timestamp()))
    base = b"v0:" + told.encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    stamp = {"X-Slack-Request-Timestamp": told, "X-Slack-Signature": f"v0={digest}"}
    return stamp | {"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}


def written(kind: str, payload: Json) -> tuple[bytes, str]:
    """Return a payload as its kind goes over the wire, and its media type."""
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), _FORM
    return urlencode(payload).encode(), _FORM


class HttpDoor:
    """Posts to the app's address.

    Attributes:
        url: The app's request address; None for Socket Mode.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._session: aiohttp.ClientSession | None = None
        self.url: str | None = None
        self.statuses: list[int] = []

    async def close(self) -> None:
        """Hang up."""
        if self._session is not None:
            await self._session.close()

    async def deliver(
        self, kind: str, payload: Json, attempt: int = 0, reason: str = ""
    ) -> Ack | None:
        """Post once; None where the answer is no 200 within three seconds."""
        body, media_type = written(kind, payload)
        headers = {"Content-Type": media_type}
        if attempt:
            headers |= {
                "X-Slack-Retry-Num": str(attempt),
                "X-Slack-Retry-Reason": reason,
            }
        began_s = self._world.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_S):
                status, said = await self.post(body, headers)
        except (TimeoutError, aiohttp.ClientError, OSError):
            return None
        if status != 200:
            return None
        return Ack(self._read(kind, said), self._world.monotonic() - began_s)

    async def post(
        self,
        body: bytes,
        headers: dict[str, str],
        *,
        at: datetime | None = None,
        secret: str | None = None,
    ) -> tuple[int, str]:
        """Post a signed body; return status and text of the answer.

        Args:
            body: As it is to go over the wire.
            headers: Beside those of the signature, which they can replace.
            at: When it is signed; None for now.
            secret: What it is signed with; None for the app's.
        """
        if self._session is None:
            self._session = aiohttp.ClientSession()
        key = self._world.app.signing_secret if secret is None else secret
        told = signed(key, body, at or self._world.clock()) | headers
        url = self.url or ""
        async with self._session.post(
            url, data=body, headers=told, allow_redirects=False
        ) as answer:
            self.statuses.append(answer.status)
            return answer.status, await answer.text()

    def _read(self, kind: str, said: str) -> Json | None:
        if not said.strip():
            return None
        try:
            found = json.loads(said)
        except ValueError:
            return {"text": said} if kind == "slash_commands" else None
        return found if isinstance(found, dict) and found else None
