"""T53: every package that is installed is named in a lock, with its hashes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.release.commands import ROOT
from tests.release.verdict import Verdict

LOCKS: Mapping[str, tuple[str, ...]] = {
    "requirements.lock": ("dev",),
    "requirements-release.lock": ("dev", "release"),
}
"""Each lock, and the extras that it holds beside what Laurel runs with."""

_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Pinned:
    """A package in a lock.

    Attributes:
        hashes: SHA-256 in hexadecimal, one for each file that it may be.

        marker: Where it is wanted; empty for everywhere.
    """

    name: str
    version: str
    hashes: Sequence[str]
    marker: str = ""


def pinned(text: str) -> Iterator[Pinned]:
    """Yield what a lock names.

    Raises:
        ValueError: If a line is no exact version of a package.
    """
    for line in text.replace("\\\n", " ").splitlines():
        said = line.partition("#")[0].strip()
        if not said:
            continue
        wanted = Requirement(_HASH.sub("", said).strip())
        exact = [each.version for each in wanted.specifier if each.operator == "=="]
        if len(exact) != 1 or "*" in exact[0]:
            raise ValueError(f"no exact version: {said[:80]}")
        marker = str(wanted.marker or "")
        name = canonicalize_name(wanted.name)
        yield Pinned(name, exact[0], tuple(_HASH.findall(said)), marker)


def wrong(text: str, project: Mapping[str, object], extras: Sequence[str]) -> list[str]:
    """Return what is wrong with a lock for a project's table."""
    try:
        held = list(pinned(text))
    except ValueError as no:
        return [str(no)]
    found = [f"{each.name} has no hash" for each in held if not each.hashes]
    known = {each.name: each.version for each in held}
    for said in wanted_by(project, extras):
        wanted = Requirement(said)
        version = known.get(canonicalize_name(wanted.name))
        if version is None:
            found.append(f"{wanted.name} is not in it")
        elif not wanted.specifier.contains(version, prereleases=True):
            found.append(f"{wanted} is not {version}")
    return found


def wanted_by(project: Mapping[str, object], extras: Sequence[str]) -> Iterator[str]:
    """Yield what a project's table asks for, with some of its extras."""
    plain, optional = project["dependencies"], project["optional-dependencies"]
    assert isinstance(plain, list)
    assert isinstance(optional, dict)
    yield from plain
    for extra in extras:
        yield from optional[extra]


def verdicts() -> Iterator[Verdict]:
    """Yield a line for each lock."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for name, extras in LOCKS.items():
        yield verdict(ROOT / name, project, extras)


def verdict(
    lock: Path, project: Mapping[str, object], extras: Sequence[str]
) -> Verdict:
    """Look at one of them."""
    text = lock.read_text("utf-8")
    found = wrong(text, project, extras)
    many = f"{sum(1 for _ in pinned(text))} packages" if not found else "; ".join(found)
    return Verdict(f"hashes in {lock.name}", many, ok=not found)
