"""One call and its answer, as the methods of the double see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import BasicAuth, web

from tests.fakes.slack.places import Grant, Json
from tests.fakes.slack.refusal import RefusalError

_STRUCTURED: Final = frozenset(
    {"attachments", "blocks", "files", "metadata", "unfurls", "view"}
)


@dataclass(frozen=True, slots=True)
class Call:
    """What the bot asked for.

    Attributes:
        grant: Whose token it came with; None for methods that want none.
    """

    method: str
    args: Json
    token: str
    grant: Grant | None = None

    @property
    def whose(self) -> Grant:
        """The grant, where there must be one.

        Raises:
            RefusalError: If no token came.
        """
        if self.grant is None:
            raise RefusalError("not_authed")
        return self.grant

    def need(self, scope: str) -> None:
        """Refuse what the app was not let in for.

        Raises:
            RefusalError: If it was not.
        """
        held = self.whose.scopes
        if scope not in held:
            told = ",".join(sorted(held))
            raise RefusalError("missing_scope", needed=scope, provided=told)

    def text(self, name: str) -> str:
        """Return an argument that must be there.

        Raises:
            RefusalError: If it is not.
        """
        found = self.args.get(name)
        if not isinstance(found, str) or not found:
            raise RefusalError("invalid_arguments", [f"missing required field: {name}"])
        return found

    def flag(self, name: str) -> bool:
        """Return a yes or no, as JSON or a form says it."""
        return self.args.get(name) in {True, "true", "1"}

    def number(self, name: str, otherwise: int) -> int:
        """Return a whole number.

        Raises:
            RefusalError: If it is none.
        """
        try:
            return int(self.args.get(name) or otherwise)
        except (TypeError, ValueError) as error:
            why = [f"{name} is no number"]
            raise RefusalError("invalid_arguments", why) from error


@dataclass(frozen=True, slots=True)
class Answer:
    """What the double says."""

    body: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """Return it for the wire; text goes as a page."""
        if isinstance(self.body, str):
            return web.Response(
                status=self.status,
                text=self.body,
                content_type="text/html",
                headers=self.headers,
            )
        return web.Response(
            status=self.status,
            text=json.dumps(self.body),
            content_type="application/json",
            charset="utf-8",
            headers=self.headers,
        )

    @property
    def error(self) -> str:
        """Slack's word, where it is a no."""
        return str(self.body.get("error", "")) if isinstance(self.body, dict) else ""


async def read(raw: web.Request, method: str) -> Call:
    """Return the call, its arguments from wherever they came.

    Raises:
        RefusalError: If the body is not what its type says.
    """
    args: Json = dict(raw.query)
    try:
        if raw.content_type == "application/json":
            args |= json.loads(await raw.text() or "{}")
        elif raw.can_read_body:
            args |= {name: str(value) for name, value in (await raw.post()).items()}
        for name in _STRUCTURED & args.keys():
            if isinstance(args[name], str):
                args[name] = json.loads(args[name])
    except (TypeError, ValueError) as error:
        raise RefusalError("invalid_json", [str(error)]) from error
    shown = raw.headers.get("Authorization", "")
    if shown.startswith("Basic "):  # an app's own id and secret
        app = BasicAuth.decode(shown)
        args |= {"client_id": app.login, "client_secret": app.password}
        shown = ""
    token = shown.removeprefix("Bearer ") or str(args.pop("token", ""))
    args.pop("token", None)
    return Call(method, args, token)
