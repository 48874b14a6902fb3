"""A double of Discord with a guild in it, one of Slack with a team, and their bots."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from tests.fakes import slack as slacks
from tests.fakes.discord import Actor, Channel, Discord, Guild, Json, Shown, doubled
from tests.fakes.slack.raw import Raw
from tests.harness import Clock


@dataclass(frozen=True, slots=True)
class Reply:
    """What the double answered."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> int:
        """Discord's own error code."""
        return int(self.body["code"])


@dataclass(slots=True)
class Shard:
    """A bot's side of the gateway, by hand."""

    socket: aiohttp.ClientWebSocketResponse
    heard: list[Json] = field(default_factory=list)

    async def tell(self, op: int, data: Any) -> None:
        """Send a payload."""
        await self.socket.send_str(json.dumps({"op": op, "d": data}))

    async def next(self) -> Json:
        """Return the next payload; ``{"closed": code}`` at the end."""
        async with asyncio.timeout(5):
            message = await self.socket.receive()
        if message.type is not aiohttp.WSMsgType.TEXT:
            return {"closed": self.socket.close_code}
        payload: Json = json.loads(message.data)
        self.heard.append(payload)
        return payload

    async def until(self, event: str) -> Json:
        """Return the data of the next event of this name."""
        while True:
            payload = await self.next()
            assert "closed" not in payload, payload
            if payload.get("t") == event:
                data: Json = payload["d"]
                return data


@dataclass(slots=True)
class Hand:
    """A bot that asks for exactly what a test wants."""

    discord: Discord
    session: aiohttp.ClientSession
    shards: list[Shard] = field(default_factory=list)

    async def ask(
        self,
        method: str,
        path: str,
        payload: Any = None,
        files: Mapping[str, bytes] | None = None,
        token: str | None = None,
    ) -> Reply:
        """Send a request and read the answer."""
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        body: Any = {} if payload is None else {"json": payload}
        if files:
            form = aiohttp.FormData(quote_fields=False)
            form.add_field("payload_json", json.dumps(payload))
            for number, (name, content) in enumerate(files.items()):
                part = io.BytesIO(content)
                form.add_field(f"files[{number}]", part, filename=name)
            body = {"data": form}
        url = f"{self.discord.api}{path}"
        async with self.session.request(method, url, headers=headers, **body) as got:
            text = await got.text()
            read = json.loads(text) if got.content_type == "application/json" else text
            return Reply(got.status, read, got.headers)

    async def post(self, channel: Channel, payload: Json, **more: Any) -> Reply:
        """Post a message."""
        path = f"/channels/{channel.id}/messages"
        return await self.ask("POST", path, payload, **more)

    async def answer(self, told: Json, kind: int, data: Json | None = None) -> Reply:
        """Answer an interaction."""
        path = f"/interactions/{told['id']}/{told['token']}/callback?with_response=1"
        body = {"type": kind} if data is None else {"type": kind, "data": data}
        return await self.ask("POST", path, body)

    def original(self, told: Json) -> str:
        """Return the path of the first answer."""
        application = self.discord.application_id
        return f"/webhooks/{application}/{told['token']}/messages/@original"

    async def publish(self, *commands: Json) -> None:
        """Register commands."""
        path = f"/applications/{self.discord.application_id}/commands"
        reply = await self.ask("PUT", path, list(commands))
        assert 200 == reply.status, reply.body

    async def during(
        self,
        deed: Coroutine[Any, Any, Shown],
        act: Callable[[Json], Awaitable[object]],
    ) -> Shown:
        """Let somebody do something, act on it as the bot, and return what they see."""
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(deed)
            await act(await self.shards[0].until("INTERACTION_CREATE"))
        return waiting.result()

    async def dial(self) -> Shard:
        """Open a connection to the gateway, past its HELLO."""
        socket = await self.session.ws_connect(f"{self.discord.gateway}?v=10")
        shard = Shard(socket)
        self.shards.append(shard)
        assert 10 == (await shard.next())["op"]
        return shard

    async def connect(self, intents: int = 1, **more: Any) -> Shard:
        """Open a connection and identify."""
        shard = await self.dial()
        who = {"token": self.discord.token, "intents": intents, "properties": {}}
        await shard.tell(2, {**who, **more})
        await shard.until("READY")
        return shard


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def discord(clock: Clock) -> AsyncIterator[Discord]:
    """A double; what a test does not look at among its findings fails it."""
    async with doubled(clock) as discord:
        yield discord
        assert [] == discord.findings


@pytest.fixture
def guild(discord: Discord) -> Guild:
    return discord.add_guild("Willow", owner="Ada Bright")


@pytest.fixture
def ana(guild: Guild) -> Actor:
    return guild.add_member("Ana Souza")


@pytest.fixture
def bo(guild: Guild) -> Actor:
    return guild.add_member("Bo", locale="es-ES")


@pytest.fixture
async def hand(discord: Discord, guild: Guild) -> AsyncIterator[Hand]:
    async with aiohttp.ClientSession() as session:
        hand = Hand(discord, session)
        yield hand
        for shard in hand.shards:
            await shard.socket.close()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[slacks.Slack]:
    """A double; what a test does not look at among its findings fails it."""
    async with slacks.doubled(clock) as slack:
        yield slack
        assert [] == slack.findings


@pytest.fixture
def team(slack: slacks.Slack) -> slacks.Team:
    return slack.add_team("Willow")


@pytest.fixture
def mia(team: slacks.Team) -> slacks.Actor:
    return team.add_member("Mia Lund")


@pytest.fixture
def gil(team: slacks.Team) -> slacks.Actor:
    return team.add_member("Gil Prado", locale="es-ES")


@pytest.fixture
async def raw(slack: slacks.Slack, team: slacks.Team) -> AsyncIterator[Raw]:
    async with aiohttp.ClientSession() as session:
        raw = Raw(slack, team, session)
        yield raw
        for link in raw.links:
            await link.socket.close()
