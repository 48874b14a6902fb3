"""When something falls due next that nobody has to ask for."""

from __future__ import annotations

from datetime import datetime

from storage import calendar, deliveries, mirrored, pins
from storage.challenges import live
from storage.database import Transaction


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """Return the next instant at which there is something to do; None for never."""
    found = (
        deliveries.next_due(tx, now),
        pins.next_due(tx, now),
        mirrored.next_due(tx, now),
        live.next_due(tx),
        calendar.next_due(tx),
    )
    return min((due for due in found if due), default=None)
