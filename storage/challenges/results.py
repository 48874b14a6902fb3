"""How challenges ended. Each correction is a result of its own, and none is changed.

Results name people by their keys, which are nobody's once somebody is erased. Who may
be shown is asked each time that a result is read for others, in `podium`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Claim, Impersonal, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms

_OF = """
SELECT * FROM challenge_results
WHERE community = :community AND challenge = :challenge
ORDER BY revision {order} LIMIT 1
"""

_LATEST, _FIRST = _OF.format(order="DESC"), _OF.format(order="ASC")

_PLACES = "SELECT * FROM challenge_places WHERE result = :result ORDER BY rank"

_PLACE = "SELECT * FROM challenge_places WHERE result = :result AND member = :member"

CLAIMS = (
    Impersonal("challenge_results", "when a challenge ended", ("digest",)),
    Claim(
        "challenge_places",
        "member = :member",
        Keep("the results of others rest on it, and the digest vouches for it"),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Result:
    """How a challenge ended, as of one moment.

    Attributes:
        revision: Counted from 1; the highest holds.

        terms: The version of the challenge's terms that the points are counted by.

        dispute: What it answers; None where nobody disputed anything.

        digest: Of 32 bytes; the audit holds the same.
    """

    id: int
    challenge: int
    revision: int
    terms: int
    at: datetime
    dispute: int | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Placed:
    """Where somebody ended.

    Attributes:
        rank: Counted from 1 among all who took part, shown or not.

        team: None for who took part alone.

        best_streak: Most days in a row.

        newcomer: Whether it was their first challenge.

        reached_at: When they got the last point: ties go to the earliest.
    """

    rank: int
    member: int
    team: int | None
    points: int
    days: int
    best_streak: int
    finished: bool
    newcomer: bool
    reached_at: datetime


def latest(tx: Transaction, community: Community, challenge: int) -> Result | None:
    """Return the result that holds; None where the challenge did not end yet."""
    return _result(tx, _LATEST, community, challenge)


def first(tx: Transaction, community: Community, challenge: int) -> Result | None:
    """Return the result as it was frozen at the end; None where it is not yet."""
    return _result(tx, _FIRST, community, challenge)


def places(tx: Transaction, result: Result) -> Iterator[Placed]:
    """Yield every place in the order of the ranks, also of who is not to be shown."""
    for row in tx.each(_PLACES, result=result.id):
        yield placed_of(row)


def place_of(tx: Transaction, result: Result, member: int) -> Placed | None:
    """Return where somebody ended; None where they have no place."""
    row = tx.one(_PLACE, result=result.id, member=member)
    return placed_of(row) if row else None


def _result(
    tx: Transaction, which: str, community: Community, challenge: int
) -> Result | None:
    row = tx.one(which, community=community.id, challenge=challenge)
    return result_of(row) if row else None


def result_of(row: sqlite3.Row) -> Result:
    """Return the result in ``row``."""
    return Result(
        id=row["id"],
        challenge=row["challenge"],
        revision=row["revision"],
        terms=row["terms"],
        at=from_ms(row["at"]),
        dispute=row["dispute"],
        digest=row["digest"],
    )


def placed_of(row: sqlite3.Row, rank: int | None = None) -> Placed:
    """Return the place in ``row``, which has ``rank`` where the row has none."""
    return Placed(
        rank=row["rank"] if rank is None else rank,
        member=row["member"],
        team=row["team"],
        points=row["points"],
        days=row["days"],
        best_streak=row["best"],
        finished=bool(row["finished"]),
        newcomer=bool(row["newcomer"]),
        reached_at=from_ms(row["reached_at"]),
    )
