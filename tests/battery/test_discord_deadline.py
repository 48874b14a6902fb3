"""T15: first answers come in time while nothing that is posted gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.battery.on_discord import Town, beside, is_in, number, options
from tests.battery.process import PATIENCE_S
from tests.battery.size import FULL, size
from tests.battery.told import Tell, tell_waits
from tests.fakes.discord import Actor, Shown
from tests.waiting import until

COMMANDS_PER_S = size(20, 50)
SPELL_S = size(1, 30)
SERVERS = size(4, 10)
HANGS = SERVERS // 2
"""Requests that are never answered; all others are refused."""

P99_S, MOST_S = (0.8, 2.0) if FULL else (3.0, 3.0)
"""In the short run it is what the platform allows, on however busy a machine."""

THANKS_A_FACE = 90
POSTS = "(POST|GET|PATCH) /(channels|users)/"
UNAVAILABLE = 503
"""What nobody but Laurel itself tries again."""

LAST = 10**6
"""Among the numbers of thanks."""

COMMANDS = ("laurel me", "leaderboard", "laurel help")
THANKS = 2
"""Shoutouts that are given in turn, and then the above are asked for."""

TOO_LATE = 10062


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw who asked for something."""

    shown: Shown
    thanked: bool

    @property
    def is_right(self) -> bool:
        """Whether it is an answer to what was asked."""
        return self.shown.kind == "message" and (not self.thanked or is_in(self.shown))


class Askers:
    """Members who ask for something all the while, each in turn."""

    def __init__(self, town: Town) -> None:
        self._places = town.places
        self._friends = [each.guild.add_member("Bo") for each in town.places]
        self._givers: dict[tuple[int, int], Actor] = {}

    def _giver(self, at: int, count: int) -> Actor:
        """Return who asks; somebody else before an allowance is spent."""
        face = at, count // (SERVERS * THANKS_A_FACE)
        if face not in self._givers:
            self._givers[face] = self._places[at].guild.add_member("Ana")
        return self._givers[face]

    async def ask(self, count: int) -> Seen:
        """Type a command when its time has come, and return what was seen."""
        at = count % SERVERS
        who, place = self._giver(at, count), self._places[at]
        await asyncio.sleep(count / COMMANDS_PER_S)
        turn = (count // SERVERS) % (THANKS + len(COMMANDS))
        if turn >= THANKS:
            asked = COMMANDS[turn - THANKS]
            return Seen(await who.slash(asked, {}, place.general), thanked=False)
        said = options(self._friends[at], number(at, count))
        return Seen(await who.slash("shoutout", said, place.general), thanked=True)


async def begin(town: Town) -> None:
    """Have something be refused; what that leads to begins now."""
    town.discord.faults.status(UNAVAILABLE, path=POSTS)
    place, asked = town.places[0], town.discord.requests
    await place.thank(place.let_in("Cy"), place.let_in("Di"), number(0, LAST))
    await until(lambda: any(r.status == UNAVAILABLE for r in asked), PATIENCE_S)
    town.discord.faults.clear()


async def asked(folder: Path, plant: str = "") -> Sequence[Seen]:
    """Return what was seen under fire, quickest first."""
    async with beside(folder) as town:
        for n in range(SERVERS):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        askers, faults = Askers(town), town.discord.faults
        if plant:
            town.discord.tolerate(TOO_LATE)
        async with town.running():
            await begin(town)
            faults.hang(wait_s=40, accept=False, times=HANGS, path=POSTS)
            faults.status(UNAVAILABLE, path=POSTS)
            commands = range(COMMANDS_PER_S * (1 if plant else SPELL_S))
            seen = await asyncio.gather(*map(askers.ask, commands))
            faults.clear()
            town.discord.rest.closing.set()  # or what hangs would be waited for
            if not plant:
                assert 0 == await town.stop()
        assert [] == town.crashes()
        return sorted(seen, key=lambda each: each.shown.took_s)


def faults_of(seen: Sequence[Seen]) -> dict[str, object]:
    """Return what is wrong with what was seen, quickest first; nothing if all is well.

    What came too late for Discord to show it is no answer.
    """
    took_s = [each.shown.took_s for each in seen]
    p99_s = took_s[len(took_s) * 99 // 100]
    found = {
        "no answer": [each.shown for each in seen if not each.is_right],
        "late": [each for each in took_s if each > MOST_S],
        "99 of 100": p99_s if p99_s > P99_S else 0,
    }
    return {what: which for what, which in found.items() if which}


@pytest.mark.slow
@pytest.mark.timed
async def test_first_answers_come_in_time_under_fire(
    tmp_path: Path, tell: Tell
) -> None:
    """Some of what goes out hangs, the rest is refused; members see none of it."""
    seen = await asked(tmp_path)
    tell_waits(tell, "Discord", [each.shown.took_s for each in seen])
    assert any(each.thanked for each in seen)
    assert {} == faults_of(seen)


@pytest.mark.slow
async def test_a_courier_that_holds_all_up_is_found(tmp_path: Path) -> None:
    """Planted: nothing else is done while it waits to try again."""
    assert "no answer" in faults_of(await asked(tmp_path, "blocking"))
