"""What a browser asks for, read once: who is acted as, where, and what was sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from aiohttp import web
from aiohttp.web_request import FileField

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.answers import Filled
from bot.adapters.playground.desk import Doing, operation
from bot.adapters.playground.forms import Blank
from bot.adapters.playground.records import Directory, Post, Resident
from bot.adapters.playground.visit import Visit
from bot.chat.fields import Upload
from bot.chat.message import Action, UnknownActionError
from bot.domain.words import clean

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
    """Return what the request's body holds."""
    words: dict[str, tuple[str, ...]] = {}
    files: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            if value.filename:
                files[name] = _upload(value)
        elif isinstance(value, str):
            words[name] = (*words.get(name, ()), value)
    return Sent(Filled(words, files))


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


def _upload(field: FileField) -> Upload:
    name = clean(PurePath(field.filename.replace("\\", "/")).name)[:120] or "file"
    return Upload(name, field.content_type, field.file.read())
