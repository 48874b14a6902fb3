"""Boards of any time and of any part, through ``/leaderboard``, and as files."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from io import StringIO

import pytest

from bot.chat.message import Buttons, Card, Select
from bot.domain import damping
from bot.domain.people import Role
from bot.domain.refs import RoleRef
from storage import audit, communities, members
from storage.boards import seasons
from storage.database import Transaction
from tests.cogs.ranking import allow, counted, lines, places, points
from tests.harness import COMMUNITY, START, Community, Reply

WHY = "You stayed late so that everybody could go home."
TODAY = START.date()


async def on(home: Community, day: date, **amounts: int) -> None:
    """Have people have so many points of one day."""

    def add(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        for name, amount in amounts.items():
            member = members.meet(tx, here, home.person(name), START)
            points(tx, here, member.key, amount, on=day)

    await home.database.write(add)
    await home.laurel.settle()


async def season(home: Community, name: str, first: date, last: date | None) -> int:
    """Have there be a season."""

    def make(tx: Transaction) -> int:
        here = communities.get(tx, COMMUNITY)
        made = seasons.start(tx, here, name, first, None, START)
        if last is not None:
            seasons.end(tx, here, made, last, None, START)
        return made.id

    return await home.database.write(make)


def body(shown: Reply) -> list[str]:
    """Return what stands between the title and the places, and the footer."""
    return shown.text.splitlines()[1:]


def labels(shown: Reply) -> list[str]:
    """Return the keys of what can be pressed or picked."""
    found = []
    for node in shown.message.nodes:
        if isinstance(node, Buttons):
            found += [item.label.key for item in node.items]
        if isinstance(node, Select):
            found += [option.label.key for option in node.options]
    return found


async def test_a_board_is_of_a_day_a_week_a_month_or_all_time(home: Community) -> None:
    """Each counts what is of it, on the community's civil days."""
    for days, name in ((0, "Ana"), (1, "Ben"), (4, "Cleo"), (40, "Dai")):
        await on(home, TODAY - timedelta(days=days), **{name: days + 1})
    found = {}
    for period in ("day", "week", "month", "all"):
        shown = await home.type("Elif", "leaderboard", period=period)
        found[period] = [who for _, who, _ in places(shown)]

    assert {
        "day": ["ana"],
        "week": ["cleo", "ben", "ana"],
        "month": ["cleo", "ben", "ana"],
        "all": ["dai", "cleo", "ben", "ana"],
    } == found


@pytest.mark.parametrize(
    ("key", "who", "said"),
    [
        ("2026-03-05", ["ben"], "On March 5, 2026"),
        ("2026-W09", [], "The week from February 23, 2026 to March 1, 2026"),
        ("2026-w10", ["cleo", "ben"], "The week from March 2, 2026 to March 8, 2026"),
        ("2026-02", [], "February 2026"),
        ("2026-01", ["dai"], "January 2026"),
        (" ALL ", ["dai", "cleo", "ben"], "Since the beginning"),
    ],
)
async def test_any_past_board_is_drawn_again(
    home: Community, key: str, who: list[str], said: str
) -> None:
    """By the key of its time, and it says which that is."""
    for days, name in ((1, "Ben"), (4, "Cleo"), (40, "Dai")):
        await on(home, TODAY - timedelta(days=days), **{name: days + 1})
    shown = await home.type("Elif", "leaderboard", period=key)

    assert who == [member for _, member, _ in places(shown)]
    assert said == body(shown)[0]


async def test_buttons_go_from_time_to_time(home: Community) -> None:
    """Back and forth, and never into what is still to come."""
    await on(home, TODAY - timedelta(days=7), Ana=3)
    now = await home.type("Ana", "leaderboard", period="week", side="received")
    before = await home.press("Ana", now, "Before")
    after = await home.press("Ana", before, "After")

    assert [(1, "ana", 3)] == places(before)
    assert now.message == after.message
    assert "boards.later" not in labels(now)
    assert {"boards.earlier", "boards.later"} <= set(labels(before))
    assert not {"boards.earlier", "boards.later"} & set(
        labels(await home.type("Ana", "leaderboard"))
    )


async def test_every_other_time_is_one_choice_away(home: Community) -> None:
    """Of the same side; the one that is shown is not offered."""
    await on(home, TODAY, Ana=3)
    shown = await home.type("Ana", "leaderboard", side="given")
    today = await home.press("Ana", shown, "Today")

    assert "Thanked others most" == today.text.splitlines()[0]
    assert "On March 6, 2026" == body(today)[0]
    assert "boards.this-all" not in labels(shown)
    assert "boards.this-day" not in labels(today)
    assert "boards.this-season" not in labels(shown)


