"""Files that members hand in: fetched from where Discord keeps them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.chat.fields import FileUpload, Upload
from bot.chat.handed import Attached
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase, phrase

Fetch = Callable[[str, int], Awaitable[bytes | None]]
"""Returns what is at an address, of at most so many bytes; None where it cannot."""


async def hand_over(
    route: RouteSpec, answers: Mapping[str, object], fetch: Fetch
) -> tuple[Mapping[str, object], Mapping[str | None, Phrase]]:
    """Return the answers with their files in them, and what is to be said of those.

    What was too large is not fetched at all.
    """
    whole = dict(answers)
    faults: dict[str | None, Phrase] = {}
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
            too_large = phrase("common.answer-file", most=most // 1_000)
            faults[field.name] = too_large
        else:
            faults[field.name] = phrase("discord.file-lost")
    return whole, faults
