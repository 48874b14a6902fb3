"""The bench measures what it says, and says so in a way that a machine can read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from storage import file
from storage.boards import recount
from storage.database import Transaction
from tests.bench import __main__ as bench
from tests.bench import processes
from tests.bench.figure import Figure
from tests.bench.history import make
from tests.bench.size import TINY
from tests.fakes.lenient import lenient

_PAGE = """
import http.server, sys
class Page(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<html></html>")
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Page)
print(f"It is at http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
"""

PROCESSES = {"start": processes.start, "idle": processes.idle}
"""What is measured of the demo; here, of a process that shows a page."""


@pytest.mark.parametrize(
    ("least", "most", "verdict"),
    [(1.0, None, "ok"), (3.0, None, "short"), (None, 3, "ok"), (None, 1, "short")],
)
def test_a_line_ends_in_its_verdict(
    least: float | None, most: float | None, verdict: str
) -> None:
    """What, value and requirement stand before it."""
    line = str(Figure("a share", 2.0, "20 of 10", least, most))

    assert line.startswith("a share: 2 (20 of 10); at ")
    assert verdict == line.rsplit(maxsplit=1)[-1]


async def _figures(name: str, folder: Path) -> Sequence[Figure]:
    if name in PROCESSES:
        return await PROCESSES[name](folder, TINY, (sys.executable, "-c", _PAGE))
    if name in bench.FRESH:
        return await bench.FRESH[name](folder, TINY)
    past = folder / "past.sqlite3"
    make(past, TINY.history, TINY.members)
    return await bench.PAST[name](folder, TINY, past)


@pytest.mark.parametrize("name", [*bench.FRESH, *bench.PAST])
async def test_every_figure_comes_to_a_verdict(tmp_path: Path, name: str) -> None:
    """Each over next to nothing, and how quick this machine is says none of them."""
    with lenient():
        figures = await _figures(name, tmp_path)

    assert {"ok", "short"} >= {str(figure).split()[-1] for figure in figures}
    exact = [figure for figure in figures if figure.least == figure.most]
    assert [] == [figure for figure in exact if not figure.ok]
    others = [figure for figure in figures if figure not in exact]
    # What a process has in memory may well not grow at all, over next to nothing.
    assert all(figure.value > 0 or name == "growth" for figure in others)


def test_the_history_is_as_units_would_have_left_it(tmp_path: Path) -> None:
    """Its tallies agree with a recount, and it is as long as was asked."""
    past = tmp_path / "past.sqlite3"
    make(past, TINY.history, TINY.members)
    connection = file.connect(past, "ro")
    rows = connection.execute("SELECT count(*) FROM shoutouts").fetchone()

    assert TINY.history == rows[0]
    assert 0 == recount.drift(Transaction(connection))
    assert [] == connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()


@pytest.mark.parametrize("value", [5, 0.5])
def test_a_short_figure_fails_the_bench(
    value: float, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is printed all the same."""

    async def measure(_folder: Path, _size: object) -> list[Figure]:
        return [Figure("a share", value, "of what", least=1)]

    monkeypatch.setitem(bench.FRESH, "dispatch", measure)

    assert (0 if value >= 1 else 1) == bench.main(["dispatch"])
    assert capsys.readouterr().out.startswith("a share: ")
