"""What members checked in with, as it is on record: read, and never changed here.

`storage.challenges.checkins` is where it is written; all of this can be had there too.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.community import Community
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_READ = """
SELECT c.*, w.body AS words_body, l.body AS link_body FROM checkins AS c
LEFT JOIN words AS w ON w.id = c.words
LEFT JOIN words AS l ON l.id = c.link
WHERE {which}
"""

_GET = _READ.format(which="c.id = :id AND c.community = :community")

_AGAIN = _READ.format(which="c.community = :community AND c.operation = :call")

_OF_MEMBER = _READ.format(
    which="c.challenge = :challenge AND c.member = :member ORDER BY c.day, c.id"
)

_WAITING = _READ.format(
    which="c.community = :community AND c.state = 'waiting' AND c.id > :after "
    "ORDER BY c.id LIMIT :most"
)

_DAYS = """
SELECT day FROM checkins
WHERE challenge = :challenge AND member = :member AND state IN ('counted', 'waiting')
ORDER BY day
"""

_LATEST = """
SELECT max(day) AS day FROM checkins
WHERE challenge = :challenge AND member = :member AND late = 0 AND at <= :until
"""

_REFUSED = """
SELECT 1 FROM checkins
WHERE challenge = :challenge AND member = :member AND day = :day AND state = 'refused'
LIMIT 1
"""

CLAIMS = (
    Claim(
        "checkins",
        "community = :community AND member = :member",
        Keep(
            "results that others stood by are recomputed from it",
            texts=("state", "operation"),
        ),
        {"member": Shown.MEMBER},
    ),
)


class CheckInState(StrEnum):
    """What became of a check-in.

    ``COUNTED``: it counts. ``WAITING``: a moderator is to look at it first.
    ``REFUSED``: one did, and it does not count. ``TAKEN_BACK``: who made it did.
    """

    COUNTED = "counted"
    WAITING = "waiting"
    REFUSED = "refused"
    TAKEN_BACK = "taken-back"

    @property
    def stands(self) -> bool:
        """Whether its day is taken by it."""
        return self in {CheckInState.COUNTED, CheckInState.WAITING}


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What a member did on one day of a challenge.

    Attributes:
        challenge: Its id.

        member: Their key.

        day: Counted from 1.

        words: None for none, and once they are erased.

        link: As it is opened; None as above.

        file: Id of a proof, which may be gone by now; None for none.

        judged: Points that a reviewer added.

        at: When it was received.

        late: Whether its day was over by then.
    """

    id: int
    challenge: int
    member: int
    day: int
    state: CheckInState
    words: str | None
    link: str | None
    file: int | None
    judged: int
    at: datetime
    late: bool


def again(tx: Transaction, community: Community, call: str) -> CheckIn | None:
    """Return what a call made already; None where it made nothing."""
    row = tx.one(_AGAIN, community=community.id, call=call)
    return _checkin(row) if row else None


def get(tx: Transaction, community: Community, checkin: int) -> CheckIn | None:
    """Return a check-in, whatever became of it; None where there is none."""
    row = tx.one(_GET, id=checkin, community=community.id)
    return _checkin(row) if row else None


def of_member(tx: Transaction, challenge: int, member: int) -> Sequence[CheckIn]:
    """Return all that a member checked in with, by day, whatever became of it."""
    rows = tx.all(_OF_MEMBER, challenge=challenge, member=member)
    return [_checkin(row) for row in rows]


def days_of(tx: Transaction, challenge: int, member: int) -> tuple[int, ...]:
    """Return the days that a member has, counted or waiting, rising."""
    rows = tx.all(_DAYS, challenge=challenge, member=member)
    return tuple(row["day"] for row in rows)


def latest_day(tx: Transaction, challenge: int, member: int, until: datetime) -> int:
    """Return the last day that a member had checked in for in time; 0 for none."""
    row = tx.one(_LATEST, challenge=challenge, member=member, until=to_ms(until))
    return int(row["day"] or 0) if row else 0


def was_refused(tx: Transaction, challenge: int, member: int, day: int) -> bool:
    """Return whether something was refused that a member did on that day."""
    asked = {"challenge": challenge, "member": member, "day": day}
    return tx.one(_REFUSED, **asked) is not None


def waiting(
    tx: Transaction, community: Community, most: int, after: int = 0
) -> Sequence[CheckIn]:
    """Return up to ``most`` that wait for somebody to look at them, the oldest first.

    Those behind the id ``after``.
    """
    asked = {"community": community.id, "most": most, "after": after}
    return [_checkin(row) for row in tx.all(_WAITING, **asked)]


def _checkin(row: sqlite3.Row) -> CheckIn:
    return CheckIn(
        id=row["id"],
        challenge=row["challenge"],
        member=row["member"],
        day=row["day"],
        state=CheckInState(row["state"]),
        words=row["words_body"],
        link=row["link_body"],
        file=row["file"],
        judged=row["judged"],
        at=from_ms(row["at"]),
        late=bool(row["late"]),
    )
