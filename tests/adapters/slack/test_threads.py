"""Threads on Slack: said in, looked into, answered in, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.chat.adapter import Posting, RefusedError, UnseenError
from bot.chat.message import Action, Button, Buttons, Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ThreadRef
from tests.adapters.slack.conftest import Site
from tests.adapters.slack.test_adapter import posting, regrant, wall
from tests.adapters.slack.test_desk import PHRASED
from tests.fakes.slack.writing import take_down
from tests.harness import START


async def rooted(site: Site) -> ThreadRef:
    """Post a message; return the thread that can be under it."""
    root = await site.adapter.post(posting(wall(site), delivery_id="d0"))
    return ThreadRef(wall(site), root)


def reply(to: ThreadRef, words: str = "Day one", delivery_id: str = "d1") -> Posting:
    """Return what is to be said in a thread, with a button and a title."""
    said = phrase("vocabulary.words", words=Quote(words))
    button = Button(phrase("vocabulary.footer"), Action("vocabulary.prefilled"))
    message = say(Card(title=said, body=(said,)), Buttons((button,)))
    return Posting(to, message, "en", delivery_id)


async def test_a_thread_begins_with_what_is_said_there(site: Site) -> None:
    """Nothing is asked for it, nor to close it."""
    thread = await rooted(site)
    before = len(site.slack.requests)
    await site.adapter.open_thread(reply(thread))
    await site.adapter.close_thread(thread)
    assert before == len(site.slack.requests)

    ts = await site.adapter.post(reply(thread))
    assert [ts] == [each.ts for each in site.wall.thread(thread.root)]


async def test_a_message_in_a_thread_is_changed_pinned_and_found_there(
    site: Site,
) -> None:
    """It is looked for among the replies, where the channel's history has none."""
    thread = await rooted(site)
    ts = await site.adapter.post(reply(thread))
    await site.adapter.edit(reply(thread, "Day 1"), ts)
    await site.adapter.pin(thread, ts)

    (stands,) = site.wall.thread(thread.root)
    assert "Day 1" in str(stands.raw["blocks"])
    assert [ts] == site.wall.pins
    assert ts == await site.adapter.find(thread, "d1", START)
    assert await site.adapter.find(wall(site), "d1", START) is None
    assert await site.adapter.find(thread, "d0", START) in {None, thread.root}
    await site.adapter.remove(thread, ts)
    assert [] == site.wall.thread(thread.root)


async def test_under_what_was_deleted_it_stands_in_the_channel(site: Site) -> None:
    """Slack puts it there unasked, and there it is found after a lost answer."""
    thread = await rooted(site)
    take_down(site.wall.messages[thread.root])
    ts = await site.adapter.post(reply(thread))

    assert site.wall.messages[ts].thread is None
    assert ts == await site.adapter.find(thread, "d1", START)


async def test_a_thread_outlives_its_message(site: Site) -> None:
    """Where something was said already, a stone stands above it."""
    thread = await rooted(site)
    await site.adapter.post(reply(thread))
    take_down(site.wall.messages[thread.root])
    ts = await site.adapter.post(reply(thread, "Day two", "d2"))

    assert 2 == len(site.wall.thread(thread.root))
    assert ts == await site.adapter.find(thread, "d2", START)


async def test_a_locked_thread_is_the_moderators_word(site: Site) -> None:
    """The courier hears of it, and says it elsewhere."""
    thread = await rooted(site)
    await site.adapter.post(reply(thread))
    site.wall.locked.add(thread.root)
    with pytest.raises(RefusedError, match="no-permission"):
        await site.adapter.post(reply(thread, "Day two", "d2"))


async def test_who_may_not_look_in_channels_may_not_in_threads(site: Site) -> None:
    """The scope is the same; the courier then sends again, and counts it."""
    site.slack.tolerate("missing_scope")
    thread = await rooted(site)
    await site.adapter.post(reply(thread))
    regrant(site, {*SCOPES, *OPTIONAL_SCOPES} - {"channels:history"})
    with pytest.raises(UnseenError):
        await site.adapter.find(thread, "d1", START)


async def test_what_is_pressed_in_a_thread_is_answered_there(site: Site) -> None:
    """Commands do not run there, so what is said there has buttons."""
    thread = await rooted(site)
    ts = await site.adapter.post(reply(thread))
    site.ear.says["vocabulary.prefilled"] = PHRASED
    shown = await site.ana.click(site.wall.messages[ts].raw)

    assert shown.ephemeral
    assert [thread.root] == [each["thread_ts"] for each in shown.messages]
    call = site.ear.calls[-1][1]
    assert (wall(site), wall(site)) == (call.channel, call.room)


@pytest.mark.parametrize("later_min", [0, 31], ids=["at once", "the address is over"])
async def test_a_form_from_a_thread_is_answered_there(
    site: Site, later_min: int
) -> None:
    """It carries along where it began."""
    thread = await rooted(site)
    ts = await site.adapter.post(reply(thread))
    form = await site.ana.click(site.wall.messages[ts].raw)
    assert "view" == form.kind
    site.clock.move(minutes=later_min)
    site.ear.says["vocabulary.correct"] = PHRASED
    shown = await site.ana.submit(form)

    assert [thread.root] == [each["thread_ts"] for each in shown.messages]


async def test_what_is_pressed_above_a_thread_is_answered_in_the_channel(
    site: Site,
) -> None:
    """A message that has replies stands in the channel itself."""
    to = ThreadRef(wall(site), "")
    root = await site.adapter.post(replace(reply(to, delivery_id="d0"), to=wall(site)))
    await site.adapter.post(reply(ThreadRef(wall(site), root)))
    site.ear.says["vocabulary.prefilled"] = PHRASED
    shown = await site.ana.click(site.wall.messages[root].raw)

    assert [None] == [each.get("thread_ts") for each in shown.messages]
