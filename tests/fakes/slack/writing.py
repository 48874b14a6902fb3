"""How messages come to be, change and go."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from tests.fakes.slack import rules
from tests.fakes.slack.deeds import at
from tests.fakes.slack.places import Channel, Json, Message, User
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.world import World

if TYPE_CHECKING:
    from tests.fakes.slack.teams import Team

_MAX_TEXT: Final = 40_000
_ADVISED_TEXT: Final = 4_000
_MAX_BLOCKS: Final = 50
_MAX_METADATA: Final = 8_000
_TS: Final = re.compile(r"[0-9]{10}\.[0-9]{6}")
_EVENT_TYPE: Final = re.compile(r"[A-Za-z0-9_]{1,255}")
_BLOCK_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRSTVWXYZ"


def stamp(world: World) -> str:
    """Return the next ``ts``; no two messages anywhere share one."""
    found = at(world.clock())
    if found <= world.last_ts:
        whole = int(world.last_ts.replace(".", "")) + 1
        found = f"{whole // 1_000_000}.{whole % 1_000_000:06d}"
    world.last_ts = found
    return found


def person_writes(world: World, channel: Channel, user: User, text: str) -> Message:
    """Keep what a person wrote."""
    ts = stamp(world)
    leaf = {"type": "text", "text": text}
    section = {"type": "rich_text_section", "elements": [leaf]}
    raw: Json = {"type": "message", "user": user.id, "ts": ts, "text": text}
    raw |= {"team": user.team_id, "client_msg_id": world.mint.make("M")}
    block = {"type": "rich_text", "block_id": _block_id(0), "elements": [section]}
    raw["blocks"] = [block]
    message = Message(channel, ts, raw)
    channel.messages[ts] = message
    return message


def bot_writes(
    world: World, team: Team, channel: Channel, args: Json, reader: str | None = None
) -> Message:
    """Keep what the bot writes.

    Args:
        world: Where.
        team: As whose bot.
        channel: Where.
        args: ``text``, ``blocks`` and ``metadata``, as they came.
        reader: Who alone sees it; None for all.

    Raises:
        RefusalError: If Slack would not take it.
    """
    drawn = content(world, args)
    ts = stamp(world)
    raw: Json = {
        "type": "message",
        "user": team.bot_user_id,
        "ts": ts,
        "bot_id": team.bot_id,
        "app_id": world.app.id,
        "team": team.id,
        **drawn,
    }
    if root := rooted(channel, args.get("thread_ts")):
        raw["thread_ts"] = root
    if reader is not None:
        raw["is_ephemeral"] = True
    message = Message(channel, ts, raw, reader, hidden(args))
    channel.messages[ts] = message
    return message


def rooted(channel: Channel, asked: Any) -> str | None:
    """Return what a message that is to be a reply hangs under.

    None where Slack has it stand in the channel, unasked: under what is no more.

    Raises:
        RefusalError: If nothing can be said there.
    """
    if asked is None:
        return None
    if not isinstance(asked, str) or not _TS.fullmatch(asked):
        raise RefusalError("invalid_thread_ts", [f"{asked!r} is no thread_ts"])
    root = channel.messages.get(asked)
    if root is not None and root.reader is None and root.thread is None:
        root.raw["thread_ts"] = root.ts
    elif asked not in channel.tombs:
        return None
    if asked in channel.locked:
        raise RefusalError("restricted_action_thread_locked")
    return asked


def change(world: World, message: Message, args: Json) -> None:
    """Redraw a message of the bot's.

    Raises:
        RefusalError: If Slack would not take it.
    """
    drawn = content(world, args)
    kept = {k: v for k, v in message.raw.items() if k not in {"blocks", "text"}}
    edited = {"user": message.raw["user"], "ts": at(world.clock())}
    # The object stays the same one, for those who hold it.
    message.raw.clear()
    message.raw.update(kept | drawn | {"edited": edited})
    if "metadata" in args:
        message.metadata = hidden(args)


def content(world: World, args: Json) -> Json:
    """Return text and blocks, judged.

    Raises:
        RefusalError: If Slack would not take them.
    """
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not isinstance(text, str) or not isinstance(blocks, list):
        raise RefusalError("invalid_arguments", ["text is text, blocks are a list"])
    if not text.strip() and not blocks and not args.get("attachments"):
        raise RefusalError("no_text")
    if blocks and not text.strip():
        world.blame("blocks without a text that says it all", "missing_text")
    if len(text) > _ADVISED_TEXT:
        limit = f"over {_ADVISED_TEXT}: cut" if len(text) > _MAX_TEXT else "advised"
        world.blame(f"a text of {len(text)} characters ({limit})", "msg_too_long")
    told: Json = {"text": text[:_MAX_TEXT]}
    if blocks:
        judge(world, blocks)
        told["blocks"] = with_ids(blocks)
    return told


def judge(world: World, blocks: list[Any]) -> None:
    """Judge the blocks of a message.

    Raises:
        RefusalError: If Slack would not take them.
    """
    if len(blocks) > _MAX_BLOCKS:
        said = f"{len(blocks)} blocks, and {_MAX_BLOCKS} may be"
        raise RefusalError("invalid_blocks", [said])
    found = rules.message_problems(blocks, world.knows)
    if found:
        raise RefusalError("invalid_blocks", found)
    if rules.chars(blocks) > rules.MAX_BLOCKS_CHARS:
        raise RefusalError("msg_blocks_too_long")
    look_at_files(world, blocks)


def look_at_files(world: World, blocks: list[Any]) -> None:
    """Refuse a picture that is not there yet, or not at all.

    Raises:
        RefusalError: Quietly where the bot has but to wait.
    """
    for each in rules.walk(blocks):
        named = each.get("slack_file")
        if named is None:
            continue
        file = world.files.get(str(named.get("id")))
        if "url" in named:
            file = next(
                (f for f in world.files.values() if f.url == named["url"]), None
            )
        ready = file is not None and file.ready_s is not None
        if file is None or not ready or world.monotonic() < (file.ready_s or 0):
            reason = "invalid slack file [json-pointer:/blocks/slack_file]"
            raise RefusalError("invalid_blocks", [reason], quiet=ready)


def with_ids(blocks: list[Any]) -> list[Any]:
    """Return blocks with an id for each that has none, as Slack tells of them."""
    made = deepcopy(blocks)
    taken = {block.get("block_id") for block in made}
    fresh = (name for name in map(_block_id, range(999)) if name not in taken)
    for block in made:
        if not block.get("block_id"):
            block["block_id"] = next(fresh)
        for each in rules.elements([block]):
            each[1].setdefault("action_id", f"made-{block['block_id']}")
    return made


def _block_id(place: int) -> str:
    first, second = divmod(place * 7 + 61, len(_BLOCK_ALPHABET))
    return f"b{_BLOCK_ALPHABET[first % 33]}{_BLOCK_ALPHABET[second]}{place}"


def hidden(args: Json) -> Json | None:
    """Return what the bot hides in a message.

    Raises:
        RefusalError: If it has not the form of metadata.
    """
    found = args.get("metadata")
    if not found:
        return None
    kind, payload = found.get("event_type"), found.get("event_payload")
    if not isinstance(kind, str) or not _EVENT_TYPE.fullmatch(kind):
        raise RefusalError("invalid_metadata_format", [f"event_type {kind!r}"])
    if not isinstance(payload, dict):
        raise RefusalError("invalid_metadata_format", ["event_payload is an object"])
    if len(json.dumps(found)) > _MAX_METADATA:
        raise RefusalError("metadata_too_large")
    return {"event_type": kind, "event_payload": payload}


def take_down(message: Message) -> None:
    """Delete a message; one that has replies leaves a stone above them."""
    message.channel.messages.pop(message.ts, None)
    if message.channel.thread(message.ts):
        message.channel.tombs.add(message.ts)
    if message.ts in message.channel.pins:
        message.channel.pins.remove(message.ts)
