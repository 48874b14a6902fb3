"""What is on record of challenges: which there are, and what each asks for."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.challenges import Challenge, State, Terms
from bot.domain.community import Community
from storage.challenges import terms as versions
from storage.database import Transaction
from storage.instants import from_ms

_GET = "SELECT * FROM challenges WHERE id = :id AND community = :community"

_LISTED = """
SELECT * FROM challenges WHERE community = :community AND state = :state
ORDER BY id DESC LIMIT :most
"""


def get(tx: Transaction, community: Community, challenge: int) -> Challenge | None:
    """Return a challenge, also one that is over; None where there is none."""
    row = tx.one(_GET, id=challenge, community=community.id)
    return _challenge(tx, row) if row else None


def listed(
    tx: Transaction, community: Community, states: Collection[State], most: int = 100
) -> Sequence[Challenge]:
    """Return up to ``most`` of each of ``states``, the newest first in each."""
    asked = {"community": community.id, "most": most}
    rows = [
        row for state in states for row in tx.all(_LISTED, state=str(state), **asked)
    ]
    found = (_challenge(tx, row) for row in rows)
    return [each for each in found if each]


def terms(tx: Transaction, challenge: int, number: int) -> Terms:
    """Return a version of what a challenge asks for.

    Raises:
        LookupError: If there is none of that number.
    """
    found = versions.get(tx, challenge, number)
    if found is None:
        raise LookupError(f"challenge {challenge} has no version {number}")
    return found.terms


def _challenge(tx: Transaction, row: sqlite3.Row) -> Challenge | None:
    version = versions.get(tx, row["id"], row["terms"])
    if version is None:  # the community sent Laurel away
        return None
    return Challenge(
        id=row["id"],
        state=State(row["state"]),
        terms=version.terms,
        opens_at=_instant(row["opens_at"]),
        opened_at=_instant(row["opened_at"]),
        closes_at=_instant(row["closes_at"]),
        ended_at=_instant(row["ended_at"]),
    )


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
