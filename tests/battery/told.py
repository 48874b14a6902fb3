"""What the battery found, one line for each figure of a promise.

A test asks for ``tell`` and says which promise it looked at, what it counted and what
is required. That is asserted, and after the run a table says how it went: figures told
under the same words (by a test that runs with many parameters, say) share a line,
which holds the worst of them.

``pytest --table=PATH`` also writes the table as Markdown; ``--told=PATH`` adds the bare
lines to a file instead of printing a table, so that several runs can share one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol

import pytest

from tests.battery.size import FULL

LEDGER = (
    ("P1", "acknowledged and lost"),
    ("P2", "posted twice"),
    ("P3", "out of order"),
)
"""What a ledger finds wrong, and which promise is broken then."""

PROPERTY = "laurel.told"
"""What a line is called among the properties of a test's report."""

DUE = (1, 2, 3, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 21, 22)
"""Promises that have to have a line; without one they are listed as not run."""

LATER: Mapping[int, str] = MappingProxyType({4: "cohorts and their serials"})
"""Promises of which there is nothing to count yet, and what it waits for."""

Value = float | int | str


class Tell(Protocol):
    """Record a figure, and assert it."""

    def __call__(
        self,
        promise: str,
        what: str,
        value: Value,
        *,
        most: float | None = None,
        least: float | None = None,
        unit: str = "",
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One figure.

    Attributes:
        promise: Which one, as in ``P1``.

        what: What was counted or measured; the same words share a line.

        value: A number, or words where nothing is required.

        most: The largest value that keeps the promise; None for no such bound.

        least: The smallest; None for no such bound.

        unit: What the value counts, as in ``ms``; empty for a plain count.

        passed: Whether the test that told it held in all else, too.
    """

    promise: str
    what: str
    value: Value
    most: float | None = None
    least: float | None = None
    unit: str = ""
    passed: bool = True

    @property
    def holds(self) -> bool:
        """Whether the value is within its bounds."""
        if isinstance(self.value, str):
            return True
        return (self.most is None or self.value <= self.most) and (
            self.least is None or self.value >= self.least
        )

    @property
    def verdict(self) -> str:
        """``ok``, ``short``, or that its test failed at something else."""
        if not self.holds:
            return "short"
        return "ok" if self.passed else "short (its test failed)"

    @property
    def found(self) -> str:
        """The value with its unit."""
        return f"{_number(self.value)} {self.unit}".rstrip()

    @property
    def required(self) -> str:
        """The bounds in words; empty for none."""
        least = () if self.least is None else (f"at least {_number(self.least)}",)
        most = () if self.most is None else (f"at most {_number(self.most)}",)
        return ", ".join((*least, *most))

    def __str__(self) -> str:
        wanted = f", required {self.required}" if self.required else ""
        return f"{self.promise}: {self.what}: {self.found}{wanted}"


def _number(value: Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, int) or value.is_integer():
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:.3g}"


def _ordinal(promise: str) -> int:
    return int(promise.removeprefix("P"))


def _key(line: Line) -> tuple[int, str, float, float, str]:
    most = float("inf") if line.most is None else line.most
    least = float("-inf") if line.least is None else line.least
    return (_ordinal(line.promise), line.what, most, least, line.unit)


def _badness(line: Line) -> tuple[bool, bool, float]:
    if isinstance(line.value, str):
        return (False, not line.passed, 0.0)
    size = -line.value if line.most is None else line.value
    return (not line.holds, not line.passed, size)


def table(lines: Iterable[Line]) -> Sequence[Sequence[str]]:
    """Return rows of promise, what, value, required and verdict, by promise."""
    kept = sorted(lines, key=_key)
    worst = [max(same, key=_badness) for _, same in groupby(kept, _key)]
    rows = [
        (each.promise, each.what, each.found, each.required, each.verdict)
        for each in worst
    ]
    known = {_ordinal(each.promise) for each in worst}
    rows += [(f"P{n}", "", "", "", "not run") for n in DUE if n not in known]
    rows += [
        (f"P{n}", what, "", "", "not built yet")
        for n, what in LATER.items()
        if n not in known
    ]
    return sorted(rows, key=lambda row: _ordinal(row[0]))


HEAD = ("", "What", "Found", "Required", "")


def in_columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the table as lines for a terminal."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, wide, strict=True))
        yield "  ".join(cells).rstrip()


def as_markdown(rows: Sequence[Sequence[str]]) -> str:
    """Return the table as Markdown."""
    ruled = [HEAD, tuple("---" for _ in HEAD), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |\n"
        for row in ruled
    )


def read(path: Path) -> Sequence[Line]:
    """Return the lines that runs have added to a file; none where there is none."""
    if not path.exists():
        return ()
    return [Line(**json.loads(each)) for each in path.read_text("utf-8").splitlines()]


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Record one line of the battery's table, and assert it."""
    properties = request.node.user_properties

    def told(
        promise: str,
        what: str,
        value: Value,
        *,
        most: float | None = None,
        least: float | None = None,
        unit: str = "",
    ) -> None:
        __tracebackhide__ = True
        line = Line(promise, what, value, most, least, unit)
        properties.append((PROPERTY, asdict(line)))
        assert line.holds, str(line)

    return told


@contextmanager
def together(tell: Tell) -> Iterator[Tell]:
    """Have all be told that is told in it, before one that is short ends the test."""
    __tracebackhide__ = True
    short: list[str] = []

    def told(promise: str, what: str, value: Value, **bounds: Any) -> None:
        try:
            tell(promise, what, value, **bounds)
        except AssertionError as error:
            short.append(str(error))

    yield told
    assert not short, "\n".join(short)


def asserted(
    promise: str,
    what: str,
    value: Value,
    *,
    most: float | None = None,
    least: float | None = None,
    unit: str = "",
) -> None:
    """Assert a figure and tell nobody: of a test that runs over a planted defect."""
    line = Line(promise, what, value, most, least, unit)
    assert line.holds, str(line)


def tell_ledger(
    tell: Tell, where: str, wrong: Mapping[str, object], *, once: bool = True
) -> None:
    """Tell what a ledger found wrong, and that nothing else is.

    Args:
        tell: The fixture.
        where: Follows what was counted, as in ``in 200 kills``.
        wrong: What the ledger found.
        once: Whether nothing may stand twice.
    """
    for promise, what in LEDGER:
        count = wrong.get(what, 0)
        assert isinstance(count, int), wrong
        if once or promise != "P2":
            tell(promise, f"{what} {where}", int(count), most=0)
    assert {} == wrong


def tell_waits(tell: Tell, where: str, took_s: Sequence[float]) -> None:
    """Tell how long first answers took, where it is long enough to say something."""
    if FULL:
        quickest = [1_000 * each for each in sorted(took_s)]
        p99 = quickest[len(quickest) * 99 // 100]
        what = f"of {len(quickest):,} under fire, {where}"
        most = quickest[-1]
        with together(tell) as told:
            told("P10", f"first answers, 99 in 100 {what}", p99, most=800, unit="ms")
            told("P10", f"slowest first answer {what}", most, most=2_000, unit="ms")


class Telling:
    """Gathers what was told, wherever it was told, and shows it at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self._table: str = config.getoption("--table")
        self._told: str = config.getoption("--told")
        self._failed: set[str] = set()
        self._lines: list[Line] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep what a test told; only its last report knows all of it."""
        if report.failed:
            self._failed.add(report.nodeid)
        if report.when != "teardown":
            return
        lines = [
            Line(**value)
            for name, value in report.user_properties
            if name == PROPERTY and isinstance(value, dict)
        ]
        # A figure that is short says why its test failed; the others before it stand.
        failed = report.nodeid in self._failed and all(each.holds for each in lines)
        self._lines += [replace(each, passed=not failed) for each in lines]

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Print and write the table, where one was asked for."""
        if self._told:
            with Path(self._told).open("a", encoding="utf-8") as file:
                file.writelines(f"{json.dumps(asdict(e))}\n" for e in self._lines)
        rows = table(self._lines)
        if self._table:
            Path(self._table).write_text(as_markdown(rows), "utf-8")
        if FULL and not self._told:
            terminalreporter.section("promises")
            for row in in_columns(rows):
                terminalreporter.write_line(row)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say where the table may be kept."""
    group = parser.getgroup("laurel")
    kept = os.environ.get("LAUREL_TABLE", "")
    group.addoption("--table", default=kept, help="write the promises' table there")
    group.addoption("--told", default="", help="add the promises' lines to a file")


def pytest_configure(config: pytest.Config) -> None:
    """Listen where all reports arrive: not in a worker."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Telling(config), "laurel-telling")
