"""T51: whoever changes a rule by a hair hears of it from a test.

mutmut makes thousands of small changes (a ``<`` that becomes ``<=``, a number one
higher, an ``and`` that becomes an ``or``) where being wrong would be dearest, and runs
the tests that pass there. A change that no test notices survives. It works on a copy;
each part is run with the tests that are about it and quick, since every change is
another run: tests that start processes, and whole batteries, are left out. What is
said in the log is no rule, and is not changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from tests.release.commands import MISSING, ROOT, Done, has, python
from tests.release.copied import copy
from tests.release.equivalents import reason
from tests.release.verdict import Verdict, skipped

LEAST_KILLED = 0.85
KEPT = ROOT / "dist"
"""Where the differences that survived are put."""

JOBS = os.environ.get("JOBS", "2")
"""How many changes are tried at the same time."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is changed together, and the tests that have to notice."""

    sources: tuple[str, ...]
    tests: tuple[str, ...]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "outbox": Part(
            (
                "storage/outbox.py",
                "storage/outbox_claims.py",
                "storage/claiming.py",
                "storage/delivery.py",
                "bot/courier.py",
            ),
            (
                "tests/storage/test_outbox.py",
                "tests/storage/test_claiming.py",
                "tests/test_courier_answers.py",
                "tests/test_courier_work.py",
                "tests/test_courier_threads.py",
                "tests/test_courier.py",
            ),
        ),
        "recurrence": Part(
            ("bot/domain/recurrence.py", "bot/domain/rrule.py"),
            (
                "tests/domain/test_recurrence.py",
                "tests/domain/test_rrule.py",
                "tests/domain/test_rules_at_the_edge.py",
            ),
        ),
        "signature": Part(
            ("bot/adapters/slack/hook.py",),
            (
                "tests/adapters/slack/test_hook.py",
                "tests/adapters/slack/test_hook_edges.py",
            ),
        ),
        "permission": Part(
            ("bot/dispatch.py",),
            ("tests/test_dispatch.py",),
        ),
        "templates": Part(
            ("bot/pages/allowed.py", "bot/pages/guarded.py", "bot/pages/scan.py"),
            (
                "tests/pages/test_allowed.py",
                "tests/pages/test_scan.py",
                "tests/pages/test_sandbox.py",
                "tests/pages/test_guarded.py",
            ),
        ),
    }
)
"""By what they are called in a release's report."""

_SETTINGS = """
[tool.mutmut]
source_paths = ["bot", "cogs", "storage"]
only_mutate = {sources}
do_not_mutate_patterns = ["^ *log\\\\."]
also_copy = {others}
pytest_add_cli_args = [
  "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "default", "--timeout", "20",
]
pytest_add_cli_args_test_selection = {tests}
use_git_change_detection = false
track_dependencies = false
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the changes of one part.

    Attributes:
        killed: Changes that a test noticed, or that never came to an end.

        survived: Those that none did.
    """

    killed: int
    survived: tuple[str, ...]

    @property
    def share(self) -> float:
        """How many of all were noticed, from 0 to 1."""
        return self.killed / max(1, self.killed + len(self.survived))


def verdicts(names: Sequence[str] = ()) -> Iterator[Verdict]:
    """Yield a line for each part; for those that are named, if any are."""
    for name in names or PARTS:
        yield verdict(name, PARTS[name])


def verdict(name: str, part: Part) -> Verdict:
    """Try all changes of one part."""
    what = f"mutants of {name}"
    if not has("mutmut"):
        return skipped(what, f"mutmut {MISSING}")
    with TemporaryDirectory(prefix="laurel-mutants-") as place:
        folder = Path(place)
        prepare(folder, part)
        done = python(("mutmut", "run", "--max-children", JOBS), folder)
        tally = counted(folder)
        if tally is None:
            return Verdict(what, f"mutmut did not run: {_last(done)}", ok=False)
        shown = [python(("mutmut", "show", e), folder).said for e in tally.survived]
    return judged(name, tally, shown)


def judged(name: str, tally: Tally, shown: Sequence[str]) -> Verdict:
    """Return what it came to; what survived is kept where whoever mends it looks.

    Args:
        name: Of the part.
        tally: What became of its changes.
        shown: Those that survived, as differences, in their order.
    """
    missed = [each for each in shown if reason(each) is None]
    same = len(shown) - len(missed)
    left = Tally(tally.killed, tuple(missed))
    kept = KEPT / f"mutants-{name}.diff"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("\n".join(missed), "utf-8")
    many = f"{left.killed} of {left.killed + len(missed)} killed"
    share = f"{100 * left.share:.1f} %, at least {100 * LEAST_KILLED:.0f} %"
    found = f"{many}, {share}; {same} more change nothing"
    return Verdict(f"mutants of {name}", found, left.share >= LEAST_KILLED)


def prepare(folder: Path, part: Part) -> None:
    """Make a copy of the sources that mutmut knows its way in."""
    copy(folder)
    others = sorted(p.name for p in folder.iterdir() if p.name != "pyproject.toml")
    settings = _SETTINGS.format(
        sources=json.dumps(part.sources),
        tests=json.dumps(part.tests),
        others=json.dumps([n for n in others if n not in ("bot", "cogs", "storage")]),
    )
    project = folder / "pyproject.toml"
    project.write_text(project.read_text("utf-8") + settings, "utf-8")


_KILLED = frozenset({1, 3, 24, 34, 36, 37, 152, 255, -24, -11, -9})
_NOT_TRIED = frozenset({None, 5, 33})
"""No test passes there: survived."""


def counted(folder: Path) -> Tally | None:
    """Return what mutmut noted; None where it has noted nothing."""
    killed, survived = 0, []
    for noted in sorted((folder / "mutants").rglob("*.meta")):
        codes = json.loads(noted.read_text("utf-8"))["exit_code_by_key"]
        for change, code in codes.items():
            if code in _KILLED:
                killed += 1
            else:
                survived.append(change)
    return Tally(killed, tuple(survived)) if killed or survived else None


def _last(done: Done) -> str:
    lines = done.said.strip().splitlines()
    return lines[-1] if lines else f"exit {done.code}"
