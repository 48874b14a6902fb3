"""What teams have together: what all who are in one have. Nothing is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.community import Community
from storage.challenges import book
from storage.database import Transaction

# Whoever is hidden still counts for their team: that names nobody.
_TEAMS = """
SELECT t.id, w.body, t.size, coalesce(sum(s.points), 0) AS points,
  coalesce(sum(s.days), 0) AS days, max(s.reached_at) AS reached_at
FROM challenge_teams AS t
LEFT JOIN words AS w ON w.id = t.name
JOIN challenge_entrants AS e ON e.team = t.id
JOIN challenge_scores AS s ON s.challenge = e.challenge AND s.member = e.member
WHERE t.community = :community AND t.challenge = :challenge AND t.size >= :fewest
GROUP BY t.id, w.body, t.size
ORDER BY points DESC, max(s.reached_at), t.id LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """Where a team stands: what all who are in it have, together.

    Attributes:
        team: Its id.

        name: None once whoever made it is erased.
    """

    rank: int
    team: int
    name: str | None
    points: int
    days: int
    size: int


def teams(
    tx: Transaction, community: Community, challenge: int, most: int
) -> Sequence[TeamPlace]:
    """Return the first ``most`` teams that are large enough and have anything."""
    found = book.get(tx, community, challenge)
    fewest = found.terms.team_min if found else 1
    asked = {"community": community.id, "challenge": challenge, "most": most}
    return [
        TeamPlace(rank, row["id"], row["body"], row["points"], row["days"], row["size"])
        for rank, row in enumerate(tx.all(_TEAMS, **asked, fewest=fewest), 1)
    ]
