"""Shoutouts, and whom they were for. Nothing is ever changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.shoutouts import Shoutout
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO shoutouts (
  community, operation, giver, value, words, given_at, given_on, channel
) VALUES (
  :community, :operation, :giver, :value, :words, :given_at, :given_on, :channel
)
"""

_ADD_RECEIVER = """
INSERT INTO shoutout_receivers
  (shoutout, receiver, community, giver, given_at, public, position)
VALUES (:shoutout, :receiver, :community, :giver, :given_at, :public, :position)
"""

_OF_OPERATION = """
SELECT id FROM shoutouts WHERE community = :community AND operation = :operation
"""

# Two index look-ups, one for each direction.
_LAST_BETWEEN = """
SELECT shoutout, giver, given_at FROM (
  SELECT shoutout, giver, given_at FROM shoutout_receivers
  WHERE community = :community AND giver = :giver AND receiver = :receiver
    AND given_at > :since
  UNION ALL
  SELECT shoutout, giver, given_at FROM shoutout_receivers
  WHERE community = :community AND giver = :receiver AND receiver = :giver
    AND given_at > :since
) AS between_them
WHERE NOT EXISTS (SELECT 1 FROM retractions AS x
                  WHERE x.shoutout = between_them.shoutout)
ORDER BY given_at DESC LIMIT 1
"""

_IS_THANKED = """
SELECT 1 FROM shoutout_receivers AS r
WHERE r.community = :community AND r.receiver = :receiver AND r.public = 1
  AND (:before IS NULL OR r.shoutout < :before)
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
LIMIT 1
"""

_LAST_GIVEN = """
SELECT max(given_at) AS at FROM shoutouts
WHERE community = :community AND giver = :giver
"""

_GET = """
SELECT s.*, w.body AS reason, v.label AS label, x.way AS way
FROM shoutouts AS s
LEFT JOIN words AS w ON w.id = s.words
LEFT JOIN community_values AS v ON v.id = s.value
LEFT JOIN retractions AS x ON x.shoutout = s.id
WHERE s.community = :community AND s.id = :id
"""

_RECEIVERS = """
SELECT receiver, public FROM shoutout_receivers WHERE shoutout = :id
ORDER BY position, receiver
"""

_RECENT = """
SELECT s.id FROM shoutouts AS s
WHERE s.community = :community AND s.given_at > :since
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = s.id)
ORDER BY s.id DESC LIMIT :most
"""

_NEWEST = """
SELECT s.id FROM shoutouts AS s
WHERE s.community = :community
  AND EXISTS (SELECT 1 FROM shoutout_receivers AS r
              WHERE r.shoutout = s.id AND r.public = 1)
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = s.id)
ORDER BY s.id DESC LIMIT :most
"""

# Two index look-ups: what the member gave, and what they received.
_RECENT_OF = """
SELECT mine.id FROM (
  SELECT id FROM shoutouts
  WHERE community = :community AND giver = :member AND given_at > :since
  UNION
  SELECT shoutout FROM shoutout_receivers
  WHERE community = :community AND receiver = :member AND given_at > :since
) AS mine
WHERE NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = mine.id)
ORDER BY mine.id DESC LIMIT :most
"""

_ABOUT = """
SELECT r.shoutout AS id FROM shoutout_receivers AS r
WHERE r.community = :community AND r.receiver = :member
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
ORDER BY r.given_at DESC LIMIT :most
"""

_ID_IS_MINE = """
(community = :community AND giver = :member) OR id IN (
  SELECT shoutout FROM shoutout_receivers
  WHERE community = :community AND receiver = :member)
"""

_MINE = """
(community = :community AND receiver = :member) OR shoutout IN (
  SELECT id FROM shoutouts WHERE community = :community AND giver = :member)
"""

_KEPT = Keep("others' counts rest on it", texts=("operation", "given_on", "channel"))

_PEOPLE = dict.fromkeys(("giver", "receiver"), Shown.MEMBER)

CLAIMS = (
    Claim("shoutouts", _ID_IS_MINE, _KEPT, _PEOPLE),
    Claim("shoutout_receivers", _MINE, _KEPT, _PEOPLE),
)


