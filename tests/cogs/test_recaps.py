"""Recaps, from a week of thanks to what stands on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

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
from tests.harness import Community, community

WEEK = "March 6, 2026 \N{EN DASH} March 13, 2026"


@pytest.fixture
async def weekly(home: Community) -> Community:
    """Return a community on a Saturday, with recaps on Fridays at four."""
    home.clock.move(days=1)
    await set_up(home)
    return home


async def test_a_week_is_posted_even_if_nobody_looks(weekly: Community) -> None:
    """Moderators see it a day before, and everybody on time."""
    await give(weekly, "Ana", "Ben")
    await give(weekly, "Cleo", "Dai", why=CHAIRS)
    await until(weekly, FRIDAY - timedelta(days=1, minutes=1))
    assert [] == weekly.posts("mods")

    await weekly.wait(minutes=1)
    assert "Draft: Our week in thanks" == lines(sheet(weekly))[0]
    assert [] == recaps(weekly)

    await until(weekly, FRIDAY)
    (post,) = recaps(weekly)
    assert [
        "Our week in thanks",
        f"Here is some of the good that was seen: {WEEK}.",
        "2 thanks went from 2 people to 2 people.",
        "Recap 1. /recap last shows it again.",
        "For @Ben",
        f"@Ana: “{DOCS}”",
        "For @Dai",
        f"@Cleo: “{CHAIRS}”",
        "Thanked for the first time",
        "@Ben and @Dai",
        "Thank somebody",
    ] == lines(post)
    assert () == post.message.mentions
    assert "Posted in #wall. It is recap 1." in sheet(weekly).text


async def test_without_moderators_it_is_posted_as_it_is(home: Community) -> None:
    """There is nobody to show a draft to, and the week is told all the same."""
    home.clock.move(days=1)
    await set_up(home)
    await home.settings(moderators=None)
    await give(home, "Ana", "Ben")
    await until(home, FRIDAY)

    assert 1 == len(recaps(home))
    assert [] == home.posts("mods")


async def test_a_quiet_week_says_something_kind(weekly: Community) -> None:
    """It is short, names nobody, and has no picture."""
    await until(weekly, FRIDAY)
    (post,) = recaps(weekly)

    assert lines(post)[1].startswith("It was a quiet week, and that is fine.")
    assert ["Recap 1. /recap last shows it again.", "Thank somebody"] == lines(post)[2:]


async def test_what_is_given_after_the_draft_is_told_too(weekly: Community) -> None:
    """It counts, and fills what is free behind what moderators have seen."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(hours=2))
    await give(weekly, "Cleo", "Dai", why=CHAIRS)
    await weekly.wait(hours=2)

    (post,) = recaps(weekly)
    assert [f"@Ana: “{DOCS}”", f"@Cleo: “{CHAIRS}”"] == said(post)
    assert "2 thanks went from 2 people to 2 people." in lines(post)


async def test_each_recap_tells_of_what_came_since_the_last(weekly: Community) -> None:
    """Nothing is told twice, and nothing falls between two."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY)
    await weekly.wait(minutes=1)
    await give(weekly, "Ana", "Cleo", why=SOUP)
    await until(weekly, FRIDAY + timedelta(days=7))

    first, second = recaps(weekly)
    assert ([f"@Ana: “{DOCS}”"], [f"@Ana: “{SOUP}”"]) == (said(first), said(second))
    assert "Recap 2. /recap last shows it again." in lines(second)
    assert "Thanked for the first time" in lines(second)


async def test_after_an_outage_one_recap_tells_of_all(weekly: Community) -> None:
    """Three weeks are one post, and it says that they are three."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY + timedelta(days=14, hours=5))
    (post,) = recaps(weekly)

    assert "3 weeks in thanks" == lines(post)[0]
    assert [f"@Ana: “{DOCS}”"] == said(post)
    assert [] == weekly.posts("mods")

    await weekly.wait(hours=1)
    assert 1 == len(recaps(weekly))


