"""Merges what comes out of many sources, and opens each one when it is its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from typing import Generic, TypeVar

T = TypeVar("T")

Order = tuple[datetime, int]
"""What comes first: by instant, and of one instant by number, which no two share."""


@dataclass(frozen=True, slots=True)
class Source(Generic[T]):
    """Something that yields in order.

    Attributes:
        since: Nothing comes out of it that is earlier.

        read: Begins to read it, which may be dear.
    """

    since: datetime
    read: Callable[[], Iterator[T]]


def in_turn(sources: Iterable[Source[T]], order: Callable[[T], Order]) -> Iterator[T]:
    """Yield what comes out of all ``sources`` by ``order``.

    No more of them are read than have to be for what is taken.
    """
    waiting: list[tuple[Order, T, Iterator[T]]] = []

    def push(source: Iterator[T]) -> None:
        for one in source:
            heappush(waiting, (order(one), one, source))
            return

    def pop() -> Iterator[T]:
        _, one, source = heappop(waiting)
        yield one
        push(source)

    for source in sorted(sources, key=lambda each: each.since):
        while waiting and waiting[0][0][0] < source.since:
            yield from pop()
        push(source.read())
    while waiting:
        yield from pop()
