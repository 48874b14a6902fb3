"""Quiet times: said kindly, said once more, and then left alone until something is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cogs.weeks import FRIDAY, give, lines, recaps, set_up, sheet, until
from tests.harness import Community

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@pytest.fixture
async def weekly(home: Community) -> Community:
    """Return a community whose first recap comes on a Friday, a week from its start."""
    home.clock.move(days=1)
    await set_up(home)
    return home


async def pass_by(home: Community, weeks: int, begin: int = 0) -> None:
    """Let weeks pass, each with its draft and its post; ``begin`` are past already."""
    for week in range(begin, begin + weeks):
        await until(home, FRIDAY + week * WEEK - DAY)
        await until(home, FRIDAY + week * WEEK)


def _drafts(home: Community) -> list[str]:
    known = ("Draft", "Nothing was posted")
    return [post for post in home.posts("mods") if post.startswith(known)]


async def test_after_two_quiet_weeks_nothing_is_posted(weekly: Community) -> None:
    """The second says that it was the last for now, and the third is not there."""
    await pass_by(weekly, 3, 3)
    first, second = recaps(weekly)

    assert lines(first)[1].startswith("It was a quiet week, and that is fine.")
    assert (
        "Another quiet week, and that is fine, too. "
        "The next recap comes when there is something to tell."
    ) == lines(second)[1]


async def test_moderators_hear_once_that_nothing_is_posted(weekly: Community) -> None:
    """The third draft says so and how to post all the same; then there is none."""
    await pass_by(weekly, 2)
    await until(weekly, FRIDAY + 2 * WEEK - DAY)
    draft = sheet(weekly)
    before = lines(draft)
    await until(weekly, FRIDAY + 2 * WEEK)
    after = lines(draft)
    drafts = _drafts(weekly)
    await pass_by(weekly, 3, 3)

    assert before[1].startswith("Nobody was thanked, as in the two before.")
    assert "Another quiet week" not in draft.text
    (said,) = after
    assert said.startswith("Nothing was posted, since there was nothing to tell.")
    assert drafts == _drafts(weekly)


async def test_the_first_thanks_end_a_lull(weekly: Community) -> None:
    """The recap of that week comes, with a draft, and tells of that week alone."""
    await pass_by(weekly, 5)
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY + 5 * WEEK - DAY)
    draft = sheet(weekly).text
    await until(weekly, FRIDAY + 5 * WEEK)
    told = recaps(weekly)[-1]

    assert "It goes up in #wall" in draft
    assert 3 == len(recaps(weekly))
    assert "Our week in thanks" == lines(told)[0]
    assert "One thank-you was given, and it counts." in told.text
    await until(weekly, FRIDAY + 6 * WEEK)
    assert "It was a quiet week" in recaps(weekly)[-1].text


async def test_thanks_after_the_draft_end_a_lull_as_well(weekly: Community) -> None:
    """Nobody has to look, and nothing that was given is left untold."""
    await pass_by(weekly, 2)
    await until(weekly, FRIDAY + 2 * WEEK - DAY)
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY + 2 * WEEK)

    assert 3 == len(recaps(weekly))
    assert "Posted in #wall. It is recap 3." in sheet(weekly).text


@pytest.mark.parametrize("part", ["Change the opening words", "Add or change a word"])
async def test_what_moderators_write_is_posted(weekly: Community, part: str) -> None:
    """Words of their own are something to tell."""
    await pass_by(weekly, 2)
    await until(weekly, FRIDAY + 2 * WEEK - DAY)
    form = await weekly.press("Mo", sheet(weekly), part)
    await weekly.fill_in("Mo", form, text="See you after the holidays.")
    shown = sheet(weekly).text
    await until(weekly, FRIDAY + 2 * WEEK)

    assert "It goes up in #wall" in shown
    assert "See you after the holidays." in recaps(weekly)[-1].text


async def test_posted_by_hand_a_quiet_one_goes_up(weekly: Community) -> None:
    """The rule is for what comes by itself."""
    await pass_by(weekly, 2)
    await until(weekly, FRIDAY + 2 * WEEK - DAY)
    await weekly.press("Mo", sheet(weekly), "Post now")

    assert 3 == len(recaps(weekly))


async def test_weeks_and_months_rest_apart(home: Community) -> None:
    """Quiet weeks keep no month from being told, for which there was something."""
    home.clock.move(days=1)
    await set_up(home, often="both")
    await give(home, "Ana", "Ben")
    await pass_by(home, 5)
    posts = [lines(post)[0] for post in recaps(home)]

    assert ["Our week in thanks"] * 3 == [p for p in posts if "week" in p]
    assert ["Our month in thanks"] == [p for p in posts if "month" in p]
