"""T34: sock-puppets that thank each other are found, and honest people are left alone.

The communities are made up: giving and receiving have heavy tails, and a fifth of what
people give stays in their own team of eight. Among them, 25 puppets thank each other in
a circle or in rings of five, and other people now and then so as not to stand out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import pytest

from bot.domain.fairness import Counts, count, tied
from bot.domain.rings import Edge, Group, Pair, frequent, groups
from tests import neighbours
from tests.battery.size import chance, size
from tests.battery.told import Tell

TOWNS = size(10, 1_000)
PUPPETS = 25
MOST_FLAGGED = 0.01
"""Of the honest, in all communities together."""

Look = Callable[[Counts], Sequence[Group]]


@dataclass(frozen=True, slots=True)
class Town:
    """A community of honest people, with puppets among them."""

    honest: Sequence[int]
    puppets: Sequence[int]
    thanks: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Seen:
    """How many of whom were told of, as a share."""

    honest: float
    puppets: float


def circle(luck: Random, puppets: Sequence[int]) -> list[Pair]:
    """Return thanks of each to the next, all the way round."""
    return neighbours.around(luck, puppets, 5, 15)


def fives(luck: Random, puppets: Sequence[int]) -> list[Pair]:
    """Return thanks in rings of five."""
    rings = (puppets[first : first + 5] for first in range(0, PUPPETS, 5))
    return [pair for ring in rings for pair in neighbours.around(luck, ring, 5, 15)]


Shape = Callable[[Random, Sequence[int]], list[Pair]]


def town(number: int, shape: Shape) -> Town:
    luck = chance(number)
    people = range(luck.randint(60, 400))
    puppets = range(len(people), len(people) + PUPPETS)
    given = len(people) * luck.randint(5, 25)
    thanks = [
        *neighbours.teams(luck, people, given, size=8, share=0.2),
        *shape(luck, puppets),
        *((each, luck.choice(people)) for each in puppets for _ in range(5)),
    ]
    return Town(people, puppets, thanks)


def look(counts: Counts) -> Sequence[Group]:
    """Return what the report tells of."""
    return tied(counts)


def careless(counts: Counts) -> Sequence[Group]:
    """Return what a report would tell of that never looked at totals."""
    return groups([Edge(*pair, n, 0.01) for pair, n in counts.often.items()], 2)


def short_sighted(counts: Counts) -> Sequence[Group]:
    """Return what a report would tell of that knew pairs alone."""
    edges = frequent(counts.often, counts.given, counts.received)
    there = {(edge.giver, edge.receiver) for edge in edges}
    mutual = [e for e in edges if (e.receiver, e.giver) in there]
    return groups(mutual, len(counts.people))


def seen(towns: Iterator[Town], look: Look) -> Seen:
    honest = flagged = puppets = caught = 0
    for each in towns:
        told = {key for group in look(count(each.thanks)) for key in group.members}
        honest += len(each.honest)
        flagged += len(told.intersection(each.honest))
        puppets += len(each.puppets)
        caught += len(told.intersection(each.puppets))
    return Seen(flagged / honest, caught / puppets)


def towns(shape: Shape, many: int = TOWNS) -> Iterator[Town]:
    return (town(number, shape) for number in range(many))


@pytest.mark.parametrize("shape", [circle, fives])
def test_puppets_are_found_and_the_honest_left_alone(shape: Shape, tell: Tell) -> None:
    """Every puppet, and fewer than one in a hundred of those who work together."""
    told = seen(towns(shape), look)

    tell("P23", "sock puppets told of", 100 * told.puppets, least=100, unit="%")
    # Fewer than one in a hundred.
    most = 100 * math.nextafter(MOST_FLAGGED, 0)
    tell("P23", "honest members told of", 100 * told.honest, most=most, unit="%")


def test_a_report_that_never_looks_at_totals_is_found() -> None:
    """Planted: whoever gives and gets much is told of, as if it meant anything."""
    assert seen(towns(fives, 10), careless).honest > MOST_FLAGGED


def test_a_report_that_knows_pairs_alone_is_found() -> None:
    """Planted: nobody in a ring of three or more would be told of."""
    assert seen(towns(fives, 10), short_sighted).puppets < 1
