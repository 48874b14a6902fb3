"""Pictures in answers on Slack: words, and a file for whoever wants to keep one."""

from __future__ import annotations

from bot.chat.responses import Pictures, Say
from bot.domain.refs import ChannelRef
from tests.adapters.slack.conftest import Site
from tests.cards.platforms import illustrated, png
from tests.fakes.slack import words
from tests.waiting import until


async def test_a_picture_that_is_kept_is_handed_over(site: Site) -> None:
    """As a file in direct messages, where it is the member's own."""
    site.ear.says["vocabulary.nodes"] = answer(site, Pictures.HANDED)
    await site.ana.command("/vocabulary", "nodes")
    await until(lambda: bool(files(site)))
    (kept,) = files(site)

    assert png() == site.slack.world.files[kept["id"]].content
    assert "picture-1.png" == kept["name"]


async def test_a_picture_that_is_only_shown_is_told(site: Site) -> None:
    """No private answer shows one: nobody would be told when its file may go."""
    site.ear.says["vocabulary.nodes"] = answer(site, Pictures.SHOWN)
    seen = await site.ana.command("/vocabulary", "nodes")

    assert seen.message is not None
    assert "A wreath for Ada" in words(seen.message)
    assert {} == site.slack.world.files
    assert [] == files(site)


def answer(site: Site, wanted: Pictures) -> Say:
    """Return a card with a picture that was drawn."""
    posting = illustrated(ChannelRef(site.here, site.team.general.id))
    return Say(posting.message, wanted, posting.pictures)


def files(site: Site) -> list[dict[str, str]]:
    """Return the files in the member's direct messages."""
    direct = site.slack.direct(site.ana)
    return [each for raw in direct for each in raw.get("files") or ()]
