"""Figures on how thanks are spread, against the plainest way to come by them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.fairness import (
    MOST_GROUPS,
    PERIOD,
    Met,
    Queue,
    Report,
    Share,
    count,
    report,
    spread,
)
from bot.domain.rings import Pair

UNTIL = datetime(2026, 3, 6, 15, tzinfo=UTC)
NOTHING = Queue(0, None, None)

_keys = st.integers(0, 2**62)
_pairs = st.lists(
    st.tuples(_keys, _keys).filter(lambda pair: pair[0] != pair[1]), max_size=40
)
_amounts = st.lists(st.integers(1, 50), min_size=1, max_size=30)


def met(key: int, **told: bool) -> Met:
    usual = {"moderates": False, "is_new": False, "known": True}
    return Met(key, **(usual | told))


def of(thanks: list[Pair], *people: Met) -> Report:
    return report(count(thanks), people, NOTHING, UNTIL)


@given(_pairs)
def test_thanks_are_counted_as_they_come(thanks: list[Pair]) -> None:
    """Whatever the keys are like, and in whatever order."""
    counts = count(thanks)

    assert Counter(giver for giver, _ in thanks) == counts.given
    assert Counter(receiver for _, receiver in thanks) == counts.received
    often = {pair: times for pair, times in Counter(thanks).items() if times >= 3}
    assert often == counts.often
    assert len(thanks) == counts.thanks


@given(_amounts, st.integers(0, 20))
def test_the_gini_is_the_mean_difference_of_two(amounts: list[int], none: int) -> None:
    """Over all pairs of people, as a share of twice the mean; who has none counts."""
    every = [*amounts, *([0] * none)]
    apart = sum(abs(one - other) for one in every for other in every)
    found = spread(dict(enumerate(amounts)), len(every))

    assert apart / (2 * len(every) * sum(every)) == pytest.approx(found.gini, abs=1e-9)
    assert 0 <= found.gini + 1e-9 <= 1 + 1e-9


def test_the_top_tenth_is_at_least_one_person() -> None:
    """Of ten people one, of eleven two; and what they have of all."""
    amounts = dict.fromkeys(range(10), 1) | {99: 40}

    assert (2, 41, 50) == (
        (found := spread(amounts, 11)).top,
        found.top_share.part,
        found.top_share.whole,
    )
    assert 1 == spread({1: 30}, 10).top


@pytest.mark.parametrize(
    ("people", "thanks", "enough"), [(10, 30, True), (9, 30, False), (10, 29, False)]
)
def test_of_too_few_nothing_is_said(people: int, thanks: int, *, enough: bool) -> None:
    """Ten people and thirty thanks are the least."""
    assert enough == spread({1: thanks}, people).enough


@pytest.mark.parametrize(
    ("share", "percent"),
    [
        (Share(10, 30), 33),
        (Share(20, 30), 67),
        (Share(10, 29), None),
        (Share(5, 10, least=10), 50),
        (Share(0, 0, least=0), None),
    ],
)
def test_a_share_says_something_from_its_least_on(
    share: Share, percent: int | None
) -> None:
    """In whole percent; of nothing, nothing is said."""
    assert percent == share.percent


def test_first_timers_are_told_of_all_who_were_thanked() -> None:
    """Whoever only gave is not among them."""
    told = of(
        [(1, 2), (1, 3), (2, 3)], met(1, known=False), met(2), met(3, known=False)
    )

    assert Share(1, 2, 10) == told.first_time


def test_newcomers_are_told_beside_how_many_they_are() -> None:
    """Their share of the thanks says nothing without their share of the people."""
    told = of([(1, 2), (1, 2), (2, 3), (3, 1)], met(1), met(2, is_new=True), met(3))

    assert Share(2, 4) == told.newcomers
    assert Share(1, 3, 10) == told.new_people


def test_moderators_are_told_by_what_they_give_and_get() -> None:
    """And by how many of those who took part they are."""
    told = of([(1, 2), (1, 3), (2, 1)], met(1, moderates=True), met(2), met(3), met(4))

    assert (Share(2, 3), Share(1, 3)) == (told.moderators_gave, told.moderators_got)
    assert Share(1, 3, 10) == told.moderators


def test_whoever_was_erased_counts_and_nothing_is_said_of_them() -> None:
    """Their thanks are in the spread, and in no share of what people are."""
    told = of([(1, 2), (7, 2), (1, 7)], met(1), met(2, is_new=True))

    assert (3, 2, 2) == (told.thanks, told.givers, told.receivers)
    assert 3 == told.received.people
    assert Share(2, 2) == told.newcomers
    assert Share(1, 2, 10) == told.new_people


def test_an_empty_community_has_a_report() -> None:
    """With nothing in it, and no division by nothing."""
    told = of([])

    assert (0, 0.0, False) == (told.thanks, told.received.gini, told.received.enough)
    assert () == told.groups
    assert UNTIL - PERIOD == told.since


def test_those_of_most_evidence_come_first() -> None:
    """What goes furthest beyond the totals; all are counted, the first are told of."""
    others = [(each, 1_000 + each % 50) for each in range(2_000, 6_000)]
    pairs = [
        pair
        for number in range(MOST_GROUPS + 5)
        for pair in [(2 * number, 2 * number + 1), (2 * number + 1, 2 * number)]
        for _ in range(3 + number % 7)
    ]
    told = of([*others, *pairs])

    assert MOST_GROUPS + 5 == told.groups_found
    assert MOST_GROUPS == len(told.groups)
    beyond = [group.times - group.expected for group in told.groups]
    assert sorted(beyond, reverse=True) == beyond
