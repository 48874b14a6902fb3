"""The command ``laurel``, as it is typed: what it prints and how it ends."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest

from bot.cards import typefaces
from bot.check import check
from bot.config import Settings
from bot.config.settings import DatabaseSettings
from tests import nursery

ROOT = Path(__file__).parents[1]
QUIET = "[playground]\nport = 0\n"


async def run(folder: Path, *words: str) -> tuple[int, str, str]:
    """Return how ``laurel`` ends in ``folder``, what it prints, and its complaints."""
    child = await start(folder, words)
    out, complaints = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode(), complaints.decode()


async def start(folder: Path, words: Sequence[str]) -> nursery.Child:
    """Type ``laurel`` and ``words`` in ``folder``."""
    env = {"PYTHONPATH": str(ROOT), "PATH": ""}
    return await nursery.start("bot", words, folder, env)


async def test_every_wrong_setting_is_named_with_the_nearest_right_one(
    tmp_path: Path,
) -> None:
    """All at once, with file and line; the process ends with 2 and starts nothing."""
    wrong = "[playgroud]\nport = 1\n[log]\nlevl = 'info'\n"
    (tmp_path / "config.toml").write_text(wrong)
    code, _, complaints = await run(tmp_path, "demo")

    assert 2 == code
    assert complaints.splitlines() == [
        "config.toml:1: playgroud: is no section of Laurel's; did you mean playground?",
        "config.toml:4: log.levl: is no key of this section; did you mean level?",
    ]
    assert [tmp_path / "config.toml"] == list(tmp_path.iterdir())


async def test_a_memory_is_made_once(tmp_path: Path) -> None:
    """What is there already is left as it is, and the process ends with 3."""
    first = await run(tmp_path, "init")
    again = await run(tmp_path, "init")

    assert (0, 3) == (first[0], again[0])
    assert "exists already and was left as it is" in again[2]


async def test_check_says_what_to_mend(tmp_path: Path) -> None:
    """A file that is no database is named, with what to do."""
    await run(tmp_path, "init")
    well = await run(tmp_path, "check")
    (tmp_path / "data" / "laurel.sqlite3").write_bytes(b"hello" * 400)
    ill = await run(tmp_path, "check")

    assert (0, 1) == (well[0], ill[0])
    assert all(line.startswith("ok ") for line in well[1].splitlines())
    assert "mend   database: " in ill[1]
    assert "Put a backup in its place" in ill[1]


def test_check_says_what_pictures_cannot_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scripts without a font by name, with the package; that is no fault."""
    monkeypatch.setattr(typefaces, "every", typefaces.bundled)
    out = StringIO()
    check(Settings(database=DatabaseSettings(path=tmp_path / "none")), out)
    told = [line for line in out.getvalue().splitlines() if "pictures: " in line]
    assert 3 == len(told)
    assert all(line.startswith("ok ") for line in told)
    assert "no font for emoji" in told[0]
    assert "apt-get install fonts-noto-color-emoji" in told[0]
    assert "Chinese, Japanese, Korean" in told[1]


async def test_nothing_to_serve_is_said_in_words(tmp_path: Path) -> None:
    """There is no platform yet but the playground, which has its own command."""
    code, _, complaints = await run(tmp_path, "run")

    assert 2 == code
    assert "try `laurel demo`" in complaints


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_first_start_shows_an_address_and_nothing_else(
    tmp_path: Path, number: signal.Signals
) -> None:
    """Nor does a second process start beside it; it ends when it is told to."""
    (tmp_path / "config.toml").write_text(QUIET)
    child = await start(tmp_path, ["demo"])
    assert child.stdout is not None
    address = await child.stdout.readline()
    beside = await run(tmp_path, "demo")
    child.send_signal(number)
    out, complaints = await child.communicate()

    assert address.startswith(b"Laurel is at http://127.0.0.1:")
    assert b"" == complaints
    assert [
        "Stop it with Ctrl+C; everything stays as it is.",
        "Stopped. Nothing is lost.",
    ] == out.decode().splitlines()
    assert 0 == child.returncode
    assert 5 == beside[0]
    assert "is in use by another Laurel" in beside[2]
