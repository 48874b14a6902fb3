"""T53: the same sources make the same wheel, whenever and wherever it is built."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.release.commands import ROOT, python
from tests.release.verdict import Verdict

PARTS = ("bot", "cogs", "storage", "locales")
FILES = ("pyproject.toml", "README.md", "LICENSE")
EPOCHS = ("1700000000", "1800000000")
"""Two instants that files were last changed at; what is built shows neither."""


def built(place: Path, changed_at_s: str) -> str:
    """Return the digest of a wheel that is built of a copy.

    Raises:
        RuntimeError: If it cannot be built.
    """
    for part in PARTS:
        shutil.copytree(
            ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    for name in FILES:
        shutil.copy(ROOT / name, place / name)
    for path in place.rglob("*"):
        os.utime(path, (int(changed_at_s), int(changed_at_s)))
    words = ("hatchling", "build", "-t", "wheel", "-d", str(place / "made"))
    done = python(words, place, {"SOURCE_DATE_EPOCH": "1700000000"})
    if done.code:
        raise RuntimeError(done.said[-500:])
    (wheel,) = (place / "made").glob("*.whl")
    return sha256(wheel.read_bytes()).hexdigest()


def verdicts() -> Iterator[Verdict]:
    """Build it twice, in two places, of files of two dates."""
    with TemporaryDirectory(prefix="laurel-wheel-") as place:
        digests = []
        for number, epoch in enumerate(EPOCHS):
            folder = Path(place) / (f"{number}" * (number + 3))
            folder.mkdir()
            digests.append(built(folder, epoch))
    same = len(set(digests)) == 1
    said = f"sha256 {digests[0][:16]}…" if same else " and ".join(digests)
    yield Verdict("the wheel, built twice", said, ok=same)
