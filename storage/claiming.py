"""How a courier settles one delivery and claims the next, in one commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage import deliveries, digests
from storage.database import Transaction
from storage.deliveries import Delivery, Lane
from storage.digests import Foldings
from storage.instants import to_ms

_BEGIN = """
UPDATE outbox SET sending_at = :at
WHERE id = :id AND state = 'sending' AND gone = 0 AND version = :version
RETURNING id
"""

Settle = Callable[[Transaction], None]
"""Notes how an attempt went."""


@dataclass(frozen=True, slots=True)
class Done:
    """A delivery that was attempted, and what is to be noted of it."""

    head: Delivery
    settle: Settle


def claim_next(
    tx: Transaction,
    lane: Lane,
    now: datetime,
    done: Done | None,
    foldings: Foldings,
) -> Delivery | None:
    """Settle, fold and draw as need be, and claim what is due.

    A head that is not due yet, or whose outcome is open, is returned as it is.
    """
    failed = None
    if done is not None:
        done.settle(tx)
        failed = done.head.id
        if digests.is_late(done.head, now):  # whether or not it got through at last
            digests.catch_up(tx, lane, done.head, foldings, now)
    head = deliveries.head(tx, lane, now, failed)
    if head and head.is_due(now) and digests.is_late(head, now):
        digests.catch_up(tx, lane, head, foldings, now)
        head = deliveries.head(tx, lane, now)
    while head and head.is_due(now) and head.is_undrawn:
        if not digests.draw(tx, lane, head.id, foldings, now):
            break  # it is parked as what cannot be drawn
        head = deliveries.head(tx, lane, now)
    if head and head.is_due(now):
        deliveries.claim(tx, head, now)
    return head


def begin(tx: Transaction, delivery: Delivery, now: datetime) -> bool:
    """Note that ``delivery``, which was claimed before, is sent from now on.

    Returns False where it is another message by now, or none.
    """
    asked = {"id": delivery.id, "version": delivery.version, "at": to_ms(now)}
    return tx.one(_BEGIN, **asked) is not None
