"""Who has which part in what is to be decided about somebody's days.

It is for whoever has none. Where no moderator whom Laurel knows is like that, and it
has waited for `PATIENCE` for one whom Laurel does not know yet, it is for whoever has
the least, and everybody reads that it was so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from bot.domain.community import Community
from bot.domain.people import Role
from storage.database import Transaction

PATIENCE = timedelta(hours=48)
"""For how long it waits for somebody without a part; a result waits for longer."""

MOST_NAMED = 3
"""Who are named where only few are left."""

# What they answered themselves decides nothing.
_PARTS = """
SELECT m.key, m.role, CASE
  WHEN m.key = :member THEN 4
  WHEN own.team = theirs.team THEN 3
  WHEN NOT :place THEN 0
  WHEN own.member IS NOT NULL THEN 2
  WHEN EXISTS (
    SELECT 1 FROM verdicts AS v JOIN checkins AS c ON c.id = v.checkin
    WHERE v.member = m.key AND v.state <> 'waiting'
      AND c.challenge = :challenge AND c.member = :member) THEN 1
  ELSE 0 END AS part
FROM members AS m
LEFT JOIN challenge_entrants AS own ON own.challenge = :challenge
  AND own.member = m.key AND own.left_at IS NULL
LEFT JOIN challenge_entrants AS theirs ON theirs.challenge = :challenge
  AND theirs.member = :member AND theirs.left_at IS NULL
WHERE m.community = :community AND {who}
"""

_OF = _PARTS.format(who="m.key = :key")

_MODERATORS = _PARTS.format(
    who="m.role >= :moderator AND m.here = 1 AND m.bot = 0 ORDER BY part, met_at, m.key"
)

_TAKEN = """
SELECT
  (SELECT count(*) FROM verdicts AS v JOIN checkins AS c ON c.id = v.checkin
   WHERE v.part > 0 AND c.challenge = :challenge) +
  (SELECT count(*) FROM challenge_dispute_answers AS a
   JOIN challenge_disputes AS d ON d.id = a.dispute
   WHERE a.part > 0 AND d.challenge = :challenge) AS count
"""


class Part(IntEnum):
    """What somebody has to do with it, the least first.

    ``JUDGED``: they judged a day of whom it is about. ``ENTRANT``: they take part in
    the challenge. ``MATE``: in the same team. ``OWN``: it is about themselves.
    """

    NONE = 0
    JUDGED = 1
    ENTRANT = 2
    MATE = 3
    OWN = 4


@dataclass(frozen=True, slots=True)
class Matter:
    """What is to be decided.

    Attributes:
        member: Key of whom it is about.

        since: When it began to wait.

        place: Whether it is about their place, which is measured by everybody's; else
            about one of their check-ins.
    """

    challenge: int
    member: int
    since: datetime
    place: bool = False

    @property
    def free_at(self) -> datetime:
        """From when on it is for whoever has the least part in it."""
        return self.since + PATIENCE


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who of those whom Laurel knows decide, where not every moderator can.

    Attributes:
        members: Their keys, at most `MOST_NAMED`; those known longest first.

        part: What they have to do with it themselves.
    """

    members: Sequence[int]
    part: Part


def of(tx: Transaction, community: Community, matter: Matter, member: int) -> Part:
    """Return what ``member`` has to do with it."""
    row = tx.one(_OF, **_asked(community, matter), key=member)
    return Part(row["part"]) if row else Part.NONE


def is_least(tx: Transaction, community: Community, matter: Matter, part: Part) -> bool:
    """Return whether no moderator whom Laurel knows has less to do with it."""
    asked = {**_asked(community, matter), "moderator": int(Role.MODERATOR)}
    row = tx.one(_MODERATORS, **asked)
    return row is None or part <= row["part"]


def deciders(tx: Transaction, community: Community, matter: Matter) -> Deciders | None:
    """Return for whom it is; None where some moderator has no part in it."""
    asked = {**_asked(community, matter), "moderator": int(Role.MODERATOR)}
    rows = tx.all(_MODERATORS, **asked)
    least = [row for row in rows if row["part"] == rows[0]["part"]]
    if not least or any(r["role"] == Role.MODERATOR and not r["part"] for r in least):
        return None
    keys = [row["key"] for row in least[:MOST_NAMED]]
    return Deciders(keys, Part(least[0]["part"]))


def taken(tx: Transaction, challenge: int) -> int:
    """Return how many decisions somebody made who had a part in it."""
    row = tx.one(_TAKEN, challenge=challenge)
    return int(row["count"]) if row else 0


def _asked(community: Community, matter: Matter) -> dict[str, int]:
    return {
        "community": community.id,
        "challenge": matter.challenge,
        "member": matter.member,
        "place": int(matter.place),
    }
