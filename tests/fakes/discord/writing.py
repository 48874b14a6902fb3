"""Messages being written, changed and taken down."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tests.fakes.discord.drawn import draw
from tests.fakes.discord.places import COMPONENTS_V2, Channel, Json, Message, User
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.rules import cleansed, media, message_problems, walk
from tests.fakes.discord.world import Nonce, Upload, World

MAX_FILE_BYTES: Final = 10 * 1024 * 1024
_MENTION: Final = re.compile(r"(?<!\\)<@!?(\d+)>")
_ROLE: Final = re.compile(r"(?<!\\)<@&(\d+)>")
_EVERYONE: Final = re.compile(r"(?<!\\)@(everyone|here)\b")


@dataclass(frozen=True, slots=True)
class Draft:
    """A message as somebody sends it.

    Attributes:
        payload: Discord's JSON.

        files: What was uploaded with it, by its number.

        reader: Who alone is to see it; None for everybody.

        more: What the message says of how it came to be.
    """

    author: User
    payload: Json
    files: Mapping[str, Upload] = field(default_factory=dict)
    reader: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)


def write(world: World, channel: Channel, draft: Draft) -> Message:
    """Put a message into a channel.

    Raises:
        RefusalError: If Discord would not have it.
    """
    attached = _attached(world, draft.payload, draft.files, {})
    flags = draft.payload.get("flags") or 0
    _check(draft.payload, flags, attached)
    if not _says_something(draft.payload, attached):
        raise RefusalError(50006)
    made = str(draft.more.get("id") or world.mint.make())
    raw: Json = {
        "id": made,
        "type": 0,
        "channel_id": channel.id,
        "author": draft.author.json(),
        "timestamp": world.clock().isoformat(),
        "edited_timestamp": None,
        "pinned": False,
        "tts": False,
        "flags": flags,
        **draft.more,
    }
    message = Message(raw, channel, draft.reader)
    _fill(world, message, draft.payload, attached)
    _unseen(world, message)
    channel.messages[made] = message
    _tell(world, "MESSAGE_CREATE", message)
    return message


def change(
    world: World,
    message: Message,
    payload: Json,
    files: Mapping[str, Upload],
    *,
    edited: bool = True,
) -> None:
    """Change a message; what the payload does not name stays.

    Args:
        world: Where it stands.
        message: Which.
        payload: Discord's JSON.
        files: What was uploaded with it, by its number.
        edited: Whether it is then marked as edited; a placeholder that gives way
            to its answer is not.

    Raises:
        RefusalError: If Discord would not have it.
    """
    held = {each["filename"]: each for each in message.raw["attachments"]}
    attached = _attached(world, payload, files, held)
    added = (payload.get("flags") or 0) & COMPONENTS_V2
    flags = message.raw["flags"] | added
    kept = {key: message.raw[key] for key in ("content", "embeds")} if added else {}
    _check({**kept, **payload}, flags, attached)
    message.raw["flags"] = flags
    if edited:
        message.raw["edited_timestamp"] = world.clock().isoformat()
    _fill(world, message, payload, attached)
    _unseen(world, message)
    _tell(world, "MESSAGE_UPDATE", message)


def take_down(world: World, message: Message) -> None:
    """Delete a message."""
    message.channel.messages.pop(message.id, None)
    gone = {"id": message.id, "channel_id": message.channel.id}
    if message.reader is None:
        if message.channel.guild_id:
            gone["guild_id"] = message.channel.guild_id
        world.tell("MESSAGE_DELETE", gone, guild=message.channel.guild_id)


def remember(world: World, payload: Json, message: Message) -> None:
    """Keep in mind with which nonce a message was made."""
    if payload.get("nonce") is not None:
        world.nonces[str(payload["nonce"])] = Nonce(world.clock(), message)


def _check(payload: Json, flags: int, attached: Mapping[str, Json]) -> None:
    found = message_problems(payload, flags, attached)
    if found:
        raise RefusalError(50035, found)


def _says_something(payload: Json, attached: Mapping[str, Json]) -> bool:
    said = (payload.get("content") or "").strip()
    return bool(said or payload.get("embeds") or payload.get("components") or attached)


def _fill(
    world: World, message: Message, payload: Json, attached: Mapping[str, Json]
) -> None:
    raw = message.raw
    raw["attachments"] = list(attached.values())
    for key, empty in (("content", ""), ("embeds", []), ("components", [])):
        if key in payload or key not in raw:
            raw[key] = payload.get(key) or empty
    if payload.get("components"):
        raw["components"] = draw(payload["components"], attached)
    raw["embeds"] = [{"type": "rich", **each} for each in raw["embeds"]]
    raw |= _mentioned(world, raw, payload.get("allowed_mentions"))


def _unseen(world: World, message: Message) -> None:
    """Find files that nobody sees: with components v2 only components show them."""
    raw = message.raw
    if not raw["flags"] & COMPONENTS_V2:
        return
    shown = {each.get("attachment_id") for each in media(raw["components"])}
    for each in raw["attachments"]:
        if each["id"] not in shown:
            world.blame(f"{each['filename']} is attached, and no component shows it")


def _mentioned(world: World, raw: Json, allowed: Json | None) -> Json:
    """Return who is pinged by what the message says and what it allows."""
    texts = [raw["content"], *(c.get("content", "") for c in walk(raw["components"]))]
    said = "\n".join(texts)
    everything = {"parse": ["users", "roles", "everyone"]}
    allowed = everything if allowed is None else allowed
    parse = allowed.get("parse") or ()
    users = [one for one in dict.fromkeys(_MENTION.findall(said)) if one in world.users]
    roles = list(dict.fromkeys(_ROLE.findall(said)))
    named = {str(one) for one in allowed.get("users") or ()}
    named_roles = {str(one) for one in allowed.get("roles") or ()}
    pinged = [one for one in users if "users" in parse or one in named]
    return {
        "mentions": [world.users[one].json() for one in pinged],
        "mention_roles": [r for r in roles if "roles" in parse or r in named_roles],
        "mention_everyone": "everyone" in parse and bool(_EVERYONE.search(said)),
    }


def _attached(
    world: World,
    payload: Json,
    files: Mapping[str, Upload],
    held: Mapping[str, Json],
) -> dict[str, Json]:
    """Return the attachments that the message has then, by name."""
    listed: Sequence[Json] | None = payload.get("attachments")
    described = {str(each["id"]): each for each in listed or ()}
    kept = {
        name: one
        for name, one in held.items()
        if "attachments" not in payload or one["id"] in described
    }
    for number, file in files.items():
        if len(file.content) > MAX_FILE_BYTES:
            raise RefusalError(40005)
        about = described.get(number, {})
        name = cleansed(about.get("filename") or file.name)
        made, url = world.upload(name, file.media_type, file.content)
        one: Json = {"id": made, "filename": name, "size": len(file.content)}
        one |= {"url": url, "proxy_url": url, "content_type": file.media_type}
        if about.get("description"):
            one["description"] = about["description"]
        kept[name] = one
    return kept


def _tell(world: World, event: str, message: Message) -> None:
    if message.reader is None:
        raw = dict(message.raw)
        if message.channel.guild_id:
            raw["guild_id"] = message.channel.guild_id
        world.tell(event, raw, guild=message.channel.guild_id)
