"""Boards, through ``/leaderboard``."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.community import Level, Privacy
from storage import activity, communities, members, personal
from storage.activity import Activity
from storage.boards import places as boards
from storage.boards import tallies
from storage.boards.periods import ALL_TIME
from storage.boards.recount import drift
from storage.boards.sides import Side
from storage.boards.tallies import COUNTED, COUNTER
from storage.database import Transaction
from tests.cogs.ranking import allow, counted, lines, places, points
from tests.harness import COMMUNITY, START, Community

WHY = "You stayed late so that everybody could go home."


async def test_a_shoutout_is_on_both_boards(home: Community) -> None:
    """Who was thanked stands on one, who thanked on the other."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)

    received = await home.type("Cleo", "leaderboard")
    given = await home.type("Cleo", "leaderboard", side="given")

    assert places(received) == [(1, "ben", 1)]
    assert places(given) == [(1, "ana", 1)]
    assert received.text.splitlines()[0] == "Thanked most"
    assert given.text.splitlines()[0] == "Thanked others most"


async def test_the_button_turns_to_the_other_board(home: Community) -> None:
    """One press away, in place, and back again."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    received = await home.type("Cleo", "leaderboard")

    given = await home.press("Cleo", received, "Who thanks others")
    back = await home.press("Cleo", given, "Who was thanked")

    assert places(given) == [(1, "ana", 1)]
    assert back.message == received.message


async def test_ten_are_shown_and_you(home: Community) -> None:
    """The reader's own place stands below the ten, whoever is between."""
    await counted(home, *range(30, 10, -1))
    shown = await home.type("M14", "leaderboard")

    assert places(shown)[:10] == [(n + 1, f"m{n}", 30 - n) for n in range(10)]
    assert places(shown)[10:] == [(15, "m14", 16)]
    assert [line.yours for line in lines(shown)] == [False] * 10 + [True]


async def test_your_place_among_the_ten_is_marked(home: Community) -> None:
    """Nobody stands there twice."""
    await counted(home, 5, 4, 3)
    shown = await home.type("M1", "leaderboard")

    assert [(line.rank, line.yours) for line in lines(shown)] == [
        (1, False),
        (2, True),
        (3, False),
    ]


async def test_ties_go_to_the_earliest(home: Community) -> None:
    """Who got there first stands above, also where one's own rank is counted."""
    await counted(home, *[7] * 15)
    shown = await home.type("M12", "leaderboard")

    assert [member for _, member, _ in places(shown)] == [
        *(f"m{n}" for n in range(10)),
        "m12",
    ]
    assert places(shown)[-1][0] == 13


@pytest.mark.parametrize(
    "privacy",
    [{"on_boards": False}, {"level": Level.PRIVATE}, {"level": Level.NONE}],
)
async def test_who_opted_out_is_never_shown(
    home: Community, privacy: dict[str, object]
) -> None:
    """Not to others, not to themselves, and no gap tells of them."""
    await counted(home, *range(20, 5, -1))
    await allow(home, "M0", **privacy)
    await allow(home, "M11", **privacy)

    other = await home.type("M14", "leaderboard")
    own = await home.type("M0", "leaderboard")

    assert places(other)[0] == (1, "m1", 19)
    assert places(other)[-1] == (13, "m14", 6)
    assert "m0" not in [member for _, member, _ in places(own)]
    assert not any(line.yours for line in lines(own))
    assert own.text.count("You asked not to be shown on boards") == 1
    assert "asked not" not in other.text


async def test_who_left_is_not_shown(home: Community) -> None:
    """A place is for who is here."""
    await counted(home, 9, 8, 7)
    home.person("M0", here=False)
    await counted(home, 0)

    assert places(await home.type("M2", "leaderboard")) == [(1, "m1", 8), (2, "m2", 7)]


async def test_an_empty_board_is_kind(home: Community) -> None:
    """Nobody is told that they are last of nobody."""
    received = await home.type("Ana", "leaderboard")
    given = await home.type("Ana", "leaderboard", side="given")

    assert "The first shoutout could be yours." in received.text
    assert "The first shoutout could be yours." in given.text
    assert "not on it yet" not in received.text


async def test_who_has_no_place_yet_is_told_so_kindly(home: Community) -> None:
    """A newcomer sees the board and a word for themselves."""
    await counted(home, 3)
    shown = await home.type("Newcomer", "leaderboard")

    assert places(shown) == [(1, "m0", 3)]
    assert "You are not on it yet." in shown.text


async def test_what_is_taken_back_leaves_the_board(home: Community) -> None:
    """An undone shoutout counts for nobody."""
    given = await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.press("Ana", given, "Undo")

    assert places(await home.type("Cleo", "leaderboard")) == []


