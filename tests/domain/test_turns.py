"""Sources are read in turn, and no more of them than need be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.turns import Source, in_turn

START = datetime(2026, 3, 6, tzinfo=UTC)

Time = tuple[datetime, int]


def _at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


def _source(
    number: int, since: int, hours: list[int], opened: list[int]
) -> Source[Time]:
    def read() -> Iterator[Time]:
        opened.append(number)
        for hour in hours:
            yield _at(hour), number

    return Source(_at(since), read)


@given(st.lists(st.tuples(st.integers(0, 9), st.lists(st.integers(0, 30)))))
def test_what_comes_out_is_in_order(sources: list[tuple[int, list[int]]]) -> None:
    """All of it, whatever each source has, and whenever it begins at the latest."""
    told = [sorted(max(since, hour) for hour in hours) for since, hours in sources]
    given_ = [
        _source(n, since, hours, [])
        for n, ((since, _), hours) in enumerate(zip(sources, told, strict=True))
    ]
    expected = sorted((_at(h), n) for n, hours in enumerate(told) for h in hours)

    assert expected == list(in_turn(given_, lambda time: time))


def test_a_source_is_read_when_it_is_its_turn() -> None:
    """What begins after all that is taken costs nothing."""
    opened: list[int] = []
    sources = [_source(n, 10 * n, [10 * n, 10 * n + 1], opened) for n in range(100)]
    found = list(islice(in_turn(sources, lambda time: time), 3))

    assert [(_at(0), 0), (_at(1), 0), (_at(10), 1)] == found
    assert [0, 1] == opened
