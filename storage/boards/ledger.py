"""Points that nobody gave here: brought from elsewhere, or set right by moderators.

Nothing is ever changed: to reverse is a row of its own. The boards count them from the
activity log, undamped, on the date that they are of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.community import Community
from storage import activity
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction, Value
from storage.instants import to_ms

_SAME = """
SELECT p.turn, EXISTS (SELECT 1 FROM point_reversals AS r WHERE r.points = p.id)
  AS reversed
FROM points AS p
WHERE p.community = :community AND p.source = :source AND p.ref = :ref
ORDER BY p.turn DESC LIMIT 1
"""

_ADD = """
INSERT INTO points (
  community, member, giver, amount, received_on, source, ref, turn, batch, value,
  channel, words, added_by, added_at
) VALUES (
  :community, :member, :giver, :amount, :received_on, :source, :ref, :turn, :batch,
  :value, :channel, :words, :added_by, :added_at
)
"""

_GET = "SELECT * FROM points WHERE community = :community AND id = :id"

_REVERSE = """
INSERT INTO point_reversals (points, community, reversed_by, at)
VALUES (:points, :community, :by, :at)
ON CONFLICT (points) DO NOTHING
"""

_STANDING = """
SELECT p.id FROM points AS p
WHERE p.community = :community AND p.batch = :batch
  AND NOT EXISTS (SELECT 1 FROM point_reversals AS r WHERE r.points = p.id)
ORDER BY p.id LIMIT :most
"""

_MINE = """
member = :member OR giver = :member OR (added_by = :member AND source = 'adjusted')
"""

_KEPT = "others' counts rest on it"

CLAIMS = (
    Claim(
        "points",
        _MINE,
        Keep(_KEPT, texts=("received_on", "source", "ref", "channel")),
        {
            "member": Shown.MEMBER,
            "giver": Shown.MEMBER,
            "added_by": Shown.MEMBER,
            "ref": Shown.HIDDEN,
        },
    ),
    Claim(
        "point_reversals",
        "points IN (SELECT id FROM points WHERE member = :member OR giver = :member)",
        Keep(_KEPT),
        {"reversed_by": Shown.MEMBER},
    ),
)


class Source(StrEnum):
    """Where points come from."""

    IMPORTED = "imported"
    ADJUSTED = "adjusted"


@dataclass(frozen=True, slots=True)
class Points:
    """Points of one member.

    Attributes:
        member: Key of who received them.

        giver: Key of who gave them, on whose board they count as well; None where
            nobody is known.

        amount: Whole points, not 0; less only where they are adjusted.

        received_on: The date that they count on, on the community's clocks, which is
            no later than today.

        ref: What makes them these and no others, such as a digest of a file's row:
            of the same source and ref, only one stands at a time. No names, no words.

        batch: What they came with, to be reversed together; None for nothing.

        words: Id of a moderator's reason, in ``words``; None for none. Where the member
            is erased, so is what was said of them.

        value: Id of a community value; None for none.

        channel: The platform's id of a channel; None for none.
    """

    member: int
    giver: int | None
    amount: int
    received_on: date
    source: Source
    ref: str
    batch: int | None = None
    words: int | None = None
    value: int | None = None
    channel: str | None = None


def add(
    tx: Transaction, community: Community, points: Points, by: int | None, at: datetime
) -> int | None:
    """Keep ``points``, which the boards then count, and return their id.

    Returns None where the same stand already. Writes ``points.added`` to the log (actor
    ``by``, 0 where nobody did it; subject the member; ref ``points:<id>``); the audit
    is the caller's.

    Raises:
        ValueError: If they are of a date that is yet to come, or less than nothing was
            imported.
    """
    if points.received_on > at.astimezone(community.settings.zone).date():
        raise ValueError(points.received_on)
    if points.source is Source.IMPORTED and points.amount <= 0:
        raise ValueError(points.amount)
    same: dict[str, Value] = {
        "community": community.id,
        "source": points.source,
        "ref": points.ref,
    }
    row = tx.one(_SAME, **same)
    if row is not None and not row["reversed"]:
        return None
    added = tx.add(
        _ADD,
        **same,
        member=points.member,
        giver=points.giver,
        amount=points.amount,
        received_on=points.received_on.isoformat(),
        turn=row["turn"] + 1 if row else 0,
        batch=points.batch,
        value=points.value,
        channel=points.channel,
        words=points.words,
        added_by=by,
        added_at=to_ms(at),
    )
    _tell(tx, community, _Told("added", added, points.member, points.amount, by), at)
    return added


def reverse(
    tx: Transaction, community: Community, points: int, by: int | None, at: datetime
) -> bool:
    """Take back exactly what was added; False where there is nothing to take back.

    Writes ``points.reversed`` to the log.
    """
    row = tx.one(_GET, community=community.id, id=points)
    reversal = {"community": community.id, "by": by, "at": to_ms(at)}
    if row is None or not tx.run(_REVERSE, points=points, **reversal):
        return False
    told = _Told("reversed", points, row["member"], -row["amount"], by)
    _tell(tx, community, told, at)
    return True


def standing(
    tx: Transaction, community: Community, batch: int, most: int
) -> Sequence[int]:
    """Return the ids of at most so many points of a batch that were not reversed."""
    rows = tx.all(_STANDING, community=community.id, batch=batch, most=most)
    return [row["id"] for row in rows]


def get(tx: Transaction, community: Community, points: int) -> Points | None:
    """Return what was added, also where it was reversed since."""
    row = tx.one(_GET, community=community.id, id=points)
    if row is None:
        return None
    return Points(
        member=row["member"],
        giver=row["giver"],
        amount=row["amount"],
        received_on=date.fromisoformat(row["received_on"]),
        source=Source(row["source"]),
        ref=row["ref"],
        batch=row["batch"],
        words=row["words"],
        value=row["value"],
        channel=row["channel"],
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the log is told of points."""

    what: str
    points: int
    member: int
    amount: int
    by: int | None


def _tell(tx: Transaction, community: Community, told: _Told, at: datetime) -> None:
    ref = f"points:{told.points}"
    kind = f"points.{told.what}"
    fact = activity.Fact(kind, told.by or 0, told.member, told.amount, ref, ref)
    activity.add(tx, community, fact, at)
