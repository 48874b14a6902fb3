"""Where what Slack sends comes in, over a socket or signed over HTTP: Bolt's app.

Whatever a payload is called, it goes to the desk as it came, and the desk says with
what Slack is to be acknowledged.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from enum import StrEnum

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.response import BoltResponse

from bot.adapters.slack.socket import NotTakenError
from bot.chat.raw import Json

log = logging.getLogger(__name__)

_MISSHAPEN = (AttributeError, IndexError, KeyError, TypeError, RecursionError)
"""What Bolt makes of JSON of another shape than Slack's."""

_OK, _UNAVAILABLE = 200, 503
_WITH_AN_ANSWER = frozenset({"slash_commands", "interactive"})
_TYPES = frozenset({*_WITH_AN_ANSWER, "events_api"})


class Kind(StrEnum):
    """What kind of thing happened."""

    COMMAND = "command"
    PRESS = "press"
    FORM = "form"
    CLOSED = "closed"
    SHORTCUT = "shortcut"
    TYPING = "typing"
    EVENT = "event"


_KINDS = {
    "block_actions": Kind.PRESS,
    "view_submission": Kind.FORM,
    "view_closed": Kind.CLOSED,
    "shortcut": Kind.SHORTCUT,
    "message_action": Kind.SHORTCUT,
    "block_suggestion": Kind.TYPING,
    "event_callback": Kind.EVENT,
}
"""By the type of the payload; a command has none."""

Take = Callable[[Kind, Json], Awaitable[Json | None]]
"""Takes a payload; returns what it is acknowledged with, None for nothing.

Raises `NotTakenError` where Slack is to deliver it again, and nothing else.
"""


class _Listener(AsyncMiddleware):
    """Takes every payload there is, but for Slack's question whose the address is.

    What Bolt does after this, its listeners among it, looks into a payload before it is
    asked to, and breaks on one that is not as it expects.
    """

    def __init__(self, take: Take) -> None:
        self._take = take

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002  the library hands it on
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002  ditto
    ) -> BoltResponse:
        """Return what Slack is to be answered."""
        if req.body.get("type") == "url_verification":
            return await next()
        kind = _kind_of(req.body)
        if kind is None:
            log.warning("a payload of no known kind")
            return BoltResponse(status=_OK, body="")
        try:
            answer = await self._take(kind, req.body)
        except NotTakenError as error:
            log.warning("not taken", extra={"reason": str(error)})
            return BoltResponse(status=_UNAVAILABLE, body="")
        return BoltResponse(status=_OK, body=answer if answer is not None else "")


class Door:
    """Sorts payloads."""

    def __init__(self, take: Take) -> None:
        # Signatures are verified before anything comes here, by a clock that is handed
        # in; whether a workspace has Laurel is for the desk to say, in words.
        self._app = AsyncApp(
            name="slack_bolt.laurel",  # the name of a logger that Bolt sets up
            process_before_response=True,
            before_authorize=_Listener(take),
            authorize=_let_in,
            request_verification_enabled=False,
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
            attaching_conversation_kwargs_enabled=False,
        )

    async def envelope(self, envelope: Json) -> Json | None:
        """Take what came over a socket; return what it is acknowledged with.

        Raises:
            NotTakenError: If it cannot be taken now.
        """
        payload, kind = envelope.get("payload"), envelope.get("type")
        if kind not in _TYPES or not isinstance(payload, dict):
            log.warning("an envelope of no known kind", extra={"kind": str(kind)})
            return None
        try:
            request = AsyncBoltRequest(mode="socket_mode", body=payload)
        except _MISSHAPEN:
            log.warning("a payload that is not of Slack's shape")
            return None
        answer = await self._app.async_dispatch(request)
        if answer.status != _OK:
            raise NotTakenError(f"status {answer.status}")
        if kind not in _WITH_AN_ANSWER or not answer.body:
            return None
        return _object_of(answer)

    async def request(self, body: str, content_type: str) -> BoltResponse:
        """Take what came over HTTP, and was verified; return Bolt's answer.

        Raises:
            ValueError: If it is nothing that Slack sends.
        """
        try:
            request = AsyncBoltRequest(
                mode="http", body=body, headers={"content-type": content_type}
            )
        except _MISSHAPEN as error:
            raise ValueError("not of Slack's shape") from error
        return await self._app.async_dispatch(request)


async def _let_in(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def _object_of(answer: BoltResponse) -> Json:
    """Return the JSON that Bolt would answer over HTTP."""
    found = json.loads(answer.body)
    return found if isinstance(found, dict) else {}


def _kind_of(body: Json) -> Kind | None:
    found = body.get("type")
    if found is None and isinstance(body.get("command"), str):
        return Kind.COMMAND
    return _KINDS.get(found) if isinstance(found, str) else None
