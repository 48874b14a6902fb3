"""What is to stand pinned: pinned once, and never posted again for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.pinner import MAX_ATTEMPTS
from storage import communities, outbox, pins
from storage.database import Transaction
from storage.outbox import Parcel
from tests.harness import Clock, Community, Post, community

TITLE = "A message could not be pinned"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        await home.settings(moderators=home.channel("mods"))
        yield home


def on_wire(words: str) -> str:
    """Return a message that says ``words`` and no more."""
    return wire.encode(say(Card(body=(phrase("playground.said", words=Quote(words)),))))


async def queue(home: Community, *texts: str, to: str = "wall") -> None:
    """Queue messages that are to stand pinned, each under its own words as the key."""

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for text in texts:
            body = on_wire(text)
            parcel = Parcel(home.channel(to), text, body, (), "call", pinned=True)
            outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)
    await home.laurel.settle()


async def edit(home: Community, key: str, words: str) -> None:
    """Have a message say something else."""

    def change(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        outbox.edit(tx, here, key, on_wire(words), home.clock())

    await home.database.write(change)
    await home.laurel.settle()


async def wish(home: Community, key: str, *, pinned: bool) -> None:
    """Have a message pinned, or no longer."""

    def change(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        pins.change(tx, here, key, home.clock(), pinned=pinned)

    await home.database.write(change)
    await home.laurel.settle()


def refuse(home: Community, error: Exception | None, at: str = "pin") -> list[str]:
    """Have the platform refuse pins; return what is asked of it from now on."""
    asked: list[str] = []

    def fault(request: str) -> None:
        asked.append(request)
        if request == at and error is not None:
            raise error

    home.platform.fault = fault
    return asked


def stands(home: Community) -> list[tuple[str, bool]]:
    """Return what stands on the wall, and whether it is pinned."""
    return [(p.text, p.pinned) for p in home.standing(home.channel("wall"))]


async def test_what_is_to_be_pinned_is_pinned_once_it_stands(home: Community) -> None:
    """Others are not, and an edit pins nothing anew: a person may have unpinned it."""
    asked = refuse(home, None)
    await queue(home, "calendar")
    assert [("calendar", True)] == stands(home)
    home.platform.posts[0].pinned = False
    await edit(home, "calendar", "tomorrow")
    assert [("tomorrow", False)] == stands(home)
    assert ["post", "pin", "edit"] == asked
    assert [] == home.posts("mods")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("pin-limit", "Unpin one that nobody needs"),
        ("no-permission", "Laurel may not pin messages there"),
        ("no-scope", "pins:write"),
    ],
)
async def test_what_cannot_be_pinned_stands_and_moderators_are_told_once(
    home: Community, reason: str, words: str
) -> None:
    """Each edit tries again, in silence; once it worked, a failure is news again."""
    asked = refuse(home, RefusedError(reason))
    await queue(home, "calendar", "second")
    await edit(home, "calendar", "tomorrow")
    assert [("tomorrow", False), ("second", False)] == stands(home)
    (told,) = home.posts("mods")
    assert TITLE in told
    assert words in told
    assert 3 == asked.count("pin")

    refuse(home, None)
    await edit(home, "calendar", "at last")
    assert [("at last", True), ("second", False)] == stands(home)
    refuse(home, RefusedError(reason))
    await queue(home, "third")
    assert 2 == len(home.posts("mods"))
    assert 2 + 3 == len(home.platform.posts)


async def test_what_is_lacking_is_named(home: Community) -> None:
    """Where the platform knows it, moderators read which permission to grant."""
    lacking = ["discord.permission-pin-messages"]
    refuse(home, RefusedError("no-permission", lacking))
    await queue(home, "calendar")
    (told,) = home.posts("mods")
    assert "Pin Messages" in told


@pytest.mark.parametrize("reason", ["message-gone", "channel-gone"])
async def test_what_a_person_took_down_is_not_pinned(
    home: Community, reason: str
) -> None:
    """Nobody has to do anything about it, and nothing is posted again."""
    refuse(home, RefusedError(reason))
    await queue(home, "calendar")
    assert [("calendar", False)] == stands(home)
    assert [] == home.posts("mods")
    refuse(home, None)
    await home.wait(days=1)
    assert 1 == len(home.platform.posts)


async def test_a_pin_whose_answer_never_came_is_done_again(home: Community) -> None:
    """Pinning twice is pinning once."""
    lost = [1]

    def late(request: str) -> None:
        if request == "pin" and lost:
            lost.pop()
            raise OutcomeUnknownError("reset")

    home.platform.late = late
    await queue(home, "calendar")
    home.platform.posts[0].pinned = False  # as if it had not arrived
    await home.wait(minutes=1)
    assert [("calendar", True)] == stands(home)
    assert 1 == len(home.platform.posts)


async def test_a_platform_that_never_takes_it_is_left_alone(home: Community) -> None:
    """It is tried later and later, then moderators are told, and the message stands."""
    asked = refuse(home, NotAcceptedError("busy"))
    await queue(home, "calendar")
    for _ in range(2 * MAX_ATTEMPTS):
        await home.wait(minutes=10)
    assert MAX_ATTEMPTS == asked.count("pin")
    assert [("calendar", False)] == stands(home)
    assert 1 == len(home.posts("mods"))


async def test_an_error_that_nobody_foresaw_holds_up_nothing_else(
    home: Community,
) -> None:
    """The message stands unpinned, and the next one is pinned."""
    broken = [1]

    def fault(request: str) -> None:
        if request == "pin" and broken:
            broken.pop()
            raise LookupError("nobody knows")

    home.platform.fault = fault
    await queue(home, "calendar", "second")
    assert [False, True] == [pinned for _, pinned in stands(home)]
    assert [] == await home.laurel.unhealthy()


async def test_a_message_can_be_pinned_and_unpinned_later(home: Community) -> None:
    """Also before it is posted; the last wish counts."""
    await queue(home, "calendar")
    await wish(home, "calendar", pinned=False)
    assert [("calendar", False)] == stands(home)
    await wish(home, "calendar", pinned=True)
    assert [("calendar", True)] == stands(home)

    home.platform.fault = busy
    await queue(home, "second")
    await wish(home, "second", pinned=False)
    home.platform.fault = lambda _request: None
    await home.wait(minutes=1)
    assert ("second", False) == stands(home)[1]


def busy(_request: str) -> None:
    raise NotAcceptedError("busy")


async def test_a_message_that_was_taken_back_is_not_pinned(home: Community) -> None:
    """Nobody asks the platform for it."""
    asked = refuse(home, NotAcceptedError("busy"))
    await queue(home, "calendar")

    def take_back(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        outbox.remove(tx, here, "calendar", home.clock())

    await home.database.write(take_back)
    await home.wait(minutes=10)
    assert ["post", "pin", "remove"] == asked


async def test_after_a_crash_between_post_and_pin_it_is_pinned(
    tmp_path: Path,
) -> None:
    """The next process pins what stands, and posts nothing."""
    posts: list[Post] = []
    path, clock = tmp_path / "laurel.sqlite3", Clock()
    async with community(path, clock=clock, posts=posts) as home:

        async def dies(request: str, _posting: object) -> None:
            if request == "pin":
                raise NotAcceptedError("the process is gone")

        home.platform.gate = dies
        await queue(home, "calendar")
        assert [("calendar", False)] == stands(home)

    clock.move(minutes=1)
    async with community(path, ref=home.ref, clock=clock, posts=posts) as again:
        await again.laurel.settle()
        assert [("calendar", True)] == stands(again)
    assert 1 == len(posts)
