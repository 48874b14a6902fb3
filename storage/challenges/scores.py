"""What everybody's days count for: derived, in the very unit that changes them.

Ties go to whoever got there first, by when their check-in was received and not by when
somebody looked at it. Who is off the boards, private, or gone is left out, and nobody
else's rank tells of them.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.challenges import Score, State, Terms, score
from bot.domain.community import Community
from storage import communities
from storage.challenges import book
from storage.challenges.team_scores import TeamPlace, teams
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction, Value

__all__ = [
    "CLAIMS",
    "Place",
    "TeamPlace",
    "around",
    "board",
    "drift",
    "of",
    "place_of",
    "recount",
    "recount_all",
    "teams",
]

_KEEP = """
INSERT INTO challenge_scores (
  challenge, member, community, points, days, streak, best, finished, reached_at)
VALUES (
  :challenge, :member, :community, :points, :days, :streak, :best, :finished,
  :reached_at)
ON CONFLICT (challenge, member) DO UPDATE SET
  points = excluded.points, days = excluded.days, streak = excluded.streak,
  best = excluded.best, finished = excluded.finished, reached_at = excluded.reached_at
"""

_DROP = """
DELETE FROM challenge_scores WHERE challenge = :challenge AND member = :member
"""

# Who is erased in between does not come back.
_COUNTED = """
SELECT c.day, c.judged, c.at FROM checkins AS c
WHERE c.challenge = :challenge AND c.member = :member AND c.state = 'counted'
  AND EXISTS (SELECT 1 FROM challenge_entrants AS e
              WHERE e.challenge = c.challenge AND e.member = c.member
                AND e.left_at IS NULL)
  AND EXISTS (SELECT 1 FROM members AS m WHERE m.key = c.member)
ORDER BY c.at, c.id
"""

_OF = """
SELECT * FROM challenge_scores WHERE challenge = :challenge AND member = :member
"""

_SHOWN = "m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')"

_ROWS = f"""
SELECT s.*, m.platform_id
FROM challenge_scores AS s JOIN members AS m ON m.key = s.member
WHERE s.community = :community AND s.challenge = :challenge AND {_SHOWN}
"""  # noqa: S608  nothing of it comes from outside

_BOARD = f"""
{_ROWS} ORDER BY s.points DESC, s.reached_at, s.member LIMIT :most OFFSET :skip
"""

_SHOWN_ROW = f"{_ROWS} AND s.member = :member"

_AHEAD = f"""
SELECT count(*) AS ahead
FROM challenge_scores AS s JOIN members AS m ON m.key = s.member
WHERE s.community = :community AND s.challenge = :challenge AND {_SHOWN}
  AND s.points >= :points
  AND (s.points > :points OR (s.reached_at, s.member) < (:reached_at, :member))
"""  # noqa: S608  as above

_MEMBERS = """
SELECT member FROM challenge_scores
WHERE community = :community AND challenge = :challenge
UNION
SELECT member FROM checkins WHERE community = :community AND challenge = :challenge
"""

CLAIMS = (
    Claim(
        "challenge_scores",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands.

    Attributes:
        rank: Counted from 1, each once.

        member: Their key.

        platform_id: Theirs.

        streak: Days in a row, up to the last that counts.

        best: The longest such row.

        finished: Whether they did enough of all days.
    """

    rank: int
    member: int
    platform_id: str
    points: int
    days: int
    streak: int
    best: int = 0
    finished: bool = False


def recount(
    tx: Transaction, community: Community, challenge: int, member: int, at: datetime
) -> Score:
    """Have a member's row say what their days count for by now, and return that."""
    del at  # what counts is when each day was received
    found = book.get(tx, community, challenge)
    if found is None:
        return Score()
    row = _row_of(tx, found.terms, challenge, member)
    if row is None:
        tx.run(_DROP, challenge=challenge, member=member)
        return Score()
    tx.run(_KEEP, community=community.id, **row)
    return _score(row)


def recount_all(
    tx: Transaction, community: Community, challenge: int, at: datetime
) -> None:
    """Have everybody's row be right: what the challenge asks for has changed."""
    for row in tx.all(_MEMBERS, community=community.id, challenge=challenge):
        recount(tx, community, challenge, row["member"], at)


