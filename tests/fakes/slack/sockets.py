"""Socket Mode: envelopes down, acknowledgements up, over several connections."""

from __future__ import annotations

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.fakes.slack.deeds import PATIENCE_S
from tests.fakes.slack.places import Json
from tests.fakes.slack.world import Ack, World

MOST: Final = 10
_ANSWERABLE: Final = frozenset({"interactive", "slash_commands"})


@dataclass(eq=False, slots=True)
class Connection:
    """One websocket of the app's.

    Attributes:
        leaving: Whether it was told to go; nothing more is sent to it then.

        silent: Whether it only seems to stand: nothing comes or goes, pongs included.
    """

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    id: str = field(default_factory=lambda: f"applink-{secrets.token_hex(4)}")
    leaving: bool = False
    silent: bool = False
    waiting: dict[str, asyncio.Future[Json | None]] = field(default_factory=dict)

    async def send(self, payload: Json) -> None:
        """Send something; nothing where it is closed."""
        if not self.socket.closed and not self.silent:
            await self.socket.send_str(json.dumps(payload))


class Sockets:
    """Holds the connections, and sends each envelope to one of them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tickets: set[str] = set()
        self._open: list[Connection] = []
        self._turn = 0
        self._taken: set[str] = set()
        self.changed = asyncio.Event()
        self.opened = 0
        self.pings = 0

    @property
    def connections(self) -> int:
        """How many connections stand and are to stay."""
        return sum(not each.leaving for each in self._open)

    def ticket(self) -> str:
        """Return a ticket for one connection."""
        made = secrets.token_hex(16)
        self._tickets.add(made)
        return made

    async def serve(self, raw: web.Request) -> web.StreamResponse:
        """Hold a connection until it ends."""
        ticket = raw.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(raw)
        connection = Connection(socket, raw.transport)
        if len(self._open) >= MOST:
            await self.dismiss(connection, "too_many_websockets")
            await socket.close()
            return socket
        self._open.append(connection)
        self._tell()
        try:
            await connection.send(self._hello(connection))
            await self._listen(connection)
        except ConnectionError:
            pass
        finally:
            self._forget(connection)
        return socket

    def _hello(self, connection: Connection) -> Json:
        self.opened += 1
        return {
            "type": "hello",
            "num_connections": len(self._open),
            "debug_info": {"host": connection.id, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._world.app.id},
        }

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.PING:
                self.pings += 1
                if not connection.silent:
                    await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT and not connection.silent:
                self._take(connection, message.data)

    def _take(self, connection: Connection, text: str) -> None:
        try:
            told = json.loads(text)
            envelope_id = told["envelope_id"]
        except (ValueError, KeyError, TypeError):
            self._world.blame(f"Socket Mode takes acknowledgements, not {text[:80]!r}")
            return
        future = connection.waiting.pop(envelope_id, None)
        if future is None:
            known = envelope_id in self._taken
            said = "is acknowledged twice" if known else "was never sent here"
            if not self._world.excused():
                self._world.blame(f"envelope {envelope_id} {said}", "acknowledged")
        elif not future.done():
            self._taken.add(envelope_id)
            future.set_result(told.get("payload") or {})

    async def deliver(
        self, kind: str, payload: Json, attempt: int = 0, reason: str = ""
    ) -> Ack | None:
        """Send an envelope to one connection; None if nobody acknowledges it."""
        connection = self._next()
        if connection is None:
            return None
        envelope: Json = {"envelope_id": str(uuid4()), "type": kind}
        envelope |= {"payload": payload}
        envelope["accepts_response_payload"] = kind in _ANSWERABLE
        if kind == "events_api":
            retried = "timeout" if attempt else ""
            envelope |= {"retry_attempt": attempt, "retry_reason": retried}
        began_s = self._world.monotonic()
        future: asyncio.Future[Json | None]
        future = asyncio.get_running_loop().create_future()
        connection.waiting[envelope["envelope_id"]] = future
        try:
            await connection.send(envelope)
            async with asyncio.timeout(PATIENCE_S):
                answer = await future
        except (TimeoutError, ConnectionError):
            return None
        finally:
            connection.waiting.pop(envelope["envelope_id"], None)
        if answer is None:
            return None
        return Ack(answer or None, self._world.monotonic() - began_s)

    def _next(self) -> Connection | None:
        staying = [each for each in self._open if not each.leaving] or self._open
        if not staying:
            return None
        self._turn += 1
        return staying[self._turn % len(staying)]

    def silence(self, *, silent: bool) -> None:
        """Let the connections that stand say nothing more, or end that."""
        for each in self._open:
            each.silent = silent

    @property
    def silent(self) -> bool:
        """Whether a connection only seems to stand."""
        return any(each.silent for each in self._open)

    async def dismiss(self, connection: Connection, reason: str) -> None:
        """Tell a connection that it is over, or soon will be."""
        debug = {"host": connection.id}
        told = {"type": "disconnect", "reason": reason, "debug_info": debug}
        await connection.send(told)

    async def disconnect(self, reason: str, grace_s: float) -> None:
        """Tell every connection to go, and close what is still there after a while."""
        every = list(self._open)
        for each in every:
            await self.dismiss(each, reason)
            each.leaving = reason != "warning"
        if reason == "warning":
            return
        await asyncio.sleep(grace_s)
        for each in every:
            await each.socket.close()

    def cut(self) -> None:
        """Cut every connection without a word."""
        for each in list(self._open):
            if each.transport is not None:
                each.transport.abort()
            self._forget(each)

    def _forget(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
        for future in connection.waiting.values():
            if not future.done():
                future.set_result(None)
        self._tell()

    def _tell(self) -> None:
        self.changed.set()
        self.changed.clear()
