"""Discord, as far as a bot can see it: REST and gateway on real sockets, and people.

``async with doubled(clock) as discord`` gives a `Discord` with no guilds yet. It is as
strict as the real one; whatever a bot should not have done ends in
``discord.findings``, which a test expects to be empty.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from tests.fakes.discord.actors import Actor
from tests.fakes.discord.double import Discord
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.places import Channel, Json, Message, Role
from tests.fakes.discord.shown import Shown, words
from tests.fakes.discord.typing_in import Attachment, NotPossibleError


@asynccontextmanager
async def doubled(clock: Callable[[], datetime]) -> AsyncIterator[Discord]:
    """Run a double while the block does.

    Args:
        clock: The time of messages, ids, nonces and tokens. The three seconds, rate
            limits and faults are in real time.
    """
    discord = Discord(clock)
    await discord.open()
    try:
        yield discord
    finally:
        await discord.close()


__all__ = [
    "Actor",
    "Attachment",
    "Channel",
    "Discord",
    "Guild",
    "Json",
    "Message",
    "NotPossibleError",
    "Role",
    "Shown",
    "doubled",
    "words",
]
