"""Laurel on Slack as a process of its own: many commands, and none."""

from __future__ import annotations

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.battery import on_discord
from tests.battery.on_slack import Place, Town, beside, is_in, posts_of
from tests.battery.process import Process, number
from tests.bench.figure import Figure, in_ms
from tests.bench.processes import resident_mb
from tests.bench.size import Size
from tests.fakes.slack import Actor, Shown

WORKSPACES = 20
CALL_S = 0.02
"""How long Slack takes for each call."""

COMMANDS_PER_S = 200
"""How many are typed in a second, each when it is typed, answered or not."""

SETTLE_S = 180.0
"""Fifty posts in each channel take a while, at the pace that Slack allows."""

ACKED_S = 0.5
SECOND_S = 1.0


async def storm(folder: Path, size: Size) -> list[Figure]:
    """Many commands in many workspaces."""
    async with beside(folder) as town:
        for n in range(min(WORKSPACES, max(5, size.commands // 50))):
            town.found(f"Workspace {n}")
        await town.prepare()
        town.slack.faults.slow(CALL_S)
        async with town.running():
            await town.met()
            seen = await _typed(town, size.commands)
            await town.settled(SETTLE_S)
            await town.stop()
        return [*_answers(town, seen), *_posts(town, len(seen))]


async def _typed(town: Town, commands: int) -> Sequence[Shown]:
    """Have commands typed at an even pace; return what became of them."""
    loop = asyncio.get_running_loop()
    givers = [_people(place) for place in town.places]
    begins_s = loop.time()

    async def one(count: int) -> Shown:
        at = count % len(town.places)
        giver, to = givers[at]
        await asyncio.sleep(begins_s + count / COMMANDS_PER_S - loop.time())
        text = f"{to.mention()} {number(at, count)}"
        return await giver.command("/shoutout", text)

    return await asyncio.gather(*map(one, range(commands)))


def _people(place: Place) -> tuple[Actor, Actor]:
    return place.let_in("Ana"), place.let_in("Bo")


def _what(town: Town, commands: int) -> str:
    return f"{commands:,} commands over {len(town.places)} workspaces"


def _answers(town: Town, seen: Sequence[Shown]) -> list[Figure]:
    what = _what(town, len(seen))
    acked_s = sorted(shown.acked_s for shown in seen)
    middle_s, nearly_all_s = (
        acked_s[len(acked_s) * share // 100] for share in (50, 99)
    )
    answered = sum(map(is_in, seen))
    return [
        Figure(
            f"{what}, the slowest acknowledgement",
            acked_s[-1],
            f"half within {in_ms(middle_s)}, 99 of 100 within {in_ms(nearly_all_s)}; "
            f"{COMMANDS_PER_S} a second, {in_ms(CALL_S)} a call",
            most=ACKED_S,
            unit=" s",
        ),
        _exactly(f"{what}, answered", answered, "each with a receipt", len(seen)),
    ]


def _posts(town: Town, commands: int) -> list[Figure]:
    what = _what(town, commands)
    posts = posts_of(town.slack)
    told = sum(len(place.stands()) for place in town.places)
    wrong = town.wrong(())
    calls = len(town.slack.requests)
    return [
        _exactly(
            f"{what}, announced", told, f"{max(posts.values())} time each", commands
        ),
        _exactly(f"{what}, wrong", len(wrong), ", ".join(wrong) or "nothing", 0),
        Figure(
            f"{what}, the shortest time between two posts of one channel",
            _gap_s(town),
            f"429 for {town.slack.rate_limited} of {calls:,} calls",
            least=SECOND_S,
            unit=" s",
        ),
    ]


def _gap_s(town: Town) -> float:
    """Return how close two posts came to each other in any channel."""
    came_s: dict[str, list[float]] = defaultdict(list)
    for each in town.slack.requests:
        if each.method == "chat.postMessage":
            came_s[str(each.args["channel"])].append(each.came_s)
    return min(
        after - before
        for times in came_s.values()
        for before, after in itertools.pairwise(times)
    )


def _exactly(what: str, value: int, beside: str, wanted: int) -> Figure:
    return Figure(what, value, beside, wanted, wanted)


@dataclass(repr=False, kw_only=True)
class _Both(Process):
    """Laurel on two platforms at once."""

    slack: Town
    discord: on_discord.Town

    def settings(self) -> Sequence[str]:
        return (*self.slack.settings(), *self.discord.settings())

    def secrets(self) -> Mapping[str, str]:
        return {**self.slack.secrets(), **self.discord.secrets()}


async def idle(folder: Path, size: Size) -> list[Figure]:
    """Memory of a process that two platforms are connected to, and nobody asks."""
    async with beside(folder) as slack, on_discord.beside(folder) as discord:
        discord.discord.rest.checks = False
        for n in range(WORKSPACES):
            slack.found(f"Workspace {n}")
            discord.found(f"Guild {n}")
        await discord.prepare()
        await slack.prepare()
        both = _Both(
            folder=folder,
            world=slack.world,
            public=slack.public,
            slack=slack,
            discord=discord,
        )
        async with both.running():
            await slack.met()
            await asyncio.sleep(size.idle_s)
            assert both.child is not None
            taken = resident_mb(both.child.pid)
            await both.stop()
    return [
        Figure(
            "memory with Slack and Discord connected, idle",
            taken,
            f"{WORKSPACES} workspaces and as many guilds",
            most=140,
            unit=" MB",
        )
    ]
