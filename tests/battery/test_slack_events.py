"""T08: what Slack delivers again, under whichever id, has one effect."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain.refs import ChannelRef
from tests.battery.on_slack import Place, Town, beside
from tests.battery.process import EASY
from tests.battery.size import size
from tests.fakes.slack import Channel, Json, events
from tests.fakes.slack.actors import Actor
from tests.fakes.slack.deeds import Deed
from tests.fakes.slack.telling import home
from tests.waiting import until

pytestmark = pytest.mark.usefixtures("unhurried")

COPIES = 3
MEMBERS = size(5, 90)
"""In the full run, as many as Slack tells of in a minute, with those of the start."""
QUIET_S = 0.2
"""After all was told and said, a second effect would show in this time."""

GONE = "communities WHERE left_at IS NOT NULL"
GIVEN = "shoutouts"
UNDONE = "retractions"

fresh_ids = pytest.mark.parametrize("fresh", [False, True], ids=["again", "fresh ids"])


def told_on(channel: Channel) -> int:
    """Return how many messages stand in a channel."""
    return len(channel.messages)


async def with_moderators(town: Town) -> tuple[Place, Channel]:
    """Add a workspace whose moderators are told what goes wrong."""
    place = town.found()
    moderators = place.team.add_channel("moderators")
    chosen = replace(EASY, moderators=ChannelRef(place.ref, moderators.id))
    await town.prepare(chosen)
    return place, moderators


async def quiet(town: Town) -> None:
    """Wait until every copy was taken in, and what follows from them was said."""
    await until(lambda: not town.slack.world.tasks)
    await town.settled()
    await asyncio.sleep(QUIET_S)


async def deliver(town: Town, place: Place, event: Json, *, fresh: bool) -> None:
    """Deliver an event once more, as it was or under another id."""
    told = events.envelope(place.team, event)
    if not fresh:
        told["event_id"] = "Ev0SAME"
    assert await town.slack.world.deliver("events_api", told) is not None


@pytest.mark.slow
@fresh_ids
async def test_a_wall_that_is_gone_is_told_of_once(
    tmp_path: Path, *, fresh: bool
) -> None:
    """All copies come at the same moment."""
    async with beside(tmp_path) as town:
        place, moderators = await with_moderators(town)
        async with town.running():
            await town.met()
            town.slack.faults.duplicate_events(copies=COPIES, fresh_ids=fresh)
            place.team.archive(place.wall)
            await until(lambda: told_on(moderators))
            await quiet(town)
            assert 1 == told_on(moderators)
            assert 0 == await town.stop()
        assert [] == town.crashes()


@pytest.mark.slow
@fresh_ids
async def test_a_wall_is_told_of_once_over_a_restart(
    tmp_path: Path, *, fresh: bool
) -> None:
    """Whoever was killed before Slack heard that it was taken is told again."""
    async with beside(tmp_path) as town:
        place, moderators = await with_moderators(town)
        at = town.world.now().timestamp()
        event: Json = {"type": "channel_archive", "channel": place.wall.id}
        for count in range(COPIES):
            async with town.running():
                await town.met()
                told = event | {"event_ts": f"{at:.6f}"}
                await deliver(town, place, told, fresh=fresh)
                await until(lambda: told_on(moderators))
                await town.settled()
            assert 1 == told_on(moderators), count
        later = event | {"event_ts": f"{at + 86_400:.6f}"}
        async with town.running():
            await deliver(town, place, later, fresh=True)
            await until(lambda: told_on(moderators) > 1)


@pytest.mark.slow
@fresh_ids
async def test_a_home_is_drawn_once(tmp_path: Path, *, fresh: bool) -> None:
    """For each time that somebody looks at it."""
    async with beside(tmp_path) as town:
        place = town.found()
        await town.prepare()
        async with town.running():
            await town.met()
            people = [place.let_in(f"Member {n}") for n in range(MEMBERS)]
            seen = [_looked(each) for each in people]
            for _ in range(COPIES):
                for n, event in enumerate(seen):
                    told = events.envelope(place.team, event)
                    if not fresh:
                        told["event_id"] = f"Ev0SAME{n}"
                    await town.slack.world.deliver("events_api", told)
            await until(lambda: len(_drawn(town)) >= MEMBERS)
            await quiet(town)
            assert sorted(each.id for each in people) == sorted(_drawn(town))
            assert 0 == await town.stop()
        assert [] == town.crashes()


def _looked(who: Actor) -> Json:
    return home(who.world, Deed(who.user, who.team))


def _drawn(town: Town) -> list[str]:
    asked = town.slack.requests
    return [str(r.args["user_id"]) for r in asked if r.method == "views.publish"]


@pytest.mark.slow
@fresh_ids
async def test_a_workspace_leaves_once(tmp_path: Path, *, fresh: bool) -> None:
    """And copies that come when it has come back send nobody away."""
    async with beside(tmp_path) as town:
        stays, leaves = town.found("Willow"), town.found("Birch")
        await town.prepare()
        async with town.running():
            await town.met()
            town.slack.faults.duplicate_events(2, copies=COPIES, fresh_ids=fresh)
            leaves.team.uninstall()
            await until(lambda: town.count(GONE))
            await quiet(town)
            assert 1 == town.count(GONE)
            ana, bo = stays.let_in("Ana"), stays.let_in("Bo")
            assert await stays.thank(ana, bo, "no0x1")
            assert 0 == await town.stop()
        assert [] == town.crashes()


@pytest.mark.slow
async def test_what_somebody_does_is_done_once(tmp_path: Path) -> None:
    """A command, a form and a press, each delivered twice."""
    async with beside(tmp_path) as town:
        place = town.found()
        await town.prepare()
        ana, bo = place.let_in("Ana"), place.let_in("Bo")
        async with town.running():
            await town.met()
            town.slack.faults.duplicate_deeds(4)
            shown = await ana.command("/shoutout", f"{bo.mention()} no0x0")
            assert (1, "message") == (town.count(GIVEN), shown.kind)
            form = await ana.command("/shoutout")
            assert form.view is not None
            await ana.submit(form, {"to": [bo], "why": "no0x1"})
            assert 2 == town.count(GIVEN)
            await ana.click(shown, "Undo")
            await until(lambda: town.count(UNDONE))
            await quiet(town)
            assert (2, 1) == (town.count(GIVEN), town.count(UNDONE))
            assert 0 == await town.stop()
        assert [] == town.crashes()
