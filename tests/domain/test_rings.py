"""Who thanks whom more than their totals suggest, against the plainest way to tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise, permutations
from math import exp, factorial, log, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import rings
from bot.domain.chance import surprise, together
from bot.domain.fairness import count, tied
from bot.domain.rings import Edge, Pair, frequent, groups
from tests import neighbours
from tests.battery.size import chance

_members = st.integers(0, 5)
_pairs = st.tuples(_members, _members).filter(lambda pair: pair[0] != pair[1])
_edges = st.dictionaries(
    _pairs,
    st.tuples(st.integers(3, 9), st.floats(0.01, 1.5)),
    max_size=20,
).map(lambda told: [Edge(*pair, *told[pair]) for pair in sorted(told)])
_people = st.integers(7, 5_000)
_thanks = st.lists(st.tuples(_pairs, st.integers(1, 30)), max_size=20)


def edges_of(pairs: Collection[Pair]) -> list[Edge]:
    """Return edges each of which is improbable enough by itself."""
    return [Edge(*pair, 9, 0.001) for pair in sorted(pairs)]


def plain_chance(edge: Edge) -> float:
    """Return the upper tail of the Poisson distribution, term by term."""
    mean, far = edge.expected, edge.times + 40
    return sum(exp(-mean) * mean**n / factorial(n) for n in range(edge.times, far))


def plain_rings(edges: Sequence[Edge], people: int) -> set[tuple[int, ...]]:
    """Return every ring there is, by trying each row of members."""
    there = {(edge.giver, edge.receiver): plain_chance(edge) for edge in edges}
    members = sorted({each for pair in there for each in pair})
    found = set()
    for length in range(2, 6):
        for row in permutations(members, length):
            around = list(pairwise((*row, row[0])))
            if row[0] > min(row) or any(pair not in there for pair in around):
                continue
            product = prod(there[pair] for pair in around)
            by_chance = product * sum(
                log(1 / product) ** n / factorial(n) for n in range(length)
            )
            if by_chance * people**length / length <= rings.BY_CHANCE:
                found.add(row)
    return found


def plain_groups(pairs: Collection[Pair]) -> set[frozenset[int]]:
    """Return who reach each other, by following every edge until nothing is new."""
    members = {each for pair in pairs for each in pair}
    reached = {one: {one} for one in members}
    for _ in members:
        for giver, receiver in pairs:
            for some in reached.values():
                if giver in some:
                    some.add(receiver)
    tied_together = (
        frozenset(other for other in reached[one] if one in reached[other])
        for one in members
    )
    return {some for some in tied_together if len(some) > 1}


def plain_frequent(thanks: Mapping[Pair, int]) -> set[Pair]:
    """Return the edges of which a ring could be, as the definition says it."""
    given: Counter[int] = Counter()
    received: Counter[int] = Counter()
    for (giver, receiver), times in thanks.items():
        given[giver] += times
        received[receiver] += times
    every = sum(given.values())
    return {
        (giver, receiver)
        for (giver, receiver), times in thanks.items()
        if times >= 3
        and times >= 2 * given[giver] * received[receiver] / (every - received[giver])
    }


@given(_edges, _people)
def test_every_ring_is_found_once(edges: list[Edge], people: int) -> None:
    """Two to five members, each told of from its lowest, and nothing else."""
    found = [ring.members for group in groups(edges, people) for ring in group.rings]

    assert sorted(plain_rings(edges, people)) == sorted(found)


@given(_edges, _people)
def test_groups_are_those_who_are_tied_together(edges: list[Edge], people: int) -> None:
    """By rings, and by what is improbable alone; each is said to be complete."""
    alone = {
        (edge.giver, edge.receiver)
        for edge in edges
        if plain_chance(edge) * people <= rings.BY_CHANCE
    }
    around = {
        pair
        for ring in plain_rings(edges, people)
        for pair in pairwise((*ring, ring[0]))
    }
    found = groups(edges, people)

    assert plain_groups(alone | around) == {frozenset(each.members) for each in found}
    assert all(group.complete for group in found)


@given(_thanks)
def test_edges_are_frequent_by_the_definition(thanks: list[tuple[Pair, int]]) -> None:
    """At least three, and twice what the totals suggest."""
    every = [pair for pair, times in thanks for _ in range(times)]
    counts, times = count(every), Counter(every)
    found = frequent(counts.often, counts.given, counts.received)

    assert plain_frequent(times) == {(edge.giver, edge.receiver) for edge in found}
    assert all(times[edge.giver, edge.receiver] == edge.times for edge in found)


@pytest.mark.parametrize(
    ("times", "expected", "tail"),
    # From the tables that every book of statistics has.
    [(3, 0.1, 1.5465e-4), (3, 1.0, 8.0301e-2), (10, 2.0, 4.6498e-5)],
)
def test_the_tail_is_that_of_the_tables(
    times: int, expected: float, tail: float
) -> None:
    """The probability of so many or more, in a Poisson distribution."""
    assert tail == pytest.approx(exp(-surprise(times, expected)), rel=1e-3)


def test_a_tail_too_small_for_any_number_is_told() -> None:
    """Less than the smallest number above nothing, and no error."""
    assert surprise(200, 0.001) > 2_000


@pytest.mark.parametrize(
    ("count", "least", "chi_squared"),
    # The critical values of chi-squared at 5 % and 0.1 %, with twice as many degrees
    # of freedom; a surprise is half of one.
    [(1, 0.05, 5.991), (2, 0.05, 9.488), (5, 0.05, 18.307), (2, 0.001, 18.467)],
)
def test_surprises_are_combined_as_in_the_tables(
    count: int, least: float, chi_squared: float
) -> None:
    """By Fisher's method."""
    assert chi_squared / 2 == pytest.approx(together(count, -log(least)), abs=1e-3)


