"""What a community is still to be told, and what that waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.refs import CommunityRef
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_SOON = timedelta(seconds=2)
"""How long a message that is on its way does not count as waiting."""

# What is put off, as for somebody who rests, waits for nothing but its time.
_WAITING = """
SELECT count(*) OVER () AS waiting, o.state, o.due_at, o.sending_at
FROM outbox AS o JOIN communities AS c ON c.id = o.community
WHERE c.platform = :platform AND c.platform_id = :platform_id
  AND ((o.state = 'sending' AND (o.attempts > 1 OR o.sending_at <= :soon))
       OR (o.state = 'new' AND (o.attempts > 0 OR o.due_at <= :soon)))
ORDER BY o.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What waits, and how far the first of it has come.

    Attributes:
        sent_at: When the first was sent, where no answer has come yet; else None.

        due_at: When it is tried next, where it was not taken; else None.
    """

    count: int
    sent_at: datetime | None = None
    due_at: datetime | None = None


NOTHING = Undelivered(0)


def look(tx: Transaction, community: CommunityRef, now: datetime) -> Undelivered:
    """Return what has waited for a moment to be said in a community."""
    row = tx.one(
        _WAITING,
        platform=community.platform,
        platform_id=community.id,
        soon=to_ms(now - _SOON),
    )
    if row is None:
        return NOTHING
    if row["state"] == "sending":
        return Undelivered(row["waiting"], sent_at=from_ms(row["sending_at"]))
    return Undelivered(row["waiting"], due_at=from_ms(row["due_at"]))
