"""How moderators go through check-ins where many wait.

Above a few, one card leads to all of them, and each moderator has one at a time before
them that no other is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community
from storage.claims import Claim, Delete, Impersonal, Shown
from storage.database import Transaction
from storage.instants import to_ms

HELD_FOR = timedelta(minutes=10)
"""For how long what lies before a moderator is given to no other."""

_OPEN = """
SELECT number, shown FROM judging_queues
WHERE challenge = :challenge AND community = :community AND closed_at IS NULL
"""

_BEGIN = """
INSERT INTO judging_queues (challenge, number, community, shown, opened_at)
SELECT :challenge, ifnull(max(number), 0) + 1, :community, :shown, :at
FROM judging_queues WHERE challenge = :challenge
"""

_SHOW = """
UPDATE judging_queues SET shown = :shown
WHERE challenge = :challenge AND community = :community AND closed_at IS NULL
"""

_CLOSE = """
UPDATE judging_queues SET shown = 0, closed_at = :at
WHERE challenge = :challenge AND community = :community AND closed_at IS NULL
"""

_IS_OPEN = """
SELECT shown FROM judging_queues
WHERE challenge = :challenge AND number = :number AND community = :community
  AND closed_at IS NULL
"""

_NEXT = """
SELECT c.id FROM checkins AS c JOIN members AS m ON m.key = c.member
WHERE c.community = :community AND c.challenge = :challenge AND c.state = 'waiting'
  AND c.member <> :member AND c.id > :after
  AND NOT EXISTS (
    SELECT 1 FROM challenge_entrants AS o JOIN challenge_entrants AS t
      ON t.challenge = o.challenge AND t.team = o.team
    WHERE o.challenge = c.challenge AND o.member = :member AND t.member = c.member)
  AND NOT EXISTS (
    SELECT 1 FROM judging_desks AS d
    WHERE d.challenge = c.challenge AND d.checkin = c.id AND d.member <> :member
      AND d.at > :since)
ORDER BY c.id LIMIT 1
"""

_TAKE = """
INSERT INTO judging_desks (challenge, member, community, checkin, at)
VALUES (:challenge, :member, :community, :checkin, :at)
ON CONFLICT (challenge, member) DO UPDATE SET checkin = :checkin, at = :at
"""

CLAIMS = (
    Impersonal("judging_queues", "about how many check-ins waited, and when"),
    Claim("judging_desks", "member = :member", Delete(), {"member": Shown.MEMBER}),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """A card that leads to all that wait.

    Attributes:
        number: Counted from 1 in each challenge; a new one where all were looked at.

        shown: About how many it says there are.
    """

    number: int
    shown: int


def current(tx: Transaction, community: Community, challenge: int) -> Queue | None:
    """Return the queue of a challenge; None where few wait."""
    row = tx.one(_OPEN, challenge=challenge, community=community.id)
    return Queue(row["number"], row["shown"]) if row else None


def begin(
    tx: Transaction, community: Community, challenge: int, shown: int, at: datetime
) -> Queue:
    """Have one card lead to all that wait, from now on.

    Raises:
        sqlite3.IntegrityError: If one does already.
    """
    fresh = {"challenge": challenge, "community": community.id, "shown": shown}
    tx.run(_BEGIN, **fresh, at=to_ms(at))
    begun = current(tx, community, challenge)
    if begun is None:
        raise LookupError("the queue was just written")
    return begun


def show(tx: Transaction, community: Community, challenge: int, shown: int) -> None:
    """Note about how many the card says there are."""
    tx.run(_SHOW, challenge=challenge, community=community.id, shown=shown)


def close(tx: Transaction, community: Community, challenge: int, at: datetime) -> None:
    """Have the card lead nowhere any more."""
    tx.run(_CLOSE, challenge=challenge, community=community.id, at=to_ms(at))


def shown(
    tx: Transaction, community: Community, challenge: int, number: int
) -> int | None:
    """Return about how many a queue's card says there are; None where it is closed."""
    which = {"challenge": challenge, "number": number, "community": community.id}
    row = tx.one(_IS_OPEN, **which)
    return row["shown"] if row else None


def take_next(
    tx: Transaction,
    community: Community,
    challenge: int,
    member: int,
    at: datetime,
    after: int = 0,
) -> int | None:
    """Have the oldest that waits, behind ``after``, lie before a moderator.

    Passed by is what they may not judge, and what lies before another moderator. None
    where nothing else waits.
    """
    asked = {"challenge": challenge, "community": community.id, "member": member}
    row = tx.one(_NEXT, **asked, after=after, since=to_ms(at - HELD_FOR))
    if row is None:
        return None
    tx.run(_TAKE, **asked, checkin=row["id"], at=to_ms(at))
    return int(row["id"])
