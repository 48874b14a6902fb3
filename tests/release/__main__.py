"""``python -m tests.release [NAME ...]``: everything, or what is named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from tests.release import (
    advisories,
    bill,
    branches,
    changes,
    flakes,
    locks,
    mutants,
    tokens,
    weaknesses,
    wheels,
)
from tests.release.verdict import Verdict

Look = Callable[[], Iterator[Verdict]]

QUICK: Mapping[str, Look] = MappingProxyType(
    {
        "hashes": locks.verdicts,
        "changelog": changes.verdicts,
        "tokens": tokens.verdicts,
        "wheel": wheels.verdicts,
        "bill": bill.verdicts,
        "bandit": weaknesses.verdicts,
        "advisories": advisories.verdicts,
    }
)
"""What takes seconds."""

LONG: Mapping[str, Look] = MappingProxyType(
    {
        "branches": branches.verdicts,
        "mutants": mutants.verdicts,
        "flakes": flakes.verdicts,
    }
)
"""What takes as long as the suite, or many times as long."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each; return 1 where one is short."""
    looks = {**QUICK, **LONG}
    for part in mutants.PARTS:
        looks[f"mutants:{part}"] = _only(part)
    parser = argparse.ArgumentParser(prog="python -m tests.release")
    every = (*QUICK, *LONG)
    parser.add_argument("name", nargs="*", help=f"of quick, {', '.join(looks)}")
    names = parser.parse_args(arguments).name or list(every)
    names = [one for name in names for one in (QUICK if name == "quick" else (name,))]
    if unknown := set(names).difference(looks):
        parser.error(f"nothing is called {', '.join(sorted(unknown))}")
    good = True
    for name in names:
        for verdict in looks[name]():
            sys.stdout.write(f"{verdict}\n")
            sys.stdout.flush()
            good = good and verdict.ok is not False
    return 0 if good else 1


def _only(part: str) -> Look:
    return lambda: mutants.verdicts([part])


if __name__ == "__main__":
    raise SystemExit(main())