@dataclass(frozen=True, slots=True)
class Between:
    """The last time that two people thanked each other, in whichever direction."""

    shoutout: int
    giver: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A shoutout as it is kept.

    Attributes:
        giver: The member's key.

        receivers: Their keys, in the order in which the giver named them.

        public_receivers: Keys of those who were named in public.

        reason: None once it is erased.

        value: The tag's label.

        retracted: How it was taken back; None where it stands.
    """

    id: int
    giver: int
    receivers: tuple[int, ...]
    public_receivers: tuple[int, ...]
    reason: str | None
    value: str | None
    given_at: datetime
    given_on: str
    retracted: str | None


def add(
    tx: Transaction,
    community: Community,
    shoutout: Shoutout,
    operation: str,
    words: int,
) -> int:
    """Record ``shoutout`` and return its id."""
    given_at = to_ms(shoutout.given_at)
    kept = tx.add(
        _ADD,
        community=community.id,
        operation=operation,
        giver=shoutout.giver.key,
        value=shoutout.value,
        words=words,
        given_at=given_at,
        given_on=shoutout.giver.date_at(shoutout.given_at).isoformat(),
        channel=shoutout.channel.id if shoutout.channel else None,
    )
    for position, receiver in enumerate(shoutout.receivers):
        tx.run(
            _ADD_RECEIVER,
            shoutout=kept,
            receiver=receiver.key,
            community=community.id,
            giver=shoutout.giver.key,
            given_at=given_at,
            public=int(shoutout.names_in_public(receiver)),
            position=position,
        )
    return kept


def of_operation(tx: Transaction, community: Community, operation: str) -> int | None:
    """Return the shoutout that this very call has made already, if it has."""
    row = tx.one(_OF_OPERATION, community=community.id, operation=operation)
    return int(row["id"]) if row else None


def last_between(
    tx: Transaction, community: Community, giver: int, receiver: int, since: datetime
) -> Between | None:
    """Return the last shoutout of the two after ``since`` that stands."""
    row = tx.one(
        _LAST_BETWEEN,
        community=community.id,
        giver=giver,
        receiver=receiver,
        since=to_ms(since),
    )
    if row is None:
        return None
    return Between(row["shoutout"], row["giver"], from_ms(row["given_at"]))


def is_thanked(
    tx: Transaction, community: Community, receiver: int, before: int | None = None
) -> bool:
    """Return whether anything stands in public for which ``receiver`` was thanked.

    Where ``before`` is the id of a shoutout, only what is older counts.
    """
    asked = {"community": community.id, "receiver": receiver, "before": before}
    return tx.one(_IS_THANKED, **asked) is not None


def last_given(tx: Transaction, community: Community, giver: int) -> datetime | None:
    """Return when ``giver`` last gave a shoutout."""
    row = tx.one(_LAST_GIVEN, community=community.id, giver=giver)
    return from_ms(row["at"]) if row and row["at"] is not None else None


def get(tx: Transaction, community: Community, shoutout: int) -> Kept | None:
    """Return one shoutout of this community."""
    row = tx.one(_GET, community=community.id, id=shoutout)
    return _kept(tx, row) if row else None


def newest(tx: Transaction, community: Community, most: int) -> Sequence[int]:
    """Return the ids of the newest that stand in public, the newest first."""
    rows = tx.all(_NEWEST, community=community.id, most=most)
    return [row["id"] for row in rows]


def retractable(
    tx: Transaction,
    community: Community,
    member: int | None,
    since: datetime,
    *,
    anybodys: bool,
) -> Sequence[Kept]:
    """Return the 25 newest that ``member`` gave or received, or of ``anybodys``."""
    asked = {"community": community.id, "since": to_ms(since), "most": 25}
    sql, own = (_RECENT, {}) if anybodys else (_RECENT_OF, {"member": member})
    rows = tx.all(sql, **asked, **own)
    return _all(tx, community, rows)


def about(
    tx: Transaction, community: Community, receiver: int, most: int
) -> Sequence[Kept]:
    """Return the newest shoutouts for ``receiver`` that stand, in private included."""
    rows = tx.all(_ABOUT, community=community.id, member=receiver, most=most)
    return _all(tx, community, rows)


def _all(
    tx: Transaction, community: Community, rows: Sequence[sqlite3.Row]
) -> Sequence[Kept]:
    found = (get(tx, community, row["id"]) for row in rows)
    return [kept for kept in found if kept]


def _kept(tx: Transaction, row: sqlite3.Row) -> Kept:
    receivers = tx.all(_RECEIVERS, id=row["id"])
    return Kept(
        id=row["id"],
        giver=row["giver"],
        receivers=tuple(r["receiver"] for r in receivers),
        public_receivers=tuple(r["receiver"] for r in receivers if r["public"]),
        reason=row["reason"],
        value=row["label"],
        given_at=from_ms(row["given_at"]),
        given_on=row["given_on"],
        retracted=row["way"],
    )
