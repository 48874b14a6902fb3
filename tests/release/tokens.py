"""T53: no token was ever written down, neither in the tree nor in its history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from tests.release.commands import ROOT, run
from tests.release.verdict import Verdict, skipped

SHAPES = tuple(
    map(
        re.compile,
        (
            r"xox[abeprs]-(?:\d+-)?\d{9,}-\d{9,}-[A-Za-z0-9-]{20,}",
            r"xapp-\d-[A-Z0-9]{9,}-\d{9,}-[0-9a-f]{40,}",
            r"hooks\.slack\.com/services/T\w{8,}/B\w{8,}/\w{20,}",
            r"[MNO][A-Za-z\d]{23,25}\.[\w-]{6}\.[\w-]{27,38}",  # Discord
            r"/api/webhooks/\d{15,}/[\w-]{50,}",
            r"whsec_[A-Za-z0-9+/]{32,}={0,2}",
            r"gh[opsur]_[A-Za-z0-9]{36,}",
            r"github_pat_\w{60,}",
            r"A(?:KIA|SIA)[A-Z0-9]{16}(?!\w)",
            r"AIza[\w-]{35}(?!\w)",
            r"pypi-AgEI[\w-]{50,}",
            r"npm_[A-Za-z0-9]{36}(?!\w)",
            r"[rs]k_live_[A-Za-z0-9]{20,}",
            r"PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}",
            r"://[^\s/:@\"'{}<>]{1,200}:[^\s/:@\"'{}<>]{8,200}@\w",  # with a password
        ),
    )
)
"""What a token looks like when it is a real one.

Each begins with what is rare, so that megabytes are read in a moment.
"""

MADE_UP: frozenset[str] = frozenset()
"""Digests of what looks like a token, is none, and has to stand where it stands."""


def found_in(text: str) -> Iterator[str]:
    """Yield what looks like a token, with all but its beginning left out."""
    for shape in SHAPES:
        for match in shape.finditer(text):
            if sha256(match[0].encode()).hexdigest() not in MADE_UP:
                yield f"{match[0][:8]}… ({len(match[0])} characters)"


def in_files(paths: Iterable[Path]) -> Iterator[str]:
    """Yield what files of text hold, each with its name."""
    for path in paths:
        held = path.read_bytes()
        if b"\0" not in held[:8_000]:
            text = held.decode("utf-8", "replace")
            yield from (f"{path.name}: {each}" for each in found_in(text))


def in_tree(folder: Path) -> list[str]:
    """Return what stands in the files that git knows, or would."""
    listed = run(["git", "ls-files", "-z", "-co", "--exclude-standard"], folder).said
    paths = [folder / name for name in listed.split("\0") if name]
    return list(in_files(path for path in paths if path.is_file()))


def in_history(folder: Path) -> list[str]:
    """Return what was added by any change that git remembers, messages included."""
    log = run(["git", "log", "--all", "-p", "--no-color", "--unified=0"], folder).said
    return sorted(set(found_in(log)))


def verdicts() -> Iterator[Verdict]:
    """Look at the tree, and at all that it ever was."""
    yield _of("tokens in the tree", in_tree(ROOT))
    if (ROOT / ".git").exists():
        yield _of("tokens in the history", in_history(ROOT))
    else:
        yield skipped("tokens in the history", "there is no history here")


def _of(what: str, found: list[str]) -> Verdict:
    return Verdict(what, "; ".join(found) or "none", ok=not found)
