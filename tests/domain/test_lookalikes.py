"""Names that a reader takes for one another, and names that nobody does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.challenges import is_sampled
from bot.domain.lookalikes import skeleton


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Wolves", "WOLVES"),
        ("Wolves", " wol ves. "),
        ("Wolves", "W0lve5"),
        ("Wolves", "W\u043elv\u0435s"),  # Cyrillic
        ("Wolves", "W\u03bflves"),  # Greek
        ("Wolves", "Wo\u00adlv\u200bes"),  # nothing to be seen between
        ("Wolves", "\uff37\uff4f\uff4c\uff56\uff45\uff53"),  # wide
        ("Wolves", "VVolves"),
        ("Lions", "1ions"),
        ("Lions", "|ions"),
        ("\u0141\u00f3d\u017a", "Lodz"),
        ("Modern", "Modem"),
        ("🔥🔥", " 🔥 🔥 "),
    ],
)
def test_what_looks_alike_is_one_name(name: str, other: str) -> None:
    """Whatever it is written with."""
    assert skeleton(name) == skeleton(other)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Wolves", "Wolf"), ("Team 2", "Team 3"), ("🔥", "🌊"), ("春", "秋"), ("أ", "ب")],
)
def test_what_does_not_is_two(name: str, other: str) -> None:
    """In any script, and with none."""
    assert skeleton(name) != skeleton(other)


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_every_name_has_a_look_of_its_own(name: str) -> None:
    """Never none at all, and the same each time; its case is of no matter to it."""
    assert skeleton(name)
    assert skeleton(name) == skeleton(f"  {name}  ")


def test_a_sample_is_as_large_as_it_is_asked_to_be() -> None:
    """About that many of a thousand, none of none, and all of all."""
    sampled = {
        percent: sum(is_sampled(number, percent) for number in range(1, 1001))
        for percent in (0, 10, 50, 100)
    }

    assert (0, 1000) == (sampled[0], sampled[100])
    assert 70 <= sampled[10] <= 130
    assert 450 <= sampled[50] <= 550
    assert all(is_sampled(number, 50) for number in range(99) if is_sampled(number, 10))
