"""Who thanks whom more often than how much they thank and are thanked would lead to.

Some people give much and some are thanked much, so some pairs meet often and mean
nothing by it. What is to be expected of a pair is what would come about if all thanks
were spread as the members' totals are:

    expected = given by the one * received by the other / (all - received by the one)

where nobody can thank themselves, so that thanks to the giver are nobody's they could
have given. A ring is a cycle of two to `LONGEST` members in which

- each thanked the next at least `LEAST_TIMES` times,
- and at least `LEAST_MULTIPLE` times as often as expected, and
- all of it together would hardly come about by chance. The probability of so many
  thanks or more is, for each edge, the upper tail of a Poisson distribution with that
  expectation; Fisher's method combines those of the ring into one; and that, times the
  number of rings of this length that there could be, is at most `BY_CHANCE`. Of n
  members who both gave and received, that number is n to the power of the length,
  divided by the length.

So by chance alone fewer than `BY_CHANCE` rings of each length are to be expected in a
community, however large. What is found is hardly ever chance; but neither is a team
that works closely together.

A group is what is tied together: by rings that share members, and besides by edges each
of which has a probability of at most `BY_CHANCE` / n by itself, where they go round. So
a circle of more than `LONGEST` is a group as well, without a ring in it.

What this cannot see is a crowd that thanks each other at random: where a tenth of the
people give half of all thanks, their totals suggest as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log

from bot.domain.chance import surprise, together
from bot.domain.components import components

LEAST_TIMES = 3
LEAST_MULTIPLE = 2.0
BY_CHANCE = 0.01

LONGEST = 5
"""Most members of a ring."""

MAX_STEPS = 2_000_000
"""From one member to the next, in all that is searched; takes a few seconds."""

RING_STEPS = 10
"""What keeping a ring counts for, so that there is room for all that are found."""

MAX_RINGS = 200
"""Most that are told of one group."""

_ROUNDING = 1e-9

Pair = tuple[int, int]
"""Who thanked, and who was thanked."""


@dataclass(frozen=True, slots=True)
class Edge:
    """One member thanking another.

    Attributes:
        expected: How often that would have come about as it does with everybody.
    """

    giver: int
    receiver: int
    times: int
    expected: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Members each of whom thanks the next, and the last the first.

    Attributes:
        edges: In that order, beginning with the member of the lowest key.
    """

    edges: tuple[Edge, ...]

    @property
    def members(self) -> tuple[int, ...]:
        """Their keys, each before whom they thank."""
        return tuple(each.giver for each in self.edges)


@dataclass(frozen=True, slots=True)
class Group:
    """Members who are tied together.

    Attributes:
        members: Their keys, rising.

        edges: What ties them.

        rings: The shortest first; at most `MAX_RINGS`. None where the only way round
            is longer than `LONGEST`.

        complete: Whether `rings` are all that there are.
    """

    members: tuple[int, ...]
    edges: tuple[Edge, ...]
    rings: tuple[Ring, ...]
    complete: bool

    @property
    def times(self) -> int:
        """How often they thanked each other along the edges that tie them."""
        return sum(each.times for each in self.edges)

    @property
    def expected(self) -> float:
        """How often that would have come about as it does with everybody."""
        return sum(each.expected for each in self.edges)


def frequent(
    times: Mapping[Pair, int], given: Mapping[int, int], received: Mapping[int, int]
) -> tuple[Edge, ...]:
    """Return the edges of which a ring could be, in the order of their members.

    Args:
        times: How often each thanked each; what is below `LEAST_TIMES` may be left out.
        given: How often each member thanked anybody.
        received: How often each was thanked by anybody.
    """
    every = sum(given.values())
    found = []
    for (giver, receiver), count in sorted(times.items()):
        if count < LEAST_TIMES or giver == receiver:
            continue
        others = every - received.get(giver, 0)
        expected = given[giver] * received[receiver] / others
        if count >= LEAST_MULTIPLE * expected:
            found.append(Edge(giver, receiver, count, expected))
    return tuple(found)


def groups(
    edges: Sequence[Edge], people: int, max_steps: int = MAX_STEPS
) -> tuple[Group, ...]:
    """Return the groups that ``edges`` tie together, by their members.

    Args:
        edges: As `frequent` finds them.
        people: How many members both gave and received, who could be in a ring.
        max_steps: How much is searched; where that is not enough, each beginning has
            its share, so that a crowd in which everybody thanks everybody hides nobody.
    """
    if people <= 1:
        return ()
    search = _Search({(each.giver, each.receiver): each for each in edges})
    rings = search.rings(people, max_steps)
    tying = {pair for ring in rings for pair in _around(ring)}
    alone = log(people / BY_CHANCE)
    tying |= {pair for pair, rare in search.surprise.items() if rare >= alone}
    return tuple(_groups([search.edges[pair] for pair in sorted(tying)], rings, search))


