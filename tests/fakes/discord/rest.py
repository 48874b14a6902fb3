"""The REST side: faults, token, limits, the form of things, and then what is asked."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from tests.fakes.discord import account_routes as account
from tests.fakes.discord import channel_routes as channels
from tests.fakes.discord import event_routes as events
from tests.fakes.discord import interaction_routes as interactions
from tests.fakes.discord import pin_routes as pins
from tests.fakes.discord import thread_routes as threads
from tests.fakes.discord.buckets import Buckets, too_many
from tests.fakes.discord.faults import Fault, Faults
from tests.fakes.discord.openapi import problems
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request, read
from tests.fakes.discord.world import World

BASE: Final = "/api/v10"
_MOST_INVALID: Final = 50
_INVALID: Final = (401, 403, 429)
_LATE, _TWICE, _OVER, _EMPTY, _FORM = 10062, 40060, 50027, 50006, 50035

Handler = Callable[[World, Request], Awaitable[Answer]]

_ROUTES: Final[Mapping[str, Handler]] = {
    "GET /users/@me": account.me,
    "GET /oauth2/applications/@me": account.application,
    "GET /applications/@me": account.application,
    "GET /gateway": account.gateway,
    "GET /gateway/bot": account.gateway_bot,
    "GET /applications/{application}/commands": account.get_commands,
    "PUT /applications/{application}/commands": account.put_commands,
    "GET /applications/{application}/guilds/{guild}/commands": account.get_commands,
    "PUT /applications/{application}/guilds/{guild}/commands": account.put_commands,
    "POST /users/@me/channels": channels.create_direct,
    "DELETE /users/@me/guilds/{guild}": account.leave_guild,
    "GET /users/{user}": account.get_user,
    "GET /guilds/{guild}": account.get_guild,
    "GET /guilds/{guild}/channels": account.get_channels,
    "GET /guilds/{guild}/roles": account.get_roles,
    "GET /guilds/{guild}/audit-logs": account.audit_log,
    "GET /guilds/{guild}/members/{user}": account.get_member,
    "GET /guilds/{guild}/scheduled-events": events.listed,
    "POST /guilds/{guild}/scheduled-events": events.create,
    "PATCH /guilds/{guild}/scheduled-events/{event}": events.change,
    "DELETE /guilds/{guild}/scheduled-events/{event}": events.delete,
    "GET /channels/{channel}": channels.get_channel,
    "PATCH /channels/{channel}": threads.change_thread,
    "GET /channels/{channel}/messages": channels.history,
    "POST /channels/{channel}/messages": channels.create_message,
    "GET /channels/{channel}/messages/{message}": channels.get_message,
    "PATCH /channels/{channel}/messages/{message}": channels.edit_message,
    "DELETE /channels/{channel}/messages/{message}": channels.delete_message,
    "PUT /channels/{channel}/messages/pins/{message}": pins.pin,
    "DELETE /channels/{channel}/messages/pins/{message}": pins.unpin,
    "POST /channels/{channel}/threads": threads.create_thread,
    "POST /channels/{channel}/messages/{message}/threads": threads.begin_thread,
    "GET /guilds/{guild}/threads/active": threads.active_threads,
    "POST /interactions/{interaction}/{token}/callback": interactions.callback,
    "POST /webhooks/{application}/{token}": interactions.follow_up,
    "GET /webhooks/{application}/{token}/messages/{message}": interactions.get,
    "PATCH /webhooks/{application}/{token}/messages/{message}": interactions.edit,
    "DELETE /webhooks/{application}/{token}/messages/{message}": interactions.delete,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request that came, and what was answered.

    Attributes:
        status: 0 where no answer went out.

        at: By the handed-in clock.
    """

    method: str
    path: str
    query: Mapping[str, str]
    payload: Any
    files: tuple[str, ...]
    status: int
    at: datetime
    came_s: float


