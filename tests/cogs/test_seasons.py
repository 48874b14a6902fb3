"""Seasons, from the day on which one starts to its last board."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.chat.message import Card, Line
from bot.domain.community import Level
from bot.domain.people import Role
from storage import audit, communities
from storage.boards import seasons
from storage.boards.periods import Season
from storage.database import Transaction
from tests.cogs.ranking import allow, counted, places
from tests.harness import COMMUNITY, START, Community, Reply

TODAY = START.date()
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def moderator(home: Community) -> None:
    home.person("Mo", Role.MODERATOR)


async def start(home: Community, name: str, **answers: object) -> Reply:
    return await home.type("Mo", "season start", name=name, **answers)


async def known(home: Community) -> list[Season]:
    """Return the seasons that there are, the oldest first."""

    def find(tx: Transaction) -> list[Season]:
        return list(seasons.listed(tx, communities.get(tx, COMMUNITY)))[::-1]

    return await home.database.read(find)


async def done(home: Community) -> list[str]:
    """Return what the audit says was done about seasons, in order."""

    def find(tx: Transaction) -> list[str]:
        here = communities.get(tx, COMMUNITY)
        acts = {f"seasons.{a}" for a in ("start", "end", "plan", "unplan", "passed")}
        return [each.action for each in audit.recent(tx, here, acts, 99)][::-1]

    return await home.database.read(find)


def dates(found: list[Season]) -> list[tuple[str, date, date | None]]:
    return [(each.name, each.starts_on, each.ends_on) for each in found]


async def test_a_season_starts_and_everybody_reads_of_it(home: Community) -> None:
    """On the wall, with the way to its board; nothing is deleted."""
    await counted(home, 5)
    shown = await start(home, "Spring")

    assert "Spring has started" in shown.text
    assert [("Spring", TODAY, None)] == dates(await known(home))
    (post,) = home.standing(home.channel("wall"))
    assert "Spring starts" == post.text.splitlines()[0]
    board = await home.press("Ana", post, "See the whole board")
    assert [] == places(board)  # what was given the day before is not of it
    assert [(1, "m0", 5)] == places(await home.type("Ana", "leaderboard"))


async def test_the_last_board_is_posted_before_the_next_begins(home: Community) -> None:
    """The one that was on ends with the day before; its board names the first ten."""
    await start(home, "Winter", starts_on=TODAY - 30 * DAY)
    await counted(home, *range(30, 15, -1))
    await allow(home, "M1", level=Level.PRIVATE)
    shown = await start(home, "Spring")

    assert "Winter ended with the day before." in shown.text
    assert [
        ("Winter", TODAY - 30 * DAY, TODAY - DAY),
        ("Spring", TODAY, None),
    ] == dates(await known(home))
    titles = [text.splitlines()[0] for text in home.posts()]
    assert ["Winter starts", "The last board of Winter", "Spring starts"] == titles
    last = home.posts()[1].splitlines()
    assert [f"@M{n}" for n in (0, *range(2, 11))] == [
        line for line in last if line.startswith("@M")
    ]
    assert ["seasons.start", "seasons.end", "seasons.start"] == await done(home)


async def test_the_last_board_reads_the_same_for_good(home: Community) -> None:
    """However much is given later, and less whoever hides since."""
    await start(home, "Winter", starts_on=TODAY - 30 * DAY)
    await counted(home, 9, 8, 7)
    await start(home, "Spring")
    await home.type(
        "M2", "shoutout", to=(home.person("M1"),), why="You held the ladder for us all."
    )
    past = await home.type("Ana", "season board", which="1")
    assert "Winter" == past.text.splitlines()[0]
    assert [9, 8, 7] == [line.amount // line.per for line in _lines(past)]

    await home.press(
        "M0", await home.type("M0", "laurel privacy"), "Keep me off boards"
    )
    (post,) = (p for p in home.posts() if p.startswith("The last board"))
    assert "@M0" not in post
    assert "@M1" in post


def _lines(shown: Reply) -> list[Line]:
    return [
        line
        for node in shown.message.nodes
        if isinstance(node, Card)
        for line in node.lines
    ]


async def test_a_season_that_ends_has_its_board_after_its_last_day(
    home: Community,
) -> None:
    """Today still counts; a last day that is past has it at once."""
    await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    await counted(home, 2)
    ends = await home.type("Mo", "season end")
    assert "Its last day is March 6, 2026." in ends.text
    assert 1 == len(home.posts())
    await home.wait(hours=9, minutes=1)
    assert "The last board of Winter" == home.posts()[-1].splitlines()[0]
    await home.wait(days=2)
    assert 2 == len(home.posts())

    await start(home, "Spring", starts_on=TODAY + DAY)
    over = await home.type("Mo", "season end", ends_on=TODAY + DAY)
    assert "Spring is over" == over.text.splitlines()[0]
    assert "The last board of Spring" == home.posts()[-1].splitlines()[0]
    assert "Nobody was thanked in public in this season." in home.posts()[-1]


async def test_a_season_that_is_planned_starts_on_its_day(home: Community) -> None:
    """Whatever is on ends then; until then it stands on the calendar."""
    await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    await counted(home, 2)
    planned = await start(home, "Spring", starts_on=TODAY + 7 * DAY)
    assert "It starts on March 13, 2026." in planned.text
    assert 1 == len(await known(home))
    assert "Spring starts" in (await home.type("Ana", "calendar")).text
    assert "Starts on March 13, 2026" in (await home.type("Ana", "season list")).text

    await home.wait(days=6, hours=9, minutes=1)
    assert [
        ("Winter", TODAY - 3 * DAY, TODAY + 6 * DAY),
        ("Spring", TODAY + 7 * DAY, None),
    ] == dates(await known(home))
    titles = [text.splitlines()[0] for text in home.posts()]
    assert ["Winter starts", "The last board of Winter", "Spring starts"] == titles
    assert ["seasons.start", "seasons.plan", "seasons.end", "seasons.start"] == (
        await done(home)
    )


async def test_a_plan_is_called_off(home: Community) -> None:
    """By a moderator, from the list; a second press finds nothing."""
    await start(home, "Spring", starts_on=TODAY + 7 * DAY)
    member = await home.type("Ana", "season list")
    desk = await home.type("Mo", "season list")
    gone = await home.press("Mo", desk, "Call Spring off")
    again = await home.press("Mo", desk, "Call Spring off")
    await home.wait(days=8)

    assert "call-off" not in repr(member.message)
    assert "Spring does not start after all" == gone.text
    assert "seasons.refused-gone" == again.reason
    assert [] == await known(home)
    assert ["seasons.plan", "seasons.unplan"] == await done(home)


async def test_a_plan_whose_day_is_taken_is_passed(home: Community) -> None:
    """Somebody was faster by hand; the audit knows why."""
    await start(home, "Summer", starts_on=TODAY + 2 * DAY)
    home.clock.move(days=3)  # Laurel was not there
    await start(home, "Quick")
    await home.wait(hours=1)

    assert "seasons.passed" in await done(home)
    assert ["Quick"] == [each.name for each in await known(home)]


@pytest.mark.parametrize(
    ("answers", "reason", "at"),
    [
        ({"name": "Winter"}, "seasons.refused-name", "name"),
        ({"starts_on": TODAY - 9 * DAY}, "seasons.refused-early", "starts_on"),
        ({"starts_on": TODAY - 3 * DAY}, "seasons.refused-early", "starts_on"),
        ({"starts_on": TODAY + 5 * DAY}, "seasons.refused-planned", "starts_on"),
        ({"name": "Spring"}, "seasons.refused-name", "name"),
        (
            {"name": "Spring", "starts_on": TODAY + 9 * DAY},
            "seasons.refused-name",
            "name",
        ),
        ({"starts_on": TODAY + 800 * DAY}, "seasons.refused-far", "starts_on"),
    ],
)
async def test_what_is_in_the_way_is_said(
    home: Community, answers: dict[str, object], reason: str, at: str
) -> None:
    """Beside the field at fault; nothing is begun and nothing ended."""
    await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    await start(home, "Spring", starts_on=TODAY + 5 * DAY)
    before = await known(home)
    reply = await start(home, **{"name": "Another", **answers})  # type: ignore[arg-type]

    assert (reason, at) == (reply.reason, reply.at)
    assert before == await known(home)


async def test_seasons_that_are_over_are_not_overlapped(home: Community) -> None:
    """Neither by what starts in them, nor by what is planned into them."""
    await start(home, "Winter", starts_on=TODAY - 9 * DAY)
    await home.type("Mo", "season end", ends_on=TODAY + 3 * DAY)
    for starts_on in (TODAY - DAY, TODAY, TODAY + 2 * DAY):
        reply = await start(home, "Spring", starts_on=starts_on)
        assert ("seasons.refused-overlap", "starts_on") == (reply.reason, reply.at)
    assert "planned" in repr(
        (await start(home, "Spring", starts_on=TODAY + 4 * DAY)).message
    )


@pytest.mark.parametrize(
    ("ends_on", "reason"),
    [
        (TODAY - 9 * DAY, "seasons.refused-early"),
        (TODAY + 5 * DAY, "seasons.refused-planned"),
        (TODAY + 800 * DAY, "seasons.refused-far"),
    ],
)
async def test_an_end_that_cannot_be_is_refused(
    home: Community, ends_on: date, reason: str
) -> None:
    """And without a season, there is nothing to end."""
    none = await home.type("Mo", "season end")
    assert "seasons.refused-none-open" == none.reason
    await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    await start(home, "Spring", starts_on=TODAY + 5 * DAY)
    reply = await home.type("Mo", "season end", ends_on=ends_on)

    assert (reason, "ends_on") == (reply.reason, reply.at)


async def test_boards_of_seasons_are_for_everybody(home: Community) -> None:
    """The one that is on, or any other; kind words where there is none."""
    none = await home.type("Ana", "season board")
    assert "seasons.refused-none" == none.reason
    assert "There is no season here yet" in (await home.type("Ana", "season list")).text
    await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    assert "Nobody has been thanked" in (await home.type("Ana", "season board")).text
    await counted(home, 2)
    shown = await home.type("Ana", "season board")
    listed = await home.type("Ana", "season list")
    picked = await home.press("Ana", listed, "Winter, since March 3, 2026")

    assert ["Winter", "Since March 3, 2026"] == shown.text.splitlines()[:2]
    assert [2] == [line.amount // line.per for line in _lines(shown)]
    assert [(1, "m0", 2)] == places(picked)
    for which in ("9", "x", "²"):
        wrong = await home.type("Ana", "season board", which=which)
        assert ("seasons.refused-unknown", "which") == (wrong.reason, wrong.at)
    found = await home.laurel.dispatcher.suggest(
        "seasons.every", home.call("Ana"), "wi"
    )
    assert ["1"] == [each.value for each in found]


async def test_without_a_wall_nothing_is_posted_and_that_is_said(
    home: Community,
) -> None:
    """A season starts and ends all the same."""
    await home.settings(wall=None)
    shown = await start(home, "Winter", starts_on=TODAY - 3 * DAY)
    ends = await home.type("Mo", "season end", ends_on=TODAY - DAY)

    assert "No wall is chosen yet" in shown.text
    assert "No wall is chosen yet" in ends.text
    assert [] == home.platform.posts


async def test_a_season_begins_at_the_communitys_midnight(home: Community) -> None:
    """On its own clocks, also on the night on which they change."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    await home.settings(zone=ZoneInfo("America/New_York"))
    await start(home, "Spring", starts_on=date(2026, 3, 8))
    await home.wait(days=1, hours=13, minutes=59)
    assert [] == await known(home)
    await home.wait(minutes=2)
    assert [("Spring", date(2026, 3, 8), None)] == dates(await known(home))
