"""Appeals that wait for an answer: since when, and who was told that they do.

An appeal itself is never changed, so what is noted about it is a row beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_UNANSWERED = """
FROM appeals AS a
LEFT JOIN appeal_answers AS r ON r.appeal = a.id
LEFT JOIN appeal_reminders AS m ON m.appeal = a.id
WHERE a.community = :community AND r.appeal IS NULL
"""

_WAITING = f"""
SELECT a.id, a.made_at, m.reminded_at, m.escalated_at {_UNANSWERED}
  AND a.made_at <= :until ORDER BY a.made_at, a.id
"""

_NEXT = f"""
SELECT min(CASE WHEN m.reminded_at IS NULL THEN a.made_at + :remind
                WHEN m.escalated_at IS NULL THEN a.made_at + :escalate END) AS at
{_UNANSWERED}
"""

_REMINDED = """
INSERT INTO appeal_reminders (appeal, community, reminded_at)
VALUES (:appeal, :community, :at) ON CONFLICT (appeal) DO NOTHING
"""

_ESCALATED = """
INSERT INTO appeal_reminders (appeal, community, reminded_at, escalated_at)
VALUES (:appeal, :community, :at, :at)
ON CONFLICT (appeal) DO UPDATE SET escalated_at = ifnull(escalated_at, :at)
"""

CLAIMS = (
    Impersonal("appeal_reminders", "when somebody was told that an appeal waits"),
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An appeal that nobody has answered.

    Attributes:
        since: When it was made.

        reminded_at: None while moderators were not reminded of it.

        escalated_at: None while nobody was asked to step in.
    """

    appeal: int
    since: datetime
    reminded_at: datetime | None
    escalated_at: datetime | None


def waiting(
    tx: Transaction, community: Community, until: datetime
) -> Sequence[Waiting]:
    """Return the appeals that wait since ``until`` or longer, oldest first."""
    rows = tx.all(_WAITING, community=community.id, until=to_ms(until))
    return [
        Waiting(
            row["id"],
            from_ms(row["made_at"]),
            None if row["reminded_at"] is None else from_ms(row["reminded_at"]),
            None if row["escalated_at"] is None else from_ms(row["escalated_at"]),
        )
        for row in rows
    ]


def next_look(
    tx: Transaction, community: Community, remind_ms: int, escalate_ms: int
) -> datetime | None:
    """Return when the next reminder or escalation is due; None where none is.

    Args:
        tx: The transaction.
        community: Where.
        remind_ms: For how long an appeal waits before moderators are reminded.
        escalate_ms: For how long before somebody else is asked to step in.
    """
    after = {"remind": remind_ms, "escalate": escalate_ms}
    row = tx.one(_NEXT, community=community.id, **after)
    return from_ms(row["at"]) if row and row["at"] is not None else None


def reminded(tx: Transaction, community: Community, appeal: int, at: datetime) -> None:
    """Note that moderators were reminded of it."""
    tx.run(_REMINDED, appeal=appeal, community=community.id, at=to_ms(at))


def escalated(tx: Transaction, community: Community, appeal: int, at: datetime) -> None:
    """Note that somebody else was asked to step in."""
    tx.run(_ESCALATED, appeal=appeal, community=community.id, at=to_ms(at))