async def test_a_recap_survives_a_restart_between_draft_and_post(
    tmp_path: Path,
) -> None:
    """The draft that moderators changed is what is posted, once."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        home.clock.move(days=1)
        await set_up(home)
        await give(home, "Ana", "Ben")
        await until(home, FRIDAY - timedelta(hours=20))
        form = await home.press("Mo", sheet(home), "Change the opening words")
        await home.fill_in("Mo", form, text="A week to remember.")
        clock, posts = home.clock, home.platform.posts

    clock.move(hours=20)
    async with community(path, clock=clock, posts=posts) as home:
        await home.wait(seconds=1)
        (post,) = recaps(home)

    assert "A week to remember." == lines(post)[1]


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("America/New_York", datetime(2026, 3, 13, 20, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 3, 13, 10, 15, tzinfo=UTC)),
    ],
)
async def test_four_is_four_on_the_communitys_clocks(
    home: Community, zone: str, at: datetime
) -> None:
    """Also behind the Sunday on which they change in New York."""
    await home.settings(zone=ZoneInfo(zone))
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    await until(home, at - timedelta(seconds=1))
    assert [] == recaps(home)

    await home.wait(seconds=1)
    assert 1 == len(recaps(home))


async def test_the_monthly_one_tells_of_the_month_before(home: Community) -> None:
    """On the first such day of a month, besides the weekly one."""
    await set_up(home, often="both", weekday="2", at=time(9, 30))
    await give(home, "Ana", "Ben", why=SOUP)
    for day in range(7, 32):
        await until(home, datetime(2026, 3, day, 10, tzinfo=UTC))
    await give(home, "Cleo", "Dai", why=CHAIRS)
    await until(home, datetime(2026, 4, 1, 9, 30, tzinfo=UTC))  # a Wednesday

    *_, weekly, monthly = recaps(home)
    assert ["Our week in thanks", "Our month in thanks"] == [
        lines(post)[0] for post in (weekly, monthly)
    ]
    assert "March 1, 2026 \N{EN DASH} March 31, 2026." in lines(monthly)[1]
    assert [f"@Ana: “{SOUP}”", f"@Cleo: “{CHAIRS}”"] == said(monthly)
    assert [f"@Cleo: “{CHAIRS}”"] == said(weekly)
    assert 5 == len(recaps(home))


async def test_one_that_is_late_is_left_to_the_next(weekly: Community) -> None:
    """Where that is drafted already, it tells of all, and it is the only one."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY + timedelta(days=7, hours=-2))
    assert [] == recaps(weekly)

    await weekly.wait(hours=2)
    (post,) = recaps(weekly)
    assert "2 weeks in thanks" == lines(post)[0]


async def test_the_first_one_is_drafted_a_day_before_as_well(home: Community) -> None:
    """What is set up on a Friday at three does not begin at four."""
    await give(home, "Ana", "Ben")
    await set_up(home)
    await home.wait(hours=2)
    assert ([], []) == (recaps(home), home.posts("mods"))

    await until(home, FRIDAY - timedelta(days=1))
    assert f"@Ana: “{DOCS}”" in sheet(home).text


async def test_what_moves_to_within_a_day_is_drafted_at_once(weekly: Community) -> None:
    """From Friday to Tuesday, on a Monday evening."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, datetime(2026, 3, 9, 19, tzinfo=UTC))
    await set_up(weekly, weekday="1")
    assert f"@Ana: “{DOCS}”" in sheet(weekly).text

    await until(weekly, datetime(2026, 3, 10, 16, tzinfo=UTC))
    assert [f"@Ana: “{DOCS}”"] == said(recaps(weekly)[0])


async def test_turned_off_nothing_comes(weekly: Community) -> None:
    """A draft that stands is withdrawn, and the next recap is not posted."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(hours=3))
    await set_up(weekly, often="off")

    assert "This recap does not come" in sheet(weekly).text
    await weekly.wait(days=8)
    assert [] == recaps(weekly)


async def test_turned_on_again_moderators_see_the_next_draft(weekly: Community) -> None:
    """It is a post of its own; the one that was withdrawn stays so."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(hours=3))
    await set_up(weekly, often="off")
    await set_up(weekly, often="weekly")
    await until(weekly, FRIDAY + timedelta(days=6))

    withdrawn, drafted = weekly.posts("mods")
    assert "This recap does not come" in withdrawn
    assert drafted.startswith("Draft: ")


async def test_another_day_moves_the_draft_with_it(weekly: Community) -> None:
    """From Friday to Saturday: it comes once, on Saturday."""
    await give(weekly, "Ana", "Ben")
    await until(weekly, FRIDAY - timedelta(hours=3))
    await set_up(weekly, weekday="5")
    assert "Sat, Mar 14" in sheet(weekly).text

    await weekly.wait(hours=4)
    assert [] == recaps(weekly)
    await weekly.wait(days=1)
    assert 1 == len(recaps(weekly))
    assert 1 == len(weekly.posts("mods"))


async def test_everybody_sees_on_the_calendar_when_it_comes(weekly: Community) -> None:
    """And the draft, which is for moderators, is not there."""
    await give(weekly, "Ana", "Ben")
    shown = await weekly.type("Ana", "calendar")

    assert "The week in thanks" in shown.text
    assert "Draft" not in shown.text


async def test_in_the_communitys_language(home: Community) -> None:
    """The post and the draft are in the language of public posts."""
    await home.settings(locale="es")
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    await until(home, FRIDAY - timedelta(days=1))
    assert sheet(home).text.startswith("Borrador: Nuestra semana en agradecimientos")

    await until(home, FRIDAY)
    assert "Resumen 1. /recap last lo vuelve a mostrar." in home.posts()[-1]
