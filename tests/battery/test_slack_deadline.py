"""T15: first answers come in time while nothing that is posted gets through."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.battery.on_slack import UNTAKEN, Town, beside, is_in
from tests.battery.process import PATIENCE_S, number
from tests.battery.size import FULL, size
from tests.battery.told import Tell, tell_waits
from tests.fakes.slack import Actor, Shown
from tests.waiting import until

COMMANDS_PER_S = size(20, 50)
SPELL_S = size(1, 30)
WORKSPACES = size(4, 10)
HANGS = WORKSPACES // 2
"""Requests that are never answered; all others are refused."""

P99_S, MOST_S = (0.8, 2.0) if FULL else (3.0, 3.0)
"""In the short run it is what the platform allows, on however busy a machine."""

THANKS_A_FACE = 90
POSTS = r"chat\.|conversations\."
REFUSED = {"ok": False, "error": "service_unavailable"}
"""So that nobody has to ask what became of it: it is tried again at once."""

UNAVAILABLE = 503
LAST = 10**6
"""Among the numbers of thanks."""

COMMANDS = (("/laurel", "me"), ("/leaderboard", ""), ("/laurel", "help"))
THANKS = 2
"""Shoutouts that are given in turn, and then the above are asked for."""


@dataclass(frozen=True, slots=True)
class Waited:
    """What somebody got who asked for something.

    Attributes:
        took_s: How long they waited until there was something to read.
    """

    shown: Shown
    thanked: bool
    took_s: float

    @property
    def is_right(self) -> bool:
        """Whether it is an answer to what was asked."""
        return self.shown.kind == "message" and (not self.thanked or is_in(self.shown))


class Askers:
    """Members who ask for something all the while, each in turn."""

    def __init__(self, town: Town) -> None:
        self._places = town.places
        self._friends = [each.let_in("Bo") for each in town.places]
        self._givers: dict[tuple[int, int], Actor] = {}

    def _giver(self, at: int, count: int) -> Actor:
        """Return who asks; somebody else before an allowance is spent."""
        face = at, count // (WORKSPACES * THANKS_A_FACE)
        if face not in self._givers:
            self._givers[face] = self._places[at].let_in("Ana")
        return self._givers[face]

    async def ask(self, count: int) -> Waited:
        """Type a command when its time has come, and return what was seen."""
        at = count % WORKSPACES
        who = self._giver(at, count)
        await asyncio.sleep(count / COMMANDS_PER_S)
        now_s = asyncio.get_running_loop().time
        began_s = now_s()
        turn = (count // WORKSPACES) % (THANKS + len(COMMANDS))
        if turn < THANKS:
            said = f"{self._friends[at].mention()} {number(at, count)}"
            shown = await who.command("/shoutout", said)
        else:
            shown = await who.command(*COMMANDS[turn - THANKS])
        return Waited(shown, turn < THANKS, now_s() - began_s)


async def begin(town: Town) -> None:
    """Have something be refused; what that leads to begins now."""
    town.slack.faults.status(UNAVAILABLE, path=POSTS, body=REFUSED)
    place, asked = town.places[0], town.slack.requests
    await place.thank(place.let_in("Cy"), place.let_in("Di"), number(0, LAST))
    await until(lambda: any(r.status == UNAVAILABLE for r in asked), PATIENCE_S)
    town.slack.faults.clear()


async def asked(folder: Path, plant: str = "") -> Sequence[Waited]:
    """Return what was seen under fire, quickest first."""
    async with beside(folder) as town:
        for n in range(WORKSPACES):
            town.found(f"Town {n}")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        askers, faults = Askers(town), town.slack.faults
        if plant:
            town.slack.tolerate(UNTAKEN, "acknowledged")
        async with town.running():
            await town.met()
            await begin(town)
            faults.hang(wait_s=40, accept=False, times=HANGS, path=POSTS)
            faults.status(UNAVAILABLE, path=POSTS, body=REFUSED)
            commands = range(COMMANDS_PER_S * (1 if plant else SPELL_S))
            seen = await asyncio.gather(*map(askers.ask, commands))
            faults.clear()
            town.slack.web_api.closing.set()  # or what hangs would be waited for
            if not plant:
                assert 0 == await town.stop()
        assert [] == town.crashes()
        return sorted(seen, key=lambda each: each.took_s)


def faults_of(seen: Sequence[Waited]) -> dict[str, object]:
    """Return what is wrong with what was seen, quickest first; nothing if all is well.

    What came too late for Slack to show it is no answer.
    """
    took_s = [each.took_s for each in seen]
    p99_s = took_s[len(took_s) * 99 // 100]
    found = {
        "no answer": [each.shown for each in seen if not each.is_right],
        "late": [each for each in took_s if each > MOST_S],
        "99 of 100": p99_s if p99_s > P99_S else 0,
        "taken in late": [e.shown for e in seen if e.shown.acked_s > MOST_S],
    }
    return {what: which for what, which in found.items() if which}


@pytest.mark.slow
@pytest.mark.timed
async def test_first_answers_come_in_time_under_fire(
    tmp_path: Path, tell: Tell
) -> None:
    """Some of what goes out hangs, the rest is refused; members see none of it."""
    seen = await asked(tmp_path)
    tell_waits(tell, "Slack", [each.took_s for each in seen])
    assert any(each.thanked for each in seen)
    assert {} == faults_of(seen)


@pytest.mark.slow
async def test_a_courier_that_holds_all_up_is_found(tmp_path: Path) -> None:
    """Planted: nothing else is done while it waits to try again."""
    assert "no answer" in faults_of(await asked(tmp_path, "blocking"))
