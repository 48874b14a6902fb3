"""T34, the board's half: sock-puppets that thank each other stay off its first places.

A thousand honest members give ten to twenty-five thanks each in ninety days, with heavy
tails, a fifth of it within their own team of eight. Among them, 25 puppets thank each
other, in shapes from a circle to a crowd that knows the rules; and others now and then,
so as not to stand out. Where nothing ever comes back, as up a ladder, no rule helps.

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
from tests.battery.size import FULL, chance
from tests.battery.told import Tell

TOWNS = (*range(18), 31, 56) if FULL else (31, 56)
"""By number. 31 and 56 are the quietest of the first sixty, where least is needed."""

HONEST = range(1_000)
PUPPETS = range(1_000, 1_025)
DAYS = 90
PLACES = 20
STEPS = range(1, 13)
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


def eager(luck: Random) -> list[Thanks]:
    """Return five that each gives every day, to whomever of them."""
    return [
        (day, each, other)
        for day in range(DAYS)
        for each in PUPPETS
        for other in luck.sample([one for one in PUPPETS if one != each], 5)
    ]


def patient(luck: Random) -> list[Thanks]:
    """Return what each gives to each of them, just when it is no repeat any more."""
    pairs = [(a, b) for a in PUPPETS for b in PUPPETS if a != b]
    begin = {pair: luck.randrange(30) for pair in pairs}
    return [(begin[pair] + 30 * n, *pair) for pair in pairs for n in range(3)]


def one_way(luck: Random) -> list[Thanks]:
    """Return five to each of the next twelve, so that nobody thanks back."""
    ring = [(a, PUPPETS[(n + k) % 25]) for n, a in enumerate(PUPPETS) for k in STEPS]
    return [(luck.randrange(DAYS), *pair) for pair in ring for _ in range(5)]


SHAPES: Sequence[Shape] = (circle, fives, crowd, eager, patient, one_way)


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


class Pairs(Counting):
    """Judges as if nothing ever went around among three."""

    def _comes_around(self, giver: int, receiver: int, day: int) -> bool:
        del giver, receiver, day
        return False


def damped(
    thanks: Iterable[Thanks], judge: Callable[[], Counting] = Counting
) -> Sequence[int]:
    """Return who stands first where thanks are damped."""
    rules, got = judge(), Counter[int]()
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
    for number in TOWNS:
        here = town(number, shape)
        first = damped(here.thanks)
        lost = set(raw(here.honest)).difference(first)
        found.append((puppets_on(first), len(lost) / len(HONEST)))
    return found


@pytest.mark.parametrize("shape", SHAPES)
def test_no_puppet_is_among_the_first(shape: Shape, tell: Tell) -> None:
    """None of 25, in any community, though all of them thank every day."""
    found = sum(puppets for puppets, _ in looked(shape))
    tell("P23", f"sock puppets in a top {PLACES} of {len(TOWNS)} towns", found, most=0)


@pytest.mark.parametrize("shape", [circle, fives, crowd])
def test_hardly_any_honest_member_loses_a_place(shape: Shape) -> None:
    """Fewer than one in a hundred, in each community."""
    assert [] == [lost for _, lost in looked(shape) if lost >= MOST_LOSING]


@pytest.mark.parametrize("board", [raw, once_a_day])
def test_a_board_that_does_not_damp_repeats_is_found(board: Board) -> None:
    """Planted: most of its first places are puppets', where every thanks is one."""
    assert all(puppets_on(board(town(n, fives).thanks)) > 10 for n in TOWNS[:2])


def test_what_is_taken_back_gives_exactly_back() -> None:
    """And is then as if it had never been given, for what comes after it."""
    rules = Counting()
    assert WHOLE == rules.give(1, 1, 2, 0)
    rules.take_back(1, 1)
    assert WHOLE == rules.give(2, 1, 2, 0)
    assert 0 == rules.give(3, 1, 2, 0)
    assert WHOLE // 2 == rules.give(4, 2, 1, 6)
    assert WHOLE // 4 == rules.give(5, 1, 2, 29)
    assert WHOLE == rules.give(6, 1, 2, 60)


def test_a_board_that_looks_at_pairs_alone_is_found() -> None:
    """Planted: what goes around among three counts as if it went nowhere."""
    towns = (town(n, crowd).thanks for n in TOWNS)
    assert any(puppets_on(damped(each, Pairs)) for each in towns)
