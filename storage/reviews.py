"""Since when each candidacy waits to be decided, and who was told of it.

What it is and what was decided stand in `storage.nominations` and `storage.decisions`;
this is what reviewing needs besides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_BEGIN = """
INSERT INTO reviews (candidacy, community, since) VALUES (:candidacy, :community, :at)
ON CONFLICT (candidacy) DO NOTHING
"""

_AGAIN = """
UPDATE reviews SET since = :at, reminded_at = NULL, escalated_at = NULL
WHERE candidacy = :candidacy AND community = :community
"""

_GET = "SELECT * FROM reviews WHERE candidacy = :candidacy AND community = :community"

# Found by the very words of an index, so that what was decided long ago is not looked
# through.
_WAITING = """
SELECT r.* FROM candidacies AS c JOIN reviews AS r ON r.candidacy = c.id
WHERE c.community = :community AND c.decided_at IS NULL AND r.since <= :until
ORDER BY r.since, r.candidacy
"""

_OLDEST = """
SELECT min(CASE WHEN r.reminded_at IS NULL THEN r.since + :remind
                WHEN r.escalated_at IS NULL THEN r.since + :escalate END) AS at
FROM candidacies AS c JOIN reviews AS r ON r.candidacy = c.id
WHERE c.community = :community AND c.decided_at IS NULL
"""

# Nobody hears of their own nomination so, nor of one that they cannot decide.
_OVERDUE = """
SELECT count(*) AS count, min(r.since) AS oldest
FROM candidacies AS c JOIN reviews AS r ON r.candidacy = c.id
WHERE c.community = :community AND c.decided_at IS NULL AND r.since <= :until
  AND r.escalated_at IS NULL AND c.nominee <> :member
  AND NOT EXISTS (SELECT 1 FROM nominations AS n
                  WHERE n.community = :community AND n.nominator = :member
                    AND n.candidacy = c.id)
"""

_PLANNED = """
SELECT min(due_at) AS at FROM calendar_entries
WHERE community = :community AND kind = :kind AND due_at IS NOT NULL
"""

_REMINDED = """
UPDATE reviews SET reminded_at = coalesce(reminded_at, :at)
WHERE candidacy = :candidacy AND community = :community
"""

_ESCALATED = """
UPDATE reviews SET
  reminded_at = coalesce(reminded_at, :at), escalated_at = coalesce(escalated_at, :at)
