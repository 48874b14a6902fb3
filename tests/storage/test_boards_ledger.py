"""Periods, seasons and points: what they are, and what they refuse."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleError
from storage import activity, audit, departures, file
from storage.boards import ledger, places, recount, seasons
from storage.boards.ledger import Points, Source
from storage.boards.periods import ALL_TIME, Kind, Period
from storage.boards.sides import Side
from tests.harness import COMMUNITY, START
from tests.storage.boarded import CHANNELS, Town

TODAY = START.date()
CIVIL = (Kind.DAY, Kind.WEEK, Kind.MONTH)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Town]:
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = file.connect(path, "rw")
    connection.execute("BEGIN")
    yield Town(connection)
    connection.close()


def points(here: Town, **about: object) -> Points:
    some: dict[str, object] = {
        "member": here.people[0].key,
        "giver": None,
        "amount": 3,
        "received_on": TODAY,
        "source": Source.IMPORTED,
        "ref": "a row",
    }
    return Points(**(some | about))  # type: ignore[arg-type]


def first(here: Town, side: Side = Side.RECEIVED) -> list[tuple[str, int]]:
    here.count()
    told = places.board(here.tx, here.here, side, ALL_TIME, 10)
    return [(place.platform_id, int(place.points)) for place in told]


@given(st.dates(), st.sampled_from(CIVIL))
def test_a_period_is_known_by_its_key(on: date, kind: Kind) -> None:
    """It holds its dates, and its neighbours begin where it ends."""
    period = Period.at(kind, on)
    assert period == Period.parse(period.key)
    assert period.first_on is not None
    assert period.last_on is not None
    assert period.first_on <= on <= period.last_on
    for there, back in ((period.after(), 1), (period.before(), -1)):
        if there is not None:
            edge = period.last_on if back > 0 else period.first_on
            next_edge = there.first_on if back > 0 else there.last_on
            assert next_edge == edge + timedelta(days=back)


@pytest.mark.parametrize(
    ("key", "on"),
    [("2026-W53", date(2027, 1, 3)), ("2026-W01", date(2025, 12, 29))],
)
def test_weeks_are_isos(key: str, on: date) -> None:
    """A week belongs to the year that its Thursday is in."""
    assert Period.parse(key) == Period.at(Kind.WEEK, on)


@pytest.mark.parametrize(
    "key",
    ["", "ALL", "2026", "2026-13", "2025-W53", "2026-02-30", "season-0", "season-",
     "season-1x", "2026-w01", "٢٠٢٦-01", "2026-11-22 ", "season-99999999999999999999"],
)  # fmt: skip
def test_what_is_no_period_is_refused(key: str) -> None:
    """Keys come from buttons, which anybody can forge."""
    with pytest.raises(ValueError, match=r".*"):
        Period.parse(key)


def test_the_same_points_count_once(here: Town) -> None:
    """Until they are reversed, which happens once and gives exactly back."""
    added = ledger.add(here.tx, here.here, points(here), None, START)
    assert added is not None
    assert ledger.add(here.tx, here.here, points(here, amount=9), None, START) is None
    assert first(here) == [("p0", 3)]

    assert ledger.reverse(here.tx, here.here, added, None, START)
    assert not ledger.reverse(here.tx, here.here, added, None, START)
    assert first(here) == []

    again = ledger.add(here.tx, here.here, points(here, amount=9), None, START)
    assert again is not None
    assert first(here) == [("p0", 9)]
    assert 0 == recount.drift(here.tx)


def test_a_batch_is_reversed_in_parcels(here: Town) -> None:
    """Only its own, and only what still stands."""
    for number in range(5):
        row = points(here, ref=f"{number}", batch=1 + number // 3)
        assert ledger.add(here.tx, here.here, row, None, START)
    some = ledger.standing(here.tx, here.here, 1, 2)
    assert 2 == len(some)
    for each in some:
        assert ledger.reverse(here.tx, here.here, each, None, START)

    assert 1 == len(ledger.standing(here.tx, here.here, 1, 10))
    assert first(here) == [("p0", 9)]


@pytest.mark.parametrize(
    "about",
    [{"received_on": TODAY + timedelta(days=2)}, {"amount": -1}, {"amount": 0}],
)
def test_points_that_cannot_be_are_refused(
    here: Town, about: dict[str, object]
) -> None:
    """Neither of tomorrow nor, where they were imported, less than one."""
    with pytest.raises(ValueError, match=r".*"):
        ledger.add(here.tx, here.here, points(here, **about), None, START)


def test_points_set_right_can_be_less_than_nothing(here: Town) -> None:
    """And whoever has nothing left is on no board."""
    ledger.add(here.tx, here.here, points(here), None, START)
    less = points(here, amount=-3, source=Source.ADJUSTED)
    assert ledger.add(here.tx, here.here, less, here.people[1].key, START)

    assert first(here) == []
    assert 0 == recount.drift(here.tx)


def test_points_are_never_changed(here: Town) -> None:
    """Nor deleted, while the community is there."""
    ledger.add(here.tx, here.here, points(here), None, START)
    for change in ("UPDATE points SET amount = 9", "DELETE FROM points"):
        with pytest.raises(sqlite3.IntegrityError, match="points are never"):
            here.tx.run(change)


def test_givers_are_counted_where_they_are_known(here: Town) -> None:
    """Imported kudos count on both sides."""
    known = points(here, giver=here.people[2].key)
    ledger.add(here.tx, here.here, known, None, START)

    assert first(here, Side.GIVEN) == [("p2", 3)]


def test_seasons_never_overlap(here: Town) -> None:
    """Each refusal says which rule it is."""
    tx, town = here.tx, here.here
    spring = seasons.start(tx, town, "Spring", TODAY, None, START)
    for name, on, why in (
        ("Spring", TODAY + timedelta(days=9), "name"),
        ("Summer", TODAY + timedelta(days=9), "open"),
    ):
        with pytest.raises(RuleError, match=f"refused-{why}"):
            seasons.start(tx, town, name, on, None, START)
    with pytest.raises(RuleError, match="refused-early"):
        seasons.end(tx, town, spring, TODAY - timedelta(days=1), None, START)
    last = TODAY + timedelta(days=5)
    over = seasons.end(tx, town, spring, last, None, START)
    with pytest.raises(RuleError, match="refused-ended"):
        seasons.end(tx, town, over, last, None, START)
    with pytest.raises(RuleError, match="refused-overlap"):
        seasons.start(tx, town, "Summer", last, None, START)
    summer = seasons.start(tx, town, "Summer", last + timedelta(days=1), None, START)

    assert [summer, over] == list(seasons.listed(tx, town))
    assert over == seasons.at(tx, town, last)
    assert summer == seasons.at(tx, town, last + timedelta(days=400))
    assert None is seasons.at(tx, town, TODAY - timedelta(days=1))
    done = audit.recent(tx, town, {"seasons.start", "seasons.end"}, 9)
    assert 3 == len(done)


def test_a_forgotten_community_leaves_no_place(here: Town) -> None:
    """Channels say which community it was; what counted is deleted with the rest."""
    here.thank(0, 1, None, 0)
    ledger.add(here.tx, here.here, points(here, channel=CHANNELS[1]), None, START)
    seasons.start(here.tx, here.here, "Spring", TODAY, None, START)
    here.count()
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        here.tx.run("UPDATE shoutouts SET channel = NULL")

    departures.leave(here.tx, COMMUNITY, START)
    while departures.forget(here.tx, START + departures.KEPT_FOR):
        pass
    for table in ("totals", "credits", "points", "seasons"):
        assert [] == here.tx.all(f"SELECT * FROM {table}")  # noqa: S608
    kept = here.tx.all("SELECT channel FROM shoutouts")
    assert [None] == [row["channel"] for row in kept]
    assert 0 == recount.drift(here.tx)


def test_a_day_that_was_counted_stays_where_it_was(here: Town) -> None:
    """Though the community moves to another zone, and is a day behind from then on."""
    here.thank(0, 1, None, None)
    here.count()
    before = here.tx.all("SELECT day FROM credits")
    here.tx.run("UPDATE communities SET zone = 'Pacific/Pago_Pago'")
    here.take_back(0)
    here.count()

    assert {row["day"] for row in before} == {
        row["day"] for row in here.tx.all("SELECT day FROM credits")
    }
    assert 0 == recount.drift(here.tx)
    assert activity.cursor_of(here.tx, "boards.count") == 2
