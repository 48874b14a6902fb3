"""Files: those that Laurel hands over, and those that members hand in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import UnfitError
from bot.chat.fields import FileUpload, Upload
from bot.chat.handed import Attached
from bot.chat.message import File
from bot.chat.raw import Json
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase, phrase

Fetch = Callable[[str, int], Awaitable[bytes | None]]
"""Returns what is at an address, of at most so many bytes; None where it cannot."""


async def share(api: Api, team: str, channel: str, file: File) -> None:
    """Put a file into a channel.

    Raises what `Api.call` does.
    """
    await upload(api, team, file, channel)


async def upload(api: Api, team: str, file: File, channel: str | None = None) -> str:
    """Have Slack keep a file and return its id; nobody sees it without ``channel``.

    Raises what `Api.call` does.
    """
    asked = {"filename": file.name, "length": len(file.content)}
    place = await api.call(team, "files.getUploadURLExternal", asked)
    url, file_id = place.get("upload_url"), place.get("file_id")
    if not isinstance(url, str) or not isinstance(file_id, str):
        raise UnfitError("no place for a file")
    await api.hand_in(url, file.content)
    done: Json = {"files": [{"id": file_id, "title": file.name}]}
    if channel is not None:
        done["channel_id"] = channel
    await api.call(team, "files.completeUploadExternal", done)
    return file_id


async def hand_over(
    route: RouteSpec, answers: Mapping[str, object], fetch: Fetch
) -> tuple[Mapping[str, object], Mapping[str, Phrase]]:
    """Return the answers with their files in them, and what is to be said of those.

    What was too large is not fetched at all.
    """
    whole = dict(answers)
    faults: dict[str, Phrase] = {}
    for field in route.fields:
        attached = answers.get(field.name)
        if not isinstance(field, FileUpload) or not isinstance(attached, Attached):
            continue
        most = field.max_bytes
        content = None
        if attached.size_bytes <= most:
            content = await fetch(attached.url, most)
        if content is not None:
            upload = Upload(attached.name, attached.media_type, content)
            whole[field.name] = upload
        elif attached.size_bytes > most:
            faults[field.name] = phrase("common.answer-file", most=most // 1_000)
        else:
            faults[field.name] = phrase("slack.file-lost")
    return whole, faults
