"""What is drawn when it is about to be sent."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.chat.routes import DeclarationError, draws
from bot.chat.table import build_table
from storage import communities, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.faults import down, silent, up
from tests.harness import Community, community

WHY = "For the patience with all of our questions."


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


async def thank(home: Community, *to: str) -> None:
    people = tuple(map(home.person, to))
    await home.type("Ana", "shoutout", to=people, why=WHY)


async def queue(home: Community, *keys: str) -> None:
    """Queue messages that carry no body."""

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for key in keys:
            parcel = Parcel(home.channel("wall"), key, None, (), "call")
            outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)
    await home.laurel.settle()


async def states(home: Community) -> dict[str, tuple[str, str | None]]:
    """Return what became of each message, and why."""

    def look(tx: Transaction) -> dict[str, tuple[str, str | None]]:
        rows = tx.all("SELECT key, state, reason FROM outbox")
        return {row["key"]: (row["state"], row["reason"]) for row in rows}

    return await home.database.read(look)


async def redraw(home: Community, key: str) -> bool:
    def change(tx: Transaction) -> bool:
        here = communities.get(tx, home.ref)
        return outbox.redraw(tx, here, key, home.clock())

    found = await home.database.write(change)
    await home.laurel.settle()
    return found


@pytest.mark.parametrize("key", ["nobody:draws:1", "shoutouts:wall:first"])
async def test_what_cannot_be_drawn_is_set_aside(home: Community, key: str) -> None:
    """Whoever should draw it is not there, or fails; what is behind it goes out."""
    await queue(home, key)
    await thank(home, "Ben")
    await home.laurel.settle()

    assert ("parked", "undrawable") == (await states(home))[key]
    assert "@Ben" in home.posts()[0]


async def test_where_nothing_is_left_to_be_said_nothing_is(home: Community) -> None:
    """It is not posted, and nobody is asked to look at it."""
    await queue(home, "shoutouts:wall:77")

    assert {"shoutouts:wall:77": ("dead", "cancelled")} == await states(home)
    assert [] == home.posts()


async def test_what_was_changed_on_its_way_is_edited_after_it(home: Community) -> None:
    """The answer to the post never came; it is found, and shows what is so since."""
    home.platform.fault = silent
    await thank(home, "Ben")
    changed = await redraw(home, "shoutouts:wall:1")
    home.platform.fault = up
    await home.wait(minutes=10)

    assert changed
    assert 1 == len(home.posts())
    assert ("sent", None) == (await states(home))["shoutouts:wall:1"]
    assert not await redraw(home, "shoutouts:wall:2")


async def test_a_post_is_drawn_in_the_words_of_the_day(home: Community) -> None:
    """What waited through an outage tells what is so when it goes out."""
    home.platform.fault = down
    await thank(home, "Ben", "Cleo")
    await home.do(home.call("Ben"), Action("privacy.level", ("private",)), None)
    home.platform.fault = up
    await home.wait(minutes=10)

    (post,) = home.posts()
    assert post.startswith("A shoutout for @Cleo\n")


def test_a_drawing_says_what_its_keys_begin_with() -> None:
    """The slice and what it is; two for the same would be a matter of luck."""

    class One:
        @draws("one:post:")
        def post(self) -> None:
            """Draw nothing."""

    class Short:
        @draws("one")
        def post(self) -> None:
            """Draw nothing."""

    assert ["one:post:"] == list(build_table((One(),)).draws)
    with pytest.raises(DeclarationError):
        build_table((One(), One()))
    with pytest.raises(DeclarationError):
        build_table((Short(),))
