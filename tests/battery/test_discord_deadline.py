"""T15: first answers come in time while nothing that is posted gets through."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.battery.on_discord import Town, beside, is_in, number, options
from tests.battery.size import FULL, size
from tests.fakes.discord import Actor, Shown

COMMANDS_PER_S = size(20, 50)
SPELL_S = size(1, 120)
SERVERS = 10
P99_S, MOST_S = (0.8, 2.0) if FULL else (3.0, 3.0)
"""In the short run it is what the platform allows, on however busy a machine."""

THANKS_A_FACE = 90
POSTS = "(POST|GET|PATCH) /(channels|users)/"
COMMANDS = ("laurel me", "leaderboard", "laurel help")
TURNS = 5
"""What is asked for in turn: the above, and two shoutouts."""


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

    async def ask(self, count: int) -> Shown:
        """Type a command when its time has come, and return what was seen."""
        at = count % SERVERS
        who, place = self._giver(at, count), self._places[at]
        await asyncio.sleep(count / COMMANDS_PER_S)
        turn = (count // SERVERS) % TURNS
        if turn < len(COMMANDS):
            return await who.slash(COMMANDS[turn], {}, place.general)
        said = options(self._friends[at], number(at, count))
        shown = await who.slash("shoutout", said, place.general)
        assert is_in(shown), shown.text
        return shown


@pytest.mark.slow
async def test_first_answers_come_in_time_under_fire(tmp_path: Path) -> None:
    """Some of what goes out hangs, the rest is refused; members see none of it."""
    async with beside(tmp_path) as town:
        for n in range(SERVERS):
            town.found(f"Town {n}")
        await town.prepare()
        askers, faults = Askers(town), town.discord.faults
        async with town.running():
            faults.hang(wait_s=40, accept=False, times=SPELL_S * 2, path=POSTS)
            faults.status(500, path=POSTS)
            commands = range(COMMANDS_PER_S * SPELL_S)
            shown = await asyncio.gather(*map(askers.ask, commands))
            faults.clear()
            town.discord.rest.closing.set()  # or what hangs would be waited for
            assert 0 == await town.stop()
        assert {"message"} == {each.kind for each in shown}
        took_s = sorted(each.took_s for each in shown)
        p99_s = took_s[len(took_s) * 99 // 100]
        assert took_s[-1] <= MOST_S, took_s[-5:]
        assert p99_s <= P99_S, took_s[-20:]
        assert [] == town.crashes()
