"""What members have begun and not finished: previews, sheets, forms to edit again."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from storage import communities, members
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import to_ms

LIFETIME = timedelta(hours=24)

GONE = "common.draft-gone"
"""What is said of a draft that there is none of any more, or that is another's."""

_PUT = """
INSERT INTO drafts (id, community, owner, kind, body, expires_at)
VALUES (:id, :community, :owner, :kind, :body, :expires_at)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, expires_at = excluded.expires_at
"""

_GET = """
SELECT body FROM drafts
WHERE id = :id AND community = :community AND owner = :owner AND kind = :kind
  AND expires_at > :now
"""

_TAKE = """
DELETE FROM drafts
WHERE id = :id AND community = :community AND owner = :owner AND kind = :kind
  AND expires_at > :now
RETURNING body
"""

_SWEEP = "DELETE FROM drafts WHERE expires_at <= :now"

# Others' drafts that name the member go as well: they are few, and a day old at most.
CLAIMS = (
    Claim(
        "drafts",
        "owner = :member",
        Delete("owner = :member OR instr(body, :named) > 0"),
        {"owner": Shown.MEMBER, "body": Shown.WIRE},
    ),
)


@dataclass(frozen=True, slots=True)
class DraftRef:
    """Where a draft is kept, and whose it is. Nobody else ever reads it."""

    id: str
    community: Community
    owner: Member
    kind: str


def new_id() -> str:
    """Return an id that nobody can guess, short enough for a button."""
    return secrets.token_urlsafe(12)


def put(tx: Transaction, ref: DraftRef, body: str, at: datetime) -> None:
    """Keep ``body``, text on the wire, in place of what the draft held before."""
    tx.run(
        _PUT,
        id=ref.id,
        community=ref.community.id,
        owner=ref.owner.key,
        kind=ref.kind,
        body=body,
        expires_at=to_ms(at + LIFETIME),
    )


def get(tx: Transaction, ref: DraftRef, now: datetime) -> str | None:
    """Return what the draft holds; None where it is gone or somebody else's."""
    return _read(tx, _GET, ref, now)


def take(tx: Transaction, ref: DraftRef, now: datetime) -> str | None:
    """Return what the draft holds and end it, so that it is used once."""
    return _read(tx, _TAKE, ref, now)


def of_actor(tx: Transaction, call: Call, draft: str, kind: str) -> DraftRef:
    """Return where a draft is kept, if it is that of whoever acts.

    Raises:
        RuleError: If Laurel has never met them, so that they have none.
    """
    community = communities.get(tx, call.community)
    owner = members.find(tx, community, call.actor.ref, call.at)
    if owner is None:
        raise RuleError(GONE)
    return DraftRef(draft, community, owner, kind)


def held(body: str | None) -> Any:
    """Return what was read of a draft, off the wire.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    if body is None:
        raise RuleError(GONE)
    return wire.decode(body)


def sweep(tx: Transaction, now: datetime) -> int:
    """Delete the drafts whose time is over and return how many there were."""
    return tx.run(_SWEEP, now=to_ms(now))


def _read(tx: Transaction, sql: str, ref: DraftRef, now: datetime) -> str | None:
    row = tx.one(
        sql,
        id=ref.id,
        community=ref.community.id,
        owner=ref.owner.key,
        kind=ref.kind,
        now=to_ms(now),
    )
    return row["body"] if row else None
