"""T51: which ways through the code no test ever took.

The whole suite runs once while coverage.py looks on, in every process that it starts
or forks; those that are killed tell nothing of what they did. The parts in which a
mistake would be dearest are covered whole, everything nine tenths.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.release.commands import MISSING, has, python
from tests.release.mutants import PARTS
from tests.release.verdict import Verdict, skipped

WHAT = "branches that tests took"
LEAST_OVERALL = 90.0
WHOLE = tuple(source for part in PARTS.values() for source in part.sources)
"""Every branch of these is taken by some test."""

JOBS = os.environ.get("JOBS", "2")

_SOME_FAILED = 1
"""How pytest ends where all was run, and not all was well."""

_SETTINGS = """
[run]
branch = true
parallel = true
source = bot,cogs,storage
data_file = {data}
patch = subprocess,fork,_exit
relative_files = true
disable_warnings = no-data-collected,module-not-imported
[report]
exclude_also =
    if TYPE_CHECKING:
    assert_never
    \\.\\.\\.$
"""


def verdicts() -> Iterator[Verdict]:
    """Run the suite and say what was never reached."""
    if not has("coverage"):
        yield skipped(WHAT, f"coverage {MISSING}")
        return
    with TemporaryDirectory(prefix="laurel-branches-") as place:
        folder = Path(place)
        settings, report = folder / "coverage.cfg", folder / "report.json"
        settings.write_text(_SETTINGS.format(data=folder / "data"), "utf-8")
        with_it = f"--rcfile={settings}"
        suite = ("-m", "pytest", "-q", "-n", JOBS, "-p", "no:cacheprovider")
        done = python(("coverage", "run", with_it, *suite))
        python(("coverage", "combine", "-q", with_it))
        python(("coverage", "json", "-q", with_it, "-o", str(report)))
        if not report.exists():
            yield Verdict(WHAT, done.said.strip()[-300:], ok=False)
            return
        told = json.loads(report.read_text("utf-8"))
    # Whoever is looked on is slow, and what is timed may fail here; make test says
    # whether all is well. But the suite has to come to its end.
    if done.code not in {0, _SOME_FAILED}:
        yield Verdict("the suite, looked on", done.said.strip()[-200:], ok=False)
    yield from judged(told)


def judged(report: Mapping[str, Any]) -> Iterator[Verdict]:
    """Yield a line for the whole, and one for what has to be covered whole."""
    share = report["totals"]["percent_covered"]
    least = f"at least {LEAST_OVERALL:.0f} %"
    yield Verdict(WHAT, f"{share:.1f} %, {least}", ok=share >= LEAST_OVERALL)
    gaps = []
    for source in WHOLE:
        told = report["files"].get(source)
        if told is None:
            gaps.append(f"{source} never ran")
        elif told["missing_branches"] or told["missing_lines"]:
            lines = {a for a, _ in told["missing_branches"]} | {*told["missing_lines"]}
            gaps.append(f"{source} at {', '.join(map(str, sorted(lines)))}")
    what = f"every branch of {len(WHOLE)} files"
    yield Verdict(what, "; ".join(gaps) or "taken", ok=not gaps)
