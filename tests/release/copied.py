"""A copy of the sources, for what would otherwise leave its traces in them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.release.commands import ROOT, run

UNTRACKED = ("tests/node_modules",)
"""What tests borrow and git does not know."""


def copy(to: Path) -> None:
    """Copy all that git knows, as it stands here, changed or new."""
    listed = run(["git", "ls-files", "-z", "-co", "--exclude-standard"]).said
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    for name in UNTRACKED:
        if (ROOT / name).is_dir():
            (to / name).symlink_to(ROOT / name)
