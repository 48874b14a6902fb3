"""How much of a challenge is on record, for whoever is about to end it."""

from __future__ import annotations

from dataclasses import dataclass

from storage.database import Transaction

_GIVEN = """
SELECT
  (SELECT count(*) FROM challenge_entrants
   WHERE challenge = :challenge AND left_at IS NULL) AS people,
  (SELECT count(*) FROM checkins
   WHERE challenge = :challenge AND state = 'counted') AS checkins,
  (SELECT coalesce(sum(points), 0) FROM challenge_scores
   WHERE challenge = :challenge) AS points
"""


@dataclass(frozen=True, slots=True)
class Given:
    """How many take part, how many check-ins count, and for how many points in all."""

    people: int = 0
    checkins: int = 0
    points: int = 0


def given(tx: Transaction, challenge: int) -> Given:
    """Return what is on record of ``challenge``."""
    row = tx.one(_GIVEN, challenge=challenge)
    return Given(row["people"], row["checkins"], row["points"]) if row else Given()
