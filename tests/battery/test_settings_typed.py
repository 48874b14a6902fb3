"""T49: as it is typed: with wrong settings no command begins anything.

It ends with 2, says file, line, key and what would be right, and makes no file, opens
no port and asks no platform.
"""

from __future__ import annotations

import argparse
import errno
import io
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import __main__ as laurel
from bot.config import SECRETS, ConfigError, load
from bot.exits import BAD_CONFIG
from bot.platforms import SetupError, check_set_up
from tests.battery.test_settings_fuzz import CANARY, EXAMPLE, SUGGESTS

Make = Callable[[Path], None]


def no_file(config: Path) -> None:
    config.mkdir()


def a_loop(config: Path) -> None:
    config.symlink_to(config)


def latin(config: Path) -> None:
    config.write_bytes(EXAMPLE.encode() + "# Grüße\n".encode("latin-1"))


def huge(config: Path) -> None:
    config.write_text("#" * 1_000_001)


def deep(config: Path) -> None:
    config.write_text("x = " + "[" * 5_000)


def utf_16(config: Path) -> None:
    config.write_text(EXAMPLE, "utf-16")


def random_bytes(config: Path) -> None:
    config.write_bytes(bytes(range(256)) * 9)


FILES: Sequence[Make] = (no_file, a_loop, latin, huge, deep, utf_16, random_bytes)


def commands(parser: argparse.ArgumentParser) -> Iterator[Sequence[str]]:
    """Yield all that can be typed after ``laurel``, with something for a file."""
    more = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not more:
        needed = [a for a in parser._actions if not a.option_strings and a.nargs != "?"]
        needed += [g._group_actions[0] for g in parser._mutually_exclusive_groups]
        given = [next(iter(a.choices)) if a.choices else "x" for a in needed]
        wanted = [a for a in parser._actions if a.option_strings and a.required]
        options = [w for a in wanted for w in (a.option_strings[0], "x")]
        yield (*given, *options)
    for action in more:
        for name, inner in action.choices.items():
            for words in commands(inner):
                yield (name, *words)


COMMANDS = tuple(commands(laurel._parser()))


@contextmanager
def untouched(folder: Path) -> Iterator[io.StringIO]:
    """Watch that nothing is begun: no file is made, nothing listens or connects."""
    begun: list[str] = []
    complaints = io.StringIO()
    before = sorted(folder.rglob("*"))
    with pytest.MonkeyPatch.context() as patched:
        for name in ("bind", "connect", "connect_ex", "listen"):
            patched.setattr(socket.socket, name, lambda *_, n=name: begun.append(n))
        patched.setattr("sys.stderr", complaints)
        patched.setattr("sys.stdout", complaints)
        for each in SECRETS:
            patched.delenv(each, raising=False)
        yield complaints
    assert [] == begun
    assert before == sorted(folder.rglob("*"))


def typed(folder: Path, *words: str) -> int:
    """Type ``laurel`` and these words; return how it ends."""
    return laurel.main(["--config", str(folder / "config.toml"), *words])


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_begins_with_wrong_settings(
    tmp_path: Path, words: Sequence[str]
) -> None:
    """Each ends with 2, having said what is wrong, and has begun nothing."""
    (tmp_path / "config.toml").write_text("[log]\nlevle = 'info'\n")
    with untouched(tmp_path) as said:
        assert BAD_CONFIG == typed(tmp_path, *words)
    told = "config.toml:2: log.levle: is no key of this section; did you mean level?\n"
    assert told == said.getvalue()


@pytest.mark.parametrize("make", FILES, ids=lambda make: make.__name__)
def test_what_is_no_file_of_settings_is_said(tmp_path: Path, make: Make) -> None:
    """A folder, a loop, other encodings, a megabyte, a thousand brackets."""
    make(tmp_path / "config.toml")
    with untouched(tmp_path) as said:
        assert BAD_CONFIG == typed(tmp_path, "run")
    assert said.getvalue().startswith("config.toml:")
    assert "Traceback" not in said.getvalue()
    assert SUGGESTS.search(said.getvalue())


def test_a_file_of_somebody_elses_is_said(tmp_path: Path) -> None:
    """What may not be read is no file with defaults."""
    config = tmp_path / "config.toml"
    config.write_text(EXAMPLE)

    def denied(*_: object) -> None:  # root may read everything
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with untouched(tmp_path) as said, pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "open", denied)
        assert BAD_CONFIG == typed(tmp_path, "run")
    assert "it has to belong to whoever runs Laurel" in said.getvalue()


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o644, 0o666, 0o602, 0o777])
def test_secrets_that_others_can_read_are_no_start(tmp_path: Path, mode: int) -> None:
    """Nor such that others can change."""
    (tmp_path / ".env").write_text(f"LAUREL_DISCORD_TOKEN=a.b.{CANARY}\n")
    (tmp_path / ".env").chmod(mode)
    with untouched(tmp_path) as said:
        assert BAD_CONFIG == typed(tmp_path, "run")
    assert "chmod 600 .env" in said.getvalue()
    assert CANARY not in said.getvalue()


BAD_TOKENS = (
    *("", " ", "…", f"{CANARY}…", f"a {CANARY}", f"Bot a.b.{CANARY}", f"<{CANARY}>"),
    *(f"a..{CANARY}", f"a.b.{CANARY}\0", f"a.b.\ud800{CANARY}", f"xoxb-{CANARY}"),
    *(f"a.b.{CANARY}\nx", CANARY * 5_000, f"{CANARY}\u2028", f"'{CANARY}", "a.b."),
)


NAMES = ("LAUREL_DISCORD_TOKEN", "LAUREL_SLACK_BOT_TOKEN")
TRIED = tuple(
    (name, token)
    for name in NAMES
    for token in BAD_TOKENS
    if not (token.startswith("xoxb-") and "SLACK" in name)
)


@pytest.mark.parametrize(("name", "token"), TRIED, ids=range(len(TRIED)))
def test_no_token_is_tried_that_can_be_none(
    tmp_path: Path, name: str, token: str
) -> None:
    """It is said which one, and nobody is asked whether it is taken."""
    (tmp_path / ".env").write_bytes(f"{name}={token}\n".encode(errors="replace"))
    (tmp_path / ".env").chmod(0o600)
    with untouched(tmp_path) as said:
        assert BAD_CONFIG == typed(tmp_path, "run")
    assert ".env" in said.getvalue()
    (tmp_path / ".env").unlink()
    with untouched(tmp_path):
        told = _refused(tmp_path, {name: token, "LAUREL_SLACK_APP_TOKEN": "xapp-1"})
    assert name in told
    for each in (told, said.getvalue()):
        assert CANARY not in each
        assert "Traceback" not in each


def _refused(folder: Path, environ: Mapping[str, str]) -> str:
    with pytest.raises((ConfigError, SetupError)) as refused:
        check_set_up(load(folder / "config.toml", folder / ".env", environ))
    return str(refused.value)
