"""The gateway: sessions, heartbeats, shards, and what happened in between."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable
from typing import Final

from aiohttp import WSMsgType, web

from tests.fakes.discord.places import Json
from tests.fakes.discord.sessions import Connection, Session
from tests.fakes.discord.snowflakes import shard_of
from tests.fakes.discord.world import World

_HEARTBEAT, _IDENTIFY, _PRESENCE, _VOICE = 1, 2, 3, 4
_RESUME, _RECONNECT, _CHUNKS, _INVALID, _HELLO, _ACK = 6, 7, 8, 9, 10, 11
_MAX_BYTES: Final = 4096
_MAX_SENT: Final = 120
_MINUTE_S: Final = 60.0
_PRIVILEGED: Final = (1 << 1) | (1 << 8) | (1 << 15)
_CONTENT: Final = 1 << 15


class Gateway:
    """All connections and sessions."""

    def __init__(self, world: World, monotonic: Callable[[], float]) -> None:
        self._world = world
        self._monotonic = monotonic
        self._open: list[Connection] = []
        self._sessions: dict[str, Session] = {}
        self._identified: deque[tuple[int, float]] = deque()
        self.heartbeat_s = 41.25
        self.identify_gap_s = 5.0
        self.identifies = 0
        self.resumes = 0
        self.doubled = 0
        self.silent = False
        self.changed = asyncio.Event()
        world.tell = self.tell

    @property
    def connections(self) -> int:
        """How many connections have a session."""
        return sum(1 for each in self._open if each.session is not None)

    def tell(self, event: str, data: Json, *, guild: str | None = None) -> None:
        """Send an event to the sessions that asked for such."""
        twice = event == "INTERACTION_CREATE" and self.doubled > 0
        self.doubled -= twice
        for session in self._sessions.values():
            shard = shard_of(guild, session.shards) if guild else 0
            wanted = _intent(event, direct=guild is None)
            if session.shard != shard or wanted & session.intents != wanted:
                continue
            told = self._readable(session, event, data)
            for _ in range(1 + twice):
                session.push(event, told)

    def _readable(self, session: Session, event: str, data: Json) -> Json:
        if event not in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
            return data
        mine = data["author"]["id"] == self._world.me.id
        if mine or session.intents & _CONTENT or "guild_id" not in data:
            return data
        return {
            **data,
            "content": "",
            "embeds": [],
            "attachments": [],
            "components": [],
        }

    async def serve(self, raw: web.Request) -> web.WebSocketResponse:
        """Speak with one shard until it or we hang up."""
        socket = web.WebSocketResponse(autoping=True, max_msg_size=0)
        await socket.prepare(raw)
        connection = Connection(socket, raw.transport)
        self._open.append(connection)
        connection.expect(2 * self.heartbeat_s)
        if raw.query.get("v", "10") != "10":
            connection.out.put_nowait(4012)
        interval = int(self.heartbeat_s * 1000)
        connection.tell({"op": _HELLO, "d": {"heartbeat_interval": interval}})
        try:
            async with asyncio.TaskGroup() as tasks:
                pump = tasks.create_task(connection.pump())
                await self._listen(connection)
                pump.cancel()
        finally:
            connection.relax()
            self._open.remove(connection)
            if connection.session and connection.session.connection is connection:
                connection.session.connection = None
            self._changed()
        return socket

    def _changed(self) -> None:
        self.changed.set()
        self.changed = asyncio.Event()

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                connection.out.put_nowait(4002)
                continue
            code = self._allowed(connection, message.data)
            if code is None:
                code = self._take(connection, message.data)
            if code is not None:
                connection.out.put_nowait(code)

    def _allowed(self, connection: Connection, text: str) -> int | None:
        if len(text.encode()) > _MAX_BYTES:
            self._world.blame(f"gateway: a payload of {len(text.encode())} bytes")
            return 4002
        now = self._monotonic()
        connection.sent.append(now)
        while now - connection.sent[0] > _MINUTE_S:
            connection.sent.popleft()
        if len(connection.sent) > _MAX_SENT:
            self._world.blame("gateway: more than 120 events in a minute")
            return 4008
        return None

    def _take(self, connection: Connection, text: str) -> int | None:
        """Act on a payload; return the code to close with, if any."""
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError):
            return 4002
        if op == _HEARTBEAT:
            connection.expect(2 * self.heartbeat_s)
            if not self.silent:
                connection.tell({"op": _ACK})
        elif op == _IDENTIFY:
            return self._identify(connection, data)
        elif op == _RESUME:
            return self._resume(connection, data)
        elif op not in {_PRESENCE, _VOICE, _CHUNKS}:
            return 4001
        elif connection.session is None:
            return 4003
        elif op == _CHUNKS:
            self._chunks(connection.session, data)
        return None

    def _identify(self, connection: Connection, data: Json) -> int | None:
        if connection.session is not None:
            return 4005
        shard, shards = data.get("shard") or (0, 1)
        wrong = self._wrong(data, shard, shards)
        if wrong is not None:
            return wrong
        self.identifies += 1
        if self._too_soon(shard):
            connection.tell({"op": _INVALID, "d": False})
            return None
        made = Session(secrets.token_hex(16), shard, shards, data["intents"])
        self._sessions[made.id] = made
        connection.session, made.connection = made, connection
        self._welcome(made, data)
        self._changed()
        return None

    def _wrong(self, data: Json, shard: int, shards: int) -> int | None:
        if data.get("token") != self._world.token or self._world.revoked:
            return 4004
        if not 0 <= shard < shards:
            return 4010
        intents = data.get("intents")
        if not isinstance(intents, int):
            return 4013
        if intents & _PRIVILEGED and not self._world.reads_everything:
            return 4014
        return None

    def _too_soon(self, shard: int) -> bool:
        now = self._monotonic()
        key = shard % self._world.max_concurrency
        recent = [k for k, at in self._identified if now - at < self.identify_gap_s]
        self._identified.append((key, now))
        if self.identifies > 1000:
            self._world.blame("gateway: more than 1000 IDENTIFY in a day")
        if key in recent:
            self._world.blame(f"gateway: shard {shard} identifies too soon")
        return key in recent

    def _welcome(self, session: Session, data: Json) -> None:
        world = self._world
        mine = [
            guild
            for guild in world.guilds.values()
            if guild.bot_present and shard_of(guild.id, session.shards) == session.shard
        ]
        ready: Json = {
            "v": 10,
            "user": {**world.me.json(), "mfa_enabled": True, "verified": True},
            "guilds": [{"id": guild.id, "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": world.gateway,
            "application": {"id": world.application_id, "flags": 0},
            "private_channels": [],
        }
        if data.get("shard"):
            ready["shard"] = data["shard"]
        session.push("READY", ready)
        for guild in mine:
            if not guild.unavailable:
                session.push("GUILD_CREATE", guild.json())

    def _resume(self, connection: Connection, data: Json) -> int | None:
        if data.get("token") != self._world.token or self._world.revoked:
            return 4004
        known = self._sessions.get(data.get("session_id", ""))
        if known is None:
            connection.tell({"op": _INVALID, "d": False})
            return None
        sequence = data.get("seq") or 0
        if sequence > len(known.heard):
            return 4007
        self.resumes += 1
        if known.connection is not None:
            known.connection.out.put_nowait(4000)
        connection.session, known.connection = known, connection
        for text in known.heard[sequence:]:
            connection.out.put_nowait(text)
        known.push("RESUMED", {})
        self._changed()
        return None

    def _chunks(self, session: Session, data: Json) -> None:
        guild = self._world.guilds[str(data["guild_id"])]
        wanted = {str(each) for each in data.get("user_ids") or ()}
        found = [
            m.whole() for i, m in guild.members.items() if not wanted or i in wanted
        ]
        chunk: Json = {"guild_id": guild.id, "members": found}
        chunk |= {"chunk_index": 0, "chunk_count": 1}
        if "nonce" in data:
            chunk["nonce"] = data["nonce"]
        session.push("GUILD_MEMBERS_CHUNK", chunk)

    def cut(self) -> None:
        """Cut every connection."""
        for each in self._open:
            if each.session is not None:
                each.session.connection = None
            if each.transport is not None:
                each.transport.abort()

    def order(self, payload: Json) -> None:
        """Send a payload to every connection."""
        for each in self._open:
            each.tell(payload)

    def close(self, code: int) -> None:
        """Close every connection with a code."""
        for each in self._open:
            each.out.put_nowait(code)

    def invalidate(self, *, resumable: bool) -> None:
        """End every session, or ask for it to be resumed."""
        if not resumable:
            self._sessions.clear()
        self.order({"op": _INVALID, "d": resumable})

    def revoke(self) -> None:
        """Take the token away."""
        self._world.revoked = True
        self._sessions.clear()
        self.close(4004)


def _intent(event: str, *, direct: bool) -> int:
    if event.startswith("GUILD_MEMBER_"):
        return 1 << 1
    if event.startswith("MESSAGE_"):
        return 1 << (12 if direct else 9)
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return 1
    return 0
