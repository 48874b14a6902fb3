"""T53: nothing that is installed has a known vulnerability; needs the internet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.release.commands import MISSING, Done, has, python
from tests.release.verdict import Verdict, skipped

WHAT = "known vulnerabilities"
KNOWN = "pip==24.0"
"""Something that PyPI surely has heard of."""

_SHOWN = "pip (24.0)"
LOCKS = ("requirements.lock", "requirements-release.lock")
_NOBODY = re.compile(
    r"ConnectionError|Max retries exceeded|Failed to resolve|ServiceError"
    r"|Name or service not known|Could not connect|ProxyError|SSLError"
)
_UNREACHED = re.compile(f"{_NOBODY.pattern}|not found on PyPI")
"""What is said where nobody answers, or somebody who has never heard of `KNOWN`."""


def verdicts() -> Iterator[Verdict]:
    """Ask PyPI about everything in each lock."""
    if not has("pip_audit"):
        yield skipped(WHAT, f"pip-audit {MISSING}")
        return
    with TemporaryDirectory(prefix="laurel-advisories-") as place:
        asked = Path(place) / "known.txt"
        asked.write_text(f"{KNOWN}\n", "utf-8")
        known = _asked(str(asked), "--no-deps")
    for lock in LOCKS:
        yield told(lock, known) if away(known) else told(lock, _asked(lock))


def _asked(lock: str, kind: str = "--require-hashes") -> Done:
    quiet = ("--progress-spinner", "off", "--timeout", "15")
    return python(("pip_audit", "--strict", "--disable-pip", kind, *quiet, "-r", lock))


def away(known: Done) -> bool:
    """Return whether nobody who knows answers, by what became of `KNOWN`."""
    return bool(_UNREACHED.search(known.said))


def told(lock: str, done: Done) -> Verdict:
    """Return what pip-audit came to; skipped where it reached nobody who knows."""
    what = f"{WHAT} in {lock}"
    if done.code == 0:
        return Verdict(what, "none", ok=True)
    unheard_of = f"not found on PyPI and could not be audited: {_SHOWN}" in done.said
    if unheard_of or _NOBODY.search(done.said):
        return skipped(what, "PyPI, which keeps the advisories, cannot be asked here")
    lines = [each for each in done.said.splitlines() if each.strip()]
    return Verdict(what, "; ".join(lines[-5:]) or f"exit {done.code}", ok=False)
