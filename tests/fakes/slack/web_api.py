"""The Web API: faults, token, scopes, limits, and then the method itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from tests.fakes.discord.faults import Fault
from tests.fakes.slack import (
    app_methods,
    chat_methods,
    conversation_methods,
    file_methods,
    people_methods,
    pin_methods,
    response_urls,
    view_methods,
)
from tests.fakes.slack.befalling import Befalling, pause
from tests.fakes.slack.limits import Limits
from tests.fakes.slack.places import Grant
from tests.fakes.slack.refusal import BLAMED, RefusalError
from tests.fakes.slack.wire import Answer, Call, read
from tests.fakes.slack.world import World

Method = Callable[[World, Call], dict[str, Any]]

METHODS: Final[Mapping[str, Method]] = {
    **app_methods.METHODS,
    **chat_methods.METHODS,
    **conversation_methods.METHODS,
    **file_methods.METHODS,
    **people_methods.METHODS,
    **pin_methods.METHODS,
    **view_methods.METHODS,
}

SCOPES: Final[Mapping[str, str]] = {
    "bots.info": "users:read",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.delete": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "pins.add": "pins:write",
    "pins.remove": "pins:write",
    "team.info": "team:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
    "users.list": "users:read",
}
"""What each method wants; conversations.* ask by the channel's kind themselves."""

