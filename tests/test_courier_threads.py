"""Threads: what belongs under a message goes there, in order, or into the channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, Spot, ThreadRef
from storage import communities, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.harness import Community, community

ROOT = "root"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


def on_wire(words: str) -> str:
    """Return a message that says ``words`` and no more."""
    return wire.encode(say(Card(body=(phrase("playground.said", words=Quote(words)),))))


async def queue(
    home: Community, *texts: str, under: str | None = None, pinned: bool = False
) -> None:
    """Queue messages in one unit, each under its own words as the key."""

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for text in texts:
            to, body = home.channel("wall"), on_wire(text)
            parcel = Parcel(to, text, body, (), "call", pinned=pinned, under=under)
            outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)


async def change(
    home: Community, act: Callable[..., object], key: str, *given: object
) -> None:
    """Do something to a message that is known by its key."""

    def unit(tx: Transaction) -> None:
        act(tx, communities.get(tx, home.ref), key, *given, home.clock())

    await home.database.write(unit)
    await home.laurel.settle()


async def states(home: Community) -> dict[str, str]:
    """Return where each message is, by its key."""

    def find(tx: Transaction) -> dict[str, str]:
        rows = tx.all("SELECT key, state FROM outbox")
        return {row["key"]: row["state"] for row in rows}

    return await home.database.read(find)


def thread(home: Community, root: int = 1) -> ThreadRef:
    """Return the thread under the nth message that was posted."""
    return ThreadRef(home.channel("wall"), str(root))


def said(home: Community, to: Spot) -> list[str]:
    return [post.text for post in home.standing(to)]


def in_order(home: Community) -> list[str]:
    """Return all that was posted, wherever, in the order in which it was."""
    return [post.text for post in home.platform.posts]


def noted(home: Community) -> list[str]:
    """Return the requests that the platform gets from now on."""
    requests: list[str] = []

    async def note(request: str, _posting: Posting | None) -> None:
        requests.append(request)

    home.platform.gate = note
    return requests


def failing(error: Exception, *, at: str, times: int = 1) -> Callable[[str], None]:
    """Return what raises ``error`` for the first requests of one kind."""
    left = [times]

    def fail(request: str) -> None:
        if request == at and left[0] > 0:
            left[0] -= 1
            raise error

    return fail


async def test_what_belongs_under_a_message_goes_there(home: Community) -> None:
    """The thread is begun once, by a request of its own, and knows what it is about."""
    asked: list[tuple[str, Posting | None]] = []

    async def note(request: str, posting: Posting | None) -> None:
        asked.append((request, posting))

    home.platform.gate = note
    await queue(home, ROOT)
    await queue(home, "one", "two", under=ROOT)
    await home.laurel.settle()

    assert [ROOT] == home.posts()
    assert ["one", "two"] == said(home, thread(home))
    assert ["post", "open", "post", "post"] == [request for request, _ in asked]
    about = asked[1][1]
    assert about is not None
    assert wire.decode_message(on_wire(ROOT)) == about.message


async def test_a_reply_to_a_reply_stands_beside_it(home: Community) -> None:
    """No platform has threads in threads."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await queue(home, "two", under="one")
    await home.laurel.settle()

    assert ["one", "two"] == said(home, thread(home))


async def test_thread_and_channel_keep_one_order(home: Community) -> None:
    """What was said first stands first, also while the platform is busy."""
    home.platform.fault = failing(NotAcceptedError("busy"), at="post", times=3)
    await queue(home, ROOT, "before")
    await queue(home, "in it", under=ROOT)
    await queue(home, "after")
    for _ in range(4):
        await home.wait(seconds=30)

    assert [ROOT, "before", "in it", "after"] == in_order(home)
    assert ["in it"] == said(home, thread(home))


async def test_a_thread_that_has_to_wait_holds_what_is_behind_it(
    home: Community,
) -> None:
    """To begin one is a request that can be hurried too fast, like any other."""
    home.platform.fault = failing(NotAcceptedError("429", 40.0), at="open")
    await queue(home, ROOT)
    await queue(home, "in it", under=ROOT)
    await queue(home, "after")
    await home.laurel.settle()

    assert [ROOT] == in_order(home)
    await home.wait(seconds=39)
    assert [ROOT] == in_order(home)
    await home.wait(seconds=1)
    assert [ROOT, "in it", "after"] == in_order(home)
    assert ["in it"] == said(home, thread(home))


async def test_under_what_is_set_aside_it_goes_to_the_channel(home: Community) -> None:
    """The message above could not be posted; what is below is said all the same."""
    home.platform.fault = failing(RefusedError("no-permission"), at="post")
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()

    assert ["one"] == home.posts()
    assert {ROOT: "parked", "one": "sent"} == await states(home)


