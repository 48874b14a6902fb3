"""Rules of awards: what a round takes, and which windows can be planned."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.awards import (
    MAX_AHEAD,
    Award,
    AwardState,
    Round,
    Standard,
    Window,
    check_window,
)
from bot.domain.errors import RuleError

NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)

steps = st.integers(-500, 500).map(lambda hours: NOW + hours * 24 * HOUR)
ends = st.none() | steps


def round_(closes_at: datetime | None, closed_at: datetime | None = None) -> Round:
    """Return a round that opened an hour ago."""
    return Round(1, 1, 1, 1, NOW - HOUR, closes_at, closed_at)


def award(state: AwardState, last: Round | None) -> Award:
    """Return an award whose last round this is."""
    return Award(1, "Maker", state, Standard(1), last)


def test_a_round_takes_nominations_up_to_its_end() -> None:
    """At the instant of the end itself it takes none; without one it is open-ended."""
    assert round_(None).is_open_at(NOW + MAX_AHEAD)
    assert round_(NOW).is_open_at(NOW - SECOND)
    assert not round_(NOW).is_open_at(NOW)
    assert not round_(NOW).is_open_at(NOW + SECOND)


def test_a_round_that_was_closed_takes_none() -> None:
    """Whatever end it was to have."""
    assert not round_(NOW + HOUR, closed_at=NOW).is_open_at(NOW)
    assert not round_(None, closed_at=NOW).is_open_at(NOW - SECOND)


def test_an_award_is_open_in_its_round_alone() -> None:
    """What is closed or removed has no round to be nominated in."""
    last = round_(NOW + HOUR)

    assert last == award(AwardState.OPEN, last).open_at(NOW)
    assert award(AwardState.OPEN, last).open_at(NOW + HOUR) is None
    assert award(AwardState.CLOSED, last).open_at(NOW) is None
    assert award(AwardState.REMOVED, last).open_at(NOW) is None
    assert award(AwardState.CLOSED, None).open_at(NOW) is None


@pytest.mark.parametrize(
    ("window", "code", "at"),
    [
        (Window(NOW, None), "awards.refused-opens-past", "opens_on"),
        (Window(None, NOW), "awards.refused-closes-past", "closes_on"),
        (Window(NOW + HOUR, NOW + HOUR), "awards.refused-window", "closes_on"),
        (Window(NOW + MAX_AHEAD + SECOND, None), "awards.refused-far", "opens_on"),
        (Window(None, NOW + MAX_AHEAD + SECOND), "awards.refused-far", "closes_on"),
    ],
)
def test_a_window_that_cannot_be_is_refused_at_its_fault(
    window: Window, code: str, at: str
) -> None:
    """Each refusal names the end that is at fault."""
    with pytest.raises(RuleError) as refused:
        check_window(window, NOW)
    assert (code, at) == (refused.value.code, refused.value.at)


@given(ends, ends)
def test_a_window_passes_where_all_of_it_lies_ahead_in_order(
    opens_at: datetime | None, closes_at: datetime | None
) -> None:
    """And only there."""
    given_ends = [each for each in (opens_at, closes_at) if each is not None]
    fits = all(
        NOW < each <= NOW + MAX_AHEAD for each in given_ends
    ) and given_ends == sorted(set(given_ends))
    try:
        check_window(Window(opens_at, closes_at), NOW)
    except RuleError:
        passed = False
    else:
        passed = True
    assert fits == passed
