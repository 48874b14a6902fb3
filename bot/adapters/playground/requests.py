"""What a browser asks for, read once: who is acted as, where, and what was sent."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from aiohttp import BodyPartReader, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.answers import Filled
from bot.adapters.playground.desk import Doing, operation
from bot.adapters.playground.forms import Blank
from bot.adapters.playground.records import Directory, Post, Resident
from bot.adapters.playground.visit import Visit
from bot.chat.fields import Upload
from bot.chat.message import Action, UnknownActionError
from bot.domain.words import clean

BODY_WITHIN_S = 10.0
"""How long a form may take until all of it is there; files are few and small."""

_MAX_PARTS = 1_000
_NUMBER = re.compile(r"[0-9]{1,18}")
_OWN = "laurel."
"""What the names of a form's own inputs begin with; no field's name has a dot."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form or a press sent."""

    filled: Filled

    def own(self, name: str) -> str:
        """Return one of the form's own inputs; empty where it is missing."""
        return self.filled.first(_OWN + name)


def number_in(text: str) -> int | None:
    """Return the id or revision that ``text`` is; None where it is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def resident_of(known: Directory, member_id: str) -> Resident:
    """Return whom the address acts as.

    Raises:
        aiohttp.web.HTTPNotFound: If nobody here has this id.
    """
    resident = known.people.get(member_id)
    if resident is None or not resident.person.here or resident.person.bot:
        raise web.HTTPNotFound
    return resident


async def visit_of(playground: Playground, request: web.Request) -> Visit:
    """Return whom and where the address names.

    Raises:
        aiohttp.web.HTTPNotFound: If there is no such member, or no such room for them,
            or no such message to be looked under.
    """
    known = await playground.store.directory()
    resident = resident_of(known, request.match_info["member"])
    room = known.room_for(resident.person, request.match_info["room"])
    if room is None:
        raise web.HTTPNotFound
    now = playground.clock.now()
    visit = Visit(playground.catalogue, known, resident, room, now)
    root = request.match_info.get("thread")
    if root is None:
        return visit
    post = await post_of(playground, visit, root)
    if post is None or post.draft.room != room.ref or post.draft.under is not None:
        raise web.HTTPNotFound
    return replace(visit, under=post.id)


async def post_of(playground: Playground, visit: Visit, number: str) -> Post | None:
    """Return the post with this id, where the member sees it."""
    message_id = number_in(number)
    if message_id is None:
        return None
    return await playground.store.message(message_id, visit.person.ref)


async def sent_of(request: web.Request) -> Sent:
    """Return what the request's body holds.

    Raises:
        aiohttp.web.HTTPException: If it holds no form, too much, or is not all there
            within `BODY_WITHIN_S`.
    """
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            if request.content_type == "multipart/form-data":
                return await _parts_of(request)
            fields = (await request.post()).items()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (AssertionError, HttpProcessingError, LookupError, ValueError):
        # What aiohttp stumbles over where it is not what it says that it is.
        raise web.HTTPBadRequest from None
    words: dict[str, tuple[str, ...]] = {}
    for name, value in fields:
        if isinstance(value, str):
            words[name] = (*words.get(name, ()), value)
    return Sent(Filled(words, {}))


async def _parts_of(request: web.Request) -> Sent:
    """Return what a form with files holds, as it came: nothing is unpacked."""
    words: dict[str, tuple[str, ...]] = {}
    files: dict[str, Upload] = {}
    count, left = 0, request.client_max_size
    async for part in await request.multipart():
        count += 1
        if count > _MAX_PARTS or not isinstance(part, BodyPartReader) or not part.name:
            raise web.HTTPBadRequest
        content = await _content_of(part, left)
        left -= len(content)
        if part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(_file_name(part.filename), kind, content)
        elif part.filename is None:
            told = content.decode()
            words[part.name] = (*words.get(part.name, ()), told)
    return Sent(Filled(words, files))


async def _content_of(part: BodyPartReader, most: int) -> bytes:
    found = bytearray()
    while chunk := await part.read_chunk():
        found += chunk
        if len(found) > most:
            raise web.HTTPRequestEntityTooLarge(most)
    return bytes(found)


async def doing_of(playground: Playground, visit: Visit, sent: Sent) -> Doing:
    """Return what a press or a form names: the operation and where it began."""
    return Doing(
        id=operation(sent.own("id")),
        action=Action(""),
        pressed=await post_of(playground, visit, sent.own("pressed")),
        target=await post_of(playground, visit, sent.own("target")),
    )


def blank_of(sent: Sent, doing: Doing) -> Blank | None:
    """Return the form that was sent; None where nobody can have drawn it."""
    try:
        action = Action.decode(sent.own("action"))
    except UnknownActionError:
        return None
    place = "composer" if sent.own("place") == "composer" else "dialog"
    return Blank(doing.id, action, place)


def _file_name(given: str) -> str:
    return clean(PurePath(given.replace("\\", "/")).name)[:120] or "file"
