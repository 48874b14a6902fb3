"""REST: pinned messages, at the addresses that came with their own permission."""

from __future__ import annotations

from typing import Final

from tests.fakes.discord.places import Message
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World

MAX_PINS: Final = 250
_WRITTEN: Final = frozenset({0, 19, 20, 23})
"""Types of messages that somebody wrote, or the bot as an answer."""


def _meant(world: World, request: Request) -> Message:
    """Return the message that is meant.

    Raises:
        RefusalError: If there is none, or the bot may not pin there.
    """
    channel = world.channel(request.ids["channel"])
    message = world.message(channel, request.ids["message"])
    if not world.may(channel, "PIN_MESSAGES", "READ_MESSAGE_HISTORY"):
        raise RefusalError(50013)
    if channel.archived:
        raise RefusalError(50083)
    return message


async def pin(world: World, request: Request) -> Answer:
    """PUT /channels/{channel}/messages/pins/{message}."""
    message = _meant(world, request)
    if message.raw["type"] not in _WRITTEN:
        raise RefusalError(50021)
    standing = [each for each in message.channel.messages.values() if _pinned(each)]
    if not _pinned(message) and len(standing) >= MAX_PINS:
        raise RefusalError(30003)
    message.raw["pinned"] = True
    return Answer(204)


async def unpin(world: World, request: Request) -> Answer:
    """DELETE /channels/{channel}/messages/pins/{message}."""
    _meant(world, request).raw["pinned"] = False
    return Answer(204)


def _pinned(message: Message) -> bool:
    return bool(message.raw["pinned"])
