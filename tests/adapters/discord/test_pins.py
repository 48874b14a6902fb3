"""What Discord makes of pins, and what its answers mean."""

from __future__ import annotations

import pytest

from bot.chat.adapter import Posting, RefusedError
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.discord.conftest import Site
from tests.fakes.discord import Channel
from tests.fakes.discord.pin_routes import MAX_PINS
from tests.waiting import until


def posting(to: ChannelRef | MemberRef, delivery_id: str = "d1") -> Posting:
    """Return a card on its way."""
    words = phrase("vocabulary.words", words=Quote("Well done"))
    return Posting(to, say(Card(body=(words,))), "en", delivery_id)


def general(site: Site) -> ChannelRef:
    """Return the server's first channel, as cogs name it."""
    return ChannelRef(site.here, site.guild.general.id)


def pinned(channel: Channel) -> list[str]:
    """Return what is pinned in a channel."""
    return [each.id for each in channel.messages.values() if each.raw["pinned"]]


async def test_a_message_is_pinned_and_taken_off(site: Site) -> None:
    """Once more is no fault, whichever it is; in direct messages as in channels."""
    for to in (general(site), site.ref(site.bo)):
        post_id = await site.adapter.post(posting(to, f"d-{to.id}"))
        place = site.guild.general if isinstance(to, ChannelRef) else site.bo.dm
        for _ in range(2):
            await site.adapter.pin(to, post_id)
            assert [post_id] == pinned(place)
        for _ in range(2):
            await site.adapter.unpin(to, post_id)
            assert [] == pinned(place)
    asked = [each for each in site.discord.requests if "/pins/" in each.path]
    assert all("/messages/pins/" in each.path for each in asked)


async def test_a_post_in_a_forum_is_pinned_in_its_thread(site: Site) -> None:
    """Each is in a thread of its own, whose first message it is."""
    forum = site.guild.add_channel("praise", kind=15)
    ref = ChannelRef(site.here, forum.id)
    await until(lambda: site.adapter._places.name_of(ref))
    post_id = await site.adapter.post(posting(ref))
    await site.adapter.pin(ref, post_id)
    assert [post_id] == pinned(site.discord.world.channels[post_id])


async def test_a_full_channel_says_so(site: Site) -> None:
    """What is pinned there stays, and the message stands unpinned."""
    for number in range(MAX_PINS):
        said = await site.ana.says(f"word {number}", site.guild.general)
        said["pinned"] = True
    post_id = await site.adapter.post(posting(general(site)))
    site.discord.tolerate(30003)
    with pytest.raises(RefusedError, match="pin-limit"):
        await site.adapter.pin(general(site), post_id)
    assert post_id not in pinned(site.guild.general)


async def test_a_missing_permission_is_named_and_not_asked_about(site: Site) -> None:
    """Discord counts what it refuses; what the gateway told is enough to know."""
    post_id = await site.adapter.post(posting(general(site)))
    site.guild.deny(site.guild.general, "PIN_MESSAGES")
    before = len(site.discord.requests)

    async def refused() -> bool:
        try:
            await site.adapter.pin(general(site), post_id)
        except RefusedError as refusal:
            wanted = ("no-permission", ("discord.permission-pin-messages",))
            return wanted == (refusal.reason, refusal.wanting)
        return False

    await until(lambda: not site.adapter._places.may_pin(general(site)))
    assert await refused()
    assert before == len(site.discord.requests)
    await site.adapter.edit(posting(general(site)), post_id)  # posting goes on


async def test_what_is_gone_is_gone(site: Site) -> None:
    """A message that a person deleted, and a channel."""
    post_id = await site.adapter.post(posting(general(site)))
    await site.adapter.remove(general(site), post_id)
    site.discord.tolerate(10003, 10008)
    with pytest.raises(RefusedError, match="message-gone"):
        await site.adapter.pin(general(site), post_id)
    site.guild.delete_channel(site.guild.general)
    with pytest.raises(RefusedError, match="channel-gone"):
        await site.adapter.pin(general(site), post_id)
