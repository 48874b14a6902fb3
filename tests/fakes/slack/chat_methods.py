"""Methods that write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.fakes.slack import writing
from tests.fakes.slack.deeds import Effect, seen_by
from tests.fakes.slack.places import DIRECT, PUBLIC, Channel, Json, Message
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World


def place(world: World, call: Call, name: str) -> str:
    """Return the conversation that a name means: somebody's id is their messages.

    A name that means nothing is returned as it is.
    """
    grant = call.whose
    user = world.users.get(name)
    if user is None:
        return name
    return world.direct(grant.team_id, grant.bot_user_id, user).id


def _open(world: World, call: Call) -> Channel:
    """Return where the bot may write.

    Raises:
        RefusalError: If it may not.
    """
    grant = call.whose
    name = call.text("channel")
    if name in world.users:
        world.user(grant, name)
    channel = world.channel(grant, place(world, call, name))
    _reachable(world, channel)
    outside = grant.bot_user_id not in channel.members
    if outside and not (channel.kind == PUBLIC and "chat:write.public" in grant.scopes):
        raise RefusalError("not_in_channel")
    return channel


def _reachable(world: World, channel: Channel) -> None:
    if channel.archived:
        raise RefusalError("is_archived")
    who = channel.recipient
    if who is None:
        return
    if who.bot:
        raise RefusalError("cannot_dm_bot")
    if who.deleted:
        raise RefusalError("user_disabled")
    if who.refusal is not None:
        raise RefusalError(who.refusal)


def post(world: World, call: Call) -> Json:
    """Post a message."""
    channel = _open(world, call)
    team = world.teams[channel.team_id]
    message = writing.bot_writes(world, team, channel, call.args)
    if channel.kind == DIRECT and channel.recipient is not None:
        effect = Effect("message", message)
        seen_by(world, channel.recipient, effect, direct=True)
    return {"channel": channel.id, "ts": message.ts, "message": told(message)}


def post_ephemeral(world: World, call: Call) -> Json:
    """Post what one person alone sees."""
    channel = _open(world, call)
    user = world.users.get(call.text("user"))
    if user is None:
        raise RefusalError("user_not_found")
    if user.id not in channel.members:
        raise RefusalError("user_not_in_channel")
    team = world.teams[channel.team_id]
    message = writing.bot_writes(world, team, channel, call.args, user.id)
    seen_by(world, user, Effect("message", message))
    return {"message_ts": message.ts}


def _own(world: World, call: Call, word: str) -> Message:
    """Return the bot's own message that is meant.

    Raises:
        RefusalError: With ``word`` if it is somebody else's.
    """
    channel = world.channel(call.whose, call.text("channel"))
    message = world.message(channel, call.text("ts"))
    if message.raw.get("user") != call.whose.bot_user_id:
        raise RefusalError(word)
    return message


def update(world: World, call: Call) -> Json:
    """Redraw a message."""
    message = _own(world, call, "cant_update_message")
    if message.channel.archived:
        raise RefusalError("is_archived")
    writing.change(world, message, call.args)
    for deed in world.waiting:
        if deed.source is message:
            deed.show(Effect("replaced", message))
    told_of = {"channel": message.channel.id, "ts": message.ts}
    return told_of | {"text": message.raw["text"], "message": told(message)}


def delete(world: World, call: Call) -> Json:
    """Delete a message."""
    message = _own(world, call, "cant_delete_message")
    writing.take_down(message)
    for deed in world.waiting:
        if deed.source is message:
            deed.show(Effect("deleted", message))
    return {"channel": message.channel.id, "ts": message.ts}


def told(message: Message, *, metadata: bool = False) -> Json:
    """Return a message as methods tell of it; its metadata only when asked."""
    raw = dict(message.raw)
    if metadata and message.metadata is not None:
        raw["metadata"] = message.metadata
    return raw


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "chat.delete": delete,
    "chat.postEphemeral": post_ephemeral,
    "chat.postMessage": post,
    "chat.update": update,
}
