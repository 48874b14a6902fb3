"""T52: the suite comes to the same however often and in whatever order it is run.

Each run shuffles anew, with two workers; tests/conftest.py refuses whatever would leave
the machine, and fails the test that tried. All of the suite, twenty times, takes hours.
So its files are dealt out like cards: a run is one hand, and after as many runs as
there are hands every file was in one; then they are dealt anew, and each meets others.
``LAUREL_RUNS`` says how many runs, 20 unless told, and ``LAUREL_HANDS`` how many hands,
4 unless told: every test five times, each time among others and in another order. With
``LAUREL_HANDS=1`` each run is the whole suite.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.release.commands import ROOT, python
from tests.release.verdict import Verdict

RUNS = int(os.environ.get("LAUREL_RUNS", "20"))
HANDS = int(os.environ.get("LAUREL_HANDS", "4"))
JOBS = os.environ.get("JOBS", "2")

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def files(folder: Path = ROOT) -> list[str]:
    """Return the files that hold tests, by their paths in the project."""
    found = (folder / "tests").rglob("test_*.py")
    return sorted(
        each.relative_to(folder).as_posix()
        for each in found
        if "node_modules" not in each.parts
    )


def hand(of: Sequence[str], run: int, hands: int) -> list[str]:
    """Return what is run in a run, counted from 1, in the order that it was dealt."""
    deal, place = divmod(run - 1, hands)
    shuffled = sorted(of)
    Random(deal).shuffle(shuffled)  # noqa: S311  chance, not secrecy
    return shuffled[place::hands]


def verdicts() -> Iterator[Verdict]:
    """Run it so often, and name what failed in any of them."""
    flakes: dict[str, list[int]] = {}
    every = files()
    for run in range(1, RUNS + 1):
        words = ("pytest", "-q", "-n", JOBS, "-p", "no:cacheprovider")
        seed = ("--randomly-seed", str(run))
        done = python((*words, *seed, *hand(every, run, HANDS)))
        failed = _FAILED.findall(done.said)
        if done.code and not failed:
            failed = [done.said.strip()[-200:]]
        for name in failed:
            flakes.setdefault(name, []).append(run)
    shown = [f"{name} in run {runs[0]}" for name, runs in sorted(flakes.items())]
    found = "; ".join(shown) or "nothing failed, nobody left the machine"
    yield Verdict(_what(RUNS, HANDS), found, ok=not flakes)


def _what(runs: int, hands: int) -> str:
    if hands == 1:
        return f"the suite, {runs} times in any order"
    times = f"each file {runs // hands} times"
    return f"the suite in {runs} runs of 1 in {hands} files, {times}"
