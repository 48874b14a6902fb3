"""One request and its answer, as the handlers of the double see them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord.places import Json
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.world import Upload


@dataclass(frozen=True, slots=True)
class Request:
    """What the bot asked for.

    Attributes:
        path: Below ``/api/v10``.

        ids: What stands at the places that the route's path names.

        payload: JSON; None where no body came.

        files: What was uploaded with it, by its number.
    """

    method: str
    path: str
    query: Mapping[str, str]
    payload: Any
    files: Mapping[str, Upload] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def body(self) -> Json:
        """The payload, where it must be an object.

        Raises:
            RefusalError: If it is not.
        """
        if not isinstance(self.payload, dict):
            raise RefusalError(50035, ["(whole): an object is expected"])
        return self.payload


@dataclass(frozen=True, slots=True)
class Answer:
    """What the double says."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """Return it for the wire; its JSON without a charset, as Discord's."""
        headers = {"Via": "1.1 google", **self.headers}
        if self.status == 204:
            return web.Response(status=204, headers=headers)
        if isinstance(self.body, str):
            return web.Response(
                status=self.status,
                text=self.body,
                content_type="text/html",
                headers=headers,
            )
        return web.Response(
            status=self.status,
            body=json.dumps(self.body).encode(),
            content_type="application/json",
            headers=headers,
        )


class _BadPartError(ValueError):
    """A part of a form that Discord does not know."""


async def read(raw: web.Request, path: str) -> Request:
    """Return the request, with the files of a multipart form beside its JSON.

    Raises:
        RefusalError: If the body is not what its type says.
    """
    files: dict[str, Upload] = {}
    payload: Any = None
    try:
        if raw.content_type == "multipart/form-data":
            payload, files = await _parts(raw)
        elif raw.can_read_body:
            payload = json.loads(await raw.read())
    except ValueError as error:
        raise RefusalError(50035, [f"the body cannot be read: {error}"]) from error
    return Request(raw.method, path, dict(raw.query), payload, files)


async def _parts(raw: web.Request) -> tuple[Any, dict[str, Upload]]:
    payload: Any = None
    files: dict[str, Upload] = {}
    async for part in await raw.multipart():
        if not isinstance(part, BodyPartReader):
            raise _BadPartError("a form within a form")
        content = bytes(await part.read(decode=False))
        name = part.name or ""
        if name == "payload_json":
            payload = json.loads(content)
        elif name.startswith("files["):
            media = part.headers.get("Content-Type", "application/octet-stream")
            number = name.removeprefix("files[").removesuffix("]")
            files[number] = Upload(part.filename or "unknown", media, content)
        else:
            raise _BadPartError(f"unknown part {name!r}")
    return payload, files
