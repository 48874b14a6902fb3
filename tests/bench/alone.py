"""How long one shoutout takes, from dispatch to answer."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from bot.app import Laurel
from bot.chat.responses import Say
from storage import file
from storage.database import Transaction
from tests.bench import crowd
from tests.bench.crowd import Thanks
from tests.bench.figure import Figure, in_ms, middle, timed
from tests.bench.history import acting_of
from tests.bench.size import Size

IN_A_ROW = 20
"""How many of one kind are measured before those of the other."""

_ONE_ROW = "INSERT INTO bare (at) VALUES (:at)"


async def alone(folder: Path, size: Size) -> list[Figure]:
    """One shoutout, against one row through the same door to the same file."""
    path, beside = folder / "alone.sqlite3", folder / "raw.sqlite3"
    for each in (path, beside):
        crowd.found(each)
        _prepare(each)
    raw = file.connect(beside, "rw")
    shoutouts: list[float] = []
    bare: list[float] = []
    in_thread: list[float] = []
    async with crowd.still(path) as laurel:
        (given,) = crowd.rounds(1, size.singles)
        for turn in _turns(given):
            shoutouts += [await _answered(laurel, one) for one in turn]
            bare += [
                await _took(partial(laurel.database.write, _insert, number))
                for number in range(len(turn))
            ]
            in_thread += [
                timed(partial(_insert_at_once, raw, number))
                for number in range(len(turn))
            ]
    raw.close()
    return [
        Figure(
            "one shoutout alone, from dispatch to answer, against one bare durable "
            "commit through the same door",
            middle(shoutouts) / middle(bare),
            f"{in_ms(middle(shoutouts))} against {in_ms(middle(bare))}; a commit by "
            f"sqlite3 within one thread takes {in_ms(middle(in_thread))}, which is "
            f"{middle(shoutouts) / middle(in_thread):.1f} times less",
            most=3,
            unit=" times",
        )
    ]


async def history(folder: Path, size: Size, past: Path) -> list[Figure]:
    """One shoutout with a long history, against one with none."""
    path = folder / "fresh.sqlite3"
    crowd.found(path)
    with_history: list[float] = []
    with_none: list[float] = []
    async with crowd.still(path) as fresh, crowd.still(past) as old:
        people = acting_of(size.members)
        (given,) = crowd.rounds(1, size.singles, people)
        for turn in _turns(given):
            with_history += [await _answered(old, one) for one in turn]
            with_none += [await _answered(fresh, one) for one in turn]
    return [
        Figure(
            f"one shoutout alone after {size.history:,} others, against after none",
            middle(with_history) / middle(with_none),
            f"{in_ms(middle(with_history))} against {in_ms(middle(with_none))}",
            most=1.2,
            unit=" times",
        )
    ]


def _turns(given: Sequence[Thanks]) -> Iterator[Sequence[Thanks]]:
    """Yield a few at a time: what is measured in turns does not cool the other."""
    for first in range(0, len(given), IN_A_ROW):
        yield given[first : first + IN_A_ROW]


async def _answered(laurel: Laurel, one: Thanks) -> float:
    """Give one and return how long its answer took, in seconds.

    Returns once the followers have seen it, so that they do not share the next.
    """
    since = perf_counter()
    answer = await crowd.give(laurel, one)
    took = perf_counter() - since
    assert isinstance(answer, Say), answer
    await laurel.settle()
    return took


def _prepare(path: Path) -> None:
    connection = file.connect(path, "rw")
    connection.execute(
        "CREATE TABLE bare (id INTEGER PRIMARY KEY, at INTEGER NOT NULL)"
    )
    connection.close()


async def _took(do: Callable[[], Awaitable[object]]) -> float:
    since = perf_counter()
    await do()
    return perf_counter() - since


def _insert(tx: Transaction, number: int) -> None:
    tx.run(_ONE_ROW, at=number)


def _insert_at_once(connection: sqlite3.Connection, number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(_ONE_ROW, {"at": number})
    connection.execute("COMMIT")
