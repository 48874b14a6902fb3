"""What the courier could not deliver, and how it is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import ChannelRef
from storage.database import Transaction, Value
from storage.deliveries import MAX_ATTEMPTS
from storage.delivery import Delivery
from storage.instants import from_ms, to_ms

# What is parked, and what is in doubt. By state, since the indexes are.
_SET_ASIDE = """
SELECT id FROM outbox
WHERE community = :community AND state = 'parked'
UNION ALL
SELECT id FROM outbox
WHERE community = :community AND state IN ('new', 'sending')
  AND attempts >= :doubt
"""

_PARKED = f"""
SELECT id, kind, place, reason, gone, queued_at FROM outbox
WHERE id IN ({_SET_ASIDE}) ORDER BY id LIMIT :most
"""  # noqa: S608  made of this module's own words, as what follows

_PARKED_COUNT = f"SELECT count(*) AS parked FROM ({_SET_ASIDE})"  # noqa: S608

_PARKED_HERE = f"""
SELECT id FROM outbox
WHERE kind = :kind AND place = :place AND id IN ({_SET_ASIDE}) LIMIT 2
"""  # noqa: S608

# What may stand on the platform already is looked for first, as after a crash.
_REPLAY = f"""
UPDATE outbox SET
  state = CASE WHEN state = 'parked' AND sending_at IS NOT NULL THEN 'sending'
               ELSE 'new' END,
  attempts = 0, tried_at = NULL, due_at = :at
WHERE id = :id AND state <> 'sending' AND id IN ({_SET_ASIDE})
"""  # noqa: S608

_UNSEEN = """
SELECT coalesce(sum(unseen), 0) AS unseen FROM outbox
WHERE community = :community AND unseen > 0 AND queued_at >= :since
"""

# What may stand where it was sent to stays there, or it would stand twice. When the
# first attempt was is kept: so many that waited are told in a digest.
_FOLLOW = """
UPDATE outbox SET
  place = :place, state = 'new', reason = NULL, attempts = 0, due_at = :at
WHERE community = :community AND kind = 'channel' AND place <> :place
  AND state = 'parked' AND reason LIKE 'channel-gone%'
  AND message_id IS NULL AND sending_at IS NULL AND unseen = 0 AND gone = 0
  AND substr(key, 1, length(:prefix)) = :prefix
RETURNING key
"""


@dataclass(frozen=True, slots=True)
class Parked:
    """A message that could not be delivered and waits for a moderator.

    Attributes:
        channel: None for a member's direct messages.

        stands: Whether it was to be taken down, and still stands.
    """

    id: int
    channel: ChannelRef | None
    reason: str
    stands: bool
    queued_at: datetime


def parked(tx: Transaction, community: Community, most: int) -> Sequence[Parked]:
    """Return what is set aside, oldest first."""
    return [
        Parked(
            id=row["id"],
            channel=ChannelRef(community.ref, row["place"])
            if row["kind"] == "channel"
            else None,
            reason=row["reason"],
            stands=bool(row["gone"]),
            queued_at=from_ms(row["queued_at"]),
        )
        for row in tx.all(_PARKED, **_here(community), most=most)
    ]


def parked_count(tx: Transaction, community: Community) -> int:
    """Return how many messages are set aside."""
    row = tx.one(_PARKED_COUNT, **_here(community))
    return int(row["parked"]) if row else 0


def unseen(tx: Transaction, community: Community, since: datetime) -> int:
    """Return how many posts may stand twice of what was queued from ``since`` on.

    They were sent again though Laurel may not look whether they stood already.
    """
    row = tx.one(_UNSEEN, community=community.id, since=to_ms(since))
    return int(row["unseen"]) if row else 0


def is_first_parked(tx: Transaction, community: Community, delivery: Delivery) -> bool:
    """Return whether ``delivery`` is set aside, and nothing else for its place is."""
    kind = "channel" if isinstance(delivery.to, ChannelRef) else "member"
    place = delivery.to.id
    rows = tx.all(_PARKED_HERE, **_here(community), kind=kind, place=place)
    return [delivery.id] == [row["id"] for row in rows]


def replay(tx: Transaction, community: Community, row: int, now: datetime) -> bool:
    """Queue one again; False where it is no longer set aside."""
    tx.wake("outbox")
    return bool(tx.run(_REPLAY, **_here(community), id=row, at=to_ms(now)))


def follow(
    tx: Transaction, community: Community, to: ChannelRef, prefix: str, at: datetime
) -> list[str]:
    """Send to another channel what waits for one that is gone; return its keys.

    Only what was never posted, and has a key that begins with ``prefix``.
    """
    asked: dict[str, Value] = {"place": to.id, "prefix": prefix, "at": to_ms(at)}
    rows = tx.all(_FOLLOW, community=community.id, **asked)
    if rows:
        tx.wake("outbox")
    return [row["key"] for row in rows]


def _here(community: Community) -> dict[str, Value]:
    return {"community": community.id, "doubt": MAX_ATTEMPTS}