@pytest.mark.parametrize(
    "args",
    [
        ("", "all", ""),
        ("sideways", "all", ""),
        ("received'--", "all", ""),
        ("received", "", ""),
        ("received", "2026-W60", ""),
        ("received", "2026-13", ""),
        ("received", "season-0", ""),
        ("received", "all'--", ""),
        ("received", "all", "value"),
        ("received", "all", "value-x"),
        ("received", "all", "value-99999999999999999999"),
        ("received", "all", "colour-1"),
        ("received", "all", "team-'; DROP"),
    ],
)
async def test_a_forged_board_is_refused(
    home: Community, args: tuple[str, str, str]
) -> None:
    """Only boards exist that a button can name."""
    call, dispatch = home.call("Ana"), home.laurel.dispatcher
    reply = await dispatch("boards.turn", call, args, None)

    assert "common.unknown-button" in repr(reply)


@pytest.mark.parametrize("side", list(Side))
async def test_a_rank_is_what_counting_everybody_gives(
    home: Community, side: Side
) -> None:
    """For each of 120 members with ties and opt-outs, as a full sort would say."""
    dice = random.Random(20260306)  # noqa: S311  a seed, so that it is repeatable

    keys: list[int] = []

    def fill(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        for n in range(120):
            person = home.person(f"P{n}", here=dice.random() > 0.1)
            member = members.meet(tx, here, person, START)
            keys.append(member.key)
            shown = Privacy(
                level=dice.choice(list(Level)[:3]), on_boards=dice.random() > 0.2
            )
            members.prefer(tx, member, shown, previews=False)
            if dice.random() > 0.2:
                amount, giver = dice.randrange(1, 6), dice.choice([*keys, None])
                day = START.date() - timedelta(days=dice.randrange(4))
                points(tx, here, member.key, amount, giver, day)

    def check(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        ranked = {p.member: p for p in boards.board(tx, here, side, ALL_TIME, 1_000)}
        found = {key: boards.place_of(tx, here, side, ALL_TIME, key) for key in keys}
        assert {key: ranked.get(key) for key in keys} == found
        assert 20 < len(ranked) < 100

    await home.database.write(fill)
    await home.laurel.settle()
    await home.database.read(check)


async def test_what_is_not_counted_yet_is_no_drift(home: Community) -> None:
    """A process that ends between an answer and its counting leaves nothing wrong."""
    receipt = await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.type("Ana", "shoutout", to=(home.person("Cleo"),), why=WHY)
    await home.press("Ana", receipt, "Undo")
    await home.database.write(_forget_counts)

    assert [] == places(await home.type("Ben", "leaderboard"))
    assert 0 == await home.database.read(drift)
    async for entry in _entries(home):
        await home.database.write(_count_one, entry)
        assert 0 == await home.database.read(drift)
    assert [(1, "cleo", 1)] == places(await home.type("Ben", "leaderboard"))

    await home.database.write(_miscount)  # planted
    assert 1 == await home.database.read(drift)


async def test_who_is_erased_before_the_count_does_not_come_back(
    home: Community,
) -> None:
    """Nothing is counted for a key that no longer stands for anybody."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)
    await home.database.write(_forget_counts)
    gone = await home.database.write(lambda tx: tx.run("DELETE FROM members"))
    assert 2 == gone
    async for entry in _entries(home):
        await home.database.write(_count_one, entry)

    left = await home.database.read(lambda tx: tx.all("SELECT * FROM totals"))
    assert [] == left


async def test_an_export_says_in_words_which_side_a_total_is_of(
    home: Community,
) -> None:
    """The table has numbers, which nobody could read."""
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=WHY)

    assert {"given"} == await _sides(home, "Ana")
    assert {"received"} == await _sides(home, "Ben")


async def _sides(home: Community, name: str) -> set[object]:
    """Return on which sides the totals are that a member is handed."""

    def read(tx: Transaction) -> set[object]:
        here = communities.get(tx, COMMUNITY)
        member = members.find(tx, here, home.person(name).ref, START)
        assert member is not None
        subject = personal.Subject(here, member, START)
        return {row["side"] for row in personal.export(tx, subject)["totals"]}

    return await home.database.read(read)


async def test_the_cursor_that_is_read_is_the_counters(home: Community) -> None:
    """The name by which the cursor is looked up is the follower's own."""
    assert COUNTER in {follower.name for follower in home.laurel.followers}


def _forget_counts(tx: Transaction) -> None:
    """Leave what a process leaves that was killed before it counted anything."""
    tx.run("DROP TRIGGER credits_stay_2")
    tx.run("DELETE FROM credits")
    tx.run("DELETE FROM totals")
    tx.run("DELETE FROM cursors WHERE follower = :counter", counter=COUNTER)


async def _entries(home: Community) -> AsyncIterator[Activity]:
    """Yield what the counter has not seen, in order."""
    seen = await home.database.read(activity.cursor_of, COUNTER)
    found, _ = await home.database.read(activity.after, seen, 100, COUNTED)
    for entry in found:
        yield entry


def _count_one(tx: Transaction, entry: Activity) -> None:
    tallies.count(tx, [entry])
    activity.move_cursor(tx, COUNTER, entry.id)


def _miscount(tx: Transaction) -> None:
    tx.run(
        "UPDATE totals SET amount = amount + 1 WHERE lot = :received AND amount > 0",
        received=Side.RECEIVED.lot,
    )
