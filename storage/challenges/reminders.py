"""Whom a challenge still waits for on a day of theirs, and who was reminded of it.

Whoever takes part in several is reminded once on a day, of all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.community import Community
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

# A zone that comes into force later counts as well: whoever rings once too often finds
# nobody, and does nothing.
_ZONES = """
SELECT DISTINCT m.zone, m.next_zone FROM challenge_entrants AS e
JOIN members AS m ON m.key = e.member
WHERE e.challenge = :challenge AND e.community = :community AND e.left_at IS NULL
  AND m.here = 1 AND m.takes_dms = 1
"""

# A date that zones or clocks have come twice is over once the next was checked in for.
_MISSING = """
SELECT e.member, m.platform_id FROM challenge_entrants AS e
JOIN members AS m ON m.key = e.member
WHERE e.challenge = :challenge AND e.community = :community AND e.left_at IS NULL
  AND e.joined_at <= :asked_at
  AND m.here = 1 AND m.bot = 0 AND m.takes_dms = 1
  AND ifnull(CASE WHEN m.next_zone_at <= :now THEN m.next_zone ELSE m.zone END, :home)
    = :zone
  AND NOT EXISTS (
    SELECT 1 FROM reminders AS r WHERE r.member = e.member AND r.day = :on)
  AND NOT EXISTS (
    SELECT 1 FROM checkins AS c
    WHERE c.challenge = e.challenge AND c.member = e.member AND c.day >= :day
      AND c.state IN ('counted', 'waiting'))
ORDER BY e.member LIMIT :most
"""

_REMIND = """
INSERT INTO reminders (member, day, community, at)
VALUES (:member, :on, :community, :at) ON CONFLICT (member, day) DO NOTHING
"""

_PLANNED = """
SELECT min(due_at) AS at FROM calendar_entries
WHERE community = :community AND kind = :kind AND due_at IS NOT NULL
"""

CLAIMS = (
    Claim(
        "reminders",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A day of a challenge, as it comes to those whose clocks are alike.

    Attributes:
        day: Counted from 1.

        on: The date that it is for them.

        zone: Name of their zone.

        asked_at: When they are reminded; who joined later is not.
    """

    challenge: int
    day: int
    on: date
    zone: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who has not checked in for a day.

    Attributes:
        member: Their key.

        platform_id: The platform's id of them.
    """

    member: int
    platform_id: str


def zones(tx: Transaction, community: Community, challenge: int) -> set[str]:
    """Return the zones that entrants who let Laurel write to them have, or will."""
    asked = {"challenge": challenge, "community": community.id}
    home = community.settings.zone.key
    found: set[str] = set()
    for row in tx.all(_ZONES, **asked):
        found.add(row["zone"] or home)
        found.update({row["next_zone"]} - {None})
    return found


def missing(
    tx: Transaction, community: Community, asked: Asked, now: datetime, most: int
) -> Sequence[Missing]:
    """Return up to ``most`` of those to remind: not checked in, and not reminded."""
    rows = tx.all(
        _MISSING,
        challenge=asked.challenge,
        community=community.id,
        asked_at=to_ms(asked.asked_at),
        now=to_ms(now),
        home=community.settings.zone.key,
        zone=asked.zone,
        on=asked.on.isoformat(),
        day=asked.day,
        most=most,
    )
    return [Missing(row["member"], row["platform_id"]) for row in rows]


def remind(
    tx: Transaction, community: Community, member: int, on: date, at: datetime
) -> bool:
    """Note that a member is reminded on a date; False where they were already."""
    noted = {"member": member, "community": community.id, "at": to_ms(at)}
    return bool(tx.run(_REMIND, **noted, on=on.isoformat()))


def planned_at(tx: Transaction, community: Community, kind: str) -> datetime | None:
    """Return when the calendar rings next for ``kind``; None for never."""
    row = tx.one(_PLANNED, community=community.id, kind=kind)
    return from_ms(row["at"]) if row and row["at"] is not None else None