class Rest:
    """Answers requests."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._patterns = {route: _pattern(route) for route in _ROUTES}
        self.closing = asyncio.Event()
        self.buckets = Buckets(world.clock, asyncio.get_running_loop().time)
        self.requests: list[Recorded] = []
        self.checks = True
        self.invalid = 0
        self.rate_limited = 0

    async def serve(self, raw: web.Request) -> web.StreamResponse:
        """Answer one request, or do not."""
        came_s = asyncio.get_running_loop().time()
        path = raw.path.removeprefix(BASE)
        label = f"{raw.method} {path}"
        try:
            request = await read(raw, path)
        except RefusalError as refusal:
            self._world.blame(f"{label}: {refusal}")
            return Answer(refusal.status, refusal.json()).response()
        delay_s = self._faults.delay_s(label)
        await self._wait(delay_s / 2)
        fault = self._faults.pick(label)
        answer = await self._befall(fault, raw, request)
        await self._wait(delay_s / 2)
        self._record(request, answer, came_s)
        if answer is None:
            if raw.transport is not None:
                raw.transport.abort()
            return web.Response(status=500)
        return answer.response()

    async def _wait(self, wait_s: float) -> None:
        if wait_s <= 0:
            return
        try:
            async with asyncio.timeout(wait_s):
                await self.closing.wait()
        except TimeoutError:
            return

    async def _befall(
        self, fault: Fault | None, raw: web.Request, request: Request
    ) -> Answer | None:
        if fault is None:
            return await self._answer(raw, request)
        if fault.kind == "status":
            usual = RefusalError(0, status=fault.status).json()
            return Answer(fault.status, usual if fault.body is None else fault.body)
        if fault.kind == "limit":
            return too_many(fault.wait_s, fault.scope, {})
        answer = None
        if fault.accept and not fault.late:
            answer = await self._answer(raw, request)
        await self._wait(fault.wait_s)
        if fault.accept and fault.late and not self.closing.is_set():
            answer = await self._answer(raw, request)
        return None if fault.kind == "reset" else answer

    async def _answer(self, raw: web.Request, request: Request) -> Answer:
        route, ids = self._route(request)
        if route is None:
            self._world.blame(
                f"{request.method} {request.path}: Discord has no such route"
            )
            return Answer(404, RefusalError(0, status=404).json())
        if not self._knows(raw, route):
            return Answer(401, RefusalError(0, status=401).json())
        headers, refused = self._limit(route, ids)
        if refused is not None:
            return refused
        request = replace(request, ids=ids)
        try:
            self._check(request)
            answer = await _ROUTES[route](self._world, request)
        except RefusalError as refusal:
            self._note(request, refusal)
            answer = Answer(refusal.status, refusal.json())
        self._check_own(request, answer)
        return replace(answer, headers=headers)

    def _route(self, request: Request) -> tuple[str | None, dict[str, str]]:
        label = f"{request.method} {request.path}"
        for route, pattern in self._patterns.items():
            match = pattern.fullmatch(label)
            if match:
                return route, match.groupdict()
        return None, {}

    def _knows(self, raw: web.Request, route: str) -> bool:
        if "{token}" in route:
            return True
        shown = raw.headers.get("Authorization")
        return shown == f"Bot {self._world.token}" and not self._world.revoked

    def _limit(
        self, route: str, ids: Mapping[str, str]
    ) -> tuple[dict[str, str], Answer | None]:
        place = next((ids[k] for k in ("token", "channel", "guild") if k in ids), "")
        if "{token}" not in route:
            refused = self.buckets.take_global()
            if refused is not None:
                return {}, refused
        return self.buckets.take(route, place)

    def _check(self, request: Request) -> None:
        """Judge the form of the request by Discord's own document."""
        if request.method in {"GET", "DELETE"} or not self.checks:
            return
        found = problems(f"{request.method} {request.path}", request.payload)
        if found:
            raise RefusalError(_FORM, found)

    def _note(self, request: Request, refusal: RefusalError) -> None:
        label = f"{request.method} {request.path}"
        late = refusal.code in {_LATE, _OVER} and not self._faults.excuse
        if late or refusal.code in {_TWICE, _EMPTY, _FORM}:
            self._world.blame(f"{label}: {refusal.code} {refusal}", refusal.code)

    def _check_own(self, request: Request, answer: Answer) -> None:
        """Judge our own answer in the same way."""
        if not self.checks:
            return
        body = answer.body
        if isinstance(body, dict):
            # The document has no form for reasons, nor for a forum post's message.
            left_out = {"errors"} if answer.status >= 400 else set()
            left_out |= {"message"} if answer.status == 201 else set()
            body = {key: body[key] for key in body if key not in left_out}
        label = f"{request.method} {request.path} {answer.status}"
        for line in problems(label, body):
            self._world.blame(f"the double itself: {label}: {line}")

    def _record(self, request: Request, answer: Answer | None, came_s: float) -> None:
        status = 0 if answer is None else answer.status
        shared = (
            answer is not None and answer.headers.get("X-RateLimit-Scope") == "shared"
        )
        self.rate_limited += status == 429
        self.invalid += status in _INVALID and not shared
        if status in _INVALID and self.invalid == _MOST_INVALID:
            self._world.blame(f"{_MOST_INVALID} invalid requests: a ban draws near")
        self.requests.append(
            Recorded(
                request.method,
                request.path,
                request.query,
                request.payload,
                tuple(file.name for file in request.files.values()),
                status,
                self._world.clock(),
                came_s,
            )
        )


def _pattern(route: str) -> re.Pattern[str]:
    method, path = route.split(" ")
    parts = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path)
    return re.compile(f"{method} {parts}")
