"""Methods about files: an address to upload to, the content, and the completion."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import BodyPartReader, web

from tests.fakes.slack import writing
from tests.fakes.slack.deeds import Effect, seen_by
from tests.fakes.slack.places import Attachment, Channel, File, Json
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World


def ask(world: World, call: Call) -> Json:
    """Give an address to upload to."""
    name, length = call.text("filename"), call.number("length", 0)
    if length <= 0:
        raise RefusalError("invalid_arguments", ["length is a number above 0"])
    grant = call.whose
    made = File(
        world.mint.make("F"), name, grant.team_id, grant.bot_user_id, "", length
    )
    made.alt = str(call.args.get("alt_txt") or "")
    made.media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    made.url = f"{world.site}/files/{made.team_id}-{made.id}/{name}"
    world.files[made.id] = made
    secret = secrets.token_hex(16)
    return {"upload_url": f"{world.site}/upload/{made.id}/{secret}", "file_id": made.id}


async def receive(world: World, raw: web.Request) -> int:
    """Take the content; return how long it is.

    Raises:
        RefusalError: If no upload was asked for, or it is not as long as was said.
    """
    file = world.files.get(raw.match_info["file"])
    if file is None:
        raise RefusalError("file_not_found")
    content = await _content(raw)
    if len(content) != file.length:
        said = f"{file.length} bytes were announced, and {len(content)} came"
        raise RefusalError("invalid_arguments", [said])
    file.content = content
    return len(content)


async def _content(raw: web.Request) -> bytes:
    if raw.content_type != "multipart/form-data":
        return await raw.read()
    async for part in await raw.multipart():
        if isinstance(part, BodyPartReader) and part.filename:
            return bytes(await part.read(decode=False))
    raise RefusalError("no_file_data")


def complete(world: World, call: Call) -> Json:
    """Finish uploads, and share them where that is asked."""
    listed = call.args.get("files")
    if not isinstance(listed, list) or not listed:
        raise RefusalError("invalid_arguments", ["missing required field: files"])
    files = [_finished(world, call, each) for each in listed]
    names = [
        call.args.get("channel_id"),
        *str(call.args.get("channels") or "").split(","),
    ]
    for name in filter(None, names):
        channel = world.channels.get(str(name))
        if channel is None:
            raise RefusalError("channel_not_found")
        channel = world.channel(call.whose, channel.id)
        if call.whose.bot_user_id not in channel.members:
            raise RefusalError("not_in_channel")
        if channel.recipient is not None and channel.recipient.refusal:
            raise RefusalError(channel.recipient.refusal)
        # As the real one: a file with an alternative text is never shared this way.
        shared = [each for each in files if not each.alt]
        if shared:
            _share(world, call, channel, shared)
    return {"files": [{"id": each.id, "title": each.title} for each in files]}


def _finished(world: World, call: Call, told: Any) -> File:
    found = world.files.get(str(told.get("id")) if isinstance(told, dict) else "")
    if found is None or found.team_id != call.whose.team_id:
        raise RefusalError("file_not_found")
    if found.content is None:
        raise RefusalError("file_upload_not_completed")
    if found.ready_s is None:
        found.ready_s = world.monotonic() + world.processing_s
    found.title = told.get("title") or found.name
    return found


def _share(world: World, call: Call, channel: Channel, files: list[File]) -> None:
    team = world.teams[channel.team_id]
    said = str(call.args.get("initial_comment") or "")
    drawn: Json = {"text": said or "a file"}
    if call.args.get("blocks"):
        drawn["blocks"] = call.args["blocks"]
    message = writing.bot_writes(world, team, channel, drawn)
    message.raw["text"] = said
    message.raw["subtype"] = "file_share"
    message.raw["files"] = [each.json(ready=True) for each in files]
    for each in files:
        each.channels.append(channel.id)
    if channel.recipient is not None:
        effect = Effect("message", message)
        seen_by(world, channel.recipient, effect, direct=True)


def hand_in(world: World, team_id: str, user_id: str, handed: Attachment) -> Json:
    """Keep a file that somebody put into a form; return how Slack tells of it."""
    file_id = world.mint.make("F")
    url = f"{world.site}/files/{team_id}-{file_id}/{handed.name}"
    made = File(file_id, handed.name, team_id, user_id, url, len(handed.content))
    made.content, made.media_type = handed.content, handed.media_type
    made.ready_s = world.monotonic()
    world.files[file_id] = made
    return made.json(ready=True)


def info(world: World, call: Call) -> Json:
    """Tell about a file."""
    found = world.files.get(call.text("file"))
    if found is None or found.team_id != call.whose.team_id:
        raise RefusalError("file_not_found")
    ready = found.ready_s is not None and world.monotonic() >= found.ready_s
    return {"file": found.json(ready=ready)}


def delete(world: World, call: Call) -> Json:
    """Delete one of the app's own files; where it was shown, there is none any more."""
    found = world.files.get(call.text("file"))
    if found is None or found.team_id != call.whose.team_id:
        raise RefusalError("file_not_found")
    if found.owner != call.whose.bot_user_id:
        raise RefusalError("cant_delete_file")
    del world.files[found.id]
    return {}


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "files.completeUploadExternal": complete,
    "files.delete": delete,
    "files.getUploadURLExternal": ask,
    "files.info": info,
}
