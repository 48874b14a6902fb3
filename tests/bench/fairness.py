"""A report on fairness over a million thanks, in the process that counts them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter

from bot.domain.fairness import PERIOD, Report
from bot.fairness.reckoner import LIMIT_S, Reckoner
from bot.fairness.told import Question
from storage import file
from storage.instants import to_ms
from tests import neighbours
from tests.bench.crowd import found
from tests.bench.figure import Figure
from tests.bench.processes import MB
from tests.bench.size import Size
from tests.harness import START

SEED = 20_260_306

_RINGS = (2, 3, 4, 5, 2, 3, 4, 5, 3, 5)
"""How many members each planted ring has; each thanks the next 3 to 6 times."""

_COMMUNITY = 1

# The same process, which says at its end how much memory it ever had.
_MEASURED = """
import re, runpy, sys
sys.argv, peak = sys.argv[:1], sys.argv[1]
runpy.run_module("bot.fairness.worker", run_name="__main__")
status = open("/proc/self/status").read()
open(peak, "w").write(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1])
"""

_MEMBER = """
INSERT INTO members (key, community, platform_id, name, role, bot, here, met_at)
VALUES (?, 1, 'm' || ?, 'Member', 1, 0, 1, ?)
"""

_SHOUTOUT = """
INSERT INTO shoutouts (id, community, operation, giver, words, given_at, given_on)
VALUES (?, 1, 'o' || ?, ?, 0, ?, '2026-01-01')
"""

_RECEIVER = """
INSERT INTO shoutout_receivers (shoutout, receiver, community, giver, given_at, public)
VALUES (?, ?, 1, ?, ?, 1)
"""


@dataclass(frozen=True, slots=True)
class _Planted:
    """What is to be found, and how long it took to count it."""

    rings: frozenset[tuple[int, ...]]
    path: Path


async def fairness(folder: Path, size: Size) -> Sequence[Figure]:
    """Its time, its memory, and which of the rings that were planted it finds."""
    planted = _plant(folder / "fairness.sqlite3", size)
    peak = folder / "peak"
    command = (sys.executable, "-P", "-c", _MEASURED, str(peak))
    question = Question(planted.path, _COMMUNITY, START)
    since = perf_counter()
    report = await Reckoner(limit_s=10 * LIMIT_S, command=command).count(question)
    took_s = perf_counter() - since
    assert size.thanked == report.thanks
    over = f"{size.thanked:,} thanks by {size.neighbours:,} members"
    peak_mb = int(peak.read_text("ascii")) * 1024 / MB
    return [
        Figure(f"a report over {over}", took_s, "its process", most=20, unit=" s"),
        Figure(
            "memory of that process", peak_mb, "the most it had", most=300, unit=" MB"
        ),
        *_found(planted, report),
    ]


def _found(planted: _Planted, report: Report) -> Iterator[Figure]:
    assert len(report.groups) == report.groups_found
    found = {ring.members for group in report.groups for ring in group.rings}
    yield Figure(
        "planted rings that are found",
        len(found & planted.rings),
        f"of {len(planted.rings)}",
        least=len(planted.rings),
        most=len(planted.rings),
    )
    yield Figure(
        "rings found in all, at most ten of them that nobody planted",
        len(found),
        f"{len(found - planted.rings)} that nobody did",
        most=len(planted.rings) + 10,
    )


def _plant(path: Path, size: Size) -> _Planted:
    """Fill a file with thanks of the last 90 days, and rings among them."""
    luck = Random(SEED)  # noqa: S311  the same community each time
    people = luck.sample(range(1, 2**62), size.neighbours)
    members = iter(luck.sample(people, sum(_RINGS)))
    rings = [[next(members) for _ in range(count)] for count in _RINGS]
    tied = [pair for ring in rings for pair in neighbours.around(luck, ring, 3, 6)]
    thanks = [*neighbours.honest(luck, people, size.thanked - len(tied)), *tied]
    luck.shuffle(thanks)
    _fill(path, people, thanks)
    return _Planted(frozenset(map(neighbours.canonical, map(tuple, rings))), path)


def _fill(path: Path, people: Sequence[int], thanks: Sequence[tuple[int, int]]) -> None:
    found(path, 0)
    last = to_ms(START)
    step = (PERIOD - timedelta(hours=1)) / len(thanks)
    connection = file.connect(path, "rw")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    connection.executemany(_MEMBER, ((key, key, last) for key in people))
    at = [last - to_ms_of(step * back) for back in range(len(thanks))]
    connection.executemany(
        _SHOUTOUT, ((n, n, pair[0], at[n]) for n, pair in enumerate(thanks))
    )
    connection.executemany(
        _RECEIVER,
        ((n, pair[1], pair[0], at[n]) for n, pair in enumerate(thanks)),
    )
    connection.execute("COMMIT")
    connection.close()


def to_ms_of(duration: timedelta) -> int:
    """Return a duration in milliseconds."""
    return round(duration.total_seconds() * 1000)
