"""Bolt on the double: an app that does what a test says."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack.double import Slack
from tests.fakes.slack.places import Json
from tests.fakes.slack.teams import Team

Handle = Callable[["Heard"], Awaitable[object]]
"""What the app does with a payload."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What Bolt hands to a listener."""

    body: Json
    ack: Any
    respond: Any
    client: AsyncWebClient


@dataclass(slots=True)
class Bot:
    """An app that does with each payload what a test says."""

    app: AsyncApp
    handle: Handle | None = None
    heard: list[Json] = field(default_factory=list)

    def __post_init__(self) -> None:
        every = re.compile(".*")
        for kind in ("action", "command", "event", "options", "shortcut"):
            getattr(self.app, kind)(every)(self._listen)
        self.app.view_submission(every)(self._listen)
        self.app.view_closed(every)(self._listen)

    async def _listen(self, body: Json, ack: Any, respond: Any, client: Any) -> None:
        self.heard.append(body)
        if self.handle is None:
            await ack()
        else:
            await self.handle(Heard(body, ack, respond, client))


def client_of(slack: Slack, team: Team) -> AsyncWebClient:
    """Return a client with a team's token."""
    return AsyncWebClient(team.bot_token, base_url=slack.api)


@asynccontextmanager
async def running(slack: Slack, team: Team) -> AsyncIterator[Bot]:
    """Have the app connected while the block runs."""
    bot = Bot(AsyncApp(client=client_of(slack, team)))
    handler = AsyncSocketModeHandler(bot.app, slack.app_token, ping_interval=0.2)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.connected()
    try:
        yield bot
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


def opening(view: Json) -> Handle:
    """Open this view."""

    async def handle(heard: Heard) -> None:
        await heard.client.views_open(trigger_id=heard.body["trigger_id"], view=view)
        await heard.ack()

    return handle


def saying(text: str, **more: Any) -> Handle:
    """Say this at the response_url."""

    async def handle(heard: Heard) -> None:
        await heard.ack()
        await heard.respond(text=text, **more)

    return handle
