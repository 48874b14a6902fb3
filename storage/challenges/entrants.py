"""Who takes part in a challenge. Teams are kept by `storage.challenges.teams`."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage import activity
from storage.activity import Fact
from storage.challenges import scores, teams
from storage.challenges.teams import Team
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

__all__ = [
    "CLAIMS",
    "Entrant",
    "Team",
    "count",
    "entrant",
    "join",
    "leave",
    "of",
    "of_member",
]

# Who comes back finds what they did before.
_JOIN = """
INSERT INTO challenge_entrants (challenge, member, community, joined_at)
SELECT c.id, :member, c.community, :at FROM challenges AS c
WHERE c.id = :challenge AND c.community = :community
  AND c.state IN ('open', 'running')
ON CONFLICT (challenge, member) DO UPDATE SET left_at = NULL
WHERE left_at IS NOT NULL
"""

_LEAVE = """
UPDATE challenge_entrants SET left_at = :at, team = NULL
WHERE challenge = :challenge AND community = :community AND member = :member
  AND left_at IS NULL
"""

_GET = """
SELECT * FROM challenge_entrants WHERE challenge = :challenge AND member = :member
"""

_OF = """
SELECT * FROM challenge_entrants
WHERE community = :community AND challenge = :challenge AND left_at IS NULL
  AND member > :after
ORDER BY member LIMIT :most
"""

_OF_MEMBER = """
SELECT * FROM challenge_entrants
WHERE member = :member AND community = :community AND left_at IS NULL
ORDER BY challenge DESC
"""

_COUNT = """
SELECT count(*) AS entrants FROM challenge_entrants
WHERE challenge = :challenge AND left_at IS NULL
"""

CLAIMS = (
    Claim(
        "challenge_entrants",
        "community = :community AND member = :member",
        Keep("how many took part is a figure that others were told"),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Entrant:
    """Somebody who takes part in a challenge, or did.

    Attributes:
        challenge: Its id.

        member: Their key.

        team: Id of their team; None for none.

        joined_at: When they first did.

        left_at: None for who takes part.
    """

    challenge: int
    member: int
    team: int | None
    joined_at: datetime
    left_at: datetime | None

    @property
    def here(self) -> bool:
        """Whether they take part."""
        return self.left_at is None


def join(
    tx: Transaction,
    community: Community,
    challenge: int,
    member: int,
    call: str,
    at: datetime,
) -> bool:
    """Have a member take part; False where they do, or nobody can join it."""
    which = {"community": community.id, "challenge": challenge, "member": member}
    if not tx.run(_JOIN, **which, at=to_ms(at)):
        return False
    scores.recount(tx, community, challenge, member, at)
    _tell(tx, community, ("joined", 1), (challenge, member, call), at)
    return True


def leave(
    tx: Transaction,
    community: Community,
    challenge: int,
    member: int,
    call: str,
    at: datetime,
) -> bool:
    """Have a member take part no more, nor in a team; False where they do not.

    What they checked in for stays, and counts again once they come back.
    """
    teams.leave(tx, community, challenge, member)
    which = {"community": community.id, "challenge": challenge, "member": member}
    if not tx.run(_LEAVE, **which, at=to_ms(at)):
        return False
    scores.recount(tx, community, challenge, member, at)
    _tell(tx, community, ("left", -1), (challenge, member, call), at)
    return True


def entrant(tx: Transaction, challenge: int, member: int) -> Entrant | None:
    """Return somebody who takes part, or did; None where they never joined."""
    row = tx.one(_GET, challenge=challenge, member=member)
    return _entrant(row) if row else None


def of(
    tx: Transaction,
    community: Community,
    challenge: int,
    most: int = 1_000_000,
    after: int = -1,
) -> Sequence[Entrant]:
    """Return up to ``most`` who take part, by key, behind the key ``after``."""
    asked = {"community": community.id, "challenge": challenge}
    return [_entrant(row) for row in tx.all(_OF, **asked, most=most, after=after)]


def of_member(tx: Transaction, community: Community, member: int) -> Sequence[Entrant]:
    """Return what a member takes part in, over or not, the newest first."""
    asked = {"community": community.id, "member": member}
    return [_entrant(row) for row in tx.all(_OF_MEMBER, **asked)]


def count(tx: Transaction, challenge: int) -> int:
    """Return how many take part."""
    row = tx.one(_COUNT, challenge=challenge)
    return int(row["entrants"]) if row else 0


def _tell(
    tx: Transaction,
    community: Community,
    what: tuple[str, int],
    who: tuple[int, int, str],
    at: datetime,
) -> None:
    (done, amount), (challenge, member, call) = what, who
    ref = f"challenges:{challenge}"
    fact = Fact(f"challenges.{done}", member, member, amount, call, ref)
    activity.add(tx, community, fact, at)


def _entrant(row: sqlite3.Row) -> Entrant:
    left_at = row["left_at"]
    return Entrant(
        challenge=row["challenge"],
        member=row["member"],
        team=row["team"],
        joined_at=from_ms(row["joined_at"]),
        left_at=None if left_at is None else from_ms(left_at),
    )
