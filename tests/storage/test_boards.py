"""Boards, totals and credits, against counting everything plainly."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from typing import TypedDict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import file
from storage.boards import breakdowns, places, recount, sources
from storage.boards.periods import Kind, Period
from storage.boards.sides import Side
from tests.storage.boarded import CHANNELS, TEAMS, Happened, Town

person = st.integers(0, 4)
maybe = st.none() | st.integers(0, 1)
step = st.one_of(
    st.tuples(st.just("thank"), person, person, maybe, maybe),
    st.tuples(st.just("thank"), person, person, maybe, maybe),
    st.tuples(st.just("thank"), st.just(0), st.just(1), maybe, maybe),
    st.tuples(st.just("wait"), st.integers(1, 60)),
    st.tuples(st.just("wait"), st.integers(60, 900)),
    st.tuples(st.just("take_back"), st.integers(0, 50)),
    st.tuples(
        st.just("bring"),
        st.none() | person,
        person,
        st.sampled_from((-2, 1, 2, 5)),
        st.integers(0, 40),
    ),
    st.tuples(st.just("hide"), person),
    st.tuples(st.just("turn"), st.integers(0, 10)),
    st.tuples(st.just("count")),
)


class Cut(TypedDict, total=False):
    value: int
    channel: str
    team: str


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    path = tmp_path_factory.mktemp("boards") / "empty.sqlite3"
    file.create(path)
    connection = file.connect(path, "ro")
    yield connection
    connection.close()


def town(empty: sqlite3.Connection) -> Town:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    empty.backup(connection)
    connection.row_factory = sqlite3.Row
    return Town(connection)


def do(here: Town, steps: list[tuple[object, ...]]) -> None:
    for name, *about in steps:
        if name == "thank" and about[0] == about[1]:
            continue
        getattr(here, str(name))(*about)
    here.count()


def cuts(here: Town) -> Iterator[tuple[Cut, Happened | str | None]]:
    nobody = {"ref": 0, "giver": None, "receiver": 0, "on": date.min, "thanks": True}
    yield {}, None
    for value in here.values:
        yield {"value": value}, Happened(**nobody, value=value, channel=None)  # type: ignore[arg-type]
    for channel in CHANNELS:
        yield {"channel": channel}, Happened(**nobody, value=None, channel=channel)  # type: ignore[arg-type]
    for team in TEAMS:
        yield {"team": team}, team


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(step, min_size=5, max_size=40))
def test_every_board_is_what_counting_plainly_gives(
    empty: sqlite3.Connection, steps: list[tuple[object, ...]]
) -> None:
    """Of every period, past ones too, each side, value, channel and team; own ranks."""
    here = town(empty)
    do(here, steps)

    for period, first, last in here.periods():
        for side in Side:
            for cut, only in cuts(here):
                wanted = here.ranked(side, first, last, only)
                told = places.board(here.tx, here.here, side, period, 10, **cut)
                assert wanted == [(each.platform_id, each.amount) for each in told]
                ranks = {
                    member.ref.id: place.rank
                    for member in here.people
                    if (
                        place := places.place_of(
                            here.tx, here.here, side, period, member.key, **cut
                        )
                    )
                }
                assert ranks == {who: n for n, (who, _) in enumerate(wanted, 1)}
    assert 0 == recount.drift(here.tx)
    here.connection.close()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(step, min_size=5, max_size=30))
def test_parts_are_the_sums_of_their_boards(
    empty: sqlite3.Connection, steps: list[tuple[object, ...]]
) -> None:
    """By value, by channel and by team, of every period."""
    here = town(empty)
    do(here, steps)

    ways = {"value": breakdowns.values, "channel": breakdowns.channels}
    for period, first, last in here.periods():
        for side in Side:
            for cut, only in cuts(here):
                if not cut:
                    continue
                ((kind, which),) = cut.items()
                parts = ways.get(kind, breakdowns.teams)(
                    here.tx, here.here, side, period
                )
                board = here.ranked(side, first, last, only)
                found = [p for p in parts if p.id == str(which)]
                wanted = [(sum(a for _, a in board), len(board))] if board else []
                assert wanted == [(p.amount, p.people) for p in found]
    here.connection.close()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(step, min_size=5, max_size=30), parts=st.integers(1, 7))
def test_what_is_not_counted_yet_is_no_drift(
    empty: sqlite3.Connection, steps: list[tuple[object, ...]], parts: int
) -> None:
    """However far the follower has come, what it counted agrees with counting anew."""
    here = town(empty)
    for name, *about in steps:
        if name == "thank" and about[0] == about[1]:
            continue
        getattr(here, str(name))(*about)
        here.count(parts)
        assert 0 == recount.drift(here.tx)
    here.connection.close()


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE totals SET amount = amount + 1 WHERE lot = 0",
        "UPDATE totals SET week = week + 1 WHERE lot = 2",
        "UPDATE totals SET times = times + 1 WHERE lot = 0",
        "UPDATE totals SET day = 0 WHERE lot = 3 AND part LIKE 'channel:%'",
        "DELETE FROM totals WHERE lot = 0",
        """
        INSERT INTO totals SELECT community, 1, member, 'value:99', reached,
          times, amount, season, month, week, day FROM totals
        WHERE lot = 0
        """,
    ],
)
def test_a_wrong_total_is_found(empty: sqlite3.Connection, wrong: str) -> None:
    """Planted: one row that is not what its credits come to."""
    here = town(empty)
    do(here, [("thank", 0, 1, None, 0)])
    assert 0 == recount.drift(here.tx)
    here.tx.run(wrong)

    assert 1 == recount.drift(here.tx)
    here.connection.close()


def test_a_wrong_credit_is_found(empty: sqlite3.Connection) -> None:
    """Planted: one that counts more than the rules say, and one of nothing."""
    here = town(empty)
    do(here, [("thank", 0, 1, None, None), ("wait", 30), ("thank", 0, 1, None, None)])
    here.connection.execute("DROP TRIGGER credits_stay_1")
    here.tx.run("UPDATE credits SET amount = 1000")
    assert 1 == recount.misjudged(here.tx, here.here.id)

    here.connection.execute("DROP TRIGGER credits_stay_2")
    here.tx.run("DELETE FROM credits WHERE id = 1")
    assert 1 == recount.miscredited(here.tx, here.here.id)
    here.connection.close()


def test_a_credit_is_never_changed(empty: sqlite3.Connection) -> None:
    """Neither changed nor deleted, nor given back twice: the schema says so."""
    here = town(empty)
    do(here, [("thank", 0, 1, None, None), ("take_back", 0)])
    for change in ("UPDATE credits SET amount = 0", "DELETE FROM credits"):
        with pytest.raises(sqlite3.IntegrityError, match="credits are never"):
            here.tx.run(change)
    again = "INSERT INTO credits SELECT community, day, 99, receiver, giver, shoutout, "
    again += "points, returns, value, channel, times, amount FROM credits "
    with pytest.raises(sqlite3.IntegrityError, match="returns"):
        here.tx.run(again + "WHERE returns IS NOT NULL")
    here.connection.close()


def test_today_is_read_from_totals_and_the_past_from_credits(
    empty: sqlite3.Connection,
) -> None:
    """So a board of this week does not become slower with every year."""
    here = town(empty)
    do(here, [("thank", 0, 1, None, None), ("wait", 200), ("thank", 1, 2, None, None)])
    week = Period.at(Kind.WEEK, here.today)
    before = week.before()
    assert before is not None

    now = sources.source(here.tx, here.here, Side.GIVEN, week, None)
    then = sources.source(here.tx, here.here, Side.GIVEN, before, None)
    later = sources.source(here.tx, here.here, Side.GIVEN, week.after() or week, None)
    assert now is not None
    assert then is not None
    assert later is None
    assert "totals" in now.once
    assert "credits" in then.once
    here.connection.close()


def test_at_most_one_cut(empty: sqlite3.Connection) -> None:
    """A board is of a value, a channel or a team."""
    here = town(empty)
    with pytest.raises(ValueError, match="crew"):
        places.board(
            here.tx, here.here, Side.GIVEN, Period.parse("all"), 1, value=1, team="crew"
        )
    here.connection.close()


@pytest.mark.parametrize(
    ("days", "back", "amount"),
    [(29, False, 500), (30, False, 1_000), (29, True, 500), (30, True, 1_000)],
)
def test_repeats_fade_whoever_of_the_two_gives(
    empty: sqlite3.Connection, days: int, amount: int, *, back: bool
) -> None:
    """To the day: what was 30 days ago is no repeat any more, and no answer."""
    here = town(empty)
    pair = (1, 0) if back else (0, 1)
    first = ("thank", 0, 1, None, None)
    do(here, [first, ("wait", 24 * days), ("thank", *pair, None, None)])

    told = here.tx.all("SELECT amount FROM credits ORDER BY id")
    assert [1_000, amount] == [row["amount"] for row in told]
    here.connection.close()


@pytest.mark.parametrize(
    ("days", "gone", "amount"),
    [(13, False, 500), (14, False, 1_000), (13, True, 1_000)],
)
def test_what_comes_around_through_one_other_counts_half(
    empty: sqlite3.Connection, days: int, amount: int, *, gone: bool
) -> None:
    """To the day, and only while both thanks on the way stand."""
    here = town(empty)
    do(here, [("thank", 1, 2, None, None), ("thank", 2, 0, None, None)])
    if gone:
        do(here, [("take_back", 0)])
    do(here, [("wait", 24 * days), ("thank", 0, 1, None, None)])

    told = here.tx.all("SELECT amount FROM credits WHERE returns IS NULL ORDER BY id")
    assert [1_000, 1_000, amount] == [row["amount"] for row in told]
    assert 0 == recount.drift(here.tx)
    here.connection.close()


def test_a_new_season_begins_at_nothing(empty: sqlite3.Connection) -> None:
    """Whoever was thanked in the last one starts anew with the first thanks in this."""
    here = town(empty)
    do(here, [("turn", 0), ("thank", 0, 1, None, None), ("wait", 48), ("turn", 0)])
    do(here, [("wait", 1), ("thank", 2, 1, None, None)])

    spring, summer = here.seasons
    for season, wanted in ((spring, 1_000), (summer, 1_000)):
        period = Period.at(Kind.SEASON, season.starts_on, season)
        (place,) = places.board(here.tx, here.here, Side.RECEIVED, period, 9)
        assert wanted == place.amount
    assert 0 == recount.drift(here.tx)
    here.connection.close()
