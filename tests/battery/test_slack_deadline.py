"""T15: first answers come in time while nothing that is posted gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.battery.on_slack import Town, beside, is_in
from tests.battery.process import number
from tests.battery.size import FULL, size
from tests.fakes.slack import Actor, Shown

COMMANDS_PER_S = size(20, 50)
SPELL_S = size(1, 120)
WORKSPACES = 10
P99_S, MOST_S = (0.8, 2.0) if FULL else (3.0, 3.0)
"""In the short run it is what the platform allows, on however busy a machine."""

THANKS_A_FACE = 90
POSTS = r"chat\.|conversations\."
COMMANDS = (("/laurel", "me"), ("/leaderboard", ""), ("/laurel", "help"))
TURNS = 5
"""What is asked for in turn: the above, and two shoutouts."""


class Askers:
    """Members who ask for something all the while, each in turn.

    Attributes:
        took_s: How long each waited until there was something to read.
    """

    def __init__(self, town: Town) -> None:
        self._places = town.places
        self._friends = [each.let_in("Bo") for each in town.places]
        self._givers: dict[tuple[int, int], Actor] = {}
        self.took_s: list[float] = []

    def _giver(self, at: int, count: int) -> Actor:
        """Return who asks; somebody else before an allowance is spent."""
        face = at, count // (WORKSPACES * THANKS_A_FACE)
        if face not in self._givers:
            self._givers[face] = self._places[at].let_in("Ana")
        return self._givers[face]

    async def ask(self, count: int) -> Shown:
        """Type a command when its time has come, and return what was seen."""
        at = count % WORKSPACES
        who = self._giver(at, count)
        await asyncio.sleep(count / COMMANDS_PER_S)
        now_s = asyncio.get_running_loop().time
        began_s = now_s()
        turn = (count // WORKSPACES) % TURNS
        if turn < len(COMMANDS):
            shown = await who.command(*COMMANDS[turn])
        else:
            said = f"{self._friends[at].mention()} {number(at, count)}"
            shown = await who.command("/shoutout", said)
            assert is_in(shown), shown.text
        self.took_s.append(now_s() - began_s)
        return shown


async def asked(folder: Path) -> tuple[Sequence[Shown], Sequence[float]]:
    """Return what was seen under fire, and how long it took; quickest first."""
    async with beside(folder) as town:
        for n in range(WORKSPACES):
            town.found(f"Town {n}")
        await town.prepare()
        askers, faults = Askers(town), town.slack.faults
        async with town.running():
            await town.met()
            faults.hang(wait_s=40, accept=False, times=SPELL_S * 2, path=POSTS)
            faults.status(500, path=POSTS)
            commands = range(COMMANDS_PER_S * SPELL_S)
            shown = await asyncio.gather(*map(askers.ask, commands))
            faults.clear()
            town.slack.web_api.closing.set()  # or what hangs would be waited for
            assert 0 == await town.stop()
        assert [] == town.crashes()
        return shown, sorted(askers.took_s)


@pytest.mark.slow
async def test_first_answers_come_in_time_under_fire(tmp_path: Path) -> None:
    """Some of what goes out hangs, the rest is refused; members see none of it."""
    shown, took_s = await asked(tmp_path)
    assert {"message"} == {each.kind for each in shown}
    p99_s = took_s[len(took_s) * 99 // 100]
    assert took_s[-1] <= MOST_S, took_s[-5:]
    assert p99_s <= P99_S, took_s[-20:]
    assert max(each.acked_s for each in shown) <= MOST_S
