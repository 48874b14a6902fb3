"""The rule by which highlights are chosen, and the times that a recap tells of."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.community import Level
from bot.domain.recap import (
    MAX_HIGHLIGHTS,
    Audience,
    Candidate,
    Period,
    Span,
    choose,
    end_of,
    one_before,
)

UTC_ZONE = ZoneInfo("UTC")


def candidate(number: int, giver: int, *receivers: int, **more: object) -> Candidate:
    """Return thanks that were the only ones, and not the first."""
    told = {"value": None, "is_first": False, "times": 1, "given_at": number, **more}
    return Candidate(shoutout=number, giver=giver, receivers=receivers, **told)  # type: ignore[arg-type]


def chosen(*candidates: Candidate) -> list[int]:
    """Return the ids of what the rule chooses, in its order."""
    return [each.shoutout for each in choose(candidates)]


def test_whoever_is_thanked_for_the_first_time_comes_first() -> None:
    """However late in the week it was."""
    assert [3, 1, 2] == chosen(
        candidate(1, 10, 20),
        candidate(2, 11, 21),
        candidate(3, 12, 22, is_first=True),
    )


def test_nobody_is_shown_twice_as_thanked() -> None:
    """A second highlight for the same people brings nothing new."""
    assert [1] == chosen(candidate(1, 10, 20), candidate(2, 11, 20))
    assert [1, 2] == chosen(candidate(1, 10, 20, 21), candidate(2, 11, 20, 22))
    assert [1] == chosen(candidate(1, 10, 20, 21), candidate(2, 11, 21))


def test_the_most_thanked_are_not_favoured() -> None:
    """Who was thanked seldom comes before who was thanked often."""
    assert [2, 1] == chosen(
        candidate(1, 10, 20, times=40), candidate(2, 11, 21, times=2)
    )


def test_other_givers_come_before_the_same_ones() -> None:
    """Of one who gave much, the second word waits for everybody's first."""
    assert [1, 3, 2] == chosen(
        candidate(1, 10, 20), candidate(2, 10, 21), candidate(3, 11, 22)
    )


def test_other_values_come_before_the_same_ones() -> None:
    """And to show no value repeats none."""
    assert [1, 3, 4, 2] == chosen(
        candidate(1, 10, 20, value=1),
        candidate(2, 11, 21, value=1),
        candidate(3, 12, 22, value=2),
        candidate(4, 13, 23),
    )


def test_what_moderators_keep_stays_in_its_order() -> None:
    """The rule fills what is left behind it."""
    kept = [candidate(5, 14, 24), candidate(4, 13, 23)]
    free = [candidate(1, 10, 20), *kept, candidate(2, 11, 24)]

    assert [5, 4, 1] == [each.shoutout for each in choose(free, kept)]


@given(
    st.lists(
        st.builds(
            lambda giver, receivers, value, first, times: (
                giver,
                tuple(receivers),
                value,
                first,
                times,
            ),
            st.integers(0, 6),
            st.lists(st.integers(10, 16), min_size=1, max_size=3, unique=True),
            st.none() | st.integers(1, 3),
            st.booleans(),
            st.integers(1, 9),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_choice_is_bounded_fresh_and_does_not_depend_on_the_order(
    rolled: list[tuple[int, tuple[int, ...], int | None, bool, int]],
    random: object,
) -> None:
    """At most five, each with somebody new, and nobody new left while there is room."""
    every = [
        candidate(n, giver, *people, value=value, is_first=first, times=times)
        for n, (giver, people, value, first, times) in enumerate(rolled)
    ]
    picked = choose(every)
    shuffled = list(every)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert picked == choose(shuffled)
    assert len(picked) <= MAX_HIGHLIGHTS
    shown: set[int] = set()
    for each in picked:
        assert not shown.issuperset(each.receivers)
        shown.update(each.receivers)
    if len(picked) < MAX_HIGHLIGHTS:
        assert all(shown.issuperset(each.receivers) for each in every)
    if any(each.is_first for each in every):
        assert picked[0].is_first


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        # On time, the month before; a day early, up to now.
        (datetime(2026, 5, 1, 16, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)),
        (datetime(2026, 4, 30, 16, tzinfo=UTC), datetime(2026, 4, 30, 16, tzinfo=UTC)),
        (datetime(2026, 5, 9, 16, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)),
    ],
)
def test_a_month_ends_where_the_next_begins(now: datetime, expected: datetime) -> None:
    """For the one that is planned for the first of May, whenever it is posted."""
    planned = datetime(2026, 5, 1, 16, tzinfo=UTC)

    assert expected == end_of(Period.MONTH, UTC_ZONE, planned, now)


def test_the_first_one_tells_of_a_week_or_of_the_whole_month_before() -> None:
    """A month begins at midnight on the community's clocks."""
    planned = datetime(2026, 4, 3, 14, tzinfo=UTC)
    zone = ZoneInfo("America/New_York")

    assert datetime(2026, 3, 27, 14, tzinfo=UTC) == one_before(
        Period.WEEK, zone, planned
    )
    assert datetime(2026, 3, 1, 5, tzinfo=UTC) == one_before(
        Period.MONTH, zone, planned
    )


def test_a_month_that_ends_at_midnight_ends_on_its_last_day() -> None:
    """The first of the next one is not in it."""
    span = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))

    assert ["2026-03-01", "2026-03-31"] == [f"{on}" for on in span.dates(UTC_ZONE)]


def test_pages_are_for_whoever_is_public() -> None:
    """In chat, those who are seen in chat alone are named as well."""
    assert {Level.PUBLIC} == Audience.PAGES.levels
    assert {Level.PUBLIC, Level.CHANNEL} == Audience.CHAT.levels
