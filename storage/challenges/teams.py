"""Teams of a challenge: who makes one, and who is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.people import Role
from storage import words
from storage.claims import Claim, Rewrite, Shown
from storage.database import Transaction
from storage.instants import to_ms

_MAKE = """
INSERT INTO challenge_teams
  (community, challenge, name, folded, maker, size, most, made_at)
VALUES (:community, :challenge, :name, :folded, :maker, 1, :most, :at)
ON CONFLICT (challenge, folded) WHERE size > 0 DO NOTHING
RETURNING id
"""

# A place is taken by this statement, or not at all.
_TAKE = """
UPDATE challenge_teams SET size = size + 1, most = :most
WHERE id = :team AND community = :community AND challenge = :challenge
  AND size BETWEEN 1 AND :most - 1
"""

_ENTER = """
UPDATE challenge_entrants SET team = :team
WHERE challenge = :challenge AND community = :community AND member = :member
  AND left_at IS NULL AND team IS NULL
"""

_EXIT = """
UPDATE challenge_entrants SET team = NULL
WHERE challenge = :challenge AND community = :community AND member = :member
  AND team IS NOT NULL
"""

_LESS = """
UPDATE challenge_teams SET size = size - 1
WHERE challenge = :challenge AND id = (
  SELECT team FROM challenge_entrants
  WHERE challenge = :challenge AND community = :community AND member = :member)
"""

_READ = """
SELECT t.id, t.challenge, t.size, w.body FROM challenge_teams AS t
LEFT JOIN words AS w ON w.id = t.name
WHERE t.community = :community AND {which}
"""

_GET = _READ.format(which="t.id = :team")

_WITH_ROOM = _READ.format(
    which="t.challenge = :challenge AND t.size BETWEEN 1 AND :room - 1 "
    "ORDER BY t.id LIMIT :most"
)

_NAMED = _READ.format(
    which="t.challenge = :challenge AND t.folded = :folded AND t.size > 0"
)

# Whom members take at their word: nobody else is to go by their names.
_TRUSTED = """
SELECT name FROM members
WHERE community = :community AND (role > :role OR bot = 1) AND key <> :but
"""

# What is left of the name would tell how it was written.
CLAIMS = (
    Claim(
        "challenge_teams",
        "community = :community AND maker = :member",
        Rewrite(
            "folded = NULL",
            "community = :community AND maker = :member AND folded IS NOT NULL",
        ),
        {"maker": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Team:
    """Some who take part together.

    Attributes:
        challenge: Its id.

        name: None once whoever made it is erased.

        size: How many are in it; 0 once it is over.
    """

    id: int
    challenge: int
    name: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Named:
    """A team that is about to be made.

    Attributes:
        folded: What names that look alike share; see `bot.domain.lookalikes`.

        most: How many can be in it.
    """

    name: str
    folded: str
    most: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a team that somebody takes.

    Attributes:
        challenge: Its id.

        member: Their key.
    """

    challenge: int
    team: int
    member: int


def make(
    tx: Transaction,
    community: Community,
    challenge: int,
    member: int,
    named: Named,
    at: datetime,
) -> Team | None:
    """Have an entrant without a team make one; None where its name is taken.

    Raises:
        ValueError: If they do not take part, or are in a team.
    """
    name, _ = words.add(tx, community, member, named.name)
    row = tx.one(
        _MAKE,
        community=community.id,
        challenge=challenge,
        name=name,
        folded=named.folded,
        maker=member,
        most=named.most,
        at=to_ms(at),
    )
    if row is None:
        return None
    who = {"challenge": challenge, "community": community.id, "member": member}
    if not tx.run(_ENTER, team=row["id"], **who):
        raise ValueError("a team is made by who takes part and is in none")
    return Team(row["id"], challenge, named.name, 1)


def join(tx: Transaction, community: Community, seat: Seat, most: int) -> bool:
    """Take a place in a team of at most ``most``; False where none is free.

    Raises:
        ValueError: If the member does not take part, or is in a team.
    """
    where = {"challenge": seat.challenge, "community": community.id, "team": seat.team}
    if not tx.run(_TAKE, **where, most=most):
        return False
    if not tx.run(_ENTER, **where, member=seat.member):
        raise ValueError("a team is joined by who takes part and is in none")
    return True


def leave(tx: Transaction, community: Community, challenge: int, member: int) -> bool:
    """Have somebody be in no team any more; False where they were in none."""
    who = {"challenge": challenge, "community": community.id, "member": member}
    tx.run(_LESS, **who)
    return tx.run(_EXIT, **who) > 0


def get(tx: Transaction, community: Community, team: int) -> Team | None:
    """Return a team, also one that is over; None where there is none."""
    row = tx.one(_GET, community=community.id, team=team)
    return _team(row) if row else None


def named(
    tx: Transaction, community: Community, challenge: int, folded: str
) -> Team | None:
    """Return the team whose name looks like that."""
    asked = {"community": community.id, "challenge": challenge}
    row = tx.one(_NAMED, **asked, folded=folded)
    return _team(row) if row else None


def with_room(
    tx: Transaction, community: Community, challenge: int, room: int, most: int
) -> Sequence[Team]:
    """Return up to ``most`` teams of fewer than ``room``, the oldest first."""
    asked = {"community": community.id, "challenge": challenge}
    rows = tx.all(_WITH_ROOM, **asked, room=room, most=most)
    return [_team(row) for row in rows]


def trusted_names(tx: Transaction, community: Community, but: int) -> Sequence[str]:
    """Return what moderators, admins and bots are called, less the member ``but``."""
    asked = {"community": community.id, "role": int(Role.MEMBER), "but": but}
    return [row["name"] for row in tx.all(_TRUSTED, **asked)]


def _team(row: sqlite3.Row) -> Team:
    return Team(row["id"], row["challenge"], row["body"], row["size"])
