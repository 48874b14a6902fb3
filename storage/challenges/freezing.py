"""How a challenge's result comes to be: frozen at its end, and corrected afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.challenges import Challenge, Terms
from bot.domain.community import Community
from storage import members
from storage.challenges import scores
from storage.challenges.results import (
    Placed,
    Result,
    latest,
    place_of,
    placed_of,
    places,
)
from storage.challenges.signing import Because, write
from storage.database import Transaction

# In the order of the live board; who left takes no part, and who is erased is nobody.
# A newcomer never had a day that counted in a challenge that ended before.
_STANDING = """
SELECT e.member, e.team, coalesce(s.points, 0) AS points, coalesce(s.days, 0) AS days,
  coalesce(s.best, 0) AS best, coalesce(s.finished, 0) AS finished,
  coalesce(s.reached_at, e.joined_at) AS reached_at,
  s.days IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM challenge_places AS p JOIN challenge_results AS r ON r.id = p.result
    WHERE p.member = e.member AND p.days > 0 AND r.challenge <> e.challenge
  ) AS newcomer
FROM challenge_entrants AS e
JOIN members AS m ON m.key = e.member
LEFT JOIN challenge_scores AS s ON s.challenge = e.challenge AND s.member = e.member
WHERE e.challenge = :challenge AND e.community = :community AND e.left_at IS NULL
ORDER BY points DESC, days = 0, reached_at, e.member
"""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a place is to be changed to.

    Attributes:
        member: Whose place.
    """

    member: int
    points: int
    days: int
    best_streak: int


def freeze(
    tx: Transaction, community: Community, challenge: Challenge, why: Because
) -> Result | None:
    """Write down where everybody stands; None where that is written already."""
    if latest(tx, community, challenge.id) is not None:
        return None
    return write(tx, community, challenge, _standing(tx, community, challenge), why)


def count_anew(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    member: int,
    why: Because,
) -> Result | None:
    """Have a member's place follow what was decided of their days after the end.

    None where that changes nothing, and for whoever is erased: what is left of their
    days says nothing any more.
    """
    before = latest(tx, community, challenge.id)
    own = place_of(tx, before, member) if before else None
    if own is None or members.by_key(tx, community, member, why.at) is None:
        return None
    made = scores.of(tx, challenge.id, member)
    wanted = Correction(member, made.points, made.days, made.best_streak)
    if wanted == Correction(member, own.points, own.days, own.best_streak):
        return None
    return correct(tx, community, challenge, wanted, why)


def correct(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    correction: Correction,
    why: Because,
) -> Result:
    """Write a result in which one place is changed, and all are ranked anew.

    Raises:
        LookupError: If there is no result, or the member has no place in it.
    """
    before = latest(tx, community, challenge.id)
    own = place_of(tx, before, correction.member) if before else None
    if before is None or own is None:
        raise LookupError("only a place that somebody has is corrected")
    changed = replace(
        own,
        points=correction.points,
        days=correction.days,
        best_streak=correction.best_streak,
        finished=finished(challenge.terms, correction.days),
    )
    others = [each for each in places(tx, before) if each.member != own.member]
    return write(tx, community, challenge, [*others, changed], why)


def finished(terms: Terms, days: int) -> bool:
    """Return whether no more days are missing than those of grace."""
    return days > 0 and terms.days - days <= terms.grace_days


def _standing(
    tx: Transaction, community: Community, challenge: Challenge
) -> list[Placed]:
    rows = tx.each(_STANDING, challenge=challenge.id, community=community.id)
    return [placed_of(row, rank) for rank, row in enumerate(rows, 1)]
