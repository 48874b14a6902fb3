"""Who sits in a committee, and who would move up.

Whoever is out stays on record by key.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.committees import Leaving, SeatState
from bot.domain.draws import Lot
from storage.claims import Claim, Keep, Shown
from storage.committees import Committee
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_SIT = """
INSERT INTO committee_seats (committee, member, place, state, at)
VALUES (:committee, :member, :place, 'backup', :at)
"""

_SEATS = "SELECT * FROM committee_seats WHERE committee = :committee ORDER BY place"

_LEAVE = """
UPDATE committee_seats SET state = 'out', why = :why, at = :at
WHERE committee = :committee AND member = :member AND state <> 'out'
"""

# The round in which somebody has their turn: the one that runs, which is the last
# committee's latest, and the next one for whoever has had their turn in it.
_TURN = """
SELECT r.turn + EXISTS (
  SELECT 1 FROM committee_seats AS t JOIN committees AS c ON c.id = t.committee
  WHERE t.member = :member AND t.turn = r.turn AND c.community = r.community) AS turn
FROM (
  SELECT d.community, ifnull(max(t.turn), 1) AS turn FROM committees AS d
  LEFT JOIN committee_seats AS t ON t.committee = (
    SELECT c.id FROM committees AS c
    WHERE c.community = d.community AND EXISTS (
      SELECT 1 FROM committee_seats AS s WHERE s.committee = c.id AND s.turn > 0)
    ORDER BY c.id DESC LIMIT 1)
  WHERE d.id = :committee) AS r
"""

# A seat is free or it is not, whoever asks at the same time.
_MOVE_UP = """
UPDATE committee_seats SET state = 'seated', turn = :turn, at = :at
WHERE committee = :committee AND member = :member AND state = 'backup'
  AND (SELECT count(*) FROM committee_seats AS t
       WHERE t.committee = :committee AND t.state = 'seated')
    < (SELECT seats FROM committees WHERE id = :committee)
"""

CLAIMS = (
    Claim(
        "committee_seats",
        "member = :member",
        Keep("what a committee decided rests on who sat in it", ("state", "why")),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who was drawn.

    Attributes:
        member: Their key.

        place: In which order they were drawn, from 0.

        turn: In which round they had their turn, also where they are out by now; None
            where they had no seat.

        why: Why they are out; None where they are not.

        at: Since when they are what they are.
    """

    member: int
    place: int
    state: SeatState
    turn: int | None
    why: Leaving | None
    at: datetime

    @property
    def served(self) -> bool:
        """Whether they have had a seat."""
        return self.turn is not None


def put_drawn(tx: Transaction, committee: Committee, drawn: Lot, at: datetime) -> None:
    """Write down who was drawn, all of them backups until they `move_up`."""
    for place, member in enumerate((*drawn.seats, *drawn.backups)):
        tx.run(_SIT, committee=committee.id, member=member, place=place, at=to_ms(at))


def seats(tx: Transaction, committee: int) -> Sequence[Seat]:
    """Return everybody who was drawn, in order."""
    return [_seat(row) for row in tx.all(_SEATS, committee=committee)]


def leave(
    tx: Transaction, committee: int, member: int, why: Leaving, at: datetime
) -> bool:
    """Have somebody be out; False where they are not in it, or out already."""
    told = {"committee": committee, "member": member, "at": to_ms(at)}
    return bool(tx.run(_LEAVE, why=why, **told))


def move_up(tx: Transaction, committee: int, member: int, at: datetime) -> bool:
    """Give a backup a seat; False where none is free, or they are no backup."""
    whose = {"committee": committee, "member": member}
    row = tx.one(_TURN, **whose)
    turn = row["turn"] if row else None
    return bool(tx.run(_MOVE_UP, turn=turn, at=to_ms(at), **whose))


def _seat(row: sqlite3.Row) -> Seat:
    return Seat(
        member=row["member"],
        place=row["place"],
        state=SeatState(row["state"]),
        turn=row["turn"],
        why=Leaving(row["why"]) if row["why"] else None,
        at=from_ms(row["at"]),
    )
