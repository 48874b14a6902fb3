"""Communities that are made up thank by thank, with rings planted among the honest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from random import Random

from bot.domain.rings import Pair

GIVING = 1.3
"""How heavy the tail of giving is: a tenth of the people give most of the thanks."""

RECEIVING = 1.6


def honest(luck: Random, people: Sequence[int], thanks: int) -> Iterator[Pair]:
    """Yield so many thanks: some give many and some get many, whoever gives to whom."""
    givers = _drawn(luck, people, thanks, GIVING)
    receivers = _drawn(luck, people, thanks, RECEIVING)
    for giver, receiver in zip(givers, receivers, strict=True):
        other = receiver
        while other == giver:
            other = luck.choice(people)
        yield giver, other


def teams(
    luck: Random, people: Sequence[int], thanks: int, *, size: int, share: float
) -> Iterator[Pair]:
    """Yield as `honest` does, but each thanks their own team in ``share`` of cases."""
    team_of = {
        member: people[first : first + size]
        for first in range(0, len(people), size)
        for member in people[first : first + size]
    }
    for giver, receiver in honest(luck, people, thanks):
        near = [each for each in team_of[giver] if each != giver]
        if near and luck.random() < share:
            yield giver, luck.choice(near)
        else:
            yield giver, receiver


def around(luck: Random, members: Sequence[int], least: int, most: int) -> list[Pair]:
    """Return thanks of each to the next, from ``least`` to ``most`` times."""
    return [
        pair
        for pair in zip(members, (*members[1:], members[0]), strict=True)
        for _ in range(luck.randint(least, most))
    ]


def among(luck: Random, members: Sequence[int], each: int) -> list[Pair]:
    """Return so many thanks of each member to others of them, whoever it is."""
    return [
        (giver, luck.choice([other for other in members if other != giver]))
        for giver in members
        for _ in range(each)
    ]


def canonical(members: Sequence[int]) -> tuple[int, ...]:
    """Return the same way round, beginning with the lowest."""
    first = members.index(min(members))
    return (*members[first:], *members[:first])


def leading(thanks: Sequence[Pair], places: int) -> list[int]:
    """Return who received most, as on a board."""
    got = Counter(receiver for _, receiver in thanks)
    return [member for member, _ in got.most_common(places)]


def _drawn(
    luck: Random, people: Sequence[int], count: int, tail: float
) -> Sequence[int]:
    weights = list(accumulate(luck.paretovariate(tail) for _ in people))
    return luck.choices(people, cum_weights=weights, k=count)
