"""T34, the board's half: sock-puppets that thank each other stay off its first places.

A thousand honest members give ten to twenty-five thanks each in ninety days, with heavy
tails, a fifth of it within their own team of eight. Among them, 25 puppets thank each
other: in a circle or in rings of five, every day and as often as they may, or whomever
of them, sixty times each; and others now and then, so as not to stand out. What is no
ring but a crowd is not wholly kept off, and the last of these tells by how much.

Damping asks nobody who they are, so nobody is flagged but by what they did. An honest
member *loses a place* by it where they are not among the first twenty, though counting
every thanks as one would have had them there, had there been no puppets.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import pytest

from bot.domain.damping import WHOLE, Counting
from tests import neighbours
from tests.battery.size import chance, size

TOWNS = size(10, 200)
HONEST = range(1_000)
PUPPETS = range(1_000, 1_025)
DAYS = 90
PLACES = 20
MOST_LOSING = 0.01
"""Of the honest, in each community."""

Thanks = tuple[int, int, int]
"""On which day, who, and to whom."""

Board = Callable[[Iterable[Thanks]], Sequence[int]]
Shape = Callable[[Random], list[Thanks]]


@dataclass(frozen=True, slots=True)
class Town:
    """What was given, by the honest and by the puppets, in its order."""

    honest: Sequence[Thanks]
    thanks: Sequence[Thanks]


def circle(_luck: Random) -> list[Thanks]:
    """Return what puppets give each day, each to the next."""
    after = (*PUPPETS[1:], PUPPETS[0])
    ring = list(zip(PUPPETS, after, strict=True))
    return [(day, *pair) for day in range(DAYS) for pair in ring]


def fives(_luck: Random) -> list[Thanks]:
    """Return what they give each day, each to all others of five."""
    rings = [PUPPETS[first : first + 5] for first in range(0, 25, 5)]
    pairs = [(a, b) for ring in rings for a in ring for b in ring if a != b]
    return [(day, *pair) for day in range(DAYS) for pair in pairs]


def crowd(luck: Random) -> list[Thanks]:
    """Return what they give to whomever of them, within their allowance."""
    pairs = neighbours.among(luck, PUPPETS, 60)
    return [(luck.randrange(DAYS), *pair) for pair in pairs]


def town(number: int, shape: Shape) -> Town:
    luck = chance(number)
    given = len(HONEST) * luck.randint(10, 25)
    pairs = neighbours.teams(luck, HONEST, given, size=8, share=0.2)
    honest = sorted((luck.randrange(DAYS), *pair) for pair in pairs)
    cover = [
        (luck.randrange(DAYS), each, luck.choice(HONEST))
        for each in PUPPETS
        for _ in range(5)
    ]
    thanks = [*honest, *shape(luck), *cover]
    luck.shuffle(thanks)
    return Town(honest, sorted(thanks, key=lambda one: one[0]))


def damped(thanks: Iterable[Thanks]) -> Sequence[int]:
    """Return who stands first where thanks are damped."""
    rules, got = Counting(), Counter[int]()
    for entry, (day, giver, receiver) in enumerate(thanks):
        got[receiver] += rules.give(entry, giver, receiver, day)
    return [member for member, _ in got.most_common(PLACES)]


def raw(thanks: Iterable[Thanks]) -> Sequence[int]:
    """Return who would stand first where every thanks counted as one."""
    got = Counter(receiver for _, _, receiver in thanks)
    return [member for member, _ in got.most_common(PLACES)]


def once_a_day(thanks: Iterable[Thanks]) -> Sequence[int]:
    """Return who would stand first where only a day's repeats counted nothing."""
    return raw(set(thanks))


def puppets_on(first: Iterable[int]) -> int:
    return len(set(PUPPETS).intersection(first))


@cache
def looked(shape: Shape) -> Sequence[tuple[int, float]]:
    """Return how many puppets each board has, and which part of the honest lose."""
    found = []
    for number in range(TOWNS):
        here = town(number, shape)
        first = damped(here.thanks)
        lost = set(raw(here.honest)).difference(first)
        found.append((puppets_on(first), len(lost) / len(HONEST)))
    return found


@pytest.mark.parametrize("shape", [circle, fives])
def test_no_puppet_is_among_the_first(shape: Shape) -> None:
    """None of 25, in any community, though all of them thank every day."""
    assert [0] * TOWNS == [puppets for puppets, _ in looked(shape)]


def test_a_crowd_gains_less_than_half() -> None:
    """25 who thank each other at random are 600 pairs, whose first thanks count whole.

    So in a quiet community some come to a place; counting raw, far more would.
    """
    counted = sum(puppets for puppets, _ in looked(crowd))
    plain = (puppets_on(raw(town(n, crowd).thanks)) for n in range(TOWNS))
    assert counted < sum(plain) / 2


@pytest.mark.parametrize("shape", [circle, fives, crowd])
def test_hardly_any_honest_member_loses_a_place(shape: Shape) -> None:
    """Fewer than one in a hundred, in each community."""
    assert [] == [lost for _, lost in looked(shape) if lost >= MOST_LOSING]


@pytest.mark.parametrize("board", [raw, once_a_day])
def test_a_board_that_does_not_damp_repeats_is_found(board: Board) -> None:
    """Planted: most of its first places are puppets', where every thanks is one."""
    assert all(puppets_on(board(town(n, fives).thanks)) > 10 for n in range(3))


def test_what_is_taken_back_gives_exactly_back() -> None:
    """And is then as if it had never been given, for what comes after it."""
    rules = Counting()
    assert WHOLE == rules.give(1, 1, 2, 0)
    rules.take_back(1, 1)
    assert WHOLE == rules.give(2, 1, 2, 0)
    assert 0 == rules.give(3, 1, 2, 0)
    assert WHOLE // 2 == rules.give(4, 2, 1, 6)
    assert WHOLE // 2 == rules.give(5, 1, 2, 29)
    assert WHOLE == rules.give(6, 1, 2, 60)
