"""T44: votes, recusal, leaving and closing in any order come to what paper would.

Steps are made up. Beside Laurel a few dictionaries keep what the rules say, and the end
is counted by hand, once from those, and once from the audit alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import committees as rules
from bot.domain.committees import Choice
from cogs.committees import counting
from storage import tallying, votes
from tests.battery.hall import (
    BACKUPS,
    DEEDS,
    NOMINEES,
    SEATS,
    Step,
    assembled,
    complaints,
    end,
    take,
)
from tests.battery.panel import panel
from tests.battery.size import FULL, chance

steps = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.integers(0, SEATS + BACKUPS + 1),  # two of them were not drawn
        st.integers(0, NOMINEES - 1),
        st.sampled_from(Choice),
    ),
    max_size=60,
)


def played(
    folder: Path, quorum: int, winners: int, luck: int, told: Sequence[Step]
) -> list[str]:
    """Play one course through, and return all that went wrong."""
    found: list[str] = []
    for town in panel(folder, 14):
        hall = assembled(town, quorum, winners, luck)
        for step in told:
            found += take(hall, step)
        end(hall)
        found += complaints(hall)
    return found


@settings(max_examples=1_000 if FULL else 60)
@given(st.integers(1, SEATS), st.integers(1, 3), st.integers(0, 2**16), steps)
def test_whatever_happens_it_comes_to_what_paper_says(
    quorum: int, winners: int, luck: int, told: list[Step]
) -> None:
    """Quorum, ties, recusal, leaving, and voting twice, in any order."""
    with TemporaryDirectory() as folder:
        assert [] == played(Path(folder), quorum, winners, luck, told)


def courses(folder: Path, many: int = 12) -> Iterator[str]:
    """Yield what goes wrong in some courses of which most end in a count."""
    for number in range(many):
        luck = chance(number)
        told = [
            (
                luck.choice(DEEDS[:6]),
                luck.randrange(SEATS + BACKUPS + 2),
                luck.randrange(NOMINEES),
                luck.choice([Choice.YES, Choice.YES, *Choice]),
            )
            for _ in range(60)
        ]
        course = folder / str(number)
        course.mkdir()
        yield from played(course, 2, 2, number, told)


def test_courses_without_a_defect_are_well(tmp_path: Path) -> None:
    """So that what the next tests find is what was planted."""
    assert [] == list(courses(tmp_path))


def forgets_recusal(patch: pytest.MonkeyPatch) -> str:
    """Plant a vote that takes no notice of who keeps out."""
    sql = vars(votes)["_CAST"]
    lax = sql.replace("r.member = s.member)", "r.member = -1)")
    assert sql != lax
    patch.setattr(votes, "_CAST", lax)
    return "a vote that is not allowed"


def keeps_who_left(patch: pytest.MonkeyPatch) -> str:
    """Plant votes that stay when their voter leaves."""
    patch.setattr(votes, "take_back", lambda *_: 0)
    return "other votes are kept"


def forgets_the_quorum(patch: pytest.MonkeyPatch) -> str:
    """Plant a count that never asks how many have voted."""

    def hasty(tx: object, community: object, about: object, now: object) -> None:
        counting.count(tx, community, about, now)  # type: ignore[arg-type]

    patch.setattr(counting, "hand_over", hasty)
    return "the quorum was not heeded"


def breaks_ties_by_chance(patch: pytest.MonkeyPatch) -> str:
    """Plant ties that go to who was nominated last."""
    patch.setattr(rules, "_order", lambda tally: (-tally.yes, -tally.candidacy))
    return "candidacy"


def counts_abstaining(patch: pytest.MonkeyPatch) -> str:
    """Plant a count that takes whoever abstains for a yes."""
    sql = vars(tallying)["_TALLIES"]
    kind = sql.replace("v.choice = 'yes')", "v.choice <> 'no')")
    assert sql != kind
    patch.setattr(tallying, "_TALLIES", kind)
    return "other votes are told"


def has_a_digest_of_less(patch: pytest.MonkeyPatch) -> str:
    """Plant a digest that leaves a vote out."""
    usual = rules.ballot_digest
    patch.setattr(counting, "ballot_digest", lambda cast: usual(list(cast)[1:]))
    return "the digest of the ballot is of other votes"


def lets_anybody_vote(patch: pytest.MonkeyPatch) -> str:
    """Plant a vote that backups have, too."""
    sql = vars(votes)["_CAST"]
    lax = sql.replace("AND s.state = 'seated'", "AND s.state <> 'out'")
    assert sql != lax
    patch.setattr(votes, "_CAST", lax)
    return "a vote that is not allowed"


@pytest.mark.parametrize(
    "plant",
    [
        forgets_recusal,
        keeps_who_left,
        forgets_the_quorum,
        breaks_ties_by_chance,
        counts_abstaining,
        has_a_digest_of_less,
        lets_anybody_vote,
    ],
)
def test_what_is_planted_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    plant: Callable[[pytest.MonkeyPatch], str],
) -> None:
    """Planted: each way in which votes could be taken or counted wrongly."""
    expected = plant(monkeypatch)
    assert any(each.startswith(expected) for each in courses(tmp_path))
