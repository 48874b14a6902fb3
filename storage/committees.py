"""Committees: from whom they were drawn, by which seed, and for how long.

The pool is written before there is a seed, and neither is ever changed: the schema
refuses it. `storage.rotation` says who can be drawn, `storage.seats` who sits in them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.committees import CommitteeState, Size
from bot.domain.community import Community
from bot.domain.draws import Pool
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_POOL = """
INSERT INTO committees (
  community, seats, backups, days, pool, size, digest, asked_by, asked_at
) VALUES (
  :community, :seats, :backups, :days, :pool, :size, :digest, :asked_by, :asked_at
)
ON CONFLICT DO NOTHING
RETURNING *
"""

_SEED = """
UPDATE committees SET
  state = 'serving', seed = :seed, drawn_at = :at, ends_at = :ends_at
WHERE id = :id AND state = 'pooled' AND seed IS NULL
RETURNING *
"""

_GET = "SELECT * FROM committees WHERE community = :community AND id = :id"

_IN_STATE = "SELECT * FROM committees WHERE community = :community AND state = :state"

_NEWEST = """
SELECT * FROM committees WHERE community = :community AND seed IS NOT NULL
ORDER BY id DESC LIMIT 1
"""

_END = """
UPDATE committees SET state = 'over', ends_at = min(ends_at, :at)
WHERE id = :id AND state = 'serving'
"""

_DROP = "UPDATE committees SET state = 'dropped' WHERE id = :id AND state = 'pooled'"

CLAIMS = (
    Claim(
        "committees",
        "asked_by = :member",
        Keep(
            "anybody can repeat the draw; the pool holds random keys alone",
            texts=("state", "pool", "digest", "seed"),
        ),
        {"asked_by": Shown.MEMBER, "pool": Shown.HIDDEN},
    ),
)


@dataclass(frozen=True, slots=True)
class Committee:
    """People who were drawn to decide, or are about to be.

    Attributes:
        size: What was asked for.

        people: How many could be drawn.

        digest: Of the pool, in hexadecimal digits.

        seed: In hexadecimal digits; None until the draw.

        asked_by: Key of the moderator who had it drawn.

        ends_at: When the term ends, or ended; None until the draw.
    """

    id: int
    state: CommitteeState
    size: Size
    people: int
    digest: str
    seed: str | None
    asked_by: int
    asked_at: datetime
    drawn_at: datetime | None
    ends_at: datetime | None

    def serves_at(self, instant: datetime) -> bool:
        """Return whether its term runs at ``instant``."""
        if self.state is not CommitteeState.SERVING or self.ends_at is None:
            return False
        return instant < self.ends_at


def put_pool(
    tx: Transaction,
    community: Community,
    size: Size,
    pool: Pool,
    by: int,
    at: datetime,
) -> Committee | None:
    """Write down from whom will be drawn; None where that is so for another already."""
    row = tx.one(
        _POOL,
        community=community.id,
        seats=size.seats,
        backups=size.backups,
        days=size.days,
        pool=pool.text,
        size=len(pool),
        digest=pool.digest,
        asked_by=by,
        asked_at=to_ms(at),
    )
    return _committee(row) if row else None


def put_seed(
    tx: Transaction, committee: Committee, seed: str, at: datetime
) -> Committee | None:
    """Write the seed down and have the term begin; None where there is one already."""
    ends_at = at + timedelta(days=committee.size.days)
    told = {"at": to_ms(at), "ends_at": to_ms(ends_at)}
    row = tx.one(_SEED, id=committee.id, seed=seed, **told)
    return _committee(row) if row else None


def pool(tx: Transaction, community: Community, committee: int) -> Pool:
    """Return from whom a committee was drawn, or will be.

    Raises:
        LookupError: If the community has none with this id.
    """
    row = tx.one(_GET, community=community.id, id=committee)
    if row is None:
        raise LookupError(f"there is no committee {committee}")
    return Pool.read(row["pool"])


def get(tx: Transaction, community: Community, committee: int) -> Committee | None:
    """Return a committee, None where the community has none with this id."""
    row = tx.one(_GET, community=community.id, id=committee)
    return _committee(row) if row else None


def pooled(tx: Transaction, community: Community) -> Committee | None:
    """Return the committee whose draw is under way."""
    return _in_state(tx, community, CommitteeState.POOLED)


def serving(tx: Transaction, community: Community) -> Committee | None:
    """Return the committee that serves; see `Committee.serves_at` for whether still."""
    return _in_state(tx, community, CommitteeState.SERVING)


def newest(tx: Transaction, community: Community) -> Committee | None:
    """Return the committee that was drawn last, whether or not its term runs."""
    row = tx.one(_NEWEST, community=community.id)
    return _committee(row) if row else None


def end(tx: Transaction, committee: Committee, at: datetime) -> bool:
    """Have a term be over; False where it is already."""
    return bool(tx.run(_END, id=committee.id, at=to_ms(at)))


def drop(tx: Transaction, committee: Committee) -> bool:
    """Have nobody be drawn; False where there is a seed already."""
    return bool(tx.run(_DROP, id=committee.id))


def _in_state(
    tx: Transaction, community: Community, state: CommitteeState
) -> Committee | None:
    row = tx.one(_IN_STATE, community=community.id, state=state)
    return _committee(row) if row else None


def _committee(row: sqlite3.Row) -> Committee:
    return Committee(
        id=row["id"],
        state=CommitteeState(row["state"]),
        size=Size(row["seats"], row["backups"], row["days"]),
        people=row["size"],
        digest=row["digest"],
        seed=row["seed"],
        asked_by=row["asked_by"],
        asked_at=from_ms(row["asked_at"]),
        drawn_at=None if row["drawn_at"] is None else from_ms(row["drawn_at"]),
        ends_at=None if row["ends_at"] is None else from_ms(row["ends_at"]),
    )
