"""Laurel on Discord as a process of its own: many commands, and none."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.battery.on_discord import (
    Place,
    Town,
    beside,
    is_in,
    number,
    options,
    posts_of,
)
from tests.bench.figure import Figure, in_ms
from tests.bench.processes import resident_mb
from tests.bench.size import Size
from tests.fakes.discord import Actor, Shown

GUILDS, SHARDS = 50, 2
CALL_S = 0.02
"""How long Discord takes for each call."""

COMMANDS_PER_S = 200
"""How many are typed in a second, each when it is typed, answered or not."""

SETTLE_S = 120.0
"""Twenty posts in each channel take a while, at the pace that Discord allows."""


async def storm(folder: Path, size: Size) -> list[Figure]:
    """Many commands in many servers."""
    async with beside(folder) as town:
        town.discord.rest.checks = False  # what it costs to look is not Laurel's
        town.shards, town.discord.world.shards = SHARDS, SHARDS
        for n in range(min(GUILDS, size.commands // 2)):
            town.found(f"Guild {n}")
            await asyncio.sleep(0.002)  # or all have the same shard
        await town.prepare()
        town.discord.faults.slow(CALL_S)
        async with town.running():
            seen = await _typed(town, size.commands)
            await town.settled(SETTLE_S)
            await town.stop()
        return _figures(town, seen)


async def _typed(town: Town, commands: int) -> Sequence[Shown]:
    """Have commands typed at an even pace; return what became of them."""
    loop = asyncio.get_running_loop()
    begins_s = loop.time()
    givers = [_people(place) for place in town.places]

    async def one(count: int) -> Shown:
        at = count % len(town.places)
        place, (giver, to) = town.places[at], givers[at]
        await asyncio.sleep(begins_s + count / COMMANDS_PER_S - loop.time())
        return await giver.slash(
            "shoutout", options(to, number(at, count)), place.general
        )

    return await asyncio.gather(*map(one, range(commands)))


def _people(place: Place) -> tuple[Actor, Actor]:
    return place.guild.add_member("Ana"), place.guild.add_member("Bo")


def _figures(town: Town, seen: Sequence[Shown]) -> list[Figure]:
    answers_s = sorted(shown.took_s for shown in seen if is_in(shown))
    what = f"{len(seen):,} commands over {len(town.places)} guilds and {SHARDS} shards"
    late = sum(shown.deferred for shown in seen)
    posts, wrong = posts_of(town.discord), town.wrong(())
    middle_s = answers_s[len(answers_s) // 2]
    nearly_all_s = answers_s[len(answers_s) * 99 // 100]
    calls = len(town.discord.requests)
    return [
        Figure(
            f"{what}, the slowest first answer",
            answers_s[-1],
            f"half within {in_ms(middle_s)}, 99 of 100 within {in_ms(nearly_all_s)}; "
            f"{COMMANDS_PER_S} a second, {in_ms(CALL_S)} a call, {late} placeholders",
            most=1,
            unit=" s",
        ),
        _exactly(f"{what}, answered", len(answers_s), "each with a receipt", len(seen)),
        _exactly(
            f"{what}, told to slow down",
            town.discord.rate_limited,
            f"429 in {calls:,} calls",
            0,
        ),
        _exactly(
            f"{what}, announced",
            len(posts),
            f"{max(posts.values())} time each",
            len(seen),
        ),
        _exactly(f"{what}, wrong", len(wrong), ", ".join(wrong) or "nothing", 0),
    ]


def _exactly(what: str, value: int, beside: str, wanted: int) -> Figure:
    return Figure(what, value, beside, wanted, wanted)


async def idle(folder: Path, size: Size) -> list[Figure]:
    """Memory of a process that is connected, and that nobody asks for anything."""
    async with beside(folder) as town:
        town.discord.rest.checks = False
        for n in range(GUILDS):
            town.found(f"Guild {n}")
        await town.prepare()
        async with town.running():
            await asyncio.sleep(size.idle_s)
            assert town.child is not None
            taken = resident_mb(town.child.pid)
            await town.stop()
    return [
        Figure(
            "memory with Discord connected, idle",
            taken,
            f"{GUILDS} guilds",
            most=110,
            unit=" MB",
        )
    ]
