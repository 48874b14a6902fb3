"""Ready JSON and its files, as discord.py's own doors take them.

What Laurel sends is drawn by pure functions, so the library's classes for views and
modals, which would also keep each of them in memory, are left out.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence

import discord
from discord.http import MultipartParameters

from bot.adapters.discord.raw import Json
from bot.chat.message import File


def packed(
    body: Json, files: Sequence[File] = (), at: str | None = None
) -> MultipartParameters:
    """Return ``body`` and what it refers to as ``attachment://name``.

    Args:
        body: The request's JSON.
        files: In the order of their numbers in ``attachments``.
        at: The key of ``body`` that holds the message; None where it is the message.
    """
    if not files:
        return MultipartParameters(payload=body, multipart=None, files=None)
    attachments = [{"id": n, "filename": f.name} for n, f in enumerate(files)]
    if at is None:
        whole = {**body, "attachments": attachments}
    else:
        whole = {**body, at: {**body[at], "attachments": attachments}}
    sent = [discord.File(io.BytesIO(f.content), filename=f.name) for f in files]
    parts: list[Json] = [{"name": "payload_json", "value": json.dumps(whole)}]
    parts += [
        {
            "name": f"files[{number}]",
            "value": each.fp,
            "filename": file.name,
            "content_type": file.media_type,
        }
        for number, (file, each) in enumerate(zip(files, sent, strict=True))
    ]
    return MultipartParameters(payload=None, multipart=parts, files=sent)
