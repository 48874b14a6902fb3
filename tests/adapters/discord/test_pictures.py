"""Pictures on Discord: attached, described, and gone with their message."""

from __future__ import annotations

from typing import Any

from bot.domain.refs import ChannelRef
from tests.adapters.discord.conftest import Site
from tests.cards.platforms import illustrated
from tests.fakes.discord import Channel


def shown(site: Site, channel: Channel) -> list[dict[str, Any]]:
    """Return the pictures that stand in a channel's only message."""
    (raw,) = site.discord.sees(site.ana, channel)
    galleries = [
        part
        for frame in raw["components"]
        for part in frame.get("components", [frame])
        if part["type"] == 12
    ]
    return [item for gallery in galleries for item in gallery["items"]]


def to(site: Site, channel: Channel) -> ChannelRef:
    return ChannelRef(site.here, channel.id)


async def test_a_post_shows_its_picture(site: Site) -> None:
    """It is described for those who do not see it."""
    wall = site.guild.add_channel("wall")
    await site.adapter.post(illustrated(to(site, wall)))
    (item,) = shown(site, wall)
    assert "A wreath for Ada" == item["description"]
    (raw,) = site.discord.sees(site.ana, wall)
    assert ["picture-1.png"] == [each["filename"] for each in raw["attachments"]]


async def test_an_edit_keeps_the_picture(site: Site) -> None:
    """One is there before and after; without one, there are words."""
    wall = site.guild.add_channel("wall")
    post_id = await site.adapter.post(illustrated(to(site, wall)))
    await site.adapter.edit(illustrated(to(site, wall), shade=9), post_id)
    assert 1 == len(shown(site, wall))
    await site.adapter.edit(illustrated(to(site, wall), shade=None), post_id)
    assert [] == shown(site, wall)
    (raw,) = site.discord.sees(site.ana, wall)
    assert [] == raw["attachments"]
    assert "A wreath for Ada" in str(raw["components"])


async def test_where_nothing_may_be_attached_there_are_words(site: Site) -> None:
    """Posting and editing alike."""
    wall = site.guild.add_channel("wall")
    site.guild.deny(wall, "ATTACH_FILES")
    post_id = await site.adapter.post(illustrated(to(site, wall)))
    await site.adapter.edit(illustrated(to(site, wall), shade=9), post_id)
    assert [] == shown(site, wall)
    (raw,) = site.discord.sees(site.ana, wall)
    assert "A wreath for Ada" in str(raw["components"])


async def test_a_member_is_shown_a_picture(site: Site) -> None:
    """In direct messages as in channels."""
    await site.adapter.post(illustrated(site.ref(site.bo)))
    (raw,) = site.discord.direct(site.bo)
    assert 1 == len(raw["attachments"])
