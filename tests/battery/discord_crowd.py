"""Members who thank each other on Discord all the while, and note what was answered."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.battery.on_discord import Place, Town, is_in, number, options, said_on, until
from tests.fakes.discord import Actor, NotPossibleError
from tests.fakes.discord.shown import Shown

THANKS_A_FACE = 90
"""Thanks under one name; then somebody else goes on, within a day's allowance."""

MOST_UNSEEN = 15
"""Thanks that a server waits for to appear before it gives more, so that what is
posted is never folded into a digest."""

LONGEST_S = 900.0
"""No outage lasts longer, in real time."""


@dataclass(repr=False)
class Crowd:
    """One giver to a server, who gives and gives.

    Attributes:
        acknowledged: What was answered with a yes.

        answers: Everything that was seen, by those who waited.

        up: Whether there is anybody to answer.
    """

    town: Town
    pause_s: float = 0.0
    most_unseen: int = MOST_UNSEEN
    acknowledged: list[str] = field(default_factory=list)
    answers: list[Shown] = field(default_factory=list)
    up: asyncio.Event = field(default_factory=asyncio.Event)
    leaving: bool = False
    _deeds: set[asyncio.Task[Shown]] = field(default_factory=set)

    @asynccontextmanager
    async def giving(self) -> AsyncIterator[None]:
        """Have everybody thank while the block runs, and be answered to the last."""
        async with asyncio.TaskGroup() as tasks:
            for n, place in enumerate(self.town.places):
                tasks.create_task(self._give(place, n))
            yield
            self.leaving = True
            self.up.set()

    async def answered(self, more: int = 1) -> None:
        """Wait until ``more`` answers were seen."""
        wanted = len(self.answers) + more
        await until(lambda: len(self.answers) >= wanted)

    def give_up(self) -> None:
        """Have everybody turn away from what they wait for."""
        self.up.clear()
        for deed in self._deeds:
            deed.cancel()

    async def _give(self, place: Place, client: int) -> None:
        friends = [place.guild.add_member(f"Friend {n}") for n in range(3)]
        giver = place.guild.add_member("Giver")
        given = 0
        for count in itertools.count():
            await self.up.wait()
            if self.leaving:
                return
            if count and count % THANKS_A_FACE == 0:
                giver = place.guild.add_member(f"Giver {count}")
            words = number(client, count)
            if await self._said(giver, place, friends[count % 3], words):
                self.acknowledged.append(words)
                given += 1
            await asyncio.sleep(self.pause_s)
            await self._seen(place, given - self.most_unseen)

    async def _seen(self, place: Place, posts: int) -> None:
        """Wait until so many posts stand on a wall."""
        await until(
            lambda: self.leaving or len(said_on(place.wall)) >= posts, LONGEST_S
        )

    async def _said(self, giver: Actor, place: Place, to: Actor, words: str) -> bool:
        deed = asyncio.ensure_future(  # noqa: TID251  awaited below
            giver.slash("shoutout", options(to, words), place.general)
        )
        self._deeds.add(deed)
        try:
            shown = await deed
        except asyncio.CancelledError:
            return False
        except NotPossibleError:  # Laurel is not there any more
            return False
        finally:
            self._deeds.discard(deed)
        self.answers.append(shown)
        return is_in(shown)
