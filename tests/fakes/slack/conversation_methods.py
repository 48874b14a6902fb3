"""Methods about channels and direct messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.fakes.slack.chat_methods import told
from tests.fakes.slack.places import (
    DIRECT,
    PRIVATE,
    PUBLIC,
    Channel,
    Json,
    Message,
)
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World

_PREFIX: Final = {PUBLIC: "channels", PRIVATE: "groups", DIRECT: "im"}
_MOST_LIMITED: Final = 15
_KINDS: Final = {"public_channel": PUBLIC, "private_channel": PRIVATE, "im": DIRECT}


def _named(world: World, call: Call, what: str) -> Channel:
    """Return the channel meant, where the app may ``what`` (read, history) there.

    Raises:
        RefusalError: If it may not, or there is none.
    """
    held = {each for each in call.whose.scopes if each.endswith(f":{what}")}
    known = {f"{prefix}:{what}" for prefix in _PREFIX.values()}
    if not held & known:
        call.need(f"channels:{what}")
    channel = world.channel(call.whose, call.text("channel"))
    call.need(f"{_PREFIX[channel.kind]}:{what}")
    return channel


def open_direct(world: World, call: Call) -> Json:
    """Open somebody's direct messages."""
    users = str(call.args.get("users") or "").split(",")
    if len(users) != 1 or not users[0]:
        raise RefusalError("users_list_not_supplied" if not users[0] else "not_enabled")
    user = world.user(call.whose, users[0])
    if user.bot:
        raise RefusalError("cannot_dm_bot")
    if user.deleted:
        raise RefusalError("user_disabled")
    grant = call.whose
    found = world.direct(grant.team_id, grant.bot_user_id, user)
    full = call.flag("return_im")
    brief = {"id": found.id}
    return {"channel": found.json(grant.bot_user_id) if full else brief}


def info(world: World, call: Call) -> Json:
    """Tell about a channel."""
    channel = _named(world, call, "read")
    return {"channel": channel.json(call.whose.bot_user_id)}


def members(world: World, call: Call) -> Json:
    """Tell who is in a channel."""
    channel = _named(world, call, "read")
    return _page("members", sorted(channel.members), call)


def listed(world: World, call: Call) -> Json:
    """Tell which channels there are, as far as the bot may know."""
    wanted = str(call.args.get("types") or "public_channel").split(",")
    kinds = {_KINDS[each] for each in wanted if each in _KINDS}
    for kind in kinds:
        call.need(f"{_PREFIX[kind]}:read")
    grant = call.whose
    team = world.team_of(grant, call.args.get("team_id"))
    every = [
        channel.json(grant.bot_user_id)
        for channel in team.channels
        if channel.kind in kinds
        and (channel.kind == PUBLIC or grant.bot_user_id in channel.members)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    return _page("channels", every, call)


def history(world: World, call: Call) -> Json:
    """Tell what was written, the newest first, but for what is said in threads."""
    channel = _read(world, call)
    every = (each for each in channel.messages.values() if each.thread is None)
    return _told(world, call, sorted(every, key=_when, reverse=True)) | {"pin_count": 0}


def replies(world: World, call: Call) -> Json:
    """Tell what was written under a message, the oldest first, after the message."""
    channel = _read(world, call)
    root = channel.messages.get(call.text("ts"))
    standing = channel.thread(call.text("ts"))
    if root is None and not standing:
        raise RefusalError("thread_not_found", quiet=True)
    page = _told(world, call, standing)
    if root is not None:
        page["messages"].insert(0, told(root, metadata=True))
    return page


def _read(world: World, call: Call) -> Channel:
    channel = _named(world, call, "history")
    if call.whose.bot_user_id not in channel.members:
        raise RefusalError("not_in_channel")
    return channel


def _when(message: Message) -> str:
    return message.ts


def _told(world: World, call: Call, every: list[Message]) -> Json:
    """Return those that were asked for, in their order."""
    limited = world.profile_history == "limited"
    most = _MOST_LIMITED if limited else 999
    limit = min(call.number("limit", _MOST_LIMITED if limited else 100), most)
    after = str(call.args.get("oldest") or "0")
    before = str(call.args.get("latest") or "99999999999")
    within = [
        message
        for message in every
        if message.reader is None
        and (
            float(after) < float(message.ts) < float(before)
            or (call.flag("inclusive") and message.ts in {after, before})
        )
    ]
    asked = call.flag("include_all_metadata")
    shown = [told(message, metadata=asked) for message in within]
    return _page("messages", shown, call, limit)


def _page(name: str, every: list[Any], call: Call, limit: int = 0) -> Json:
    size = limit or min(call.number("limit", 100), 1000)
    cursor = str(call.args.get("cursor") or "")
    if cursor and not cursor.startswith("next-"):
        raise RefusalError("invalid_cursor")
    start = int(cursor.removeprefix("next-") or 0)
    more = start + size < len(every)
    following = f"next-{start + size}" if more else ""
    page: Json = {name: every[start : start + size]}
    page["response_metadata"] = {"next_cursor": following}
    return page | ({"has_more": more} if name == "messages" else {})


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "conversations.history": history,
    "conversations.info": info,
    "conversations.list": listed,
    "conversations.members": members,
    "conversations.open": open_direct,
    "conversations.replies": replies,
}
