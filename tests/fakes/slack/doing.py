"""How a deed goes: told, taken in, and watched until something shows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from tests.fakes.slack import telling
from tests.fakes.slack.deeds import PATIENCE_S, Deed
from tests.fakes.slack.filling_in import NotPossibleError
from tests.fakes.slack.places import Json
from tests.fakes.slack.shown import Shown, show
from tests.fakes.slack.world import World

SETTLING_S: Final = 3.0

TakeIn = Callable[[World, Deed, Json | None], None]
"""What is to be made of the words of an acknowledgement."""


async def do(deed: Deed, kind: str, told: Json, take: TakeIn, settle_s: float) -> Shown:
    """Tell the bot of a deed, and return what its doer then sees.

    Args:
        deed: What is done.
        kind: That of Socket Mode's envelopes.
        told: What the bot hears.
        take: See there.
        settle_s: For how long to look at the screen, in real seconds.

    Raises:
        NotPossibleError: If the app is not in the team.
    """
    world = deed.team.world
    if not deed.team.installed:
        raise NotPossibleError("the app is not in this team")
    world.waiting.append(deed)
    try:
        if world.duplicate_deeds > 0 and kind != "events_api":
            world.duplicate_deeds -= 1
            world.start(_again(world, kind, told))
        deed.ack = await world.deliver(kind, told)
        if deed.ack is not None:
            take(world, deed, deed.ack.payload)
            await _settled(deed, settle_s)
        elif not world.excused() and kind != "events_api":
            world.blame(f"{telling.named(told)} was not taken in", "unacknowledged")
    finally:
        world.waiting.remove(deed)
    return show(deed, PATIENCE_S)


async def _again(world: World, kind: str, told: Json) -> None:
    await world.deliver(kind, told)


async def _settled(deed: Deed, settle_s: float) -> None:
    """Wait until something shows that is not on its way to something else."""
    try:
        async with asyncio.timeout(settle_s):
            while not any(effect.final for effect in deed.effects):
                deed.changed.clear()
                await deed.changed.wait()
    except TimeoutError:
        return
