"""Draws that anybody can repeat, in rounds in which everybody has one turn."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.committees import Size
from bot.domain.draws import MAX_POOL, Pool, Round, draw
from storage.audit import MAX_DETAIL_CHARS

keys = st.integers(0, 2**62 - 1)
everybody = st.lists(keys, min_size=6, max_size=60, unique=True)
seeds = st.integers(0, 2**128 - 1).map(lambda n: f"{n:032x}")
sizes = st.builds(Size, st.integers(3, 4), st.integers(0, 2), st.just(60))


@st.composite
def pools(made: st.DrawFn) -> Pool:
    """Return people, some of whose turn it is, some who joined, some who had one."""
    people = made(everybody)
    group = [made(st.integers(0, 2)) for _ in people]
    parts = (
        tuple(sorted(k for k, g in zip(people, group, strict=True) if g == n))
        for n in range(3)
    )
    return Pool(*parts)


@given(pools(), seeds, sizes)
def test_a_draw_repeats_from_its_text(pool: Pool, seed: str, size: Size) -> None:
    """Pool, seed and size alone decide, and what travels as text is the same pool."""
    lot = draw(pool, seed, size)

    assert pool == Pool.read(pool.text)
    assert lot == draw(Pool.read(pool.text), seed, size)
    drawn = (*lot.seats, *lot.backups)
    assert (size.seats, size.backups) == (len(lot.seats), len(lot.backups))
    assert len(drawn) == len(set(drawn))
    assert set(drawn) <= set(pool.everybody)


@given(pools(), seeds, sizes)
def test_whose_turn_it_is_comes_before_who_had_one(
    pool: Pool, seed: str, size: Size
) -> None:
    """Nobody who has had a turn is drawn before all whose turn it is."""
    lot = draw(pool, seed, size)
    order = [
        key in pool.last for key in (*lot.seats, *lot.backups) if key not in pool.joined
    ]

    assert sorted(order) == order
    if any(order):
        assert set(pool.first) <= {*lot.seats, *lot.backups}


@given(everybody.map(sorted), seeds, sizes)
def test_without_turns_it_is_a_sample_by_the_standard_library(
    people: list[int], seed: str, size: Size
) -> None:
    """At the first draw of all, two lines of a sceptic's come to the same people."""
    shuffled = random.Random(int(seed, 16)).sample(  # noqa: S311  no secret here
        people, len(people)
    )
    lot = draw(Round().pool(people), seed, size)
    assert shuffled[: size.people] == [*lot.seats, *lot.backups]


def test_a_draw_of_long_ago_repeats() -> None:
    """A version of Python that drew otherwise would be noticed here."""
    pool = Pool((100, 103, 105), (101, 107), (102, 104, 106))
    lot = draw(pool, "00ff" * 8, Size(3, 2, 60))
    assert ((105, 103, 100), (107, 106)) == (lot.seats, lot.backups)


def test_all_whose_turn_it_is_are_drawn_equally_often() -> None:
    """Over many seeds nobody is favoured, whatever their key."""
    pool, size = Pool(tuple(range(10)), (), (10, 11)), Size(3, 1, 60)
    seats = Counter[int]()
    for seed in range(4_000):
        seats.update(draw(pool, f"{seed:x}", size).seats)
    # 1,200 each; five standard deviations of a binomial are 145.
    assert all(abs(seats[each] - 1_200) < 145 for each in range(10)), seats
    assert not seats[10] + seats[11]


def test_a_crowd_that_joins_late_in_a_round_cannot_take_a_committee() -> None:
    """Whoever joined is drawn as often as if nobody had turns, and not more."""
    pool = Pool(first=(1, 2), joined=tuple(range(100, 125)), last=tuple(range(3, 76)))
    seats = Counter[bool]()
    for seed in range(2_000):
        lot = draw(pool, f"{seed:x}", Size(5, 0, 60))
        seats.update(key >= 100 for key in lot.seats)
    # 25 of 100 people, so 2,500 of 10,000 seats; five standard deviations are 217.
    assert abs(seats[True] - 2_500) < 217, seats


def test_whoever_joins_waits_for_the_next_round_for_a_turn() -> None:
    """Those on the list of the round, and who served before it, have one in it."""
    running = Round(had={1}, before={1, 2}, listed={1, 3})

    assert Pool(first=(2, 3), joined=(4,), last=(1,)) == running.pool([4, 3, 2, 1])
    assert Pool(first=(1, 4)) == Round().pool([4, 1])


@given(pools(), pools())
def test_another_pool_has_another_digest(one: Pool, other: Pool) -> None:
    """Adding, dropping or exchanging somebody is seen, and so is whose turn it is."""
    assert (one == other) == (one.digest == other.digest)


@given(pools())
def test_whose_turn_it_is_is_part_of_the_digest(pool: Pool) -> None:
    """The same people in other groups are another list."""
    moved = Pool(tuple(sorted(pool.everybody)))
    assert (moved == pool) == (moved.digest == pool.digest)


def test_a_pool_that_is_too_small_cannot_be_drawn_from() -> None:
    """It is refused before; a draw from it would be nobody's fault but ours."""
    with pytest.raises(ValueError, match="cannot be drawn"):
        draw(Pool((1, 2, 3)), "ff", Size(3, 1, 60))


def test_the_largest_pool_fits_a_row_of_the_audit() -> None:
    """So many keys, each as long as a key can be, and what else is in the row."""
    text = Pool((2**62 - 1,) * MAX_POOL).text
    assert len(text) + 1_000 < MAX_DETAIL_CHARS
