"""T53: the version is the one that the changelog tells of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from tests.release.commands import ROOT, run
from tests.release.verdict import Verdict

_HEADING = re.compile(r"^## \[?(Unreleased|\d+\.\d+\.\d+)\]?", re.MULTILINE)


def wrong(version: str, changelog: str, tags: list[str]) -> str:
    """Return what does not agree, in words; empty where all does.

    Before the first release there is nothing but what is not released yet.
    """
    headings = _HEADING.findall(changelog)
    released = [each for each in headings if each != "Unreleased"]
    if not headings:
        return "the changelog tells of no version"
    if released != sorted(released, key=_numbers, reverse=True):
        return "the newest is not on top"
    if not released:
        return f"{tags[-1]} is tagged and not told of" if tags else ""
    if released[0] != version:
        return f"the version is {version}, the changelog's newest is {released[0]}"
    return ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def verdicts() -> Iterator[Verdict]:
    """Compare pyproject.toml, CHANGELOG.md and the tags."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    version = project["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    tags = run(["git", "tag", "--list", "v*", "--sort=version:refname"])
    no = wrong(version, changelog, tags.said.split() if tags.code == 0 else [])
    yield Verdict("version and changelog", no or f"{version} agrees", ok=not no)
