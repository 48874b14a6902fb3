"""How many rows of an audit a second are verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path
from time import process_time

from bot.audit_verify import BEHIND_HASH, FIRST, WHOLE, verify
from tests.bench.figure import Figure, middle, per_s
from tests.bench.size import Size

LEAST_PER_S = 100_000


async def verified(folder: Path, size: Size) -> list[Figure]:
    """A whole audit, beside what it takes to hash the same bytes and do nothing."""
    path = folder / "audit.jsonl"
    digest = _write(path, size.rows)
    ours: list[float] = []
    hashing: list[float] = []
    for _ in range(size.rounds):
        ours.append(_busy(partial(_verify, path, digest)))
        hashing.append(_busy(partial(_hash, path)))
    took = middle(ours)
    return [
        Figure(
            "rows of an audit verified a second on one core",
            size.rows / took,
            f"{took / middle(hashing):.1f} times as long as only to hash the lines, "
            f"{per_s(size.rows, middle(hashing))}",
            least=LEAST_PER_S,
            unit="/s",
        )
    ]


def _verify(path: Path, digest: str) -> None:
    out = StringIO()
    code = verify([str(path)], [digest], out)
    assert code == WHOLE, out.getvalue()


def _hash(path: Path) -> None:
    with path.open("rb") as file:
        for line in file:
            hashlib.sha256(line[BEHIND_HASH:-1]).hexdigest()


def _busy(work: Callable[[], None]) -> float:
    """Return how long one core was busy, in seconds, whatever else the machine does."""
    since = process_time()
    work()
    return process_time() - since


def _write(path: Path, rows: int) -> str:
    """Write an audit of thanks and of decisions in turns; return its digest."""
    previous = FIRST.decode()
    with path.open("wb") as file:
        for number in range(1, rows + 1):
            decided = number % 2
            row = {
                "previous": previous,
                "id": number,
                "at": "2026-03-06T15:00:00.000Z",
                "actor": 6_000_000_000_000_000_000 + number,
                "action": "review.won" if decided else "shoutouts.give",
                "ref": f"candidacies:{number}" if decided else f"shoutouts:{number}",
                "detail": {"decision": number, "standard": 1} if decided else {},
                "digest": previous,
            }
            rest = json.dumps(row, separators=(",", ":"))[1:].encode()
            previous = hashlib.sha256(rest).hexdigest()
            file.write(b'{"hash":"%s",%s\n' % (previous.encode(), rest))
    return previous
