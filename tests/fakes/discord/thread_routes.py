"""REST: threads, begun from a message or in a forum, put away and opened again."""

from __future__ import annotations

from typing import Any, Final

from tests.fakes.discord.channel_routes import may_post
from tests.fakes.discord.places import (
    ANNOUNCEMENTS,
    FORUM,
    MEDIA,
    TEXT,
    Channel,
)
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.snowflakes import made_at
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World
from tests.fakes.discord.writing import Draft, write

MAX_ACTIVE: Final = 1_000
"""Threads that can be open in a guild at a time."""

_HAS_THREAD: Final = 1 << 5
_KINDS: Final = {TEXT: 11, ANNOUNCEMENTS: 10}


async def begin_thread(world: World, request: Request) -> Answer:
    """POST /channels/{channel}/messages/{message}/threads: it has the message's id."""
    parent = world.channel(request.ids["channel"])
    if parent.kind not in _KINDS:
        raise RefusalError(50024)
    if not world.may(parent, "CREATE_PUBLIC_THREADS", "READ_MESSAGE_HISTORY"):
        raise RefusalError(50013)
    message = world.message(parent, request.ids["message"])
    guild = world.guilds[parent.guild_id or ""]
    if message.id in guild.channels:
        raise RefusalError(160004)
    active = (c for c in guild.channels.values() if c.is_thread and not c.archived)
    if sum(1 for _ in active) >= MAX_ACTIVE:
        raise RefusalError(160006)
    thread = Channel(
        message.id,
        request.body["name"],
        _KINDS[parent.kind],
        guild.id,
        parent.id,
        owner_id=world.me.id,
        made_at=world.clock(),
    )
    message.raw["flags"] |= _HAS_THREAD
    guild.channels[thread.id] = world.channels[thread.id] = thread
    told = {**thread.json(), "newly_created": True}
    world.tell("THREAD_CREATE", told, guild=guild.id)
    return Answer(201, thread.json())


async def create_thread(world: World, request: Request) -> Answer:
    """POST /channels/{channel}/threads: a post in a forum, with its first message."""
    parent = world.channel(request.ids["channel"])
    if parent.kind not in {FORUM, MEDIA}:
        raise RefusalError(50024)
    may_post(world, parent, has_files=bool(request.files))
    body = request.body
    thread = Channel(
        world.mint.make(),
        body["name"],
        11,
        parent.guild_id,
        parent.id,
        owner_id=world.me.id,
    )
    thread.made_at = made_at(thread.id)
    first = {"id": thread.id}  # a thread's first message has the thread's id
    draft = Draft(world.me, body["message"], request.files, more=first)
    message = write(world, thread, draft)
    guild = world.guilds[parent.guild_id or ""]
    guild.channels[thread.id] = world.channels[thread.id] = thread
    world.tell(
        "THREAD_CREATE", {**thread.json(), "newly_created": True}, guild=guild.id
    )
    return Answer(201, {**thread.json(), "message": message.raw})


async def active_threads(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/threads/active."""
    guild = world.guilds.get(request.ids["guild"])
    if guild is None or not guild.bot_present:
        raise RefusalError(10004)
    threads = [
        each.json()
        for each in guild.channels.values()
        if each.is_thread and not each.archived and world.may(each, "VIEW_CHANNEL")
    ]
    return Answer(200, {"threads": threads, "members": [], "has_more": False})


async def change_thread(world: World, request: Request) -> Answer:
    """PATCH /channels/{channel}: opening or putting away a thread."""
    channel = world.channel(request.ids["channel"])
    if not channel.is_thread:
        raise RefusalError(50013)
    body: dict[str, Any] = request.body
    opens = body.keys() == {"archived"} and not body["archived"]
    if not world.may(channel, "MANAGE_THREADS"):
        mine = channel.owner_id == world.me.id
        if channel.locked or "locked" in body or not (mine or opens):
            raise RefusalError(50013)
    if channel.archived and body.get("archived", True):
        raise RefusalError(50083)
    channel.name = body.get("name", channel.name)
    channel.archived = body.get("archived", channel.archived)
    channel.locked = body.get("locked", channel.locked)
    world.tell("THREAD_UPDATE", channel.json(), guild=channel.guild_id)
    return Answer(200, channel.json())
