"""Commands at a steady pace, however long each answer takes, and what became of them.

`paced` asks whatever it is handed; `Askers` ask the doubles of Discord and of Slack for
something of everything, nobody more often than their allowance lets them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.battery import on_discord, on_slack
from tests.battery.process import number

THANKS_A_FACE = 90
"""Thanks under one name; then somebody else goes on, within a day's allowance."""

THANKS = 2
"""Shoutouts that are given in turn, before something else is asked for."""

COMMANDS = ("laurel me", "leaderboard", "laurel help")


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody got who asked for something.

    Attributes:
        took_s: How long they waited until there was something to read.

        is_right: Whether it answers what was asked.

        kept: The number of the thanks that they were told are in; empty for none.

        told: What was to be read.
    """

    took_s: float
    is_right: bool
    kept: str = ""
    told: str = ""


Ask = Callable[[int], Awaitable[Heard]]


async def paced(ask: Ask, each_s: float, many: int) -> list[Heard]:
    """Ask so often, one every ``each_s``, and return every answer, quickest first."""
    now_s = asyncio.get_running_loop().time
    began_s = now_s()

    async def one(count: int) -> Heard:
        await asyncio.sleep(max(0.0, began_s + count * each_s - now_s()))
        return await ask(count)

    heard = await asyncio.gather(*map(one, range(many)))
    return sorted(heard, key=lambda each: each.took_s)


def at_share(heard: Sequence[Heard], share: float) -> float:
    """Return how long so many of all waited at most, in seconds."""
    return heard[min(len(heard) - 1, int(len(heard) * share))].took_s


class Venue(Protocol):
    """A place on one of the doubles."""

    async def thank(self, giver: Any, to: Any, why: str) -> Heard:
        """Have somebody thank somebody."""

    async def ask(self, who: Any, command: str) -> Heard:
        """Have somebody type another command."""

    def let_in(self, name: str) -> Any:
        """Add a member."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server on Discord."""

    place: on_discord.Place

    async def thank(self, giver: Any, to: Any, why: str) -> Heard:
        options = on_discord.options(to, why)
        shown = await giver.slash("shoutout", options, self.place.general)
        said = on_discord.is_in(shown)
        return Heard(shown.took_s, said, why if said else "", shown.text)

    async def ask(self, who: Any, command: str) -> Heard:
        shown = await who.slash(command, {}, self.place.general)
        return Heard(shown.took_s, shown.kind == "message", told=shown.text)

    def let_in(self, name: str) -> Any:
        return self.place.let_in(name)


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace on Slack."""

    place: on_slack.Place

    async def thank(self, giver: Any, to: Any, why: str) -> Heard:
        began_s = asyncio.get_running_loop().time()
        shown = await giver.command("/shoutout", f"{to.mention()} {why}")
        took_s = asyncio.get_running_loop().time() - began_s
        said = on_slack.is_in(shown)
        return Heard(took_s, said, why if said else "", shown.text)

    async def ask(self, who: Any, command: str) -> Heard:
        began_s = asyncio.get_running_loop().time()
        name, _, text = command.partition(" ")
        shown = await who.command(f"/{name}", text)
        took_s = asyncio.get_running_loop().time() - began_s
        return Heard(took_s, shown.kind in {"message", "home"}, told=shown.text)

    def let_in(self, name: str) -> Any:
        return self.place.let_in(name)


@dataclass
class Askers:
    """Members of all these places, who ask for something all the while, in turn."""

    venues: Sequence[Venue]
    _friends: list[Any] = field(init=False)
    _givers: dict[tuple[int, int], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Have somebody be there who can be thanked."""
        self._friends = [each.let_in("Bo") for each in self.venues]

    async def ask(self, count: int) -> Heard:
        """Ask for what is next; see `paced`."""
        turn, at = divmod(count, len(self.venues))
        venue, who = self.venues[at], self._giver(at, turn)
        asked = turn % (THANKS + len(COMMANDS)) - THANKS
        if asked >= 0:
            return await venue.ask(who, COMMANDS[asked])
        return await venue.thank(who, self._friends[at], number(at, count))

    async def thank(self, count: int) -> Heard:
        """Thank somebody; see `paced`."""
        turn, at = divmod(count, len(self.venues))
        who = self._giver(at, turn)
        return await self.venues[at].thank(who, self._friends[at], number(at, count))

    def _giver(self, at: int, turn: int) -> Any:
        """Return who asks; somebody else before an allowance is spent."""
        face = at, turn // THANKS_A_FACE
        if face not in self._givers:
            self._givers[face] = self.venues[at].let_in("Ana")
        return self._givers[face]
