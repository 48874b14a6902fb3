"""Who was thanked between two instants, and by how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage import shoutouts
from storage.database import Transaction
from storage.instants import to_ms
from storage.shoutouts import Kept

# Those alone who may be on a ranked list, and shoutouts whose words are still there.
_STANDING = """
FROM shoutouts AS s
JOIN shoutout_receivers AS r ON r.shoutout = s.id AND r.public = 1
JOIN words AS w ON w.id = s.words
JOIN members AS m ON m.key = r.receiver AND m.here = 1 AND m.on_boards = 1
  AND m.level IN ('public', 'channel')
WHERE s.community = :community AND s.given_at >= :since AND s.given_at < :until
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = s.id)
"""

_THANKED = f"""
SELECT r.receiver, count(DISTINCT s.giver) AS givers {_STANDING}
GROUP BY r.receiver ORDER BY givers DESC, min(s.id) LIMIT :most
"""

_SHOWN = f"""
SELECT s.id {_STANDING} AND r.receiver = :receiver
ORDER BY s.value IS NULL, s.id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Thanked:
    """One who was thanked.

    Attributes:
        member: Their key.

        givers: How many different people thanked them.

        kept: The first shoutout with one of the community's values, or else the first.
    """

    member: int
    givers: int
    kept: Kept


def thanked(
    tx: Transaction,
    community: Community,
    since: datetime,
    until: datetime,
    most: int,
) -> Sequence[Thanked]:
    """Return who was thanked from ``since`` to before ``until``.

    First come those whom most different people thanked, then who was thanked first.
    Whoever left, stays off boards or is seen in private alone is not among them.
    """
    asked = {
        "community": community.id,
        "since": to_ms(since),
        "until": to_ms(until),
    }
    found: list[Thanked] = []
    for row in tx.all(_THANKED, **asked, most=most):
        shown = tx.one(_SHOWN, **asked, receiver=row["receiver"])
        kept = shoutouts.get(tx, community, shown["id"]) if shown else None
        if kept is not None:
            found.append(Thanked(row["receiver"], row["givers"], kept))
    return found
