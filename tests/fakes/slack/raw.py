"""An app's side by hand: it says exactly what a test wants."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.fakes.slack.double import Slack
from tests.fakes.slack.places import Json
from tests.fakes.slack.shown import Shown
from tests.fakes.slack.teams import Team


@dataclass(frozen=True, slots=True)
class Reply:
    """What the double answered."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def error(self) -> str:
        """Slack's word; empty where all went well."""
        return str(self.body.get("error", ""))


@dataclass(slots=True)
class Link:
    """A socket, by hand."""

    socket: aiohttp.ClientWebSocketResponse
    heard: list[Json] = field(default_factory=list)

    async def next(self) -> Json:
        """Return what comes next; ``{"type": "closed"}`` at the end."""
        async with asyncio.timeout(5):
            message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            return {"type": "closed"}
        payload: Json = json.loads(message.data)
        self.heard.append(payload)
        return payload

    async def acknowledge(self, envelope: Json, payload: Json | None = None) -> None:
        """Say that an envelope was taken in."""
        told: Json = {"envelope_id": envelope["envelope_id"]}
        if payload is not None:
            told["payload"] = payload
        await self.socket.send_str(json.dumps(told))


@dataclass(slots=True)
class Raw:
    """An app without a library."""

    slack: Slack
    team: Team
    session: aiohttp.ClientSession
    links: list[Link] = field(default_factory=list)

    async def call(
        self, method: str, args: Json | None = None, *, token: str | None = None
    ) -> Reply:
        """Call a method of the Web API."""
        shown = self.team.bot_token if token is None else token
        headers = {"Authorization": f"Bearer {shown}"} if shown else {}
        url = self.slack.api + method
        async with self.session.post(url, json=args or {}, headers=headers) as got:
            return Reply(got.status, await _body(got), got.headers)

    async def post(self, channel: str, text: str = "hello", **more: Any) -> Reply:
        """Post a message."""
        return await self.call(
            "chat.postMessage", {"channel": channel, "text": text, **more}
        )

    async def respond(self, url: str, **args: Any) -> Reply:
        """Say something at a response_url."""
        async with self.session.post(url, json=args) as got:
            return Reply(got.status, await _body(got), got.headers)

    async def dial(self) -> Link:
        """Open a socket, past its hello."""
        reply = await self.call("apps.connections.open", token=self.slack.app_token)
        link = Link(await self.session.ws_connect(reply.body["url"]))
        self.links.append(link)
        assert "hello" == (await link.next())["type"]
        return link

    async def during(
        self,
        deed: Coroutine[Any, Any, Shown],
        act: Callable[[Json], Awaitable[object]],
        reply: Json | None = None,
    ) -> Shown:
        """Let somebody do something, take it in with ``reply``, and act on it."""
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(deed)
            envelope = await self.links[-1].next()
            await self.links[-1].acknowledge(envelope, reply)
            await act(envelope["payload"])
        return waiting.result()


async def _body(got: aiohttp.ClientResponse) -> Any:
    text = await got.text()
    return json.loads(text) if got.content_type == "application/json" else text
