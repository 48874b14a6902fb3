"""A wall is deleted: what waits for it is posted on the next one, and never twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.domain.people import Role
from storage.database import Transaction
from tests.cogs.weeks import FRIDAY, give, set_up, until
from tests.harness import Community, Reply, community

WHY = "You found the fault that all of us had missed."


async def thank(home: Community, to: str) -> Reply:
    """Have somebody else each time be thanked by somebody else."""
    people = (home.person(to),)
    return await home.type(f"Fan of {to}", "shoutout", to=people, why=WHY)


def delete(home: Community, *, wall: str = "wall") -> None:
    """Have the channel deleted, as the platform says when something is posted."""
    home.platform.closed[home.channel(wall)] = "channel-gone"


async def choose(home: Community, wall: str) -> None:
    """Have an admin choose another wall."""
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Where things are posted")
    sheet = await home.fill_in("Ada", form, wall=home.channel(wall))
    assert not (await home.press("Ada", sheet, "Save")).refused


def thanked(home: Community, wall: str) -> list[str]:
    """Return who is thanked on a wall, in order."""
    return [text.split("\n")[0].rpartition("@")[2] for text in home.posts(wall)]


def _parked(tx: Transaction) -> list[str]:
    rows = tx.all("SELECT place FROM outbox WHERE state = 'parked'")
    return [row["place"] for row in rows]


async def test_what_waits_for_a_deleted_wall_goes_to_the_new_one(
    home: Community,
) -> None:
    """In order, with what is given later behind it."""
    await thank(home, "Ben")
    delete(home)
    await thank(home, "Cleo")
    await thank(home, "Dai")
    await choose(home, "thanks")
    await thank(home, "Eli")

    assert ["Cleo", "Dai", "Eli"] == thanked(home, "thanks")
    assert ["Ben"] == thanked(home, "wall"), "what stood there is not said again"
    assert [] == await home.database.read(_parked)


async def test_what_was_put_off_follows_as_well(home: Community) -> None:
    """Where the platform was busy when the wall went, nobody knew of it yet."""

    def busy(request: str) -> None:
        if request == "post":
            raise NotAcceptedError("429", 60.0)

    home.platform.fault = busy
    await thank(home, "Ben")
    await thank(home, "Cleo")
    delete(home)
    await home.settings(moderators=home.channel("mods"))
    await choose(home, "thanks")
    home.platform.fault = lambda _request: None
    await home.wait(minutes=2)

    assert ["Ben", "Cleo"] == thanked(home, "thanks")
    assert [] == home.posts("mods"), "there is nothing to be done"


async def test_what_may_stand_already_stays(home: Community) -> None:
    """An answer that never came says nothing, and nobody can look any more."""

    def lost(request: str) -> None:
        if request == "post":
            raise OutcomeUnknownError("reset")

    def gone(request: str) -> None:
        if request == "find":
            raise RefusedError("channel-gone")

    home.platform.late = lost
    await thank(home, "Ben")
    home.platform.late = lambda _request: None
    delete(home)
    home.platform.fault = gone
    await home.wait(minutes=2)
    await thank(home, "Cleo")
    await choose(home, "thanks")

    assert ["Cleo"] == thanked(home, "thanks")
    assert ["Ben"] == thanked(home, "wall")
    assert ["wall"] == await home.database.read(_parked)


async def test_what_was_undone_meanwhile_is_not_posted(home: Community) -> None:
    """Nor is anything that was not meant for a wall."""
    delete(home)
    reply = await thank(home, "Ben")
    await home.press("Fan of Ben", reply, "Undo until")
    await home.settings(moderators=home.channel("mods"))
    delete(home, wall="mods")
    await thank(home, "Cleo")
    await choose(home, "thanks")

    assert ["Cleo"] == thanked(home, "thanks")
    assert 1 == len(home.posts("thanks"))
    assert ["mods"] == await home.database.read(_parked)


async def test_a_wall_that_only_changes_takes_nothing_along(home: Community) -> None:
    """What waits for one that is still there is posted there."""
    home.platform.closed[home.channel("wall")] = "no-permission"
    await thank(home, "Ben")
    await choose(home, "thanks")

    assert [] == home.posts("thanks")
    assert ["wall"] == await home.database.read(_parked)


async def test_many_that_waited_are_told_in_few_posts(home: Community) -> None:
    """A new wall does not begin with a flood."""
    delete(home)
    for number in range(25):
        await thank(home, f"Friend {number:02}")
    await home.wait(minutes=10)
    await choose(home, "thanks")

    (digest,) = home.posts("thanks")
    assert all(f"@Friend {number:02}" in digest for number in range(25))


async def test_a_recap_follows_as_well(home: Community) -> None:
    """Moderators see where it stands, and it is posted once."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    await until(home, FRIDAY - timedelta(days=1))
    delete(home)
    await until(home, FRIDAY)
    parked = await home.database.read(_parked)
    await choose(home, "thanks")
    await until(home, FRIDAY + timedelta(days=1))
    (post,) = home.posts("thanks")

    assert ["wall"] == parked
    assert "Our week in thanks" in post
    assert [] == await home.database.read(_parked)
    drafts = [p.text for p in home.standing(home.channel("mods")) if "Draft" in p.text]
    assert ["Posted in #thanks. It is recap 1."] == [d.splitlines()[1] for d in drafts]


async def test_a_recap_that_was_on_its_way_goes_on_to_the_new_wall(
    home: Community,
) -> None:
    """It was queued for the wall that was, and finds it gone after the change."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")

    async def change(request: str, posting: Posting | None) -> None:
        if posting and posting.to == home.channel("wall"):
            home.platform.gate = through
            delete(home)
            await home.settings(wall=home.channel("thanks"))

    through = home.platform.gate
    home.platform.gate = change
    await home.type("Mo", "recap now")

    (post,) = home.posts("thanks")
    assert "Our week in thanks" in post


async def test_it_goes_on_after_a_restart(tmp_path: Path) -> None:
    """Nothing of it is only in memory."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        delete(home)
        await thank(home, "Ben")
        clock = home.clock

    async with community(path, clock=clock) as home:
        home.person("Ben")
        await choose(home, "thanks")
        assert ["Ben"] == thanked(home, "thanks")
