"""What people say against their own place, and what they are answered.

Both are rows of their own and are never changed. Each entrant has one dispute open at a
time, and at most `MOST_EACH` in all.
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

MOST_EACH = 3
"""Disputes that one entrant can have about one challenge."""

_ADD = """
INSERT INTO challenge_disputes (community, challenge, member, number, words, made_at)
VALUES (:community, :challenge, :member, :number, :words, :at)
"""

_ANSWER = """
INSERT INTO challenge_dispute_answers (
  dispute, community, answer, decider, reason, part, at
) VALUES (:dispute, :community, :answer, :decider, :reason, :part, :at)
ON CONFLICT (dispute) DO NOTHING
"""

_SELECT = """
SELECT d.*, w.body AS said, a.answer, a.decider AS answered_by, a.part,
  a.at AS answered_at, v.body AS reason
FROM challenge_disputes AS d
LEFT JOIN words AS w ON w.id = d.words
LEFT JOIN challenge_dispute_answers AS a ON a.dispute = d.id
LEFT JOIN words AS v ON v.id = a.reason
WHERE d.community = :community AND {which}
"""

_GET = _SELECT.format(which="d.id = :id")

_OF_MEMBER = _SELECT.format(
    which="d.challenge = :challenge AND d.member = :member ORDER BY d.number"
)

# Who is erased waits for no answer.
_OPEN = _SELECT.format(
    which="d.challenge = :challenge AND a.dispute IS NULL "
    "AND EXISTS (SELECT 1 FROM members AS m WHERE m.key = d.member) ORDER BY d.id"
)

# Who disputed is handed what they were answered; whoever answered, what they did.
CLAIMS = (
    Claim(
        "challenge_disputes",
        "member = :member",
        Keep("what was decided then rests on it"),
        {"member": Shown.MEMBER},
    ),
    Claim(
        "challenge_dispute_answers",
        """decider = :member OR dispute IN (
  SELECT id FROM challenge_disputes
  WHERE community = :community AND member = :member)""",
        Keep("the result that holds rests on it", ("answer",)),
        {"decider": Shown.MEMBER},
    ),
)


class Answer(StrEnum):
    """What became of a dispute."""

    STANDS = "stands"
    CORRECTED = "corrected"


Reply = answers.Reply[Answer]
Answered = answers.Answered[Answer]


@dataclass(frozen=True, slots=True)
class Dispute:
    """What somebody says against their own place.

    Attributes:
        member: Their key.

        number: Which of theirs about this challenge it is, from 1.

        words: What they said; None once erased.

        answered: None while it waits.
    """

    id: int
    challenge: int
    member: int
    number: int
    words: str | None
    made_at: datetime
    answered: Answered | None


def add(
    tx: Transaction,
    community: Community,
    challenge: int,
    member: int,
    said: tuple[str, datetime],
) -> Recorded | None:
    """Keep what ``member`` says, and when; None where they may say no more.

    That is while one of theirs waits, and after `MOST_EACH`.
    """
    before = of_member(tx, community, challenge, member)
    if len(before) >= MOST_EACH or any(each.answered is None for each in before):
        return None
    body, at = said
    kept, digest = words.add(tx, community, member, body)
    row = tx.add(
        _ADD,
        community=community.id,
        challenge=challenge,
        member=member,
        number=len(before) + 1,
        words=kept,
        at=to_ms(at),
    )
    return Recorded(row, digest)


def answer(
    tx: Transaction, community: Community, dispute: int, reply: Reply, at: datetime
) -> bytes | None:
    """Answer a dispute; None where it is answered already, else the reason's digest."""
    found = get(tx, community, dispute)
    if found is None or found.answered is not None:
        return None
    reason, digest = words.add(tx, community, reply.by, reply.reason)
    tx.run(
        _ANSWER,
        dispute=dispute,
        community=community.id,
        answer=str(reply.answer),
        decider=reply.by,
        reason=reason,
        part=reply.part,
        at=to_ms(at),
    )
    return digest


def get(tx: Transaction, community: Community, dispute: int) -> Dispute | None:
    """Return a dispute; None where the community has none with this id."""
    row = tx.one(_GET, community=community.id, id=dispute)
    return _dispute(row) if row else None


def of_member(
    tx: Transaction, community: Community, challenge: int, member: int
) -> Sequence[Dispute]:
    """Return what a member said against their place in a challenge, in order."""
    asked = {"community": community.id, "challenge": challenge, "member": member}
    return [_dispute(row) for row in tx.all(_OF_MEMBER, **asked)]


def waiting(tx: Transaction, community: Community, challenge: int) -> Sequence[Dispute]:
    """Return what of a challenge is not answered yet, oldest first."""
    rows = tx.all(_OPEN, community=community.id, challenge=challenge)
    return [_dispute(row) for row in rows]


def _dispute(row: sqlite3.Row) -> Dispute:
    return Dispute(
        id=row["id"],
        challenge=row["challenge"],
        member=row["member"],
        number=row["number"],
        words=row["said"],
        made_at=from_ms(row["made_at"]),
        answered=answered(row, Answer),
    )