def of(tx: Transaction, challenge: int, member: int) -> Score:
    """Return what a member's days count for, also of one who is not shown."""
    row = tx.one(_OF, challenge=challenge, member=member)
    return _score(dict(row)) if row else Score()


def board(
    tx: Transaction, community: Community, challenge: int, most: int, skip: int = 0
) -> Sequence[Place]:
    """Return ``most`` of those who may be shown and have days that count.

    The first of them, behind the first ``skip``.
    """
    asked = {"community": community.id, "challenge": challenge}
    rows = tx.all(_BOARD, **asked, most=most, skip=skip)
    return [_place(rank, row) for rank, row in enumerate(rows, skip + 1)]


def place_of(
    tx: Transaction, community: Community, challenge: int, member: int
) -> Place | None:
    """Return where a member stands; None where they are not shown or have nothing."""
    asked = {"community": community.id, "challenge": challenge, "member": member}
    row = tx.one(_SHOWN_ROW, **asked)
    if row is None:
        return None
    reached = {"points": row["points"], "reached_at": row["reached_at"]}
    found = tx.one(_AHEAD, **asked, **reached)
    return _place((found["ahead"] if found else 0) + 1, row)


def around(
    tx: Transaction, community: Community, challenge: int, member: int, each_side: int
) -> Sequence[Place]:
    """Return a member's place with up to ``each_side`` before it, and behind.

    Nothing where they are not shown or have no day that counts.
    """
    mine = place_of(tx, community, challenge, member)
    if mine is None:
        return ()
    skip = max(0, mine.rank - 1 - each_side)
    return board(tx, community, challenge, mine.rank + each_side - skip, skip)


def drift(tx: Transaction) -> int:
    """Return for how many entrants what is kept differs from a recount; 0 is right."""
    return sum(
        _differ(tx, each, challenge.id, challenge.terms)
        for each in communities.every(tx)
        for challenge in book.listed(tx, each, tuple(State), most=1_000_000)
    )


def _differ(tx: Transaction, community: Community, challenge: int, terms: Terms) -> int:
    asked = {"community": community.id, "challenge": challenge}
    return sum(
        _row_of(tx, terms, challenge, row["member"])
        != _kept(tx, challenge, row["member"])
        for row in tx.all(_MEMBERS, **asked)
    )


def _kept(tx: Transaction, challenge: int, member: int) -> Mapping[str, Value] | None:
    row = tx.one(_OF, challenge=challenge, member=member)
    if row is None:
        return None
    return {name: row[name] for name in row.keys() if name != "community"}  # noqa: SIM118  a row


def _row_of(
    tx: Transaction, terms: Terms, challenge: int, member: int
) -> dict[str, Value] | None:
    """Return what a member's row is to be; None for none."""
    days = tx.all(_COUNTED, challenge=challenge, member=member)
    made = score(terms, {row["day"]: row["judged"] for row in days})
    if not made.days:
        return None
    return {
        "challenge": challenge,
        "member": member,
        "points": made.points,
        "days": made.days,
        "streak": made.streak,
        "best": made.best_streak,
        "finished": int(made.finished),
        "reached_at": _reached_at(terms, days, made.points),
    }


def _reached_at(terms: Terms, days: Sequence[sqlite3.Row], points: int) -> int:
    """Return when what brought the last of ``points`` was received.

    One more day never makes it less, so that the first that suffices can be sought by
    halves.
    """

    def after(count: int) -> int:
        first = {row["day"]: row["judged"] for row in days[:count]}
        return score(terms, first).points

    enough = bisect_left(range(1, len(days) + 1), points, key=after)
    return int(days[enough]["at"])


def _score(row: Mapping[str, Value]) -> Score:
    points, days, streak, best = (
        row[name] for name in ("points", "days", "streak", "best")
    )
    return Score(points, days, streak, best, bool(row["finished"]))  # type: ignore[arg-type]


def _place(rank: int, row: sqlite3.Row) -> Place:
    return Place(
        rank=rank,
        member=row["member"],
        platform_id=row["platform_id"],
        points=row["points"],
        days=row["days"],
        streak=row["streak"],
        best=row["best"],
        finished=bool(row["finished"]),
    )
