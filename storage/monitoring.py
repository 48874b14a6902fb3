"""What a monitoring system is told of the database: few numbers, and of nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Transaction
from storage.instants import from_ms

# Each state has an index of its own.
_WAITING = """
SELECT c.platform, count(*) AS waiting, min(o.queued_at) AS since
FROM outbox AS o JOIN communities AS c ON c.id = o.community
WHERE o.state IN ('new', 'sending') AND o.message_id IS NULL
GROUP BY c.platform
"""

_PARKED = """
SELECT c.platform, count(*) AS parked
FROM outbox AS o JOIN communities AS c ON c.id = o.community
WHERE o.state = 'parked' GROUP BY c.platform
"""

_COMMUNITIES = """
SELECT platform, count(*) AS here FROM communities WHERE left_at IS NULL
GROUP BY platform
"""


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to be sent on one platform.

    Attributes:
        since: When the first of it was queued.
    """

    platform: str
    waiting: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Levels:
    """How full everything is.

    Attributes:
        parked: What was set aside, by platform.

        communities: How many Laurel is in, by platform.
    """

    queues: Sequence[Queue]
    parked: Mapping[str, int]
    communities: Mapping[str, int]


def levels(tx: Transaction) -> Levels:
    """Return what waits, what was set aside, and where Laurel is."""
    return Levels(
        [
            Queue(row["platform"], row["waiting"], from_ms(row["since"]))
            for row in tx.all(_WAITING)
        ],
        {row["platform"]: row["parked"] for row in tx.all(_PARKED)},
        {row["platform"]: row["here"] for row in tx.all(_COMMUNITIES)},
    )
