"""How a courier settles one delivery and claims the next, in one commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from storage import deliveries, digests, drawings, silence
from storage.database import Transaction
from storage.delivery import Delivery, Lane
from storage.digests import Foldings
from storage.drawings import Draws
from storage.instants import to_ms

_BEGIN = """
UPDATE outbox SET sending_at = :at
WHERE id = :id AND state = 'sending' AND gone = 0 AND version = :version
RETURNING id
"""

Settle = Callable[[Transaction], None]
"""Notes how an attempt went."""


@dataclass(frozen=True, slots=True)
class Drawings:
    """What messages without a body are drawn by.

    Attributes:
        draws: What draws single messages.

        foldings: What tells many of them in few.
    """

    draws: Draws = field(default_factory=dict)
    foldings: Foldings = ()


AS_IT_IS = Drawings()
"""Where nothing is drawn at delivery."""


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
    drawn_by: Drawings,
) -> Delivery | None:
    """Settle, fold and draw as need be, and claim what is due.

    A head that is not due yet, or whose outcome is open, is returned as it is.
    """
    foldings = drawn_by.foldings
    failed = None
    if done is not None:
        done.settle(tx)
        failed = done.head.id
        if digests.is_late(done.head, now):  # whether or not it got through at last
            digests.catch_up(tx, lane, done.head, foldings, now)
    head = _head(tx, lane, now, failed)
    if head and head.is_due(now) and digests.is_late(head, now):
        digests.catch_up(tx, lane, head, foldings, now)
        head = _head(tx, lane, now)
    while head and head.is_due(now) and head.is_undrawn:
        drawn = _draw(tx, lane, head, drawn_by, now)
        if drawn is not None:
            head = drawn  # undrawn still where nobody can: then it is set aside
            break
        head = _head(tx, lane, now)
    if head and head.is_due(now):
        head = drawings.about(tx, lane, head, drawn_by.draws, now)
        deliveries.claim(tx, head, now)
    return head


def _head(
    tx: Transaction, lane: Lane, now: datetime, failed: int | None = None
) -> Delivery | None:
    """Return what is next; put off where it is for somebody who rests."""
    head = deliveries.head(tx, lane, now, failed)
    if head is None or not head.is_due(now):
        return head
    return silence.put_off(tx, lane, head, now)


def _draw(
    tx: Transaction, lane: Lane, head: Delivery, drawn_by: Drawings, now: datetime
) -> Delivery | None:
    if head.part is not None:
        return digests.draw(tx, lane, head, drawn_by.foldings, now)
    return drawings.draw(tx, lane, head, drawn_by.draws, now)


def begin(tx: Transaction, delivery: Delivery, now: datetime) -> bool:
    """Note that ``delivery``, which was claimed before, is sent from now on.

    Returns False where it is another message by now, or none.
    """
    asked = {"id": delivery.id, "version": delivery.version, "at": to_ms(now)}
    return tx.one(_BEGIN, **asked) is not None
