"""What some tests need beside Python, and what becomes of them without it.

A test that says ``need("browser")`` is skipped on a machine without a browser, with the
reason in the summary. Where ``LAUREL_REQUIRE`` names it (``browser,specs,npm,java``, as
on the machine that decides what is merged) the test fails instead: nothing that was
to be checked there is quietly left out.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import pytest

from bot.cards import scripts, typefaces

_TESTS = Path(__file__).parent
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A browser that talks to nobody but us, and starts where root runs the tests too.
BROWSER_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def need(name: str) -> Path:
    """Where it is: the program, or the folder. Without it the test goes no further.

    Args:
        name: ``browser`` (Chromium), ``specs`` (the platforms' published schemas),
            ``npm`` (what ``npm ci`` puts into tests/node_modules), ``java``, ``fonts``
            (letters of every script, and emoji), ``strace`` (what a process asks of
            the disk), ``seccomp`` (the same, of a process that it begins, at no cost
            to what else that does), ``faketime`` (clocks that are set while a process
            runs) or ``atheris`` (inputs that coverage guides).
    """
    if (there := found(name)) is not None:
        return there
    reason = f"needs {name}: {_NEEDS[name][1]}"
    if name in os.environ.get("LAUREL_REQUIRE", "").split(","):
        pytest.fail(f"{reason} (LAUREL_REQUIRE names it)", pytrace=False)
    pytest.skip(reason)


def found(name: str) -> Path | None:
    """Where it is, for a test that can do without; None where it is not."""
    return _NEEDS[name][0]()


def _browser() -> Path | None:
    return _program(os.environ.get("LAUREL_BROWSER", ""), *_BROWSERS)


def _specs() -> Path | None:
    beside = _TESTS.parent.parent / "shared" / "specs"
    return _folder(Path(os.environ.get("LAUREL_SPECS") or beside))


def _npm() -> Path | None:
    return _folder(_TESTS / "node_modules")


def _java() -> Path | None:
    return _program("java")


def _faketime() -> Path | None:
    """A library that shows a process another time than it is."""
    folders = (Path("/usr/lib"), Path("/usr/local/lib"))
    found = (path for each in folders for path in each.glob("**/libfaketimeMT.so.1"))
    return next(found, None)


@cache
def _strace() -> Path | None:
    """A program that watches others; in many containers it is not allowed to.

    Some allow it to watch what it begins itself, and nothing that runs already.
    """
    found = _program("strace")
    if found is None:
        return None
    with subprocess.Popen(("/bin/sleep", "0.5")) as watched:
        watching = ("-o", os.devnull, "-e", "trace=none", "-p", str(watched.pid))
        command = (str(found), *watching)
        allowed = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return found if allowed.returncode == 0 else None


@cache
def _seccomp() -> Path | None:
    """The same program, if it may have a process stopped at single calls alone."""
    found = _program("strace")
    if found is None:
        return None
    watching = ("--seccomp-bpf", "-f", "-D", "-o", os.devnull, "-e", "trace=fsync")
    command = (str(found), *watching, sys.executable, "-c", "")
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    return found if (0, b"") == (done.returncode, done.stderr) else None


def _atheris() -> Path | None:
    found = find_spec("atheris")
    return Path(found.origin) if found and found.origin else None


def _fonts() -> Path | None:
    lacking = next(scripts.missing(typefaces.every()), None)
    return typefaces.BUNDLED if lacking is None else None


def _program(*names: str) -> Path | None:
    found = (shutil.which(name) for name in names if name)
    return next((Path(path) for path in found if path), None)


def _folder(path: Path) -> Path | None:
    return path if path.is_dir() else None


_NEEDS: Mapping[str, tuple[Callable[[], Path | None], str]] = MappingProxyType(
    {
        "browser": (_browser, "install chromium, or name one in LAUREL_BROWSER"),
        "specs": (_specs, "name the folder of published schemas in LAUREL_SPECS"),
        "npm": (_npm, "run npm ci in tests/"),
        "java": (_java, "install a Java runtime"),
        "fonts": (
            _fonts,
            "install fonts-noto-core, fonts-noto-cjk and fonts-noto-color-emoji",
        ),
        "faketime": (_faketime, "install libfaketime"),
        "atheris": (_atheris, "pip install atheris"),
        "strace": (_strace, "install strace, where processes may be watched (ptrace)"),
        "seccomp": (_seccomp, "install strace 5.3, where it may watch what it begins"),
    }
)
