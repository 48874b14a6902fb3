"""How often each member was thanked in public and thanked others.

Derived: `count` follows the activity log, so that no member waits for it, and every row
can be recomputed from the shoutouts, which `laurel check` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.community import Community
from storage.activity import Activity
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import to_ms

COUNTER = "boards.count"
"""The follower that counts: its cursor says how far the tallies have come."""

COUNTED = ("shoutouts.given", "shoutouts.undo", "shoutouts.retract")
"""The kinds of activity that change a tally, by their amount."""

# Nobody who was erased in between comes back.
_ADD = """
INSERT INTO tallies (community, member, received, given, received_at, given_at, since)
SELECT :community, :member, :received, :given, :at, :at, :since
WHERE EXISTS (SELECT 1 FROM members WHERE key = :member)
ON CONFLICT (community, member) DO UPDATE SET {changes}
"""

# What does not change is not named, or its board would be written again as well.
_RECEIVED = "received = received + excluded.received, received_at = :at"
_GIVEN = "given = given + excluded.given, given_at = :at"

_ADD_RECEIVED = _ADD.format(changes=_RECEIVED)
_ADD_GIVEN = _ADD.format(changes=_GIVEN)
_ADD_BOTH = _ADD.format(changes=f"{_RECEIVED}, {_GIVEN}")

_COUNTED = """
SELECT giver, receiver FROM shoutout_receivers
WHERE community = :community AND shoutout = :shoutout AND receiver = :receiver
  AND public = 1
"""

# Whoever ties is ranked by the last that still stands.
_LESS_RECEIVED = """
UPDATE tallies SET received = received - 1, received_at = (
  SELECT coalesce(max(r.given_at), 0) FROM shoutout_receivers AS r
  WHERE r.community = :community AND r.receiver = :member AND r.public = 1
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
)
WHERE community = :community AND member = :member
"""

_LESS_GIVEN = """
UPDATE tallies SET given = given - 1, given_at = (
  SELECT coalesce(max(r.given_at), 0)
  FROM shoutouts AS s JOIN shoutout_receivers AS r ON r.shoutout = s.id
  WHERE s.community = :community AND s.giver = :member AND r.public = 1
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
)
WHERE community = :community AND member = :member
"""

_OF = """
SELECT received, given FROM tallies WHERE community = :community AND member = :member
"""

_IN_PRIVATE = """
SELECT count(*) AS times FROM shoutout_receivers AS r
WHERE r.community = :community AND r.receiver = :member AND r.public = 0
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
"""

_BOARD = """
SELECT m.platform_id, t.member, t.{side} AS amount
FROM tallies AS t JOIN members AS m ON m.key = t.member
WHERE t.community = :community AND t.{side} > 0 AND m.on_boards = 1 AND m.here = 1
  AND m.level IN ('public', 'channel')
ORDER BY t.{side} DESC, t.{side}_at, t.since, t.member LIMIT :most
"""

# Who is ahead is counted in the board's own index, less the few who are not shown:
# looking each of them up among the members would take a hundred times as long.
_RANK = """
SELECT t.{side} AS amount, m.platform_id,
  (SELECT count(*) FROM tallies AS a
   WHERE a.community = t.community AND a.{side} >= t.{side}
     AND (a.{side} > t.{side}
          OR (a.{side}_at, a.since, a.member) < (t.{side}_at, t.since, t.member)))
  -
  (SELECT count(*) FROM members AS h
   CROSS JOIN tallies AS a ON a.community = h.community AND a.member = h.key
   WHERE h.community = t.community
     AND NOT (h.on_boards = 1 AND h.here = 1 AND h.level IN ('public', 'channel'))
     AND a.{side} >= t.{side}
     AND (a.{side} > t.{side}
          OR (a.{side}_at, a.since, a.member) < (t.{side}_at, t.since, t.member)))
  AS ahead
FROM tallies AS t JOIN members AS m ON m.key = t.member
WHERE t.community = :community AND t.member = :member AND t.{side} > 0
  AND m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')
