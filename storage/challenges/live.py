"""How often the message with a challenge's board is edited.

At once where it has stood for `PACE`, and else as soon as it has: what changes
meanwhile is told by one edit. What waits for that waits here and not in the outbox,
where everything behind it in the channel would wait as well.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.community import Community
from storage import communities, outbox
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

PACE = timedelta(seconds=30)
"""From one edit of the same message to the next."""

SOON = timedelta(seconds=1)
"""When it is looked again for one that is being sent."""

# Its last attempt, whether it got through or not, is when it was last edited.
_POST = """
SELECT state, sending_at FROM outbox
WHERE community = :community AND key = :key AND gone = 0
  AND state IN ('sent', 'sending')
"""

# Whoever comes later does not put it off.
_WAIT = """
INSERT INTO challenge_boards (community, key, due_at) VALUES (:community, :key, :due)
ON CONFLICT (community, key) DO NOTHING
"""

_FRESH = "DELETE FROM challenge_boards WHERE community = :community AND key = :key"

_DUE = (
    "SELECT community, key FROM challenge_boards WHERE due_at <= :now ORDER BY due_at"
)

_NEXT_DUE = "SELECT min(due_at) AS at FROM challenge_boards"

_NAMES = """
SELECT 1 FROM outbox AS o JOIN outbox_names AS n ON n.row = o.id
WHERE o.community = :community AND o.key = :key AND n.member = :member
"""

CLAIMS = (
    Impersonal("challenge_boards", "which boards are to be drawn anew", ("key",)),
)


def touch(tx: Transaction, community: Community, key: str, now: datetime) -> None:
    """Have the board that is called ``key`` show what is so, within `PACE`.

    One that is still to be sent shows it by itself.
    """
    row = tx.one(_POST, community=community.id, key=key)
    if row is None:
        return
    free_at = from_ms(row["sending_at"]) + PACE
    if row["state"] == "sent" and free_at <= now:
        drawn(tx, community, key)
        outbox.redraw(tx, community, key, now)
        return
    due = max(free_at, now + SOON)
    if tx.run(_WAIT, community=community.id, key=key, due=to_ms(due)):
        tx.wake("calendar")


def drawn(tx: Transaction, community: Community, key: str) -> None:
    """Note that a board is being drawn, with all that is so by now."""
    tx.run(_FRESH, community=community.id, key=key)


def refresh(tx: Transaction, now: datetime) -> None:
    """Have the boards be drawn anew whose time has come."""
    for row in tx.all(_DUE, now=to_ms(now)):
        community = communities.by_id(tx, row["community"])
        drawn(tx, community, row["key"])
        touch(tx, community, row["key"], now)


def next_due(tx: Transaction) -> datetime | None:
    """Return when a board is to be drawn anew next; None where all show what is so."""
    row = tx.one(_NEXT_DUE)
    return from_ms(row["at"]) if row and row["at"] is not None else None


def names(tx: Transaction, community: Community, key: str, member: int) -> bool:
    """Return whether the message that is called ``key`` names a member."""
    row = tx.one(_NAMES, community=community.id, key=key, member=member)
    return row is not None
