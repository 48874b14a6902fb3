"""T52: the suite comes to the same however often and in whatever order it is run.

Each run shuffles anew, with two workers; tests/conftest.py refuses whatever would leave
the machine, and fails the test that tried. ``LAUREL_RUNS`` says how often, 20 unless
told; each takes as long as the suite.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from tests.release.commands import python
from tests.release.verdict import Verdict

RUNS = int(os.environ.get("LAUREL_RUNS", "20"))
JOBS = os.environ.get("JOBS", "2")

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


def verdicts() -> Iterator[Verdict]:
    """Run it so often, and name what failed in any of them."""
    flakes: dict[str, list[int]] = {}
    for seed in range(1, RUNS + 1):
        words = ("pytest", "-q", "-n", JOBS, "-p", "no:cacheprovider")
        done = python((*words, "--randomly-seed", str(seed)))
        failed = _FAILED.findall(done.said)
        if done.code and not failed:
            failed = [done.said.strip()[-200:]]
        for name in failed:
            flakes.setdefault(name, []).append(seed)
    shown = [f"{name} with seed {seeds[0]}" for name, seeds in sorted(flakes.items())]
    found = "; ".join(shown) or "nothing failed, nobody left the machine"
    yield Verdict(f"the suite, {RUNS} times in any order", found, ok=not flakes)
