"""Runs the programs that a release is looked at with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]

MISSING = "is not installed; make release installs it"
"""Why a look is skipped where its program is not there."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended, and all that it printed."""

    code: int
    said: str


def has(module: str) -> bool:
    """Return whether there is a module of this name."""
    return find_spec(module) is not None


def python(
    words: Sequence[str], folder: Path = ROOT, env: Mapping[str, str] | None = None
) -> Done:
    """Run ``python -m`` with these words, and wait for its end.

    Args:
        words: The module, and what follows it.
        folder: Where it runs.
        env: What is put over this process's own environment.
    """
    return run([sys.executable, "-m", *words], folder, env)


def run(
    words: Sequence[str], folder: Path = ROOT, env: Mapping[str, str] | None = None
) -> Done:
    """Run a program, and wait for its end."""
    done = subprocess.run(  # noqa: S603  what is run is written down in this package
        words,
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return Done(done.returncode, done.stdout)
