"""Who thanks each other often."""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Community
from storage.database import Transaction
from storage.instants import to_ms

# Two index look-ups, one for each direction.
_FREQUENT = """
SELECT other FROM (
  SELECT r.receiver AS other, r.shoutout FROM shoutouts AS s
  JOIN shoutout_receivers AS r ON r.shoutout = s.id
  WHERE s.community = :community AND s.giver = :member AND s.given_at > :since
  UNION ALL
  SELECT giver, shoutout FROM shoutout_receivers
  WHERE community = :community AND receiver = :member AND given_at > :since
) AS between_them
WHERE NOT EXISTS (SELECT 1 FROM retractions AS x
                  WHERE x.shoutout = between_them.shoutout)
GROUP BY other HAVING count(*) >= :least
"""


def frequent(
    tx: Transaction, community: Community, member: int, since: datetime, least: int
) -> frozenset[int]:
    """Return with whom ``member`` has exchanged at least so many thanks since then.

    Both directions count together, in private as well; what was taken back does not.
    """
    rows = tx.all(
        _FREQUENT,
        community=community.id,
        member=member,
        since=to_ms(since),
        least=least,
    )
    return frozenset(row["other"] for row in rows)