async def test_a_board_of_a_season_counts_its_days_alone(home: Community) -> None:
    """Also one that is over, which looks as it did; seasons are neighbours."""
    await on(home, date(2026, 1, 10), Ana=3)
    await on(home, date(2026, 2, 10), Ben=2)
    await on(home, TODAY, Cleo=1)
    winter = await season(home, "Winter", date(2026, 1, 1), date(2026, 1, 31))
    await season(home, "Spring", date(2026, 3, 1), None)
    spring = await home.type("Dai", "leaderboard", period="season")
    before = await home.press("Dai", spring, "Before")

    assert [(1, "cleo", 1)] == places(spring)
    assert "Spring, since March 1, 2026" == body(spring)[0]
    assert [(1, "ana", 3)] == places(before)
    assert "Winter, from January 1, 2026 to January 31, 2026" == body(before)[0]
    known = await home.type("Dai", "leaderboard", period=f"season-{winter}")
    assert before.message == known.message


@pytest.mark.parametrize(
    ("answers", "reason", "at"),
    [
        ({"period": "season"}, "boards.refused-no-season", "period"),
        ({"period": "season-9"}, "boards.refused-season", None),
        ({"period": "fortnight"}, "boards.refused-period", "period"),
        ({"period": "2026-02-30"}, "boards.refused-period", "period"),
        ({"period": "2026-03-07"}, "boards.refused-future", "period"),
        ({"period": "2027-01"}, "boards.refused-future", "period"),
        ({"value": "77"}, "boards.refused-value", None),
        ({"value": "x"}, "common.unknown-button", None),
        ({"value": "1", "team": RoleRef(COMMUNITY, "r")}, "boards.refused-two", "team"),
    ],
)
async def test_a_board_that_there_is_not_is_refused(
    home: Community, answers: dict[str, object], reason: str, at: str | None
) -> None:
    """Beside the field that asks for it."""
    reply = await home.type("Ana", "leaderboard", **answers)

    assert (reason, at) == (reply.reason, reply.at)


