"""Pictures on Discord: attached, described, and gone with their message."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.message import Action, Button, Buttons, Message
from bot.chat.responses import Pictures, Replace, Say
from bot.chat.text import phrase
from bot.domain.refs import ChannelRef
from tests.adapters.discord.conftest import Site, slowly
from tests.cards.platforms import illustrated
from tests.fakes.discord import Channel, Shown


def shown(site: Site, channel: Channel) -> list[dict[str, Any]]:
    """Return the pictures that stand in a channel's only message."""
    (raw,) = site.discord.sees(site.ana, channel)
    return _items(raw)


def _items(raw: dict[str, Any]) -> list[dict[str, Any]]:
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


def answer(
    site: Site, shade: int, *rows: Buttons
) -> tuple[Message, Mapping[int, bytes]]:
    """Return a message with a picture, and the picture as it was drawn."""
    posting = illustrated(to(site, site.guild.general), shade)
    message = replace(posting.message, nodes=(*posting.message.nodes, *rows))
    return message, posting.pictures


def attached(shown_: Shown) -> tuple[list[str], bool]:
    """Return which files an answer has, and whether a gallery shows one of them."""
    assert shown_.message is not None
    names = [each["filename"] for each in shown_.message["attachments"]]
    return names, bool(_items(shown_.message))


@pytest.mark.parametrize("slow", [False, True])
async def test_an_answer_shows_its_picture(site: Site, *, slow: bool) -> None:
    """To the member alone, at once or where Discord said that it takes a moment."""
    message, drawn = answer(site, 0)
    site.ear.says["vocabulary.nodes"] = Say(message, Pictures.SHOWN, drawn)
    with slowly(site) if slow else nullcontext():
        seen = await site.ana.slash("vocabulary nodes")

    assert (slow, True) == (seen.deferred, seen.ephemeral)
    assert (["picture-1.png"], True) == attached(seen)


async def test_an_answer_that_is_redrawn_has_another_picture(site: Site) -> None:
    """None of those before stays attached, and none at all where there is none."""
    press = Button(phrase("vocabulary.redraw"), Action("vocabulary.redraw", (1,)))
    again = Buttons((press,))
    message, drawn = answer(site, 0, again)
    site.ear.says["vocabulary.nodes"] = Say(message, Pictures.SHOWN, drawn)
    first = await site.ana.slash("vocabulary nodes")
    message, drawn = answer(site, 9, again)
    site.ear.says["vocabulary.redraw"] = Replace(message, Pictures.SHOWN, drawn)
    second = await site.ana.click(first, "Redraw")
    site.ear.says["vocabulary.redraw"] = Replace(message)
    third = await site.ana.click(second, "Redraw")

    assert (["picture-1.png"], True) == attached(second)
    assert ([], False) == attached(third)
