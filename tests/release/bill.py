"""T53: the bill of materials (CycloneDX 1.6), written from the lock alone."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.release.commands import ROOT
from tests.release.locks import Pinned, pinned, wanted_by
from tests.release.verdict import Verdict

LOCK = "requirements.lock"


def needed(project: Mapping[str, object]) -> set[str]:
    """Return the packages that Laurel runs with, by what is installed here."""
    found: set[str] = set()
    asked = [Requirement(each) for each in wanted_by(project, ())]
    while asked:
        one = asked.pop()
        name = canonicalize_name(one.name)
        if name in found or not (one.marker is None or _holds(one)):
            continue
        found.add(name)
        asked += _asked_by(name, one.extras)
    return found


def _holds(one: Requirement) -> bool:
    return one.marker is None or one.marker.evaluate({"extra": ""})


def _asked_by(name: str, extras: set[str]) -> Iterator[Requirement]:
    for said in metadata.requires(name) or ():
        one = Requirement(said)
        where = [{"extra": ""}, *({"extra": each} for each in extras)]
        if one.marker is None or any(map(one.marker.evaluate, where)):
            one.marker = None
            yield one


def bill(
    version: str, packages: Sequence[Pinned], needed: set[str]
) -> dict[str, object]:
    """Return the bill: the same for the same lock, whenever and wherever it is made.

    Args:
        version: Laurel's own.
        packages: All that the lock names.
        needed: Those that Laurel runs with; the others build and test it.
    """
    parts = [_component(each, needed) for each in packages]
    body: dict[str, object] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"laurelbot@{version}",
                "name": "laurelbot",
                "version": version,
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": parts,
        "dependencies": [
            {
                "ref": f"laurelbot@{version}",
                "dependsOn": [str(each["bom-ref"]) for each in parts],
            }
        ],
    }
    named = uuid5(NAMESPACE_URL, json.dumps(body, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{named}", **body}


def _component(package: Pinned, needed: set[str]) -> dict[str, object]:
    purl = f"pkg:pypi/{package.name}@{package.version}"
    return {
        "type": "library",
        "bom-ref": purl,
        "name": package.name,
        "version": package.version,
        "purl": purl,
        "scope": "required" if package.name in needed else "excluded",
        "externalReferences": [
            {
                "type": "distribution",
                "url": f"https://pypi.org/project/{package.name}/{package.version}/",
                "hashes": [{"alg": "SHA-256", "content": h} for h in package.hashes],
            }
        ],
    }


def write(to: Path) -> Mapping[str, object]:
    """Write the bill of what stands here, and return it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    packages = list(pinned((ROOT / LOCK).read_text("utf-8")))
    made = bill(project["version"], packages, needed(project))
    to.parent.mkdir(exist_ok=True)
    to.write_text(json.dumps(made, indent=1) + "\n", "utf-8")
    return made


def verdicts() -> Iterator[Verdict]:
    """Write it to dist/, and say what is in it."""
    made = write(ROOT / "dist" / "laurel.cdx.json")
    parts = made["components"]
    assert isinstance(parts, list)
    runs = sum(each["scope"] == "required" for each in parts)
    found = f"dist/laurel.cdx.json names {runs} packages to run and {len(parts)} in all"
    yield Verdict("bill of materials", found, ok=0 < runs < len(parts))
