"""What moderators make of check-ins that wait, and what members answer.

What a check-in is now stands in `storage.challenges.checkins`; this tells how it came
to be that, by whom and why. A verdict is never changed: the last one holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage import words
from storage.answers import Recorded
from storage.challenges.checkins import CheckInState
from storage.challenges.parts import Part
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

COUNTED_UP_TO = 1_000
"""Beyond, nobody needs to know how many wait."""

_ADD = """
INSERT INTO verdicts (community, checkin, state, judged, member, words, part, at)
VALUES (:community, :checkin, :state, :judged, :member, :words, :part, :at)
"""

_OF = """
SELECT v.*, w.body FROM verdicts AS v LEFT JOIN words AS w ON w.id = v.words
WHERE v.community = :community AND v.checkin = :checkin ORDER BY v.id
"""

# A new check-in for the same day counts instead, and the unique index says so as well.
_REOPEN = """
UPDATE checkins SET state = 'waiting', settled_at = NULL
WHERE community = :community AND id = :id AND state = 'refused' AND NOT EXISTS (
  SELECT 1 FROM checkins AS c
  WHERE c.challenge = checkins.challenge AND c.member = checkins.member
    AND c.day = checkins.day AND c.state IN ('counted', 'waiting'))
"""

# Nobody can be told of a decision about whoever is erased, so they wait for none.
_WAITING = """
SELECT c.id FROM checkins AS c JOIN members AS m ON m.key = c.member
WHERE c.community = :community AND c.challenge = :challenge AND c.state = 'waiting'
ORDER BY c.id LIMIT :most
"""

_COUNT = f"SELECT count(*) AS n FROM ({_WAITING})"  # noqa: S608  this module's own words

_REFUSED = """
SELECT c.id FROM checkins AS c JOIN challenges AS h ON h.id = c.challenge
WHERE c.community = :community AND c.member = :member AND c.state = 'refused'
  AND h.state IN ('running', 'review')
ORDER BY c.id DESC LIMIT :most
"""

CLAIMS = (
    Claim(
        "verdicts",
        """member = :member OR checkin IN (
  SELECT id FROM checkins WHERE community = :community AND member = :member)""",
        Keep("points rest on it, and others are judged by the same rules", ("state",)),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be written down.

    Attributes:
        state: What the check-in becomes; `CheckInState.WAITING` is its member's answer.

        by: Key of whoever decides, or answers.

        judged: Points that a reviewer adds.

        reason: In their words; None where it counts without any.

        part: What they have to do with it themselves, where they decide.
    """

    checkin: int
    state: CheckInState
    by: int
    judged: int = 0
    reason: str | None = None
    part: Part = Part.NONE


@dataclass(frozen=True, slots=True)
class Step:
    """What was decided, or answered, in words that are never changed.

    Attributes:
        by: Key of whoever did, who may be erased by now.

        reason: In their words; None where there are none, or they are erased.

        part: What they had to do with it themselves, where they decided.
    """

    id: int
    checkin: int
    state: CheckInState
    judged: int
    by: int
    reason: str | None
    at: datetime
    part: Part = Part.NONE


def add(
    tx: Transaction, community: Community, ruling: Ruling, at: datetime
) -> Recorded:
    """Append a verdict; the check-in is settled by `checkins.settle` or `reopen`.

    Raises:
        sqlite3.IntegrityError: If its member answered before.
    """
    reason, digest = None, None
    if ruling.reason is not None:
        reason, digest = words.add(tx, community, ruling.by, ruling.reason)
    made = tx.add(
        _ADD,
        community=community.id,
        checkin=ruling.checkin,
        state=str(ruling.state),
        judged=ruling.judged,
        member=ruling.by,
        words=reason,
        part=int(ruling.part),
        at=to_ms(at),
    )
    return Recorded(made, digest)


def of(tx: Transaction, community: Community, checkin: int) -> Sequence[Step]:
    """Return what was decided and answered about a check-in, in order."""
    found = tx.all(_OF, community=community.id, checkin=checkin)
    return [_step(row) for row in found]


def reopen(tx: Transaction, community: Community, checkin: int) -> bool:
    """Have a check-in that was refused wait again.

    Returns False where it is not refused any more, or another stands for its day.
    """
    return bool(tx.run(_REOPEN, community=community.id, id=checkin))


def waiting(
    tx: Transaction, community: Community, challenge: int, most: int
) -> Sequence[int]:
    """Return the check-ins of a challenge that wait, the oldest first."""
    found = {"community": community.id, "challenge": challenge, "most": most}
    return [row["id"] for row in tx.all(_WAITING, **found)]


def count(tx: Transaction, community: Community, challenge: int) -> int:
    """Return how many wait, up to `COUNTED_UP_TO`."""
    found = {"community": community.id, "challenge": challenge}
    row = tx.one(_COUNT, **found, most=COUNTED_UP_TO)
    return int(row["n"]) if row else 0


def refused(
    tx: Transaction, community: Community, member: int, most: int
) -> Sequence[int]:
    """Return a member's check-ins that did not count, the newest first.

    Of challenges alone in which that can still change.
    """
    found = {"community": community.id, "member": member, "most": most}
    return [row["id"] for row in tx.all(_REFUSED, **found)]


def _step(row: sqlite3.Row) -> Step:
    return Step(
        id=row["id"],
        checkin=row["checkin"],
        state=CheckInState(row["state"]),
        judged=row["judged"],
        by=row["member"],
        reason=row["body"],
        at=from_ms(row["at"]),
        part=Part(row["part"]),
    )
