"""What one look before a release came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line.

    Attributes:
        what: What was looked at.

        found: What came of it, in words.

        ok: Whether it is good enough; None where it could not be looked at here, and
            `found` says why.
    """

    what: str
    found: str
    ok: bool | None

    def __str__(self) -> str:
        """Return the line, whose last word is ``ok``, ``short`` or ``skipped``."""
        verdict = "skipped" if self.ok is None else "ok" if self.ok else "short"
        return f"{self.what}: {self.found}: {verdict}"


def skipped(what: str, why: str) -> Verdict:
    """Return that something could not be looked at here, and why."""
    return Verdict(what, why, None)
