"""T35: whatever befalls Laurel, it does not wear Slack out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import aiohttp
import pytest

from tests.battery.crowd import Crowd
from tests.battery.on_slack import UNTAKEN, Town, beside
from tests.battery.size import at_once, size
from tests.battery.told import Tell
from tests.fakes.slack.web_api import Recorded
from tests.waiting import until

SPEED = 40
SPELL_S = size(60, 700)
"""How long it lasts, in Laurel's time."""

MOST_INVALID = 50
MOST_CONNECTIONS = 15
"""Asked for by the app in a minute: the ten that Slack lets through, and few more."""

PAUSE_S = size(100, 20) / 1_000
STARTS = size(2, 20)
WAIT_S = 30.0
FIRST = 10
MINUTE_S = 60.0
TOO_MANY = 429
OPENING = "apps.connections.open"
UNTAKEN_TOKEN = frozenset({"token_revoked", "account_inactive", "invalid_auth"})

Trouble = Callable[[Town], Awaitable[None]]


async def revoked(town: Town) -> None:
    """One workspace's token is taken away, without a word."""
    town.slack.faults.revoke(town.places[0].team)


async def archived(town: Town) -> None:
    place = town.places[0]
    place.team.archive(place.wall)


async def without_a_wall(town: Town) -> None:
    place = town.places[0]
    place.team.delete_channel(place.wall)


async def without_a_word(town: Town) -> None:
    """The wall takes no posts, and nobody told Laurel."""
    town.slack.faults.error("restricted_action", path=r"chat\.postMessage")


async def limited(town: Town) -> None:
    """Every request is one too many."""
    town.slack.faults.rate_limit(WAIT_S, for_s=SPELL_S / SPEED)


async def broken(town: Town) -> None:
    town.slack.faults.status(503, for_s=SPELL_S / SPEED)


async def locked_out(town: Town) -> None:
    """The app's own token is taken away, and its socket cut."""
    town.slack.faults.error("invalid_auth", path="apps.connections.open")
    town.slack.faults.cut()


async def _again_and_again(town: Town, act: Callable[[], Awaitable[None]]) -> None:
    loop = asyncio.get_running_loop()
    until_s = loop.time() + SPELL_S / SPEED
    while loop.time() < until_s:
        if town.slack.connections:
            await act()
        await asyncio.sleep(0.02)


async def restless(town: Town) -> None:
    """Cut every socket as soon as there is one."""

    async def act() -> None:
        town.slack.faults.cut()

    await _again_and_again(town, act)


async def sent_on(town: Town) -> None:
    """Ask every socket to make room for another, as soon as it is open."""

    async def act() -> None:
        await town.slack.faults.disconnect("refresh_requested", grace_s=0.05)

    await _again_and_again(town, act)


async def switched_off(town: Town) -> None:
    """Socket Mode is switched off whenever somebody opens a socket."""

    async def act() -> None:
        await town.slack.faults.disconnect("link_disabled")

    await _again_and_again(town, act)


EVERYBODY = {limited, broken, locked_out, restless, sent_on, switched_off}
EVERYBODY |= {without_a_word}
"""What befalls more than one workspace."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How much of Slack was asked while it lasted, and what came of it.

    Attributes:
        invalid: Answers that said that it was too much, or that the token is no good;
            the most in any ten minutes in any workspace, or to the app itself.

        connections: The most sockets that were asked for in any minute.
    """

    invalid: int
    connections: int


