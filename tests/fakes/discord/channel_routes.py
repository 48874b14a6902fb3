"""REST: channels, their messages, and direct messages."""

from __future__ import annotations

from typing import Final

from tests.fakes.discord.places import Channel, Json, Message
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World
from tests.fakes.discord.writing import Draft, change, remember, take_down, write

_MAX_PAGE: Final = 100


async def get_channel(world: World, request: Request) -> Answer:
    """GET /channels/{channel}."""
    return Answer(200, world.channel(request.ids["channel"]).json())


async def create_message(world: World, request: Request) -> Answer:
    """POST /channels/{channel}/messages."""
    channel = world.channel(request.ids["channel"])
    if not channel.takes_messages:
        raise RefusalError(50008)
    may_post(world, channel, has_files=bool(request.files))
    body = request.body
    nonce = body.get("nonce")
    if nonce is not None and body.get("enforce_nonce"):
        known = world.remembered(str(nonce))
        if known is not None:
            if known.channel is not channel:
                world.blame(f"nonce {nonce!r} was used in another channel")
            return Answer(200, {**known.raw, "nonce": nonce})
    message = write(world, channel, Draft(world.me, body, request.files))
    channel.archived = False
    remember(world, body, message)
    told = message.raw if nonce is None else {**message.raw, "nonce": nonce}
    return Answer(200, told)


def may_post(world: World, channel: Channel, *, has_files: bool) -> None:
    """See that the bot may post.

    Raises:
        RefusalError: If it may not.
    """
    user = channel.recipient
    if user is not None:
        mutual = any(
            user.id in guild.members and guild.bot_present
            for guild in world.guilds.values()
        )
        if user.bot or user.closed:
            raise RefusalError(50007)
        if not mutual:
            raise RefusalError(50278)
        return
    thread = channel.is_thread
    wanted = "SEND_MESSAGES_IN_THREADS" if thread else "SEND_MESSAGES"
    if not world.may(channel, wanted):
        raise RefusalError(50013)
    if has_files and not world.may(channel, "ATTACH_FILES"):
        raise RefusalError(50013)
    if channel.locked and not world.may(channel, "MANAGE_THREADS"):
        raise RefusalError(50083 if channel.archived else 160005)


async def get_message(world: World, request: Request) -> Answer:
    """GET /channels/{channel}/messages/{message}."""
    channel = world.channel(request.ids["channel"])
    if not world.may(channel, "READ_MESSAGE_HISTORY"):
        raise RefusalError(50013)
    return Answer(200, _seen(world, world.message(channel, request.ids["message"])))


async def history(world: World, request: Request) -> Answer:
    """GET /channels/{channel}/messages: newest first, whichever end was asked for."""
    channel = world.channel(request.ids["channel"])
    if not channel.takes_messages:
        raise RefusalError(50024)
    if not world.may(channel, "READ_MESSAGE_HISTORY"):
        return Answer(200, [])
    limit = int(request.query.get("limit", 50))
    if not 1 <= limit <= _MAX_PAGE:
        raise RefusalError(50035, [f"limit {limit} is not between 1 and {_MAX_PAGE}"])
    every = [each for each in channel.messages.values() if each.reader is None]
    page = _page(every, request, limit)
    return Answer(200, [_seen(world, each) for each in reversed(page)])


def _page(every: list[Message], request: Request, limit: int) -> list[Message]:
    query = request.query
    ends = [name for name in ("around", "before", "after") if name in query]
    if len(ends) > 1:
        raise RefusalError(50035, [f"{' and '.join(ends)} exclude each other"])
    if not ends:
        return every[-limit:]
    mark = int(query[ends[0]])
    older = [each for each in every if int(each.id) < mark]
    newer = [each for each in every if int(each.id) > mark]
    if ends == ["before"]:
        return older[-limit:]
    if ends == ["after"]:
        return newer[:limit]
    half = limit // 2
    exact = [each for each in every if int(each.id) == mark]
    return [*older[-half:], *exact, *newer[:half]][:limit]


def _seen(world: World, message: Message) -> Json:
    """Return what the bot may read: others' words only with the intent for it."""
    raw = message.raw
    mine = raw["author"]["id"] == world.me.id
    named = any(each["id"] == world.me.id for each in raw["mentions"])
    if mine or named or message.channel.guild_id is None or world.reads_everything:
        return raw
    hidden: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
    return {**raw, **hidden}


async def edit_message(world: World, request: Request) -> Answer:
    """PATCH /channels/{channel}/messages/{message}."""
    channel = world.channel(request.ids["channel"])
    message = world.message(channel, request.ids["message"])
    if message.raw["author"]["id"] != world.me.id:
        raise RefusalError(50005)
    if channel.archived:
        raise RefusalError(50083)
    if request.files and not world.may(channel, "ATTACH_FILES"):
        raise RefusalError(50013)
    change(world, message, request.body, request.files)
    return Answer(200, message.raw)


async def delete_message(world: World, request: Request) -> Answer:
    """DELETE /channels/{channel}/messages/{message}."""
    channel = world.channel(request.ids["channel"])
    message = world.message(channel, request.ids["message"])
    mine = message.raw["author"]["id"] == world.me.id
    if not mine and (
        channel.guild_id is None or not world.may(channel, "MANAGE_MESSAGES")
    ):
        raise RefusalError(50013)
    if channel.archived:
        raise RefusalError(50083)
    take_down(world, message)
    return Answer(204)


async def create_direct(world: World, request: Request) -> Answer:
    """POST /users/@me/channels."""
    wanted = str(request.body.get("recipient_id"))
    user = world.users.get(wanted)
    if user is None or user is world.me:
        raise RefusalError(50033)
    return Answer(200, world.direct(user).json())
