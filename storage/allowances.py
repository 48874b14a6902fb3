"""How many people each member may still thank today. Taken in one statement, or not."""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Community, Member
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction

_SPEND = """
INSERT INTO allowances (community, member, day, spent, cap)
SELECT :community, :member, :day, :people, :cap WHERE :people <= :cap
ON CONFLICT (community, member, day) DO UPDATE
  SET spent = spent + excluded.spent, cap = excluded.cap
  WHERE spent + excluded.spent <= excluded.cap
RETURNING spent
"""

_SPENT = """
SELECT spent FROM allowances
WHERE community = :community AND member = :member AND day = :day
"""

_GIVE_BACK = """
UPDATE allowances SET spent = spent - :people
WHERE community = :community AND member = :member AND day = :day AND spent >= :people
"""

CLAIMS = (
    Claim(
        "allowances",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
    ),
)


def spend(
    tx: Transaction, community: Community, giver: Member, people: int, at: datetime
) -> int | None:
    """Take ``people`` from the day's allowance.

    Returns what is left, or None where there is not enough; then nothing is taken.
    """
    cap = giver.per_day
    row = tx.one(
        _SPEND,
        community=community.id,
        member=giver.key,
        day=giver.date_at(at).isoformat(),
        people=people,
        cap=cap,
    )
    return cap - int(row["spent"]) if row else None


def left(tx: Transaction, community: Community, giver: Member, at: datetime) -> int:
    """Return how many people ``giver`` may still thank today, at least 0."""
    day = giver.date_at(at).isoformat()
    row = tx.one(_SPENT, community=community.id, member=giver.key, day=day)
    spent = int(row["spent"]) if row else 0
    return max(0, giver.per_day - spent)


def give_back(
    tx: Transaction, community: Community, giver: int, day: str, people: int
) -> None:
    """Return ``people`` to a giver's ``day``, an ISO date."""
    tx.run(_GIVE_BACK, community=community.id, member=giver, day=day, people=people)
