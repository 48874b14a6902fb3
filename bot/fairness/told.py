"""What the process that counts is asked, and what it answers, both as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.domain.fairness import Queue, Report, Share, Spread
from bot.domain.rings import Edge, Group, Ring
from storage.instants import from_ms, to_ms

_SHARES = (
    "first_time",
    "newcomers",
    "new_people",
    "moderators_gave",
    "moderators_got",
    "moderators",
)


@dataclass(frozen=True, slots=True)
class Question:
    """Whose thanks are to be counted, and where they are kept.

    Attributes:
        community: Laurel's id of it.

        until: The end of the period.
    """

    path: Path
    community: int
    until: datetime


def ask(question: Question) -> bytes:
    """Return ``question`` as it is asked."""
    told = {
        "path": str(question.path),
        "community": question.community,
        "until": to_ms(question.until),
    }
    return json.dumps(told).encode()


def asked(told: bytes) -> Question:
    """Return the question that `ask` was given."""
    question = json.loads(told)
    path, until = Path(question["path"]), from_ms(question["until"])
    return Question(path, question["community"], until)


def answer(report: Report) -> bytes:
    """Return ``report`` as it is told."""
    return json.dumps(asdict(report), default=to_ms).encode()


def answered(told: bytes) -> Report:
    """Return the report that `answer` was given, its instants to the millisecond.

    Raises:
        ValueError: If it is none.
    """
    try:
        given = json.loads(told)
        read = {
            "since": from_ms(given["since"]),
            "until": from_ms(given["until"]),
            "received": _spread(given["received"]),
            "given": _spread(given["given"]),
            "groups": tuple(map(_group, given["groups"])),
            "queue": _queue(given["queue"]),
            **{name: Share(**given[name]) for name in _SHARES},
        }
        return Report(**(given | read))
    except (LookupError, TypeError) as error:
        raise ValueError(f"no report: {error!r}") from error


def _spread(given: Mapping[str, Any]) -> Spread:
    return Spread(**{**given, "top_share": Share(**given["top_share"])})


def _queue(given: Mapping[str, Any]) -> Queue:
    oldest, middle = given["oldest_at"], given["middle_at"]
    if oldest is None or middle is None:
        return Queue(given["waiting"], None, None)
    return Queue(given["waiting"], from_ms(oldest), from_ms(middle))


def _group(given: Mapping[str, Any]) -> Group:
    return Group(
        members=tuple(given["members"]),
        edges=_edges(given["edges"]),
        rings=tuple(Ring(_edges(ring["edges"])) for ring in given["rings"]),
        complete=given["complete"],
    )


def _edges(given: list[Mapping[str, Any]]) -> tuple[Edge, ...]:
    return tuple(Edge(**each) for each in given)
