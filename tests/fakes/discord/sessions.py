"""A shard's session, which outlives its connections."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord.places import Json


@dataclass(eq=False, slots=True)
class Session:
    """What a shard has heard, kept for when it comes back."""

    id: str
    shard: int
    shards: int
    intents: int
    heard: list[str] = field(default_factory=list)
    connection: Connection | None = None

    def push(self, event: str, data: Any) -> None:
        """Send an event, now or when the shard resumes."""
        sequence = len(self.heard) + 1
        told = {"op": 0, "s": sequence, "t": event, "d": data}
        self.heard.append(json.dumps(told))
        if self.connection is not None:
            self.connection.out.put_nowait(self.heard[-1])


@dataclass(eq=False, slots=True)
class Connection:
    """One socket."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport | None
    out: asyncio.Queue[str | int] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    sent: deque[float] = field(default_factory=deque)
    deadline: asyncio.TimerHandle | None = None

    async def pump(self) -> None:
        """Send what waits until the other side is gone; a number is a code to close."""
        with suppress(ConnectionError):
            while True:
                item = await self.out.get()
                if isinstance(item, int):
                    await self.socket.close(code=item)
                    return
                await self.socket.send_str(item)

    def expect(self, within_s: float) -> None:
        """Hang up unless this is called again in time."""
        loop = asyncio.get_running_loop()
        self.relax()
        self.deadline = loop.call_later(within_s, self.out.put_nowait, 4009)

    def relax(self) -> None:
        """Expect nothing more."""
        if self.deadline is not None:
            self.deadline.cancel()

    def tell(self, payload: Json) -> None:
        """Send a payload."""
        self.out.put_nowait(json.dumps(payload))