async def troubled(folder: Path, trouble: Trouble, plant: str = "") -> Asked:
    """Return how much Slack was asked while people went on."""
    async with beside(folder, SPEED) as town:
        town.found("Willow")
        spared = town.found("Birch")
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        town.slack.tolerate(*UNTAKEN_TOKEN)
        town.slack.tolerate(UNTAKEN, "acknowledged")  # in a hurry, either may be late
        crowd = Crowd(town.places, pause_s=PAUSE_S, most_unseen=10_000)
        async with town.running():
            async with crowd.giving():
                crowd.up.set()
                await crowd.answered(FIRST)
                before = len(town.slack.requests)
                ends_s = asyncio.get_running_loop().time() + SPELL_S / SPEED
                await trouble(town)
                left_s = ends_s - asyncio.get_running_loop().time()
                await asyncio.sleep(max(0.0, left_s))
                crowd.give_up()
            if trouble not in EVERYBODY:
                ana, bo = map(spared.let_in, ("Ana", "Bo"))
                await until(lambda: spared.thank(ana, bo, "no9x9"))
        assert [] == town.crashes()
        asked = town.slack.requests[before:]
        return Asked(
            max(
                _within(
                    10 * MINUTE_S,
                    [r for r in asked if r.team_id == whose and _is_invalid(r)],
                )
                for whose in {"", *(place.team.id for place in town.places)}
            ),
            _within(MINUTE_S, [r for r in asked if r.method == OPENING]),
        )


def _is_invalid(asked: Recorded) -> bool:
    return asked.status == TOO_MANY or asked.error in UNTAKEN_TOKEN


def _within(spell_s: float, asked: Sequence[Recorded]) -> int:
    """Return how many came within any spell of that length, at most."""
    at = [each.at.timestamp() for each in asked]
    return max((sum(0 <= b - a < spell_s for b in at) for a in at), default=0)


TROUBLES: Sequence[Trouble] = (
    revoked,
    archived,
    without_a_wall,
    without_a_word,
    limited,
    broken,
    locked_out,
    restless,
    sent_on,
    switched_off,
)


@pytest.mark.slow
@pytest.mark.parametrize("troubles", at_once(TROUBLES, 5))
async def test_no_trouble_wears_slack_out(
    tmp_path: Path, troubles: Sequence[Trouble], tell: Tell
) -> None:
    """While people go on; and where it is one workspace's, others feel nothing."""
    folders = [tmp_path / trouble.__name__ for trouble in troubles]
    for folder in folders:
        folder.mkdir()
    asked = await asyncio.gather(*map(troubled, folders, troubles))
    invalid = max(each.invalid for each in asked)
    tell("P24", "invalid requests in any trouble, Slack", invalid, most=MOST_INVALID)
    opened = max(each.connections for each in asked)
    what = "sockets asked for in a minute, Slack"
    tell("P24", what, opened, most=MOST_CONNECTIONS)


@pytest.mark.slow
async def test_a_courier_that_does_not_wait_is_found(tmp_path: Path) -> None:
    """Planted: it tries again at once, however long Slack asks it to wait."""
    asked = await troubled(tmp_path, limited, "pushy")
    assert MOST_INVALID / 2 < asked.invalid  # within a minute, in the short run


async def test_a_wrong_token_ends_the_process_in_words(tmp_path: Path) -> None:
    """With 4, however often it is started; each start asks once."""
    async with beside(tmp_path) as town:
        town.found()
        await town.prepare()
        town.slack.tolerate("invalid_auth")
        town.slack.faults.error("invalid_auth", path="apps.connections.open")
        for _ in range(STARTS):
            child = await town.start()
            assert 4 == await child.wait()
        complaints = town.log.read_text("utf-8")
        assert "Slack does not take the app's token" in complaints
        assert [] == town.crashes()
        asked = [r.method for r in town.slack.requests]
        assert STARTS == asked.count("apps.connections.open")


async def test_a_token_revoked_in_flight_is_told_and_waited_for(tmp_path: Path) -> None:
    """No socket is asked for any more, and whoever looks is told so in words."""
    async with beside(tmp_path, SPEED) as town:
        town.found()
        await town.prepare()
        town.slack.tolerate("invalid_auth")
        async with town.running():
            await locked_out(town)
            told = await _troubles(town)
            asked = len(town.slack.requests)
            await asyncio.sleep(1)
            assert asked == len(town.slack.requests)
            assert "Put a new one in its place" in told
            assert 0 == await town.stop()


async def _troubles(town: Town) -> str:
    async with aiohttp.ClientSession() as session, asyncio.timeout(20):
        while True:
            async with session.get(f"{town.url}readyz") as answer:
                text = await answer.text()
                if answer.status == 503 and "token" in text:
                    return text
            await asyncio.sleep(0.05)
