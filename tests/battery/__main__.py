"""``python -m tests.battery``: all of it in full, and what came of each promise.

What measures how long something takes wants the machine to itself, and comes last;
before, several tests run at once. Options that are not known here are pytest's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.battery.told import as_markdown, in_columns, read, table

ROOT = Path(__file__).parents[2]
EVERYTHING = ("tests/battery", "tests/test_courier.py")
PATIENCE_S = "1800"

JOBS = "4"
"""On two cores: most of these tests wait three quarters of the time."""

_NOTHING_CHOSEN = 5
"""How pytest ends where no test is left."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tests and print the table; return 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.battery")
    parser.add_argument("--jobs", default=JOBS, help="how many tests run at once")
    parser.add_argument("--only", action="append", help="a file or folder of tests")
    kept = os.environ.get("LAUREL_TABLE", "")
    parser.add_argument("--table", default=kept, help="write the table there, too")
    chosen, options = parser.parse_known_args(arguments)
    asked = [*(chosen.only or EVERYTHING), *options]
    began_s = time.monotonic()
    with TemporaryDirectory(prefix="laurel-battery-") as folder:
        told = Path(folder) / "told.jsonl"
        at_once = ("-n", chosen.jobs, "--dist", "load", "--maxschedchunk", "1")
        codes = [
            _pytest(told, *asked, "-m", "not timed", *at_once),
            _pytest(told, *asked, "-m", "timed"),
        ]
        rows = table(read(told))
    if chosen.table:
        Path(chosen.table).write_text(as_markdown(rows), "utf-8")
    for line in in_columns(rows):
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(f"\n{(time.monotonic() - began_s) / 60:.1f} minutes\n")
    return int(any(code not in {0, _NOTHING_CHOSEN} for code in codes))


def _pytest(told: Path, *words: str) -> int:
    """Run pytest on the long tests, and return how it ended."""
    ours = ("-p", "tests.battery.told", "--told", str(told), "--timeout", PATIENCE_S)
    done = subprocess.run(  # noqa: S603  our own tests
        [sys.executable, "-m", "pytest", *ours, "--durations", "30", *words],
        cwd=ROOT,
        env=os.environ | {"LAUREL_BATTERY": "full"},
        check=False,
    )
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