"""

# What the log holds behind the counter's cursor is not in the tallies yet.
_DRIFT = """
WITH ahead AS (
  SELECT r.community, r.receiver, r.giver, a.amount
  FROM activity AS a JOIN shoutout_receivers AS r
    ON r.shoutout = CAST(substr(a.ref, 11) AS INTEGER) AND r.receiver = a.subject
  WHERE a.id > coalesce(
      (SELECT activity FROM cursors WHERE follower = :counter), 0)
    AND a.kind IN ('shoutouts.given', 'shoutouts.undo', 'shoutouts.retract')
    AND r.public = 1
), counted AS (
  SELECT r.community, r.receiver AS member, 1 AS received, 0 AS given
  FROM shoutout_receivers AS r
  WHERE r.public = 1
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
  UNION ALL
  SELECT r.community, r.giver, 0, 1
  FROM shoutout_receivers AS r
  WHERE r.public = 1
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
  UNION ALL
  SELECT community, receiver, -amount, 0 FROM ahead
  UNION ALL
  SELECT community, giver, 0, -amount FROM ahead
  UNION ALL
  SELECT t.community, t.member, -t.received, -t.given FROM tallies AS t
)
SELECT count(*) AS members FROM (
  SELECT community, member FROM counted GROUP BY community, member
  HAVING sum(received) <> 0 OR sum(given) <> 0
) AS differing
WHERE EXISTS (SELECT 1 FROM members AS m WHERE m.key = differing.member)  -- not erased
"""

CLAIMS = (
    Claim(
        "tallies",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
    ),
)


class Side(StrEnum):
    """Which of the two is counted."""

    RECEIVED = "received"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Tally:
    """What one member has received and given in public."""

    received: int
    given: int


@dataclass(frozen=True, slots=True)
class _When:
    """When something counted, and the id of the log's entry that says so."""

    at: datetime
    entry: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One place on a board.

    Attributes:
        rank: Counted from 1; who ties is ranked by who got there first.

        platform_id: The member's id on the platform.
    """

    rank: int
    platform_id: str
    member: int
    amount: int


def count(tx: Transaction, entry: Activity) -> None:
    """Count one entry of a `COUNTED` kind, in the order of the log."""
    fact = entry.fact
    if fact.amount > 0:  # only what is public is given under this kind
        when = _When(entry.at, entry.id)
        _add(tx, entry.community, fact.subject, Tally(1, 0), when)
        _add(tx, entry.community, fact.actor, Tally(0, 1), when)
        return
    row = tx.one(
        _COUNTED,
        community=entry.community,
        shoutout=int(fact.ref.removeprefix("shoutouts:")),
        receiver=fact.subject,
    )
    if row is not None:  # in private, it counted for nobody
        tx.run(_LESS_RECEIVED, community=entry.community, member=row["receiver"])
        tx.run(_LESS_GIVEN, community=entry.community, member=row["giver"])


def add(
    tx: Transaction, community: Community, member: int, more: Tally, at: datetime
) -> None:
    """Add ``more``, both at least 0, to what a member has who is not erased."""
    _add(tx, community.id, member, more, _When(at))


def _add(
    tx: Transaction, community: int, member: int | None, more: Tally, when: _When
) -> None:
    received, given = more.received, more.given
    tx.run(
        _ADD_BOTH if received and given else _ADD_RECEIVED if received else _ADD_GIVEN,
        community=community,
        member=member,
        received=received,
        given=given,
        at=to_ms(when.at),
        since=when.entry,
    )


def of(tx: Transaction, community: Community, member: int) -> Tally:
    """Return what ``member`` has received and given."""
    row = tx.one(_OF, community=community.id, member=member)
    return Tally(row["received"], row["given"]) if row else Tally(0, 0)


def in_private(tx: Transaction, community: Community, receiver: int) -> int:
    """Return how often ``receiver`` was thanked by direct message alone."""
    row = tx.one(_IN_PRIVATE, community=community.id, member=receiver)
    return int(row["times"]) if row else 0


def board(
    tx: Transaction, community: Community, side: Side, most: int
) -> Sequence[Place]:
    """Return the first ``most`` members who may be shown."""
    rows = tx.all(_BOARD.format(side=side), community=community.id, most=most)
    return [
        Place(rank, row["platform_id"], row["member"], row["amount"])
        for rank, row in enumerate(rows, 1)
    ]


def place_of(
    tx: Transaction, community: Community, side: Side, member: int
) -> Place | None:
    """Return where ``member`` stands; None where they are not on the board."""
    row = tx.one(_RANK.format(side=side), community=community.id, member=member)
    if row is None:
        return None
    return Place(row["ahead"] + 1, row["platform_id"], member, row["amount"])


def drift(tx: Transaction) -> int:
    """Return how many members' tallies differ from a recount; 0 when all is well."""
    row = tx.one(_DRIFT, counter=COUNTER)
    return int(row["members"]) if row else 0
