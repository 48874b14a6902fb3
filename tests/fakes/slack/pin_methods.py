"""Methods that pin messages and take them off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.fakes.slack.places import Json, Message
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World

MAX_PINS: Final = 100


def _meant(world: World, call: Call) -> Message:
    """Return the message that is meant.

    Raises:
        RefusalError: If there is none, or the bot is not where it stands.
    """
    channel = world.channel(call.whose, call.text("channel"))
    if call.whose.bot_user_id not in channel.members:
        raise RefusalError("not_in_channel")
    if channel.archived:
        raise RefusalError("is_archived")
    return world.message(channel, call.text("timestamp"))


def add(world: World, call: Call) -> Json:
    """Pin a message."""
    message = _meant(world, call)
    if message.reader is not None:
        raise RefusalError("not_pinnable")
    pins = message.channel.pins
    if message.ts in pins:
        raise RefusalError("already_pinned")
    if len(pins) >= MAX_PINS:
        raise RefusalError("too_many_pins")
    pins.append(message.ts)
    return {}


def remove(world: World, call: Call) -> Json:
    """Take a message off."""
    message = _meant(world, call)
    if message.ts not in message.channel.pins:
        raise RefusalError("no_pin")
    message.channel.pins.remove(message.ts)
    return {}


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "pins.add": add,
    "pins.remove": remove,
}
