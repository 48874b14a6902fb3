"""The battery's table says what was found, wherever the tests ran."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.battery import told
from tests.battery.told import Line

ROOT = Path(__file__).parents[2]

TESTS = """
import pytest

def test_kept(tell):
    tell("P1", "lost", 0, most=0)
    tell("P10", "slowest answer", 812.5, most=800, unit="ms")

@pytest.mark.parametrize("count", [3, 7, 5])
def test_each(tell, count):
    tell("P16", "strings | tried", count, least=3)

def test_fails_elsewhere(tell):
    tell("P2", "doubles", 0, most=0)
    assert False

def test_words(tell):
    tell("P9", "history", "is read with a pause")
"""

EXPECTED = {
    "P1": ("lost", "0", "at most 0", "ok"),
    "P2": ("doubles", "0", "at most 0", "short (its test failed)"),
    "P3": ("", "", "", "not run"),
    "P4": ("cohorts and their serials", "", "", "not built yet"),
    "P9": ("history", "is read with a pause", "", "ok"),
    "P10": ("slowest answer", "812.5 ms", "at most 800", "short"),
    "P16": ("strings | tried", "3", "at least 3", "ok"),
}


def run(folder: Path, *more: str, full: bool = True) -> str:
    """Run a handful of tests in a process of their own; return what it printed."""
    (folder / "test_some.py").write_text(TESTS, "utf-8")
    plain = ("-p", "tests.battery.told", "-p", "no:randomly", "-p", "no:cacheprovider")
    env = dict(os.environ, LAUREL_BATTERY="full" if full else "", PYTHONPATH=str(ROOT))
    done = subprocess.run(  # noqa: S603  our own
        [sys.executable, "-m", "pytest", *plain, *more, "test_some.py"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 1 == done.returncode, done.stdout + done.stderr
    return done.stdout


def rows(markdown: str) -> dict[str, tuple[str, ...]]:
    """Read a table as somebody else would; the head and its rule are not rows."""
    found = {}
    for line in markdown.replace(r"\|", "\0").splitlines()[2:]:
        cells = [cell.strip().replace("\0", "|") for cell in line.split("|")]
        number, *rest = cells[1:-1]
        found[number] = tuple(rest)
    return found


@pytest.mark.parametrize("more", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_the_table_tells_what_was_found(tmp_path: Path, more: tuple[str, ...]) -> None:
    """Each line once, the worst of those that share it, and what had none."""
    kept = tmp_path / "table.md"
    printed = run(tmp_path, "--table", str(kept), *more)
    found = rows(kept.read_text("utf-8"))
    assert EXPECTED == {number: found[number] for number in EXPECTED}
    assert {f"P{n}" for n in (*told.DUE, *told.LATER)} == set(found)
    for row in found.values():
        assert row[-1] in printed
    assert "P10: slowest answer: 812.5 ms, required at most 800" in printed


def test_the_short_run_prints_no_table(tmp_path: Path) -> None:
    """Nobody has asked."""
    assert "not run" not in run(tmp_path, full=False)


def test_runs_share_a_table(tmp_path: Path) -> None:
    """Each adds its lines to a file, and the table comes after the last."""
    kept = tmp_path / "told.jsonl"
    for _ in range(2):
        assert "not run" not in run(tmp_path, "--told", str(kept))
    lines = told.read(kept)
    assert 2 * 7 == len(lines)
    assert told.table(lines) == told.table(lines[:7])


def test_bounds_hold_at_the_edge_and_for_no_nonsense() -> None:
    """A bound is part of what it bounds; what is no number is within none."""
    assert Line("P1", "lost", 0, most=0).holds
    assert not Line("P1", "lost", 1, most=0).holds
    assert Line("P1", "kept", 9.5, least=9.5).holds
    assert not Line("P1", "kept", 9.4, least=9.5).holds
    assert not Line("P1", "kept", float("nan"), least=0, most=1).holds


ALONE = """
import pytest

@pytest.mark.timed
def test_timed(tell):
    tell("P10", "slowest answer", 12, most=800, unit="ms")

@pytest.mark.parametrize("many", [0, 3, 0])
def test_counted(tell, many):
    tell("P1", "lost", many, most=0)
"""


def test_all_of_it_comes_to_one_table(tmp_path: Path) -> None:
    """What is counted and what is timed; and the command says that all is not well."""
    (tmp_path / "test_some.py").write_text(ALONE, "utf-8")
    words = ("--only", str(tmp_path / "test_some.py"), "--jobs", "1", "-q")
    kept = tmp_path / "table.md"
    done = subprocess.run(  # noqa: S603  our own
        [sys.executable, "-m", "tests.battery", *words, "--table", str(kept)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 1 == done.returncode, done.stdout + done.stderr
    found = rows(kept.read_text("utf-8"))
    assert ("lost", "3", "at most 0", "short") == found["P1"]
    assert ("slowest answer", "12 ms", "at most 800", "ok") == found["P10"]
    assert "P2" in found
    assert " minutes\n" in done.stdout


def test_one_short_line_hides_no_other() -> None:
    """What is told together is all told, and then all that is short is said."""
    lines = []

    def tell(
        promise: str,
        what: str,
        value: told.Value,
        *,
        most: float | None = None,
        least: float | None = None,
        unit: str = "",
    ) -> None:
        lines.append(Line(promise, what, value, most, least, unit))
        assert lines[-1].holds, str(lines[-1])

    def tell_all() -> None:
        with told.together(tell) as each:
            for count in (0, 3, 0, 5):
                each("P1", f"lost of {count}", count, most=0)

    with pytest.raises(AssertionError) as short:
        tell_all()
    assert [0, 3, 0, 5] == [each.value for each in lines]
    assert "lost of 3" in str(short.value)
    assert "lost of 5" in str(short.value)


def test_no_file_has_no_lines(tmp_path: Path) -> None:
    """A run that told nothing leaves nothing."""
    assert () == told.read(tmp_path / "told.jsonl")
