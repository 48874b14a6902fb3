"""Pictures on Slack: uploaded, waited for, shown, and gone with their message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.slack import pictures
from bot.adapters.slack.manifest import SCOPES
from bot.adapters.slack.shelf import DatabaseShelf, Shelf, To
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.adapters.slack.conftest import Site
from tests.cards.platforms import illustrated, png
from tests.harness import community


class Remembering(Shelf):
    """A shelf of this test's own."""

    def __init__(self) -> None:
        self.files: dict[tuple[To, str], Mapping[bytes, str]] = {}

    async def of(self, to: To, message_id: str) -> Mapping[bytes, str]:
        return self.files.get((to, message_id), {})

    async def keep(self, to: To, message_id: str, files: Mapping[bytes, str]) -> None:
        self.files[to, message_id] = dict(files)


@pytest.fixture(autouse=True)
def _shelved(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are kept, and Slack, which is quick here, is asked again at once."""
    site.adapter._posts._pictures._shelf = Remembering()
    monkeypatch.setattr(pictures, "WAITS_S", (0.01,) * 1_000)
    site.slack.world.processing_s = 0.0


def wall(site: Site) -> ChannelRef:
    return ChannelRef(site.here, site.wall.id)


def stands(site: Site) -> list[dict[str, Any]]:
    return list(site.slack.sees(site.ana, site.wall))


def images(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [block for block in raw["blocks"] if block["type"] == "image"]


def asked(site: Site, method: str) -> Sequence[object]:
    return [each for each in site.slack.requests if each.method == method]


async def test_a_post_shows_its_picture(site: Site) -> None:
    """Nobody sees the file but in the post, where it is described."""
    await site.adapter.post(illustrated(wall(site)))
    (raw,) = stands(site)
    (image,) = images(raw)
    file = site.slack.world.files[image["slack_file"]["id"]]
    assert png() == file.content
    assert [] == file.channels
    assert "A wreath for Ada" == image["alt_text"]
    assert "A wreath for Ada" in raw["text"]


async def test_a_direct_message_shows_its_picture(site: Site) -> None:
    """As any channel does."""
    await site.adapter.post(illustrated(site.ref(site.bo)))
    assert 1 == len(images(site.slack.direct(site.bo)[0]))


async def test_a_picture_that_slack_still_looks_at_is_waited_for(site: Site) -> None:
    """What is refused meanwhile is not posted, so there is one post in the end."""
    site.slack.world.processing_s = 0.1
    await site.adapter.post(illustrated(wall(site)))
    (raw,) = stands(site)
    assert 1 == len(images(raw))
    assert 2 <= len(asked(site, "chat.postMessage"))


async def test_a_picture_that_is_never_ready_is_told_in_words(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The post goes without it, and the file is not left behind."""
    monkeypatch.setattr(pictures, "WAITS_S", (0.01, 0.02))
    site.slack.world.processing_s = 600
    await site.adapter.post(illustrated(wall(site)))
    (raw,) = stands(site)
    assert [] == images(raw)
    assert "A wreath for Ada" in raw["text"]
    assert {} == site.slack.world.files


async def test_without_its_scope_there_are_words(site: Site) -> None:
    """Who may not keep files there posts all the same."""
    site.slack.tolerate("missing_scope")
    site.team.install(set(SCOPES) - {"files:write"})
    site.purse.tokens[site.team.id] = site.team.bot_token
    await site.adapter.post(illustrated(wall(site)))
    (raw,) = stands(site)
    assert [] == images(raw)
    assert "A wreath for Ada" in raw["text"]


async def test_an_edit_keeps_the_picture(site: Site) -> None:
    """The same one is not uploaded again; another one replaces it."""
    post_id = await site.adapter.post(illustrated(wall(site)))
    before = images(stands(site)[0])[0]["slack_file"]["id"]
    await site.adapter.edit(illustrated(wall(site)), post_id)
    assert before == images(stands(site)[0])[0]["slack_file"]["id"]
    assert 1 == len(asked(site, "files.getUploadURLExternal"))
    await site.adapter.edit(illustrated(wall(site), shade=9), post_id)
    after = images(stands(site)[0])[0]["slack_file"]["id"]
    assert [after] == list(site.slack.world.files)
    assert png(9) == site.slack.world.files[after].content


async def test_an_edit_takes_the_picture_away(site: Site) -> None:
    """Where it is not drawn any more, the file is gone too."""
    post_id = await site.adapter.post(illustrated(wall(site)))
    await site.adapter.edit(illustrated(wall(site), shade=None), post_id)
    assert [] == images(stands(site)[0])
    assert {} == site.slack.world.files


@pytest.mark.parametrize("direct", [False, True])
async def test_a_picture_goes_with_its_post(site: Site, *, direct: bool) -> None:
    """An erasure leaves no name behind in a file."""
    to: ChannelRef | MemberRef = site.ref(site.bo) if direct else wall(site)
    post_id = await site.adapter.post(illustrated(to))
    other_id = await site.adapter.post(illustrated(to, delivery_id="d2"))
    assert 2 == len(site.slack.world.files)
    await site.adapter.remove(to, post_id)
    assert 1 == len(site.slack.world.files)
    await site.adapter.remove(to, other_id)
    assert {} == site.slack.world.files


async def test_a_post_that_is_tried_again_is_not_uploaded_again(site: Site) -> None:
    """The first attempt's file serves the second."""
    sent = illustrated(wall(site))
    show = site.adapter._posts._pictures
    first = await show._uploaded(sent, {})
    assert first == await show._uploaded(sent, {})
    other = await show._uploaded(replace(sent, delivery_id="d2"), {})
    assert first != other


async def test_files_are_remembered_with_their_messages(tmp_path: Path) -> None:
    """In Laurel's own file, so that a restart does not lose them."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        shelf = DatabaseShelf(home.database)
        to = home.channel("wall")
        await shelf.keep(to, "1.0", {b"one": "F1", b"two": "F2"})
        await shelf.keep(to, "2.0", {b"one": "F3"})
        assert {b"one": "F1", b"two": "F2"} == await shelf.of(to, "1.0")
        await shelf.keep(to, "1.0", {})
        assert {} == await shelf.of(to, "1.0")
        assert {b"one": "F3"} == await shelf.of(to, "2.0")
        stranger = ChannelRef(CommunityRef(home.ref.platform, "nowhere"), "wall")
        await shelf.keep(stranger, "1.0", {b"one": "F1"})
        assert {} == await shelf.of(stranger, "1.0")