async def test_a_board_can_be_of_one_value(home: Community) -> None:
    """With what each comes to, one choice away."""
    tags = await home.database.write(_values, ("Courage", "Care"))
    for to, value in (("Ben", tags[0]), ("Cleo", tags[1]), ("Dai", tags[1])):
        given = await home.type(
            "Ana", "shoutout", to=(home.person(to),), why=WHY, value=str(value)
        )
        assert not given.refused, given.text
    shown = await home.type("Elif", "leaderboard", value=str(tags[1]))
    by = await home.press("Elif", shown, "By value")

    assert [(1, "cleo", 1), (2, "dai", 1)] == places(shown)
    assert "For Care alone" in body(shown)
    (card,) = (node for node in by.message.nodes if isinstance(node, Card))
    assert [2, 1] == [line.amount // line.per for line in card.lines]
    assert ["Care (2 members)", "Courage (one member)"] == by.text.splitlines()[3:5]
    everything = await home.press("Elif", shown, "Everything")
    assert ["ben", "cleo", "dai"] == sorted(who for _, who, _ in places(everything))


def _values(tx: Transaction, labels: tuple[str, ...]) -> list[int]:
    here = communities.get(tx, COMMUNITY)
    communities.change_values(tx, here, labels, START)
    return [tag.id for tag in communities.values(tx, here)]


async def test_a_board_can_be_of_one_channel(home: Community) -> None:
    """Where thanks were given, and nowhere else."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    here = await home.type("Cleo", "leaderboard", channel=home.channel("general"))
    there = await home.type("Cleo", "leaderboard", channel=home.channel("attic"))

    assert [(1, "ben", 1)] == places(here)
    assert "In #general alone" in body(here)
    assert [] == places(there)
    assert "Nothing counts here yet." in there.text
    by = await home.press("Cleo", here, "By channel")
    assert "#general (one member)" in by.text.splitlines()


async def test_a_board_can_be_of_one_team(home: Community) -> None:
    """Its members alone are ranked, by all that they have."""
    keepers = RoleRef(COMMUNITY, "keepers")
    home.person("M1", groups=(keepers,))
    home.person("M2", groups=(keepers,))
    await counted(home, 9, 8, 7)
    shown = await home.type("M0", "leaderboard", team=keepers)
    by = await home.press("M0", shown, "By team")

    assert [(1, "m1", 8), (2, "m2", 7)] == places(shown)
    assert "@keepers alone" in body(shown)
    assert "@keepers (2 members)" in by.text.splitlines()
    nobody = await home.press("M0", await home.type("M0", "leaderboard"), "By value")
    assert "Nothing was given for a value then." in nobody.text


async def test_who_opted_out_is_on_no_board(home: Community) -> None:
    """Of no time and no part, nor in a file, nor among the people of a part."""
    keepers = RoleRef(COMMUNITY, "keepers")
    for name in ("M0", "M1"):
        home.person(name, groups=(keepers,))
    await counted(home, 9, 8)
    await allow(home, "M0", on_boards=False)
    month = (START - timedelta(days=1)).strftime("%Y-%m")
    for asked in ({"period": month}, {"period": "all"}):
        shown = await home.type("M1", "leaderboard", **asked)
        assert [(1, "m1", 8)] == places(shown)
    shown = await home.type("M1", "leaderboard", team=keepers)
    assert [(1, "m1", 8)] == places(shown)
    by = await home.press("M1", shown, "By team")
    assert "@keepers (one member)" in by.text.splitlines()
    home.person("Mo", Role.MODERATOR)
    board = await home.type("Mo", "leaderboard")
    file = (await home.press("Mo", board, "As a file for spreadsheets")).file
    assert "M1" in file.content.decode()
    assert "M0" not in file.content.decode()


async def test_how_repeats_count_is_said_and_shown(home: Community) -> None:
    """Half a point is half a point, and a word below says why."""
    await home.settings(pair_cooldown_h=0)
    for _ in range(2):
        given = await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
        assert not given.refused, given.text
        home.clock.move(days=1)
    shown = await home.type("Ana", "leaderboard")

    assert [(1, "ben", 1.5)] == places(shown)
    assert [(1_500, 1_000)] == [(line.amount, line.per) for line in lines(shown)]
    told = (damping.REPEATS_DAYS, damping.AROUND_DAYS, damping.MOST_PER_DAY)
    footer = shown.text.partition("Between the same two people")[2]
    assert told == tuple(map(int, re.findall(r"\d+", footer)[:3]))


async def test_moderators_have_boards_as_files(home: Community) -> None:
    """Every place that may be shown, in two shapes that say the same."""
    home.person("Mo", Role.MODERATOR)
    await counted(home, *range(30, 10, -1))
    board = await home.type("Mo", "leaderboard", period="2026-03")
    table = (await home.press("Mo", board, "As a file for spreadsheets")).file
    told = (await home.press("Mo", board, "As a file for programs")).file

    assert ("leaderboard-received-2026-03.csv", "text/csv") == (
        table.name,
        table.media_type,
    )
    rows = list(csv.reader(StringIO(table.content.decode("utf-8-sig"))))
    assert ["rank", "name", "id", "points"] == rows[0]
    assert ["1", "M0", "m0", "30"] == rows[1]
    assert 21 == len(rows)
    read = json.loads(told.content)
    assert ("received", "2026-03", None) == (read["side"], read["period"], read["of"])
    assert rows[1:] == [
        [str(each["rank"]), each["name"], each["id"], f"{each['points']:g}"]
        for each in read["places"]
    ]


async def test_files_are_for_moderators_and_on_record(home: Community) -> None:
    """Members are not offered any, and whoever had one stands in the audit."""
    await counted(home, 3)
    home.person("Mo", Role.MODERATOR)
    member = await home.type("M0", "leaderboard")
    assert not {"boards.as-csv", "boards.as-json"} & set(labels(member))
    await home.press("Mo", await home.type("Mo", "leaderboard"), "As a file for prog")

    def acts(tx: Transaction) -> list[str]:
        here = communities.get(tx, COMMUNITY)
        return [done.ref for done in audit.recent(tx, here, {"boards.export"}, 9)]

    assert ["boards:all"] == await home.database.read(acts)


async def test_an_empty_file_says_so(home: Community) -> None:
    """It has its header."""
    home.person("Mo", Role.MODERATOR)
    board = await home.type("Mo", "leaderboard")
    given = await home.press("Mo", board, "As a file for spreadsheets")

    assert "Nobody is on this board" in given.text
    assert 1 == len(given.file.content.splitlines())


async def test_times_and_values_are_found_while_typing(home: Community) -> None:
    """What is on, what was, and the times of a date."""
    await season(home, "Winter", date(2026, 1, 1), date(2026, 1, 31))
    await home.database.write(_values, ("Courage", "Care"))
    suggest, call = home.laurel.dispatcher.suggest, home.call("Ana")

    def keys(found: object) -> list[str]:
        return [each.value for each in found]  # type: ignore[attr-defined]

    assert [
        "all", "2026-03", "2026-W10", "2026-03-06", "2026-03-05", "2026-W09",
        "2026-02", "season-1",
    ] == keys(await suggest("boards.period", call, ""))  # fmt: skip
    assert ["2026-01-10", "2026-W02", "2026-01", "season-1", "all"] == keys(
        await suggest("boards.period", call, "2026-01-10")
    )
    assert 1 == len(await suggest("boards.value", call, "cou"))


@pytest.mark.parametrize(
    ("route", "args"),
    [
        ("boards.parts", ("received", "all", "colour")),
        ("boards.parts", ("received", "never", "value")),
        ("boards.hand-over", ("received", "all", "", "xlsx")),
    ],
)
async def test_forged_buttons_are_refused(
    home: Community, route: str, args: tuple[str, ...]
) -> None:
    """Only those count that Laurel draws."""
    home.person("Mo", Role.MODERATOR)
    reply = await home.laurel.dispatcher(route, home.call("Mo"), args, None)

    assert "common.unknown-button" in repr(reply)
