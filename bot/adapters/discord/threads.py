"""Threads that Laurel begins under its own messages, and closes again.

Discord takes a thread for a channel. One that was begun from a message has the id of
that message, so it is found without having been remembered.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from typing import TypeVar

from discord.http import Route

from bot.adapters.discord.errors import ArchivedError, ThreadStandsError
from bot.adapters.discord.link import Link
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError
from bot.chat.clip import clip
from bot.chat.message import Card, Message
from bot.chat.speech import Speech
from bot.chat.text import phrase
from bot.domain.refs import ThreadRef

T = TypeVar("T")

_MAX_NAME_CHARS = 100
_OPEN_FOR_MIN = 7 * 24 * 60
"""How long a thread is listed after the last word in it: the most that there is."""


async def begin(link: Link, thread: ThreadRef, name: str) -> None:
    """Begin a thread from a message; one that stands is left as it is.

    Raises:
        RefusedError: With ``thread-gone`` where the message is no more.
    """
    route = Route(
        "POST",
        "/channels/{channel_id}/messages/{message_id}/threads",
        channel_id=thread.channel.id,
        message_id=thread.root,
    )
    body = {"name": name, "auto_archive_duration": _OPEN_FOR_MIN}
    try:
        await link.rest.request(route, body)
    except ThreadStandsError:
        return
    except RefusedError as refusal:
        if refusal.reason != "message-gone":
            raise
        raise RefusedError("thread-gone") from refusal


async def close(link: Link, thread: ThreadRef) -> None:
    """Archive a thread; whoever writes there opens it again."""
    try:
        await _archive(link, thread.root, archived=True)
    except ArchivedError:
        return
    except RefusedError as refusal:
        if refusal.reason != "channel-gone":
            raise


async def awake(link: Link, thread_id: str, act: Callable[[], Awaitable[T]]) -> T:
    """Do what an archived thread does not let be done, and leave it archived.

    Raises:
        RefusedError: If it is locked, so that only moderators can open it.
    """
    try:
        return await act()
    except ArchivedError:
        await _archive(link, thread_id, archived=False)
    try:
        return await act()
    finally:
        # Otherwise it is archived by itself, after a week in which nobody wrote.
        with contextlib.suppress(NotAcceptedError, OutcomeUnknownError, RefusedError):
            await _archive(link, thread_id, archived=True)


def name_of(message: Message, speech: Speech) -> str:
    """Return what a thread is called: what the first card above it is titled."""
    titles = (n.title for n in message.nodes if isinstance(n, Card) and n.title)
    spoken = next(titles, phrase("discord.thread"))
    words = " ".join(speech.plain(spoken).split())
    return clip(words, _MAX_NAME_CHARS)


async def _archive(link: Link, thread_id: str, *, archived: bool) -> None:
    route = Route("PATCH", "/channels/{channel_id}", channel_id=thread_id)
    await link.rest.request(route, {"archived": archived})