async def test_under_what_is_in_doubt_it_tries_in_its_place(home: Community) -> None:
    """It is taken in the channel, so the message above was at fault."""
    home.platform.fault = failing(NotAcceptedError("busy"), at="post", times=8)
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    for _ in range(12):
        await home.wait(minutes=5)

    assert "one" in home.posts()
    assert not home.platform.threads


@pytest.mark.parametrize("when", ["never put", "before", "after", "elsewhere"])
async def test_under_what_is_no_more_it_goes_to_the_channel(
    home: Community, when: str
) -> None:
    """Whether it was taken back before it stood, or after, or is of another channel."""
    if when == "before":
        home.platform.fault = failing(NotAcceptedError("busy"), at="post")
    if when != "never put":
        await queue(home, ROOT)
        await home.laurel.settle()
    if when in {"before", "after"}:
        await change(home, outbox.remove, ROOT)
    if when == "elsewhere":

        def put(tx: Transaction) -> None:
            here, to = communities.get(tx, home.ref), home.channel("general")
            parcel = Parcel(to, "one", on_wire("one"), (), "call", under=ROOT)
            outbox.put(tx, here, parcel, home.clock())

        await home.database.write(put)
        await home.laurel.settle()
        assert ["one"] == home.posts("general")
        return
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()

    assert ["one"] == home.posts()


async def test_a_message_that_a_moderator_deleted_gets_no_thread(
    home: Community,
) -> None:
    """What is to be under it goes to the channel, and nobody is asked again."""
    await queue(home, ROOT)
    await home.laurel.settle()
    home.platform.posts[0].gone = True
    asked = noted(home)
    await queue(home, "one", "two", under=ROOT)
    await home.laurel.settle()

    assert ["one", "two"] == home.posts()
    assert ["open", "post", "post"] == asked


async def test_a_thread_that_a_moderator_deleted_is_not_begun_again(
    home: Community,
) -> None:
    """That is their word: the rest goes to the channel."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()
    home.platform.threads.clear()
    home.platform.posts[1].gone = True
    asked = noted(home)
    await queue(home, "two", "three", under=ROOT)
    await home.laurel.settle()

    assert [ROOT, "two", "three"] == home.posts()
    assert ["post", "post", "post"] == asked


async def test_a_locked_thread_is_asked_each_time(home: Community) -> None:
    """What it does not take goes to the channel; once it is unlocked, all is well."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()
    home.platform.closed[thread(home)] = "no-permission"
    await queue(home, "two", under=ROOT)
    await home.laurel.settle()
    home.platform.closed.clear()
    await queue(home, "three", under=ROOT)
    await home.laurel.settle()

    assert [ROOT, "two"] == home.posts()
    assert ["one", "three"] == said(home, thread(home))
    assert {"sent"} == set((await states(home)).values())


async def test_a_channel_without_threads_is_told_everything(home: Community) -> None:
    """Laurel may not begin any there."""
    refusal = RefusedError("no-permission")
    home.platform.fault = failing(refusal, at="open", times=9)
    await queue(home, ROOT)
    await queue(home, "one", "two", under=ROOT)
    await home.laurel.settle()

    assert [ROOT, "one", "two"] == home.posts()
    assert not home.platform.threads


@pytest.mark.parametrize("at", ["open", "post"])
@pytest.mark.parametrize("accepted", [True, False], ids=["accepted", "not accepted"])
async def test_a_kill_between_thread_and_post_doubles_nothing(
    tmp_path: Path, at: str, *, accepted: bool
) -> None:
    """Neither the thread nor what is in it, whatever the platform took by then."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await queue(home, ROOT)
        await home.laurel.settle()
        lost = failing(OutcomeUnknownError("killed"), at=at)
        setattr(home.platform, "late" if accepted else "fault", lost)
        await queue(home, "one", "two", under=ROOT)
        await queue(home, "after")
        await home.laurel.settle()
        await home.wait(seconds=59)
        clock, stands = home.clock, home.platform.posts
    async with community(path, clock=clock, posts=stands) as home:
        await home.wait(seconds=1)

        assert ["one", "two"] == said(home, thread(home))
        assert [ROOT, "one", "two", "after"] == in_order(home)
        assert {"sent"} == set((await states(home)).values())


async def test_what_stands_in_a_thread_is_changed_there(home: Community) -> None:
    """Edits, pins and removals name the thread, or the platform would not find it."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT, pinned=True)
    await home.laurel.settle()

    await change(home, outbox.edit, "one", on_wire("better"))
    assert ["better"] == said(home, thread(home))
    assert home.platform.posts[1].pinned
    await change(home, outbox.remove, "one")
    assert [] == said(home, thread(home))


