"""Pictures in the playground: shown by address, to whoever may see their message."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.browser import Client, Shown, Tab, browser
from tests.adapters.stage import HOME, Stage, stage
from tests.cards.platforms import illustrated, png

GENERAL = ChannelRef(HOME, "general")
MODERATORS = ChannelRef(HOME, "mods")


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(played: Stage) -> AsyncIterator[Client]:
    async with browser(played) as opened:
        yield opened


async def picture_of(client: Client, tab: Tab) -> bytes:
    """Return what the only picture of a room shows."""
    image = (await tab.open()).one("img", class_="drawn")
    response = await client.get(image.attributes["src"])
    assert (200, "image/png") == (response.status, response.content_type)
    return await response.read()


async def test_a_picture_is_shown_with_its_words(client: Client, played: Stage) -> None:
    """At its size, so that nothing jumps when it has come."""
    await played.playground.post(illustrated(GENERAL))
    ana = Tab(client, "ana")
    image = (await ana.open()).one("img", class_="drawn")
    assert "A wreath for Ada" == image.attributes["alt"]
    assert ("2", "0") == (image.attributes["width"], image.attributes["height"])
    assert png() == await picture_of(client, ana)


async def test_without_a_picture_there_are_words(client: Client, played: Stage) -> None:
    """As there were before anything was drawn."""
    await played.playground.post(illustrated(GENERAL, shade=None))
    page = await Tab(client, "ana").open()
    assert [] == page.all("img", class_="drawn")
    assert "A wreath for Ada" in page.text


async def test_an_edit_shows_another_picture(client: Client, played: Stage) -> None:
    """At another address, which no browser has seen."""
    made = await played.playground.post(illustrated(GENERAL))
    ana = Tab(client, "ana")
    before = (await ana.open()).one("img", class_="drawn").attributes["src"]
    await played.playground.edit(illustrated(GENERAL, shade=9), made)
    after = (await ana.open()).one("img", class_="drawn").attributes["src"]
    assert before != after
    assert png(9) == await picture_of(client, ana)
    await played.playground.edit(illustrated(GENERAL, shade=None), made)
    assert [] == (await ana.open()).all("img", class_="drawn")


async def test_a_picture_is_seen_by_whoever_sees_its_message(
    client: Client, played: Stage
) -> None:
    """In their own direct messages, and in rooms that they may enter."""
    mods = await played.playground.post(illustrated(MODERATORS))
    to = MemberRef(HOME, "bo")
    direct = await played.playground.post(illustrated(to, delivery_id="d2"))
    for number in (mods, direct):
        address = Tab(client, "ana").path(f"picture/{number}/1/0")
        assert 404 == (await client.get(address)).status
    assert png() == await picture_of(client, Tab(client, "mika", "mods"))
    assert png() == await picture_of(client, Tab(client, "bo", "dm.bo"))


async def test_a_picture_goes_with_its_message(client: Client, played: Stage) -> None:
    """And one that never was is not there either."""
    made = await played.playground.post(illustrated(GENERAL))
    image = (await Tab(client, "ana").open()).one("img", class_="drawn")
    address = image.attributes["src"]
    assert 404 == (await client.get(address.removesuffix("0") + "7")).status
    await played.playground.remove(GENERAL, made)
    assert 404 == (await client.get(address)).status
    assert None is await played.store.picture(int(made), 0)


async def test_the_drawer_shows_it_as_platforms_do(
    client: Client, played: Stage
) -> None:
    """In the payload by name, and in the drawing as a picture."""
    made = await played.playground.post(illustrated(GENERAL))
    ana = Tab(client, "ana")
    response = await client.get(ana.path(f"inspect/{made}"))
    drawer = Shown(await response.text())
    for look in ("dc-drawn", "sl-drawn"):
        image = drawer.one("img", class_=look)
        assert "A wreath for Ada" == image.attributes["alt"]
        shown = await client.get(image.attributes["src"])
        assert png() == await shown.read()
    assert "attachment://picture-1.png" in drawer.html
    assert "slack_file" in drawer.html
