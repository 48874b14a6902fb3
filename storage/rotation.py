"""Who can be drawn for a committee, and whose turn it is."""

from __future__ import annotations

from datetime import datetime

from bot.domain.committees import SEEN_WITHIN
from bot.domain.community import Community
from bot.domain.draws import Pool, Round
from storage import committees
from storage.database import Transaction
from storage.instants import to_ms

# Who was seen of late was met, thanked or was thanked, nominated or voted. Nobody is
# named against their wish, and whoever is drawn must hear of it.
_ELIGIBLE = """
SELECT m.key FROM members AS m
WHERE m.community = :community AND m.here = 1 AND m.bot = 0 AND m.takes_dms = 1
  AND m.level IN ('public', 'channel')
  AND (m.met_at > :since
    OR EXISTS (SELECT 1 FROM shoutouts AS s
               WHERE s.community = :community AND s.giver = m.key
                 AND s.given_at > :since)
    OR EXISTS (SELECT 1 FROM shoutout_receivers AS r
               WHERE r.community = :community AND r.receiver = m.key
                 AND r.given_at > :since)
    OR EXISTS (SELECT 1 FROM nominations AS n
               WHERE n.community = :community AND n.nominator = m.key
                 AND n.said_at > :since)
    OR EXISTS (SELECT 1 FROM votes AS v
               WHERE v.voter = m.key AND v.cast_at > :since))
  AND NOT EXISTS (SELECT 1 FROM committee_seats AS t
                  WHERE t.committee = :last AND t.member = m.key AND t.turn IS NOT NULL)
ORDER BY m.key
"""

_LAST = """
SELECT max(id) AS id FROM committees WHERE community = :community AND seed IS NOT NULL
"""

# In which round each last had their turn. Whoever was out before they had a seat has
# had none.
_TURNS = """
SELECT t.member, max(t.turn) AS turn FROM committees AS c
JOIN committee_seats AS t ON t.committee = c.id
WHERE c.community = :community AND t.turn IS NOT NULL GROUP BY t.member
"""

# A round has committees one after the other, and begins with the first.
_BEGAN = """
SELECT c.id FROM committees AS c
WHERE c.community = :community AND EXISTS (
  SELECT 1 FROM committee_seats AS t WHERE t.committee = c.id AND t.turn = :turn)
ORDER BY c.id LIMIT 1
"""


def eligible(tx: Transaction, community: Community, now: datetime) -> Pool:
    """Return who could be drawn.

    Members whom Laurel has met, who are here and people, may be named and written to,
    were seen within `SEEN_WITHIN`, and had no seat in the last committee.
    """
    last = tx.one(_LAST, community=community.id)
    rows = tx.all(
        _ELIGIBLE,
        community=community.id,
        since=to_ms(now - SEEN_WITHIN),
        last=last["id"] if last else None,
    )
    return current(tx, community).pool(row["key"] for row in rows)


def current(tx: Transaction, community: Community) -> Round:
    """Return how far the round has come that runs."""
    rows = tx.all(_TURNS, community=community.id)
    if not rows:
        return Round()
    turn = max(row["turn"] for row in rows)
    had = frozenset(row["member"] for row in rows if row["turn"] == turn)
    before = frozenset(row["member"] for row in rows)
    began = tx.one(_BEGAN, community=community.id, turn=turn)
    if began is None:
        raise LookupError("a round has a first committee")
    listed = committees.pool(tx, community, began["id"]).everybody
    return Round(had, before, frozenset(listed))