async def test_what_is_gone_with_its_thread_counts_as_taken_down(
    home: Community,
) -> None:
    """A moderator deleted the thread: an edit in it is not set aside."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()
    home.platform.fault = failing(RefusedError("thread-gone"), at="edit")
    await change(home, outbox.edit, "one", on_wire("better"))

    assert {ROOT: "sent", "one": "dead"} == await states(home)


async def test_a_thread_is_closed_behind_what_is_said_there(home: Community) -> None:
    """The summary stands in it before; what comes later opens it again."""
    home.platform.fault = failing(NotAcceptedError("busy"), at="post")
    await queue(home, ROOT)
    await queue(home, "summary", under=ROOT)
    await change(home, outbox.close_thread, ROOT)
    assert {} == home.platform.threads
    asked = noted(home)
    await home.wait(minutes=1)

    assert ["post", "open", "post", "close"] == asked
    assert {thread(home): False} == home.platform.threads
    await queue(home, "one more word", under=ROOT)
    await home.laurel.settle()
    assert {thread(home): True} == home.platform.threads
    await change(home, outbox.close_thread, ROOT)
    assert {thread(home): False} == home.platform.threads
    assert 0 == await home.waiting()


async def test_a_thread_that_never_began_needs_no_closing(home: Community) -> None:
    """Nothing is asked of the platform, and nothing waits."""
    await queue(home, ROOT)
    await home.laurel.settle()
    asked = noted(home)
    await change(home, outbox.close_thread, ROOT)
    await change(home, outbox.close_thread, "no such message")

    assert [] == asked
    assert 0 == await home.waiting()


@pytest.mark.parametrize("how", ["refused", "lost", "put off"])
async def test_a_closing_that_fails_is_tried_again_or_let_be(
    home: Community, how: str
) -> None:
    """It may be done twice; a thread that stays open is nobody's trouble."""
    error = {
        "refused": RefusedError("no-permission"),
        "lost": OutcomeUnknownError("reset"),
        "put off": NotAcceptedError("busy"),
    }[how]
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()
    home.platform.fault = failing(error, at="close")
    await change(home, outbox.close_thread, ROOT)
    await queue(home, "after")
    await home.wait(minutes=2)

    assert {thread(home): how == "refused"} == home.platform.threads
    assert [ROOT, "after"] == home.posts()
    assert 0 == await home.waiting()
    assert "parked" not in (await states(home)).values()


async def test_a_message_in_a_thread_is_known_by_where_it_stands(
    home: Community,
) -> None:
    """Some platforms take the thread for a channel of its own, with the root's id."""
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()

    def find(tx: Transaction) -> list[str | None]:
        here, wall = communities.get(tx, home.ref), home.channel("wall")
        places = (wall, ChannelRef(home.ref, "1"), home.channel("general"))
        return [outbox.key_of(tx, here, place, "2") for place in places]

    assert ["one", "one", None] == await home.database.read(find)


async def test_moderators_hear_once_where_no_thread_may_begin(home: Community) -> None:
    """With what to grant; once for each message that a thread was to be under."""
    await home.settings(moderators=home.channel("mods"))
    wanting = ("discord.permission-create-public-threads",)
    refusal = RefusedError("no-permission", wanting)
    home.platform.fault = failing(refusal, at="open", times=9)
    await queue(home, ROOT)
    await queue(home, "one", "two", under=ROOT)
    await home.laurel.settle()

    (told,) = said(home, home.channel("mods"))
    assert "No thread could be begun: #wall" in told
    assert "lacks a permission there: Create Public Threads. Grant it" in told
    assert "said in the channel itself" in told
    assert [ROOT, "one", "two"] == home.posts()

    await queue(home, "other")
    await queue(home, "three", under="other")
    await home.laurel.settle()
    assert 2 == len(said(home, home.channel("mods")))

    home.platform.fault = failing(refusal, at="open", times=0)
    await queue(home, "four", under=ROOT)
    await home.laurel.settle()
    assert ["four"] == said(home, thread(home))
    assert 2 == len(said(home, home.channel("mods")))


async def test_a_thread_that_a_moderator_locked_is_their_word(home: Community) -> None:
    """Nobody is told of it; nor of one whose message is gone."""
    await home.settings(moderators=home.channel("mods"))
    await queue(home, ROOT)
    await queue(home, "one", under=ROOT)
    await home.laurel.settle()
    home.platform.fault = failing(RefusedError("no-permission"), at="post")
    await queue(home, "two", under=ROOT)
    await home.laurel.settle()
    home.platform.fault = failing(RefusedError("thread-gone"), at="open")
    await queue(home, "other")
    await queue(home, "three", under="other")
    await home.laurel.settle()

    assert [] == said(home, home.channel("mods"))
    assert [ROOT, "two", "other", "three"] == home.posts()
