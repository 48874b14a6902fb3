"""Who asked that a decision be looked at again, and what became of it.

Both are rows of their own and are never changed: each person appeals once against each
decision, and each appeal is answered once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.community import Community
from storage import answers, words
from storage.answers import Recorded, answered
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO appeals (community, decision, member, words, made_at)
VALUES (:community, :decision, :member, :words, :at)
ON CONFLICT (decision, member) DO NOTHING
RETURNING id
"""

_ANSWER = """
INSERT INTO appeal_answers (appeal, community, answer, decider, reason, at)
VALUES (:appeal, :community, :answer, :decider, :reason, :at)
ON CONFLICT (appeal) DO NOTHING
"""

_SELECT = """
SELECT a.*, d.candidacy, w.body AS said, r.answer, r.decider AS answered_by,
  r.at AS answered_at, 0 AS part, v.body AS reason
FROM appeals AS a
JOIN decisions AS d ON d.id = a.decision
LEFT JOIN words AS w ON w.id = a.words
LEFT JOIN appeal_answers AS r ON r.appeal = a.id
LEFT JOIN words AS v ON v.id = r.reason
WHERE a.community = :community AND {which}
"""

_GET = _SELECT.format(which="a.id = :id")

_BY = _SELECT.format(which="a.decision = :decision AND a.member = :member")

_AGAINST = _SELECT.format(which="a.decision = :decision ORDER BY a.id")

_OPEN = _SELECT.format(which="r.appeal IS NULL ORDER BY a.id LIMIT :most")

# Who appealed is handed what they were answered; whoever answered, what they did.
CLAIMS = (
    Claim(
        "appeals",
        "member = :member",
        Keep("what was decided then rests on it"),
        {"member": Shown.MEMBER},
    ),
    Claim(
        "appeal_answers",
        """decider = :member OR appeal IN (
  SELECT id FROM appeals WHERE community = :community AND member = :member)""",
        Keep("what was decided then rests on it", ("answer",)),
        {"decider": Shown.MEMBER},
    ),
)


class Answer(StrEnum):
    """What became of an appeal."""

    STANDS = "stands"
    REOPENED = "reopened"


Reply = answers.Reply[Answer]
Answered = answers.Answered[Answer]


@dataclass(frozen=True, slots=True)
class Appeal:
    """Somebody's wish that a decision be looked at again.

    Attributes:
        member: Key of whoever appealed.

        words: What they said; None once erased.

        answered: None while it waits.
    """

    id: int
    decision: int
    candidacy: int
    member: int
    words: str | None
    made_at: datetime
    answered: Answered | None = None


def add(
    tx: Transaction,
    community: Community,
    decision: int,
    member: int,
    said: tuple[str, datetime],
) -> Recorded | None:
    """Keep what ``member`` says, and when; None where they appealed against it before.

    Nothing is written then.
    """
    if by(tx, community, decision, member) is not None:
        return None
    body, at = said
    kept, digest = words.add(tx, community, member, body)
    row = tx.one(
        _ADD,
        community=community.id,
        decision=decision,
        member=member,
        words=kept,
        at=to_ms(at),
    )
    if row is None:
        raise LookupError("nobody can have appealed within this unit")
    return Recorded(row["id"], digest)


def answer(
    tx: Transaction, community: Community, appeal: int, reply: Reply, at: datetime
) -> bytes | None:
    """Answer an appeal; None where it is answered already, else the reason's digest."""
    found = get(tx, community, appeal)
    if found is None or found.answered is not None:
        return None
    reason, digest = words.add(tx, community, reply.by, reply.reason)
    tx.run(
        _ANSWER,
        appeal=appeal,
        community=community.id,
        answer=reply.answer,
        decider=reply.by,
        reason=reason,
        at=to_ms(at),
    )
    return digest


def get(tx: Transaction, community: Community, appeal: int) -> Appeal | None:
    """Return an appeal; None where the community has none with this id."""
    row = tx.one(_GET, community=community.id, id=appeal)
    return _appeal(row) if row else None


def by(
    tx: Transaction, community: Community, decision: int, member: int
) -> Appeal | None:
    """Return how ``member`` appealed against a decision; None where they did not."""
    row = tx.one(_BY, community=community.id, decision=decision, member=member)
    return _appeal(row) if row else None


def against(tx: Transaction, community: Community, decision: int) -> Sequence[Appeal]:
    """Return every appeal against a decision, oldest first."""
    rows = tx.all(_AGAINST, community=community.id, decision=decision)
    return [_appeal(row) for row in rows]


def waiting(tx: Transaction, community: Community, most: int) -> Sequence[Appeal]:
    """Return what is not answered yet, oldest first."""
    return [_appeal(r) for r in tx.all(_OPEN, community=community.id, most=most)]


def _appeal(row: sqlite3.Row) -> Appeal:
    return Appeal(
        id=row["id"],
        decision=row["decision"],
        candidacy=row["candidacy"],
        member=row["member"],
        words=row["said"],
        made_at=from_ms(row["made_at"]),
        answered=answered(row, Answer),
    )
