"""Threads on Discord: begun from a message, spoken in, closed, and what goes wrong."""

from __future__ import annotations

import pytest

from bot.chat.adapter import Posting, RefusedError
from bot.chat.message import Action, Button, Buttons, Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, ThreadRef
from tests.adapters.discord.conftest import Site
from tests.fakes.discord import Channel
from tests.harness import START
from tests.waiting import until


def general(site: Site) -> ChannelRef:
    """Return the server's first channel, as cogs name it."""
    return ChannelRef(site.here, site.guild.general.id)


def posting(
    to: ChannelRef | ThreadRef, words: str = "Well done", delivery_id: str = "d1"
) -> Posting:
    """Return a card with a title, on its way."""
    said = phrase("vocabulary.words", words=Quote(words))
    return Posting(to, say(Card(title=said, body=(said,))), "en", delivery_id)


async def rooted(site: Site, words: str = "Seven days") -> ThreadRef:
    """Post a message; return the thread that can be under it."""
    here = general(site)
    return ThreadRef(here, await site.adapter.post(posting(here, words, "d0")))


async def begun(site: Site, words: str = "Seven days") -> tuple[ThreadRef, Channel]:
    """Post a message and begin the thread under it."""
    thread = await rooted(site, words)
    await site.adapter.open_thread(posting(thread, words))
    return thread, site.discord.world.channels[thread.root]


def asked(site: Site, method: str) -> list[str]:
    """Return what was asked by ``method``, without the ids of channels."""
    made = [each for each in site.discord.requests if each.method == method]
    return [each.path.split("/", 3)[-1] for each in made]


async def test_a_thread_has_the_id_and_the_name_of_its_message(site: Site) -> None:
    """Its name has at most 100 characters, and what is said goes there."""
    thread, channel = await begun(site, "Seven days " * 20)
    post_id = await site.adapter.post(posting(thread, "Day one"))

    assert thread.root == channel.id
    assert site.guild.general.id == channel.parent_id
    assert channel.name.startswith("Seven days Seven")
    assert len(channel.name) <= 100
    assert [post_id] == list(channel.messages)
    assert [thread.root] == list(site.guild.general.messages)


async def test_a_thread_that_stands_is_not_begun_again(site: Site) -> None:
    """Whoever asks twice, as after a kill, is told so and goes on."""
    thread, channel = await begun(site)
    await site.adapter.open_thread(posting(thread))

    assert channel is site.discord.world.channels[thread.root]
    threads = [c for c in site.guild.channels.values() if c.is_thread]
    assert [channel] == threads


async def test_a_message_in_a_thread_is_changed_pinned_and_found_there(
    site: Site,
) -> None:
    """As in any channel."""
    thread, channel = await begun(site)
    post_id = await site.adapter.post(posting(thread, "Day one"))
    await site.adapter.edit(posting(thread, "Day 1"), post_id)
    await site.adapter.pin(thread, post_id)

    assert "Day 1" in str(channel.messages[post_id].raw["components"])
    assert channel.messages[post_id].raw["pinned"]
    assert post_id == await site.adapter.find(thread, "d1", START)
    assert await site.adapter.find(general(site), "d1", START) is None
    await site.adapter.remove(thread, post_id)
    assert [] == list(channel.messages)
    assert await site.adapter.find(thread, "d1", START) is None


async def test_nothing_is_found_in_a_thread_that_is_not_there(site: Site) -> None:
    """The process was killed before the thread was begun."""
    thread = await rooted(site)
    assert await site.adapter.find(thread, "d1", START) is None


async def test_a_message_that_was_deleted_gets_no_thread(site: Site) -> None:
    """A moderator did it, and the courier hears that nothing can be under it."""
    thread = await rooted(site)
    site.guild.general.messages.pop(thread.root)
    with pytest.raises(RefusedError, match="thread-gone"):
        await site.adapter.open_thread(posting(thread))


async def test_a_thread_outlives_its_message(site: Site) -> None:
    """Discord leaves it standing, and what is said there arrives."""
    thread, channel = await begun(site)
    site.guild.general.messages.pop(thread.root)
    await site.adapter.post(posting(thread, "Day one"))
    assert 1 == len(channel.messages)


