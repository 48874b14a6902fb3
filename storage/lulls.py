"""Recaps in a row that had nothing to tell, whether they were posted or not."""

from __future__ import annotations

from itertools import takewhile

from bot.domain.community import Community
from storage.database import Transaction
from storage.instants import to_ms
from storage.recaps import Kept

_BEFORE = """
SELECT thanks FROM recaps
WHERE community = :community AND period = :period AND state <> 'draft'
  AND id <> :recap AND until_at <= :until
ORDER BY until_at DESC, id DESC LIMIT :most
"""


def before(tx: Transaction, community: Community, kept: Kept, most: int) -> int:
    """Return how many stand right before ``kept``, of its period; at most ``most``."""
    rows = tx.all(
        _BEFORE,
        community=community.id,
        period=kept.period,
        recap=kept.id,
        until=to_ms(kept.span.until),
        most=most,
    )
    return sum(1 for _ in takewhile(lambda row: not row["thanks"], rows))
