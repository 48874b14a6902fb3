"""T53: bandit finds nothing grave in what Laurel runs.

Ruff has bandit's rules too, and ``make test`` keeps them with every change; this is
bandit itself, once before a release.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from tests.release.commands import MISSING, Done, has, python
from tests.release.verdict import Verdict, skipped

WHAT = "bandit"


def verdicts() -> Iterator[Verdict]:
    """Have it read all that Laurel runs."""
    if not has("bandit"):
        yield skipped(WHAT, f"it {MISSING}")
        return
    sources = ("bot", "cogs", "storage")
    yield told(python(("bandit", "-r", "-q", "-f", "json", *sources)))


def told(done: Done) -> Verdict:
    """Return what bandit came to; none may be of high severity."""
    try:
        report = json.loads(done.said[done.said.index("{") :])
    except ValueError:
        return Verdict(WHAT, done.said.strip()[-300:] or f"exit {done.code}", ok=False)
    grave = Counter(each["issue_severity"] for each in report["results"])
    shown = [
        f"{each['filename']}:{each['line_number']} {each['test_id']}"
        for each in report["results"]
        if each["issue_severity"] == "HIGH"
    ]
    unread = [each["filename"] for each in report["errors"]]
    many = ", ".join(f"{grave[kind]} {kind.lower()}" for kind in ("HIGH", "MEDIUM"))
    found = "; ".join([many, *shown, *(f"{each} was not read" for each in unread)])
    return Verdict(WHAT, found, ok=not shown and not unread)