async def test_a_deleted_thread_is_gone(site: Site) -> None:
    """For what is new, and for what stood there."""
    thread, channel = await begun(site)
    post_id = await site.adapter.post(posting(thread))
    site.guild.delete_channel(channel)

    with pytest.raises(RefusedError, match="thread-gone"):
        await site.adapter.post(posting(thread, delivery_id="d2"))
    with pytest.raises(RefusedError, match="thread-gone"):
        await site.adapter.edit(posting(thread), post_id)
    await site.adapter.remove(thread, post_id)
    await site.adapter.close_thread(thread)


async def test_a_closed_thread_is_archived_and_opens_by_itself(site: Site) -> None:
    """Closing twice is no fault."""
    thread, channel = await begun(site)
    await site.adapter.close_thread(thread)
    assert channel.archived
    await site.adapter.close_thread(thread)

    await site.adapter.post(posting(thread, "One more thing"))
    assert not channel.archived


async def test_what_stands_in_a_closed_thread_can_still_be_changed(site: Site) -> None:
    """A name may have to go; afterwards the thread is as closed as before."""
    thread, channel = await begun(site)
    post_id = await site.adapter.post(posting(thread, "Bo leads"))
    await site.adapter.close_thread(thread)
    await site.adapter.edit(posting(thread, "Somebody leads"), post_id)
    assert channel.archived
    assert "Bo" not in str(channel.messages[post_id].raw)

    await site.adapter.remove(thread, post_id)
    assert channel.archived
    assert [] == list(channel.messages)


async def test_a_locked_thread_is_the_moderators_word(site: Site) -> None:
    """Nothing is said there, and nothing changed; the courier says it elsewhere."""
    thread, channel = await begun(site)
    post_id = await site.adapter.post(posting(thread))
    channel.locked = True
    with pytest.raises(RefusedError, match="no-permission"):
        await site.adapter.post(posting(thread, delivery_id="d2"))
    site.guild.archive(channel, locked=True)
    with pytest.raises(RefusedError, match="no-permission"):
        await site.adapter.post(posting(thread, delivery_id="d3"))
    with pytest.raises(RefusedError, match="no-permission"):
        await site.adapter.edit(posting(thread), post_id)
    assert channel.archived


async def test_who_may_not_begin_threads_does_not_ask(site: Site) -> None:
    """Discord counts what it refuses; what is missing is told by its name."""
    thread = await rooted(site)
    site.guild.deny(site.guild.general, "CREATE_PUBLIC_THREADS")
    await until(lambda: not site.adapter._places.may_begin_threads(general(site)))
    with pytest.raises(RefusedError, match="permission-create-public-threads"):
        await site.adapter.open_thread(posting(thread))
    assert not [path for path in asked(site, "POST") if path.endswith("/threads")]


async def test_a_post_in_a_forum_has_its_thread_already(site: Site) -> None:
    """What is to be under it goes there."""
    forum = site.guild.add_channel("praise", kind=15)
    ref = ChannelRef(site.here, forum.id)
    await until(lambda: site.adapter._places.name_of(ref))
    thread = ThreadRef(ref, await site.adapter.post(posting(ref, delivery_id="d0")))
    await site.adapter.open_thread(posting(thread))
    post_id = await site.adapter.post(posting(thread, "Day one"))

    stands = site.discord.world.channels[thread.root].messages
    assert [thread.root, post_id] == list(stands)


async def test_who_acts_in_a_thread_acts_in_its_channel(site: Site) -> None:
    """Commands and buttons work there; settings name the channel above."""
    thread, channel = await begun(site)
    there = ChannelRef(site.here, channel.id)
    await site.ana.slash("vocabulary nodes", {}, channel)
    button = Button(phrase("vocabulary.footer"), Action("vocabulary.prefilled"))
    message = say(Buttons((button,)))
    post_id = await site.adapter.post(Posting(thread, message, "en", "d9"))
    await site.ana.click(channel.messages[post_id].raw)

    heard = [(call.channel, call.room) for _, call, _ in site.ear.calls]
    assert [(there, general(site))] * 2 == heard
    await site.ana.slash("vocabulary nodes")
    call = site.ear.calls[-1][1]
    assert (general(site), general(site)) == (call.channel, call.room)
