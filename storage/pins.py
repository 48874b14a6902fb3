"""What is to stand pinned, and does not yet.

A pin follows its message: it is due once that is posted, and again after each edit
where it could not be done before. What a person unpins stays so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    Spot,
    ThreadRef,
)
from storage.database import Transaction
from storage.deliveries import PINS
from storage.instants import from_ms, to_ms

# An edit that waits is no reason to wait with the pin.
_DUE = """
SELECT o.id, o.kind, o.place, o.thread, o.message_id, o.pinned, o.pin_attempts, o.call,
  c.platform, c.platform_id
FROM outbox AS o JOIN communities AS c ON c.id = o.community
WHERE o.pin_due_at <= :now AND o.message_id IS NOT NULL
  AND o.gone = 0 AND o.state <> 'dead'
  AND c.platform = :platform AND c.left_at IS NULL
ORDER BY o.pin_due_at, o.id LIMIT :most
"""

_NEXT_DUE = "SELECT min(pin_due_at) AS at FROM outbox WHERE pin_due_at > :now"

_CHANGE = """
UPDATE outbox SET
  pinned = :pinned, pin_attempts = 0, pin_refused = 0,
  pin_due_at = CASE WHEN message_id IS NOT NULL THEN :at END
WHERE community = :community AND key = :key AND pinned <> :pinned
  AND gone = 0 AND state <> 'dead'
"""

# Where it was to be otherwise meanwhile, that is still to be done.
_DONE = """
UPDATE outbox SET pin_due_at = NULL, pin_attempts = 0, pin_refused = 0
WHERE id = :id AND pinned = :pinned
"""

_AGAIN = """
UPDATE outbox SET pin_due_at = :due_at, pin_attempts = pin_attempts + 1
WHERE id = :id AND pinned = :pinned
"""

_REFUSED = """
UPDATE outbox SET pin_due_at = NULL, pin_attempts = 0, pin_refused = :told
WHERE id = :id AND pinned = :pinned
"""

_KNOWN_HERE = """
SELECT 1 FROM outbox AS o JOIN outbox AS here
  ON here.community = o.community AND here.kind = o.kind AND here.place = o.place
WHERE here.id = :id AND o.pinned = 1 AND o.pin_refused = 1 AND o.gone = 0
LIMIT 1
"""

# Somebody saw to it: what fails there from now on is news again.
_FORGIVE = """
UPDATE outbox SET pin_refused = 0
WHERE pinned = 1 AND pin_refused = 1 AND (community, kind, place) IN (
  SELECT community, kind, place FROM outbox WHERE id = :id)
"""


@dataclass(frozen=True, slots=True)
class Pin:
    """A message that stands, and is to be pinned there or no longer.

    Attributes:
        wanted: Whether it is to be pinned; else it is to be taken off.

        attempts: Attempts that failed in a row.

        call: Id of the call that caused the message, for the log.
    """

    id: int
    to: Spot
    message_id: str
    wanted: bool
    attempts: int
    call: str


def change(
    tx: Transaction, community: Community, key: str, at: datetime, *, pinned: bool
) -> None:
    """Have a message pinned where it stands or will stand, or no longer."""
    tx.run(_CHANGE, community=community.id, key=key, pinned=int(pinned), at=to_ms(at))
    tx.wake(PINS)


def due(
    tx: Transaction, platform: PlatformName, now: datetime, most: int
) -> Sequence[Pin]:
    """Return what is to be pinned or unpinned on one platform, at most ``most``."""
    rows = tx.all(_DUE, platform=platform, now=to_ms(now), most=most)
    return [_pin(row) for row in rows]


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """Return the next instant after ``now`` at which a pin is tried again."""
    row = tx.one(_NEXT_DUE, now=to_ms(now))
    return from_ms(row["at"]) if row and row["at"] is not None else None


def done(tx: Transaction, pin: Pin) -> None:
    """Note that it is as it should be."""
    if tx.run(_DONE, **_wish(pin)) and pin.wanted:
        tx.run(_FORGIVE, id=pin.id)


def dropped(tx: Transaction, pin: Pin) -> None:
    """Note that nothing is left to be pinned."""
    tx.run(_DONE, **_wish(pin))


def again(tx: Transaction, pin: Pin, due_at: datetime) -> None:
    """Note that it was not taken, and when to try again."""
    tx.run(_AGAIN, **_wish(pin), due_at=to_ms(due_at))
    tx.wake("calendar")


def refused(tx: Transaction, pin: Pin) -> bool:
    """Note that it stands unpinned; return whether that is news for its place."""
    known = tx.one(_KNOWN_HERE, id=pin.id) is not None
    changed = tx.run(_REFUSED, **_wish(pin), told=int(pin.wanted))
    return bool(changed) and pin.wanted and not known


def _wish(pin: Pin) -> dict[str, int]:
    return {"id": pin.id, "pinned": int(pin.wanted)}


def _pin(row: sqlite3.Row) -> Pin:
    community = CommunityRef(PlatformName(row["platform"]), row["platform_id"])
    to: Spot = MemberRef(community, row["place"])
    if row["kind"] == "channel":
        to = ChannelRef(community, row["place"])
        to = ThreadRef(to, row["thread"]) if row["thread"] is not None else to
    return Pin(
        id=row["id"],
        to=to,
        message_id=row["message_id"],
        wanted=bool(row["pinned"]),
        attempts=row["pin_attempts"],
        call=row["call"],
    )
