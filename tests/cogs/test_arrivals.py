"""Laurel comes to communities, leaves them, and loses channels there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.chat.news import ChannelGone, Joined, Left, News
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage import audit, communities, departures, personal
from storage.claims import Claim, Keep
from storage.communities import UnknownCommunityError
from storage.database import Transaction
from tests.harness import COMMUNITY, PLATFORM, Community, community
from tests.storage.test_personal import fill, leftover, on_disk, residue
from tests.waiting import until

WILLOW = CommunityRef(PLATFORM, "willow")
OWNER = MemberRef(WILLOW, "ada")
LOBBY = ChannelRef(WILLOW, "lobby")


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


async def hear(home: Community, *told: News) -> None:
    """Have the platform tell something."""
    for news in told:
        await home.laurel.dispatcher.hear(news)
    await home.laurel.settle()


def said(home: Community, to: ChannelRef | MemberRef) -> list[str]:
    return [post.text for post in home.standing(to)]


async def test_whoever_brought_laurel_is_welcomed_once(home: Community) -> None:
    """However often the platform tells that Laurel is there."""
    joined = Joined(WILLOW, "Willow Workshop", OWNER, LOBBY)
    await hear(home, joined, joined)

    (welcome,) = said(home, OWNER)
    assert "Thank you for bringing Laurel to Willow Workshop." in welcome
    assert "/laurel setup" in welcome
    assert [] == said(home, LOBBY)
    chosen = await home.database.read(lambda tx: communities.get(tx, WILLOW).settings)
    assert ("en", 5, None) == (chosen.locale, chosen.allowance_per_day, chosen.wall)


async def test_who_takes_no_direct_messages_is_welcomed_in_the_lobby(
    home: Community,
) -> None:
    """The welcome is said where everybody arrives, and is not set aside."""
    home.platform.closed[OWNER] = "member-unreachable"
    await hear(home, Joined(WILLOW, "Willow", OWNER, LOBBY))

    (welcome,) = said(home, LOBBY)
    assert "/laurel setup" in welcome
    assert [] == await home.database.read(_set_aside)


async def test_without_a_lobby_the_welcome_is_let_go(home: Community) -> None:
    """There is nobody to tell, and nothing that anybody could do about it."""
    home.platform.closed[OWNER] = "member-unreachable"
    await hear(home, Joined(WILLOW, "Willow", OWNER))

    assert [] == home.platform.posts


async def test_a_hostile_name_stays_a_name(home: Community) -> None:
    """What a community calls itself is members' words like any other."""
    await hear(home, Joined(WILLOW, "W\u202ellow\x00 **x**", OWNER))

    (welcome,) = said(home, OWNER)
    assert "to Wllow **x**." in welcome


async def test_who_comes_back_finds_everything_as_it_was(home: Community) -> None:
    """Within thirty days nothing is lost, and a word says so."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why="x" * 30)
    await hear(home, Left(COMMUNITY))
    await home.wait(days=29)
    await hear(home, Joined(COMMUNITY, "Home", home.person("Ada").ref))

    (back,) = home.dms("Ada")
    assert "Everything in Home is as it was" in back
    assert "Once" in (await home.type("Ben", "laurel me")).text
    await home.wait(days=40)
    assert "Once" in (await home.type("Ben", "laurel me")).text


async def test_who_stays_away_is_forgotten(tmp_path: Path) -> None:
    """After thirty days no column and no byte knows who anybody was."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        subject = await fill(home)
        home.platform.fault = lambda _request: None
        await hear(home, Joined(WILLOW, "Willow", OWNER))
        await hear(home, Left(COMMUNITY), Left(COMMUNITY))
        await home.wait(days=29)
        home.laurel.alarm.wake()
        assert await home.database.read(residue)

        await home.wait(days=2)
        home.laurel.alarm.wake()
        await until(lambda: not on_disk(path))

        assert [] == await home.database.read(residue)
        assert [] == await home.database.read(lambda tx: leftover(tx, subject))
        with pytest.raises(UnknownCommunityError):
            await home.database.read(communities.get, COMMUNITY)
        here = subject.community
        assert await home.database.read(audit.first_broken, here) is None
        kept = await home.database.read(lambda tx: communities.get(tx, WILLOW))
        assert "en" == kept.settings.locale

        await hear(home, Joined(COMMUNITY, "Home", home.person("Ada").ref))
        assert "Thank you for bringing Laurel" in home.dms("Ada")[-1]
        assert "Not yet" in (await home.type("Ben", "laurel me")).text


async def test_a_large_community_is_forgotten_in_parts(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members elsewhere never wait for more than a part of it."""
    monkeypatch.setattr(departures, "AT_ONCE", 2)
    await fill(home)
    home.platform.fault = lambda _request: None
    await hear(home, Left(COMMUNITY))
    home.clock.move(days=31)

    parts = 0
    while await home.database.write(departures.forget, home.clock()):
        parts += 1

    assert parts > 10
    assert [] == await home.database.read(residue)


def test_everything_that_erasure_takes_goes_with_a_community() -> None:
    """A table that a member's erasure reaches is reached here as well."""
    taken = {
        claim.table
        for claim in personal.CLAIMS
        if isinstance(claim, Claim) and not isinstance(claim.erasure, Keep)
    }
    others = {"outbox", "outbox_names", "installations", "challenge_teams"}
    assert set() == taken - {*departures.DELETED, *others}


async def test_moderators_hear_that_the_wall_is_gone(home: Community) -> None:
    """At once, and before anybody misses a post; of other channels they do not."""
    await home.settings(wall=home.channel("wall"), moderators=home.channel("mods"))
    await hear(home, ChannelGone(home.channel("elsewhere")))
    assert [] == home.posts("mods")

    await hear(home, ChannelGone(home.channel("wall")))

    (told,) = home.posts("mods")
    assert "was deleted" in told
    assert "/laurel setup" in told


async def test_a_wall_that_is_gone_is_told_of_once(home: Community) -> None:
    """However often a platform tells of it, also after a restart; not of another."""
    await home.settings(wall=home.channel("wall"), moderators=home.channel("mods"))
    for _ in range(3):
        await hear(home, ChannelGone(home.channel("wall"), "1772798400.000200"))
    assert 1 == len(home.posts("mods"))

    await hear(home, ChannelGone(home.channel("wall"), "1772798401.000100"))

    assert 2 == len(home.posts("mods"))


async def test_nobody_is_told_where_nobody_can_be(home: Community) -> None:
    """Where the wall was the moderators' channel, or there is none, nothing happens."""
    await home.settings(wall=home.channel("wall"), moderators=home.channel("wall"))
    await hear(home, ChannelGone(home.channel("wall")))
    await home.settings(moderators=None)
    await hear(home, ChannelGone(home.channel("wall")))
    await hear(home, ChannelGone(LOBBY), Left(WILLOW))

    assert [] == home.platform.posts


def _set_aside(tx: Transaction) -> list[str]:
    return [r["key"] for r in tx.all("SELECT key FROM outbox WHERE state = 'parked'")]