WHERE candidacy = :candidacy AND community = :community
"""

_KNOWN = """
UPDATE reviews SET known_at = coalesce(known_at, :at)
WHERE candidacy = :candidacy AND community = :community
"""

_ANNOUNCE_IN = """
UPDATE reviews SET announced_in = :entry
WHERE candidacy = :candidacy AND community = :community
"""

_ANNOUNCED_IN = """
SELECT candidacy FROM reviews
WHERE community = :community AND announced_in = :entry ORDER BY candidacy
"""

_AWAITED = """
SELECT DISTINCT announced_in AS entry FROM reviews
WHERE community = :community AND announced_in IS NOT NULL
"""

CLAIMS = (Impersonal("reviews", "since when a nomination waits, and who was told"),)


@dataclass(frozen=True, slots=True)
class Review:
    """How far the review of a candidacy is.

    Attributes:
        since: When it began to wait for whoever reviews it, the last time.

        reminded_at: None while moderators were not reminded of it.

        escalated_at: None while nobody was asked to step in.

        known_at: When the nominee first heard of it; None where they never did.

        announced_in: Entry of the calendar in whose moment it is to be announced; None
            for none, and once it is.
    """

    candidacy: int
    since: datetime
    reminded_at: datetime | None
    escalated_at: datetime | None
    known_at: datetime | None
    announced_in: int | None


def begin(tx: Transaction, community: Community, candidacy: int, at: datetime) -> bool:
    """Have a candidacy wait from ``at`` on; False where it waits already."""
    values = {"candidacy": candidacy, "community": community.id}
    return bool(tx.run(_BEGIN, at=to_ms(at), **values))


def again(tx: Transaction, community: Community, candidacy: int, at: datetime) -> None:
    """Have a candidacy wait anew from ``at`` on, as nobody was reminded of it."""
    tx.run(_AGAIN, candidacy=candidacy, community=community.id, at=to_ms(at))


def rest(tx: Transaction, community: Community, candidacy: int, at: datetime) -> None:
    """Have nobody be reminded of it: others than moderators decide it so far."""
    escalated(tx, community, candidacy, at)


def get(tx: Transaction, community: Community, candidacy: int) -> Review | None:
    """Return how far a review is; None where none began."""
    row = tx.one(_GET, candidacy=candidacy, community=community.id)
    return _review(row) if row else None


def waiting(tx: Transaction, community: Community, until: datetime) -> Sequence[Review]:
    """Return what waits since ``until`` or longer, oldest first."""
    rows = tx.all(_WAITING, community=community.id, until=to_ms(until))
    return [_review(row) for row in rows]


def next_look(
    tx: Transaction, community: Community, remind_ms: int, escalate_ms: int
) -> datetime | None:
    """Return when the next reminder or escalation is due; None where none is.

    Args:
        tx: The transaction.
        community: Where.
        remind_ms: For how long a candidacy waits before moderators are reminded.
        escalate_ms: For how long before somebody else is asked to step in.
    """
    row = tx.one(
        _OLDEST, community=community.id, remind=remind_ms, escalate=escalate_ms
    )
    return from_ms(row["at"]) if row and row["at"] is not None else None


def overdue_for(
    tx: Transaction, community: Community, member: int, until: datetime
) -> tuple[int, datetime] | None:
    """Return how much that waits since ``until`` was never escalated, and since when.

    Only what ``member`` has no part in; None where there is nothing.
    """
    values = {"community": community.id, "member": member, "until": to_ms(until)}
    row = tx.one(_OVERDUE, **values)
    if row is None or not row["count"]:
        return None
    return row["count"], from_ms(row["oldest"])


def planned_at(tx: Transaction, community: Community, kind: str) -> datetime | None:
    """Return when the calendar rings next for an entry of ``kind``; None for never."""
    row = tx.one(_PLANNED, community=community.id, kind=kind)
    return from_ms(row["at"]) if row and row["at"] is not None else None


def reminded(
    tx: Transaction, community: Community, candidacy: int, at: datetime
) -> None:
    """Note that moderators were reminded of it."""
    tx.run(_REMINDED, candidacy=candidacy, community=community.id, at=to_ms(at))


def escalated(
    tx: Transaction, community: Community, candidacy: int, at: datetime
) -> None:
    """Note that somebody else was asked to step in."""
    tx.run(_ESCALATED, candidacy=candidacy, community=community.id, at=to_ms(at))


def note_known(
    tx: Transaction, community: Community, candidacy: int, at: datetime
) -> None:
    """Note that the nominee knows of it."""
    tx.run(_KNOWN, candidacy=candidacy, community=community.id, at=to_ms(at))


def announce_in(
    tx: Transaction, community: Community, candidacy: int, entry: int | None
) -> None:
    """Have its announcement wait for a moment of the calendar; with None, no more."""
    tx.run(_ANNOUNCE_IN, candidacy=candidacy, community=community.id, entry=entry)


def announced_in(tx: Transaction, community: Community, entry: int) -> Sequence[int]:
    """Return the candidacies whose announcement waits for a moment."""
    rows = tx.all(_ANNOUNCED_IN, community=community.id, entry=entry)
    return [row["candidacy"] for row in rows]


def awaited(tx: Transaction, community: Community) -> Sequence[int]:
    """Return the moments that announcements wait for."""
    return [row["entry"] for row in tx.all(_AWAITED, community=community.id)]


def _review(row: sqlite3.Row) -> Review:
    def instant(name: str) -> datetime | None:
        return None if row[name] is None else from_ms(row[name])

    return Review(
        candidacy=row["candidacy"],
        since=from_ms(row["since"]),
        reminded_at=instant("reminded_at"),
        escalated_at=instant("escalated_at"),
        known_at=instant("known_at"),
        announced_in=row["announced_in"],
    )
