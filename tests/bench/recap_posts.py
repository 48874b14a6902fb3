"""Recaps that are due at the same minute, posted by a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.app import open_database
from bot.domain.people import Person
from bot.domain.refs import CommunityRef, MemberRef
from bot.domain.shoutouts import Shoutout
from cogs.recaps import schedule
from storage import activity, communities, members, shoutouts, words
from storage.activity import Fact
from storage.boards import tallies
from storage.database import Transaction
from tests.battery import on_discord, on_slack
from tests.bench.figure import Figure
from tests.bench.processes import resident_mb
from tests.bench.size import Size
from tests.fakes import discord as double_of_discord
from tests.fakes import slack as double_of_slack
from tests.waiting import until

PER_S = 5
"""Posts a second at the least, each with a picture that is drawn and uploaded."""

_STARTING_S = 30.0
_DUE_AFTER = timedelta(days=9)
"""When the first recap is due at the latest, whichever day of the week it is."""

_SENT = "outbox WHERE key LIKE 'recaps:post:%' AND state = 'sent'"
_TITLE = "in thanks"
_WHY = "You stayed until the last chair was stacked away."

Town = on_discord.Town | on_slack.Town
Double = double_of_discord.Discord | double_of_slack.Slack
Read = Callable[[Any], str]
"""Returns the words of a message, as its platform has it."""


async def over_discord(folder: Path, size: Size) -> Sequence[Figure]:
    """Have a recap posted in each of many servers."""
    async with on_discord.beside(folder) as town:
        town.discord.rest.checks = False  # what it costs to look is not Laurel's
        for n in range(size.recaps):
            town.found(f"Guild {n}")
        return await _posted(town, town.discord, double_of_discord.words, "Discord")


async def over_slack(folder: Path, size: Size) -> Sequence[Figure]:
    """Have a recap posted in each of many workspaces."""
    async with on_slack.beside(folder) as town:
        for n in range(size.recaps):
            town.found(f"Workspace {n}")
        return await _posted(town, town.slack, double_of_slack.words, "Slack")


async def _posted(
    town: Town, double: Double, read: Read, platform: str
) -> Sequence[Figure]:
    await town.prepare()
    people = [(p.ref, p.let_in("Ana").id, p.let_in("Bo").id) for p in town.places]
    async with open_database(town.file) as database:
        await database.write(_live_a_week, people, town.world.now())
    town.later(_DUE_AFTER.total_seconds())

    due = len(people)
    loop = asyncio.get_running_loop()
    async with town.running():
        begins_s = loop.time()
        await until(lambda: town.count(_SENT) >= due, _STARTING_S + due / PER_S * 2)
        took_s = loop.time() - begins_s
        await town.settled()
        assert town.child is not None
        taken = resident_mb(town.child.pid)
        await town.stop()
    stand = sum(_TITLE in text for text in _said(town, read))
    wrong = town.wrong(())
    what = f"{due} recaps due at the same minute on {platform}"
    calls = f"429 in {len(double.requests):,} calls"
    return [
        _exactly(f"{what}, posted", stand, f"in {took_s:.1f} s", due),
        _exactly(f"{what}, told to slow down", double.rate_limited, calls, 0),
        _exactly(f"{what}, wrong", len(wrong), ", ".join(wrong) or "nothing", 0),
        Figure(
            f"{what}, until the last one stands",
            took_s,
            f"{due / took_s:.0f} a second, each with its picture",
            most=_STARTING_S + due / PER_S,
            unit=" s",
        ),
        Figure(f"{what}, memory after it", taken, "all of it", most=160, unit=" MB"),
    ]


def _said(town: Town, read: Read) -> Iterator[str]:
    for place in town.places:
        for message in place.wall.messages.values():
            yield read(message.raw)


def _exactly(what: str, value: int, beside: str, wanted: int) -> Figure:
    return Figure(what, value, beside, wanted, wanted)


def _live_a_week(
    tx: Transaction, people: Sequence[tuple[CommunityRef, str, str]], at: datetime
) -> None:
    """Have recaps come, and two people thank each other, in each community."""
    for ref, *pair in people:
        here = communities.get(tx, ref)
        schedule.follow(tx, here, at)
        ana, bo = (
            members.meet(tx, here, Person(MemberRef(ref, each), name), at)
            for each, name in zip(pair, ("Ana", "Bo"), strict=True)
        )
        for giver, to in ((ana, bo), (bo, ana)):
            kept, _ = words.add(tx, here, giver.key, _WHY)
            given_at = at + timedelta(minutes=1)
            thanks = Shoutout(
                giver, (to,), _WHY, None, private=False, given_at=given_at
            )
            call = f"{ref.id}:{giver.key}"
            given = f"shoutouts:{shoutouts.add(tx, here, thanks, call, kept)}"
            fact = Fact("shoutouts.given", giver.key, to.key, 1, call, given)
            activity.add(tx, here, fact, given_at)
    seen = activity.cursor_of(tx, tallies.COUNTER)
    entries, seen = activity.after(tx, seen, 4 * len(people), tallies.COUNTED)
    tallies.count(tx, entries)
    activity.move_cursor(tx, tallies.COUNTER, seen)
