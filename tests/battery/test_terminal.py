"""T25: whoever sits at the terminal reads words, whatever stands in them.

Complaints name files, errors end the process, and an import shows what somebody else's
tool had written: none of it moves the cursor, changes a colour or makes up a line.
"""

from __future__ import annotations

import csv
import io
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.exits import complain
from bot.importing import telling
from bot.logs import logged
from tests import nursery
from tests.battery.process import ROOT
from tests.battery.size import FULL
from tests.battery.test_log_lines import FORGED, flaws
from tests.battery.told import Tell, asserted
from tests.harness import community
from tests.hostile import HOSTILE, some
from tests.importing.test_desk import Box

TRIED = HOSTILE if FULL else some(60)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
ESCAPES = "\x1b[2J\x1b[31mred\x9b2J\a\u202egnp"


def test_complaints_are_words(capsys: pytest.CaptureFixture[str], tell: Tell) -> None:
    """Each is in as many lines as it has, and each line is only read."""
    for each in (*(one.text for one in TRIED), ESCAPES, "one\ntwo"):
        words = f"{each} is no file."
        assert 3 == complain(words, 3)
        told = capsys.readouterr().err
        assert 1 + words.count("\n") == told.count("\n") == len(told.splitlines())
        assert not CONTROL.search(told.replace("\n", "")), words
    tell("P16", "complaints at the terminal, of hostile words", len(TRIED), least=60)


async def test_a_path_is_told_as_words(tmp_path: Path) -> None:
    """As it is typed, through the process: it is named so that it can be found."""
    folder = tmp_path / ESCAPES
    folder.mkdir()
    words = ["--config", str(folder / "config.toml"), "export", "-"]
    child = await nursery.start("bot", words, ROOT, {"PATH": ""})
    out, complaints = await child.communicate()
    assert child.returncode
    assert b"\\x1b[2J" in complaints
    for told in (out.decode(), complaints.decode()):
        assert not CONTROL.search(told.replace("\n", ""))


class FatalError(Exception):
    """What nobody catches."""


@contextmanager
def ended(stream: io.StringIO) -> Iterator[None]:
    """End as a process does that raises what nobody catches."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "excepthook", _usual)
        try:
            with logged(stream, level="info", style="text", secrets=["hunter2"]):
                yield
        except FatalError:
            sys.excepthook(*sys.exc_info())


def _usual(kind: object, error: BaseException, trace: object) -> None:
    raise AssertionError("Python would print it")


def _end(words: str) -> None:
    raise FatalError(words) from ValueError(words)


@pytest.mark.parametrize("words", [ESCAPES, f"x\n{FORGED}", "hunter2\r\n"], ids=ascii)
def test_what_ends_the_process_is_one_line(words: str) -> None:
    """With what came before it, and without secrets or anything that is obeyed."""
    stream = io.StringIO()
    with ended(stream):
        _end(words)
    (line,) = stream.getvalue().splitlines()
    assert [] == list(flaws(stream.getvalue(), "text"))
    assert "CRITICAL bot.uncaught" in line
    assert "FatalError: " in line
    assert "because of ValueError: " in line
    assert "hunter2" not in line


def test_what_is_caught_leaves_nothing_behind() -> None:
    """Who ends as they should has Python as it was."""
    before = sys.excepthook
    with logged(io.StringIO(), level="info", style="text"):
        assert sys.excepthook is not before
    assert sys.excepthook is before


def test_what_python_prints_would_be_found() -> None:
    """Planted: a trace as Python prints it, whatever is in it."""
    try:
        raise FatalError(ESCAPES)
    except FatalError as error:
        printed = "".join(traceback.format_exception(error))
    assert list(flaws(printed, "text"))


async def test_an_import_shows_names_as_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tell: Tell
) -> None:
    """Those who are met by it, those who are not known, columns and reasons."""
    table = io.StringIO()
    names = [each.text.replace("\0", "").encode("utf-8", "replace") for each in TRIED]
    # The first are shown as they are, so these come first.
    worst = sorted(names, key=lambda name: not CONTROL.search(name.decode()))
    rows = [(name.decode(), f"m{n}", 5, 9) for n, name in enumerate(worst)]
    csv.writer(table).writerows([("username", "id", "level", "xp"), *rows])
    async with community(tmp_path / "laurel.sqlite3") as home:
        box = Box(home, tmp_path)
        await box.run(table.getvalue())
        await box.run(table.getvalue(), meet=True)
        board = await home.type("Ana", "leaderboard")
    told = capsys.readouterr()
    shown = f"{told.out}{told.err}{board.text}"
    torn = [line for line in shown.split("\n") if CONTROL.search(line)]
    what = "lines of an import with control characters, of hostile names"
    tell("P16", what, len(torn), most=0)
    assert "m0" in shown


async def test_an_import_that_prints_what_it_reads_would_be_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: names are printed as they stand in the file."""
    monkeypatch.setattr(telling, "shown", lambda text, most=40: text[:most])
    with pytest.raises(AssertionError, match="lines of an import"):
        await test_an_import_shows_names_as_words(tmp_path, capsys, asserted)