_NO_TOKEN: Final = frozenset({"oauth.v2.access"})
_APP_TOKEN: Final = frozenset({"apps.connections.open"})
_AUTH: Final = frozenset(
    {"account_inactive", "invalid_auth", "not_authed", "token_revoked"}
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request that came, and what was answered.

    Attributes:
        method: The Web API's, ``response_url`` or ``upload``.

        status: 0 where no answer went out.

        error: Slack's word; empty where all went well.

        at: By the handed-in clock.
    """

    method: str
    args: Mapping[str, Any]
    team_id: str
    status: int
    error: str
    at: datetime
    came_s: float


class WebApi:
    """Answers calls."""

    def __init__(self, world: World, befalling: Befalling) -> None:
        self._world = world
        self._befalling = befalling
        self.limits = Limits(world.clock, world.monotonic)
        self.closing = asyncio.Event()
        self.requests: list[Recorded] = []
        self.rate_limited = 0
        self.invalid = 0
        self.connect: Callable[[], str] = str

    async def serve(self, raw: web.Request) -> web.StreamResponse:
        """Answer a call of the Web API."""
        return await self._serve(raw, raw.match_info["method"], self._answer)

    async def respond(self, raw: web.Request) -> web.StreamResponse:
        """Take an answer at a response_url."""
        return await self._serve(raw, "response_url", self._respond)

    async def upload(self, raw: web.Request) -> web.StreamResponse:
        """Take the content of a file."""
        return await self._serve(raw, "upload", self._upload)

    async def _serve(
        self,
        raw: web.Request,
        label: str,
        act: Callable[[web.Request, Call], Awaitable[Answer]],
    ) -> web.StreamResponse:
        came_s = self._world.monotonic()
        call = Call(label, {}, "")
        refused: Answer | None = None
        try:
            if label != "upload":
                call = await read(raw, label)
                call = replace(call, grant=self._world.grants.get(call.token))
        except RefusalError as refusal:
            refused = self._refused(call, refusal)
        delay_s = self._befalling.delay_s(label)
        await pause(delay_s / 2, self.closing)
        fault = self._befalling.pick(label)

        async def acted() -> Answer:
            return refused or await act(raw, call)

        answer = await self._befall(fault, acted)
        await pause(delay_s / 2, self.closing)
        self._record(call, answer, came_s)
        if answer is None:
            if raw.transport is not None:
                raw.transport.abort()
            return web.Response(status=500)
        return answer.response()

    async def _befall(
        self, fault: Fault | None, acted: Callable[[], Awaitable[Answer]]
    ) -> Answer | None:
        if fault is None:
            return await acted()
        if fault.kind == "status":
            said = "" if fault.body is None else fault.body
            return Answer(said, fault.status)
        if fault.kind == "limit":
            return _too_many(fault.wait_s)
        answer = None
        if fault.accept and not fault.late:
            answer = await acted()
        await pause(fault.wait_s, self.closing)
        if fault.accept and fault.late and not self.closing.is_set():
            answer = await acted()
        return None if fault.kind == "reset" else answer

    async def _answer(self, raw: web.Request, call: Call) -> Answer:
        try:
            told = self._called(call)
        except RefusalError as refusal:
            return self._refused(call, refusal)
        except _EarlyError as early:
            return _too_many(early.wait_s)
        scopes = call.grant.scopes if call.grant else frozenset()
        wanted = SCOPES.get(call.method, "")
        headers = {"X-OAuth-Scopes": ",".join(sorted(scopes))}
        headers["X-Accepted-OAuth-Scopes"] = wanted
        return Answer({"ok": True, **told}, headers=headers)

    def _called(self, call: Call) -> dict[str, Any]:
        method = METHODS.get(call.method)
        if method is None:
            raise RefusalError("unknown_method", req_method=call.method)
        if call.method in _APP_TOKEN:
            return self._connected(call)
        if call.method in _NO_TOKEN:
            return method(self._world, call)
        grant = self._known(call)
        tight = self._world.profile_history == "limited"
        wait_s = self.limits.method(call.method, grant.team_id, tight=tight)
        place = ""
        if call.method == "chat.postMessage":
            place = chat_methods.place(self._world, call, str(call.args.get("channel")))
            wait_s = wait_s or self.limits.early(place)
        if wait_s is not None:
            raise _EarlyError(wait_s)
        told = method(self._world, call)
        if place:
            self.limits.message(place)
        return told

    def _known(self, call: Call) -> Grant:
        grant = call.grant
        if not call.token:
            raise RefusalError("not_authed")
        if call.token in self._world.revoked:
            raise RefusalError("token_revoked")
        if grant is None:
            raise RefusalError("invalid_auth")
        scope = SCOPES.get(call.method)
        if scope is not None:
            call.need(scope)
        return grant

    def _connected(self, call: Call) -> dict[str, Any]:
        if call.token != self._world.app.app_token:
            raise RefusalError("invalid_auth" if call.token else "not_authed")
        wait_s = self.limits.method(call.method, "", tight=False)
        if wait_s is not None:
            raise _EarlyError(wait_s)
        return {"url": self.connect()}

    async def _respond(self, raw: web.Request, call: Call) -> Answer:
        try:
            response_urls.answer(self._world, raw.path, call.args)
        except RefusalError as refusal:
            answer = self._refused(call, refusal)
            missing = refusal.word in {"expired_url", "no_such_url", "used_url"}
            return replace(answer, status=404 if missing else 400)
        return Answer("ok")

    async def _upload(self, raw: web.Request, call: Call) -> Answer:
        try:
            size = await file_methods.receive(self._world, raw)
        except RefusalError as refusal:
            self._refused(call, refusal)
            return Answer(refusal.word, 400)
        return Answer(f"OK - {size}")

    def _refused(self, call: Call, refusal: RefusalError) -> Answer:
        if refusal.word in BLAMED and not refusal.quiet:
            self._world.blame(f"{call.method}: {refusal}", refusal.word)
        return Answer(refusal.json())

    def _record(self, call: Call, answer: Answer | None, came_s: float) -> None:
        status = 0 if answer is None else answer.status
        error = answer.error if answer is not None else ""
        self.rate_limited += status == 429
        self.invalid += status == 429 or error in _AUTH
        team_id = call.grant.team_id if call.grant else ""
        at = self._world.clock()
        self.requests.append(
            Recorded(call.method, call.args, team_id, status, error, at, came_s)
        )


class _EarlyError(Exception):
    """A call that comes too soon."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(wait_s)
        self.wait_s = wait_s


def _too_many(wait_s: float) -> Answer:
    headers = {"Retry-After": str(max(1, round(wait_s)))}
    return Answer({"ok": False, "error": "ratelimited"}, 429, headers)
