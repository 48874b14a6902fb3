"""Who reaches each other along edges, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping


def components(edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each end of ``edges`` which strongly connected component it is in.

    In two passes, neither of them recursive: in the order in which a walk along the
    edges is done with each, and then, the last first, against their direction.
    """
    forwards: dict[int, list[int]] = {}
    backwards: dict[int, list[int]] = {}
    for one, other in edges:
        forwards.setdefault(one, []).append(other)
        backwards.setdefault(other, []).append(one)
    seen: set[int] = set()
    every = sorted(forwards.keys() | backwards.keys())
    done = [each for first in every for each in _walk(first, forwards, seen)]
    place: dict[int, int] = {}
    seen = set()
    for first in reversed(done):
        for each in _walk(first, backwards, seen):
            place[each] = first
    return place


def _walk(
    first: int, following: Mapping[int, Collection[int]], seen: set[int]
) -> Iterator[int]:
    """Yield whoever is reached from ``first``, not ``seen`` yet, as each is left."""
    if first in seen:
        return
    seen.add(first)
    open_ways = [(first, iter(following.get(first, ())))]
    while open_ways:
        here, ways = open_ways[-1]
        after = next((each for each in ways if each not in seen), None)
        if after is None:
            open_ways.pop()
            yield here
        else:
            seen.add(after)
            open_ways.append((after, iter(following.get(after, ()))))