@dataclass(slots=True)
class _Search:
    """Looks for rings, the shortest first, while it has steps.

    Wherever a ring's surprise is at least `needed`, some member of it can be begun with
    so that, from there on, what was come by is never less than its share of that: who
    walks on only while it is so finds every ring, and hardly ever goes astray.

    Attributes:
        cut_short: Members from whom there were more ways to go than steps.
    """

    edges: Mapping[Pair, Edge]
    surprise: Mapping[Pair, float] = field(init=False)
    cut_short: set[int] = field(default_factory=set)
    _following: dict[int, list[tuple[float, int]]] = field(default_factory=dict)
    _left: int = 0

    def __post_init__(self) -> None:
        self.surprise = {
            p: surprise(e.times, e.expected) for p, e in self.edges.items()
        }
        for (giver, receiver), rare in self.surprise.items():
            self._following.setdefault(giver, []).append((rare, receiver))
        for ways in self._following.values():
            ways.sort(reverse=True)

    def rings(self, people: int, max_steps: int) -> list[tuple[int, ...]]:
        """Return the members of each ring, beginning with the lowest."""
        found: set[tuple[int, ...]] = set()
        for length in range(2, LONGEST + 1):
            share = max_steps // (LONGEST + 1 - length)
            max_steps -= share
            each = _needed(length, people) / length - _ROUNDING
            begun = [pair for pair, rare in self.surprise.items() if rare >= each]
            for place, pair in enumerate(begun):
                self._left = own = share // (len(begun) - place)
                found.update(self._ways(pair, self.surprise[pair] - each, length, each))
                share -= own - self._left
            max_steps += share
        return sorted(found, key=lambda ring: (len(ring), ring))

    def _ways(
        self, path: tuple[int, ...], above: float, length: int, each: float
    ) -> Iterator[tuple[int, ...]]:
        """Yield the rings that begin so, as long as there are steps.

        Args:
            path: Members, each thanking the next.
            above: By how much the surprise until here is above its share.
            length: Of the rings that are looked for.
            each: The share of one edge.
        """
        first, last = path[0], path[-1]
        if len(path) == length:
            back = self.surprise.get((last, first))
            if back is not None and above + back >= each and self._takes(first):
                self._left = max(self._left - RING_STEPS, 0)
                yield _from_lowest(path)
            return
        for rare, after in self._following.get(last, ()):
            if above + rare < each or not self._takes(first):
                return
            self._left -= 1
            if after not in path:
                yield from self._ways((*path, after), above + rare - each, length, each)

    def _takes(self, first: int) -> bool:
        """Return whether there is a step left."""
        if self._left == 0:
            self.cut_short.add(first)
        return self._left > 0


def _needed(length: int, people: int) -> float:
    """Return the least surprise of a ring's edges together that is hardly chance."""
    could_be = length * log(people) - log(length)
    return together(length, could_be - log(BY_CHANCE))


def _groups(
    edges: Sequence[Edge], rings: Sequence[tuple[int, ...]], search: _Search
) -> Iterator[Group]:
    """Yield what ``edges`` tie together, with the rings that are in it."""
    place = components((each.giver, each.receiver) for each in edges)
    tied: dict[int, list[Edge]] = {}
    for edge in edges:
        if place[edge.giver] == place[edge.receiver]:
            tied.setdefault(place[edge.giver], []).append(edge)
    inside: dict[int, list[tuple[int, ...]]] = {}
    for ring in rings:
        inside.setdefault(place[ring[0]], []).append(ring)
    for name, some in sorted(tied.items(), key=lambda each: each[1][0].giver):
        mine = inside.get(name, [])
        members = tuple(sorted({each.giver for each in some}))
        yield Group(
            members,
            tuple(some),
            tuple(_ring(search.edges, each) for each in mine[:MAX_RINGS]),
            len(mine) <= MAX_RINGS and search.cut_short.isdisjoint(members),
        )


def _ring(edges: Mapping[Pair, Edge], members: tuple[int, ...]) -> Ring:
    return Ring(tuple(edges[pair] for pair in _around(members)))


def _around(members: tuple[int, ...]) -> Iterable[Pair]:
    return zip(members, (*members[1:], members[0]), strict=True)


def _from_lowest(members: tuple[int, ...]) -> tuple[int, ...]:
    """Return the same way round, beginning with the lowest key."""
    first = members.index(min(members))
    return (*members[first:], *members[:first])
