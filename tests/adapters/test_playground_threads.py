"""Threads in the playground: apart from the room, seen from it, spoken in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.adapter import Posting, RefusedError
from bot.chat.message import Action, Button, Buttons, Card, say
from bot.chat.text import phrase
from bot.domain.refs import ChannelRef, ThreadRef
from tests.adapters.browser import Client, Shown, Tab, browser
from tests.adapters.stage import HOME, Stage, stage

GENERAL = ChannelRef(HOME, "general")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(played: Stage) -> AsyncIterator[Client]:
    async with browser(played) as opened:
        yield opened


def posting(to: ChannelRef | ThreadRef, delivery_id: str) -> Posting:
    """Return a card with a button, on its way."""
    words = phrase("vocabulary.footer")
    button = Button(words, Action("vocabulary.redraw", (1,)))
    message = say(Card(body=(words,)), Buttons((button,)))
    return Posting(to, message, "en", delivery_id)


async def begun(played: Stage) -> ThreadRef:
    """Have Laurel post something, and something under it."""
    root = await played.playground.post(posting(GENERAL, "root"))
    thread = ThreadRef(GENERAL, root)
    await played.playground.open_thread(posting(thread, "one"))
    await played.playground.post(posting(thread, "one"))
    return thread


def inside(client: Client, thread: ThreadRef, member: str = "ana") -> Tab:
    """Return a tab in which a thread is open."""
    return Tab(client, member, f"general/under/{thread.root}")


async def link(client: Client, member: str = "ana") -> str:
    """Return what leads from the room to the thread."""
    found = (await Tab(client, member).open()).one("a", class_="thread")
    return " ".join(found.text.split())


async def test_a_thread_is_apart_from_the_room_and_seen_from_it(
    played: Stage, client: Client
) -> None:
    """The message above says how much there is, in the reader's language."""
    thread = await begun(played)
    assert 1 == len(await Tab(client, "ana").posts())
    assert "Thread under what Laurel said: 1 reply" == await link(client)
    assert (await link(client, "bo")).endswith("1 respuesta")

    shown = await inside(client, thread).open()
    assert 2 == len(shown.all("article"))
    assert not shown.all("a", class_="thread")
    back = shown.one("a", class_="back")
    assert f"/as/ana/in/general#post-{thread.root}" == back.attributes["href"]


async def test_members_speak_in_a_thread(played: Stage, client: Client) -> None:
    """What they say stays there, and whoever looks at the room sees that it is more."""
    thread = await begun(played)
    seen = await played.store.revision()
    await inside(client, thread).say("Count me in")
    assert "Count me in" in await inside(client, thread, "bo").posts()
    assert "Count me in" not in await Tab(client, "bo").posts()

    (kind, data), *_ = await Tab(client, "bo").heard(seen)
    assert ("post", int(thread.root)) == (kind, data["id"])
    told = Shown(str(data["html"])).one("a", class_="thread")
    assert "2 respuestas" in told.text


async def test_a_private_answer_stays_in_its_thread(
    played: Stage, client: Client
) -> None:
    """Only its member sees it, and it does not count."""
    thread = await begun(played)
    tab = inside(client, thread)
    await tab.press(Action("vocabulary.redraw", (1,)).encode())
    assert 3 == len(await tab.posts())
    assert 2 == len(await inside(client, thread, "bo").posts())
    assert 1 == len(await Tab(client, "ana").posts())
    assert "1 reply" in await link(client)


async def test_a_closed_thread_says_so_until_somebody_writes(
    played: Stage, client: Client
) -> None:
    """As on Discord."""
    thread = await begun(played)
    for _ in range(2):
        await played.playground.close_thread(thread)
        assert (await link(client)).endswith("1 reply closed")
    await inside(client, thread).say("One more thing")
    assert (await link(client)).endswith("2 replies")


async def test_a_message_in_a_thread_is_changed_and_found(
    played: Stage, client: Client
) -> None:
    """And where it is taken down, the room counts one less."""
    thread = await begun(played)
    found = await played.playground.find(thread, "one", LONG_AGO)
    assert found is not None
    await played.playground.edit(posting(thread, "one"), found)
    await played.playground.pin(thread, found)
    assert 1 == len((await inside(client, thread).open()).all("span", class_="pinned"))
    await played.playground.remove(thread, found)
    assert not (await Tab(client, "ana").open()).all("a", class_="thread")


async def test_nothing_is_under_what_is_gone(played: Stage, client: Client) -> None:
    """Neither for Laurel nor for whoever kept the address."""
    thread = await begun(played)
    await played.playground.remove(GENERAL, thread.root)
    with pytest.raises(RefusedError, match="thread-gone"):
        await played.playground.open_thread(posting(thread, "two"))
    with pytest.raises(RefusedError, match="thread-gone"):
        await played.playground.post(posting(thread, "two"))
    response = await client.get(inside(client, thread).path())
    assert 404 == response.status


async def test_no_thread_is_under_a_reply_or_in_another_room(
    played: Stage, client: Client
) -> None:
    """Its address leads nowhere."""
    thread = await begun(played)
    reply = await played.playground.find(thread, "one", LONG_AGO)
    for room in (f"general/under/{reply}", f"wall/under/{thread.root}"):
        response = await client.get(Tab(client, "ana", room).path())
        assert 404 == response.status


async def test_links_and_switching_lead_into_the_thread(
    played: Stage, client: Client
) -> None:
    """Whoever one acts as."""
    thread = await begun(played)
    reply = await played.playground.find(thread, "one", LONG_AGO)
    response = await client.get(f"/to/{reply}", allow_redirects=False)
    there = f"/in/general/under/{thread.root}#post-{reply}"
    assert response.headers["Location"].endswith(there)
    shown = await inside(client, thread).open()
    hrefs = [each.attributes.get("href", "") for each in shown.all("a")]
    switch = f"/as/bo?in=general&under={thread.root}"
    assert switch in hrefs
    response = await client.get(switch, allow_redirects=False)
    assert f"/as/bo/in/general/under/{thread.root}" == response.headers["Location"]
