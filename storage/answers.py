"""What was just written in somebody's words, and how what others say is answered."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from storage.instants import from_ms

Answer = TypeVar("Answer", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A row that was just written.

    Attributes:
        digest: Salted digest of its words, for the audit; None where it has none.
    """

    id: int
    digest: bytes | None


@dataclass(frozen=True, slots=True)
class Reply(Generic[Answer]):
    """What something is to be answered with.

    Attributes:
        by: Key of the member who answers.

        part: What they have to do with it themselves, where that is known; 0: nothing.
    """

    answer: Answer
    by: int
    reason: str
    part: int = 0


@dataclass(frozen=True, slots=True)
class Answered(Generic[Answer]):
    """How something was answered.

    Attributes:
        by: Key of the member who did.

        reason: In their words; None once erased.

        part: As of the reply.
    """

    answer: Answer
    by: int
    reason: str | None
    at: datetime
    part: int = 0


def answered(row: sqlite3.Row, kind: type[Answer]) -> Answered[Answer] | None:
    """Return how it was answered; None while it waits.

    Of ``row``: ``answer``, ``answered_by``, ``answered_at``, ``reason`` and ``part``.
    """
    if row["answer"] is None:
        return None
    return Answered(
        answer=kind(row["answer"]),
        by=row["answered_by"],
        reason=row["reason"],
        at=from_ms(row["answered_at"]),
        part=row["part"],
    )
