"""Who is in a recap, and who is not in it any more: at any time, and wherever it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.recap import Audience, Recap
from storage import communities, members
from storage import recaps as archived
from storage.database import Transaction
from tests.cogs.weeks import (
    CHAIRS,
    DOCS,
    FRIDAY,
    SOUP,
    give,
    lines,
    recaps,
    said,
    set_up,
    sheet,
    until,
)
from tests.harness import COMMUNITY, Community

BETWEEN = "Between us: I was lost without you."


@pytest.fixture
async def weekly(home: Community) -> Community:
    """Return a community in which Ben, Dai and Femi were thanked."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    home.clock.move(minutes=1)
    await give(home, "Cleo", "Dai", why=CHAIRS)
    home.clock.move(minutes=1)
    await give(home, "Elif", "Femi", why=SOUP)
    return home


async def hide(home: Community, who: str, how: str = "Private") -> None:
    """Have somebody be seen by fewer."""
    shown = await home.type(who, "laurel privacy")
    await home.press(who, shown, how)


async def erase(home: Community, who: str) -> None:
    """Have somebody erase themselves."""
    shown = await home.type(who, "laurel privacy")
    form = await home.press(who, shown, "Erase")
    done = await home.fill_in(who, form, word="erase")
    assert not done.refused, done.text


def _archive(tx: Transaction, audience: Audience) -> list[Recap]:
    here = communities.get(tx, COMMUNITY)
    return list(archived.archive(tx, here, 10, audience))


async def test_private_praise_is_never_in_it(weekly: Community) -> None:
    """Neither in words nor in numbers."""
    await give(weekly, "Ana", "Gus", why=BETWEEN, private=True)
    await until(weekly, FRIDAY)

    assert "3 thanks went from 3 people to 3 people." in lines(recaps(weekly)[0])
    assert "Gus" not in recaps(weekly)[0].text
    assert BETWEEN not in recaps(weekly)[0].text


@pytest.mark.parametrize("how", ["Private", "None"])
@pytest.mark.parametrize("when", ["before", "drafted", "posted"])
async def test_whoever_hides_is_gone_at_once(
    weekly: Community, when: str, how: str
) -> None:
    """From a draft as from a post, which stands and is edited in its place."""
    if when == "before":
        await hide(weekly, "Dai", how)
    await until(weekly, FRIDAY - timedelta(days=1))
    if when == "drafted":
        assert f"@Cleo: “{CHAIRS}”" in sheet(weekly).text
        await hide(weekly, "Dai", how)
    assert ("Dai" in sheet(weekly).text) is (when == "posted")
    await until(weekly, FRIDAY)
    before = recaps(weekly)[0].id
    if when == "posted":
        await hide(weekly, "Dai", how)

    (post,) = recaps(weekly)
    assert before == post.id
    assert [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”"] == said(post)
    assert "2 thanks went from 2 people to 2 people." in lines(post)
    assert "Dai" not in post.text


async def test_a_giver_who_hides_is_not_named(weekly: Community) -> None:
    """What they said stays, for whoever was thanked."""
    await until(weekly, FRIDAY)
    await hide(weekly, "Cleo")

    assert f"“{CHAIRS}”" in lines(recaps(weekly)[0])
    assert "Cleo" not in recaps(weekly)[0].text


@pytest.mark.parametrize("when", ["drafted", "posted"])
async def test_what_is_taken_back_is_told_no_more(weekly: Community, when: str) -> None:
    """And whoever was thanked first by it was not."""
    await until(weekly, FRIDAY - timedelta(days=1))
    wall = weekly.standing(weekly.channel("wall"))
    (shoutout,) = [post for post in wall if CHAIRS in post.text]
    if when == "posted":
        await until(weekly, FRIDAY)
    form = await weekly.choose("Dai", "shoutouts.retract-this", shoutout)
    await weekly.fill_in("Dai", form, why="It was somebody else")
    if when == "drafted":
        assert "Dai" not in sheet(weekly).text
    await until(weekly, FRIDAY)

    (post,) = recaps(weekly)
    assert "Dai" not in post.text
    assert "2 thanks went from 2 people to 2 people." in lines(post)


@pytest.mark.parametrize("who", ["Dai", "Cleo"])
@pytest.mark.parametrize("when", ["drafted", "posted"])
async def test_erasure_takes_somebody_out_and_lets_the_rest_stand(
    weekly: Community, when: str, who: str
) -> None:
    """The post is the same message, without them and the words that were theirs."""
    await until(weekly, FRIDAY - timedelta(days=1))
    if when == "posted":
        await until(weekly, FRIDAY)
    await erase(weekly, who)
    await until(weekly, FRIDAY)

    (post,) = recaps(weekly)
    assert [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”"] == said(post)
    assert who not in post.text
    assert who not in sheet(weekly).text
    named = await weekly.database.read(
        lambda tx: tx.one(
            "SELECT 1 FROM outbox WHERE instr(body, :who)", who=f'"{who.casefold()}"'
        )
    )
    assert named is None


async def test_a_moderators_words_go_with_them(weekly: Community) -> None:
    """What they wrote at the top of a recap that stands is gone from it."""
    await until(weekly, FRIDAY - timedelta(days=1))
    form = await weekly.press("Mo", sheet(weekly), "Change the opening words")
    await weekly.fill_in("Mo", form, text="A week to remember.")
    await until(weekly, FRIDAY)
    await erase(weekly, "Mo")

    (post,) = recaps(weekly)
    assert "A week to remember." not in post.text
    assert 3 == len(said(post))


async def test_whoever_left_is_not_named(weekly: Community) -> None:
    """When it is posted, only those who are still there are in it."""
    dai = weekly.person("Dai").ref

    def leave(tx: Transaction) -> None:
        members.leave(tx, communities.get(tx, COMMUNITY), dai)

    await weekly.database.write(leave)
    await until(weekly, FRIDAY)

    assert "Dai" not in recaps(weekly)[0].text


async def test_pages_show_those_alone_who_are_public(weekly: Community) -> None:
    """Who is seen in chat alone is in the post, and not in what feeds are made of."""
    await hide(weekly, "Dai", "Chat only")
    await hide(weekly, "Ana", "Chat only")
    await until(weekly, FRIDAY)
    (chat,) = await weekly.database.read(_archive, Audience.CHAT)
    (pages,) = await weekly.database.read(_archive, Audience.PAGES)

    assert 3 == len(chat.highlights) == len(said(recaps(weekly)[0]))
    dai, ana = weekly.person("Dai").ref, weekly.person("Ana").ref
    assert dai not in {one for each in pages.highlights for one in each.receivers}
    assert dai not in pages.first_timers
    assert ana not in {each.giver for each in pages.highlights}
    assert [None, weekly.person("Elif").ref] == [h.giver for h in pages.highlights]


async def test_the_archive_forgets_too(weekly: Community) -> None:
    """What was posted long ago is read with what its people allow now."""
    await until(weekly, FRIDAY)
    weekly.clock.move(days=100)
    await hide(weekly, "Dai")
    shown = await weekly.type("Ana", "recap last")

    assert "Dai" not in shown.text
