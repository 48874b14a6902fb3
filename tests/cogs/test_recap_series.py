"""A highlight goes into the series, if those who are in it agree."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cogs.weeks import (
    CHAIRS,
    DOCS,
    FRIDAY,
    give,
    lines,
    recaps,
    set_up,
    sheet,
    until,
)
from tests.harness import Community, Post

MAKER = "Maker of the week #1"


@pytest.fixture
async def asked(home: Community) -> Community:
    """Return a community on a Thursday, in which Ben is asked."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    home.clock.move(minutes=1)
    await give(home, "Cleo", "Dai", "Elif", why=CHAIRS)
    await until(home, FRIDAY - timedelta(days=1))
    await home.press("Mo", sheet(home), "Ask 1 to be maker of the week")
    return home


def question(home: Community, who: str) -> Post:
    """Return what somebody is asked."""
    (post,) = home.standing(home.person(who).ref)
    return post


async def test_with_a_yes_it_stands_in_the_recap(asked: Community) -> None:
    """Numbered, and whoever was asked sees what it is about before they say so."""
    assert f"“{DOCS}”" in lines(question(asked, "Ben"))
    assert MAKER not in sheet(asked).text

    done = await asked.press("Ben", question(asked, "Ben"), "Yes, gladly")
    assert "Thank you." in done.text
    assert "Yes, gladly" not in question(asked, "Ben").text
    assert "the answer is yes" in sheet(asked).text
    await until(asked, FRIDAY)

    shown = lines(recaps(asked)[0])
    assert "@Ben" == shown[shown.index(MAKER) + 1]


@pytest.mark.parametrize("answer", [None, "Rather not"])
async def test_without_a_yes_nothing_is_shown(
    asked: Community, answer: str | None
) -> None:
    """Moderators do not see whether it was a no; what Ben was thanked for stays."""
    before = sheet(asked).text
    if answer:
        await asked.press("Ben", question(asked, "Ben"), answer)
    assert before == sheet(asked).text
    await until(asked, FRIDAY)

    (post,) = recaps(asked)
    assert "Maker" not in post.text
    assert f"@Ana: “{DOCS}”" in lines(post)


async def test_a_late_yes_is_shown_too(asked: Community) -> None:
    """The post is edited in its place."""
    said = question(asked, "Ben")
    await until(asked, FRIDAY)
    before = recaps(asked)[0].id
    await asked.press("Ben", said, "Yes, gladly")

    (post,) = recaps(asked)
    assert (before, True) == (post.id, MAKER in lines(post))


async def test_all_who_are_in_it_have_to_agree(asked: Community) -> None:
    """And weeks in which nobody is in the series have no number."""
    await until(asked, FRIDAY)
    await give(asked, "Ana", "Dai", "Elif", why="You carried the piano up five floors.")
    await until(asked, FRIDAY + timedelta(days=6))
    await asked.press("Mo", sheet(asked), "Ask 1 to be maker of the week")
    await asked.press("Dai", question(asked, "Dai"), "Yes, gladly")
    assert "the answer is yes" not in sheet(asked).text
    await until(asked, FRIDAY + timedelta(days=7))
    assert "Maker" not in recaps(asked)[1].text

    await asked.press("Elif", question(asked, "Elif"), "Yes, gladly")
    shown = lines(recaps(asked)[1])
    both = shown[shown.index(MAKER) + 1]
    assert both in {"@Dai and @Elif", "@Elif and @Dai"}


async def test_nobody_answers_for_somebody_else(asked: Community) -> None:
    """A button that is not theirs does nothing."""
    refused = await asked.press("Eve", question(asked, "Ben"), "Yes, gladly")

    assert "common.unknown-button" == refused.reason


async def test_whoever_takes_no_messages_is_not_asked(home: Community) -> None:
    """The moderator hears why, and nothing is queued."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    shown = await home.type("Ben", "laurel privacy")
    await home.press("Ben", shown, "Do not write to me")
    await until(home, FRIDAY - timedelta(days=1))
    refused = await home.press("Mo", sheet(home), "Ask 1 to be maker of the week")

    assert "recaps.refused-ask" == refused.reason
    assert [] == home.dms("Ben")


async def test_whoever_hides_later_is_out_of_it(asked: Community) -> None:
    """As out of the rest of the recap."""
    await asked.press("Ben", question(asked, "Ben"), "Yes, gladly")
    await until(asked, FRIDAY)
    shown = await asked.type("Ben", "laurel privacy")
    await asked.press("Ben", shown, "Private")

    assert "Maker" not in recaps(asked)[0].text