def test_whoever_gives_and_gets_much_is_in_no_ring() -> None:
    """Ten thanks between two who give and get a fifth of all are to be expected."""
    thanks = {(a, b): 10 for a in range(5) for b in range(5) if a != b}
    given = received = dict.fromkeys(range(5), 40)

    assert () == frequent(thanks, given, received)


def test_a_ring_carries_its_evidence() -> None:
    """How often each thanked the next, and what their totals suggest."""
    luck = chance(1)
    ring = neighbours.around(luck, (3, 2, 1), 4, 4)
    (group,) = tied(count([*neighbours.honest(luck, range(100), 800), *ring]))
    (found,) = group.rings

    assert (1, 3, 2) == found.members
    assert all(edge.times >= 4 > 2 * edge.expected for edge in found.edges)
    assert sum(edge.times for edge in found.edges) == group.times


def test_a_ring_with_somebody_who_thanks_everybody_is_found() -> None:
    """Their own edge says little; that the others thank on says the rest."""
    edges = [Edge(0, 1, 3, 0.5), Edge(1, 2, 6, 0.001), Edge(2, 0, 6, 0.001)]
    (group,) = groups(edges, 1_000)

    assert plain_chance(edges[0]) > 0.01
    assert [(0, 1, 2)] == [ring.members for ring in group.rings]


def test_a_long_way_round_is_a_group_without_a_ring() -> None:
    """Six who thank each other in a circle are seen, though no five of them do."""
    (group,) = groups(edges_of([(each, (each + 1) % 6) for each in range(6)]), 100)

    assert tuple(range(6)) == group.members
    assert () == group.rings
    assert group.complete


def everybody(members: Sequence[int]) -> list[Pair]:
    return [(a, b) for a in members for b in members if a != b]


def test_the_search_ends_where_everybody_thanks_everybody() -> None:
    """It says that there is more, and tells of the shortest rings first."""
    (group,) = groups(edges_of(everybody(range(25))), 100, max_steps=100_000)

    assert not group.complete
    assert rings.MAX_RINGS == len(group.rings)
    assert {2} == {len(ring.members) for ring in group.rings}


def test_a_crowd_hides_nobody() -> None:
    """Each beginning has steps of its own: the ring beside it is found all the same."""
    beside = [(100, 101), (101, 102), (102, 103), (103, 104), (104, 100)]
    edges = edges_of([*everybody(range(25)), *beside])
    crowd, ring = groups(edges, 100, max_steps=60_000)

    assert (False, True) == (crowd.complete, ring.complete)
    assert [(100, 101, 102, 103, 104)] == [each.members for each in ring.rings]


def test_no_more_steps_are_taken_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is thanked, the search is over within its steps."""
    walked = 0
    takes = rings._Search._takes

    def counted(search: rings._Search, first: int) -> bool:
        nonlocal walked
        walked += 1
        return takes(search, first)

    monkeypatch.setattr(rings._Search, "_takes", counted)
    (group,) = groups(edges_of(everybody(range(12))), 100, max_steps=2_000)

    assert not group.complete
    assert walked < 2 * 2_000


def test_a_chain_as_long_as_the_community_is_no_trouble() -> None:
    """Nothing is walked by calling oneself: five thousand in a row are fine."""
    chain = edges_of([(each, each + 1) for each in range(5_000)])

    assert () == groups(chain, 5_000)


def test_where_nobody_both_gives_and_gets_there_is_no_ring() -> None:
    """And nothing is divided by nobody."""
    assert () == tied(count([(1, 2)] * 5))
    assert () == tied(count([]))
