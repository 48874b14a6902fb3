"""The audit: who decided what, in a chain that shows any later change.

Each row's hash covers the row and the hash before it. Rows hold random member keys
and salted digests, so erasing somebody changes no row and breaks no chain.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_GENESIS = bytes(32)

_DETAIL = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
_LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

_LAST = """
SELECT id, hash FROM audit WHERE community = :community ORDER BY id DESC LIMIT 1
"""

_ADD = """
INSERT INTO audit (
  community, id, at, actor, action, ref, detail, digest, previous, hash
) VALUES (
  :community, :id, :at, :actor, :action, :ref, :detail, :digest, :previous, :hash
)
"""

# Bounded: an action that was never done would be looked for in the whole chain.
_LATEST = """
SELECT actor, at FROM (
  SELECT id, actor, action, at FROM audit WHERE community = :community
  ORDER BY id DESC LIMIT 10000
) AS recent
WHERE action = :action ORDER BY id DESC LIMIT 1
"""

_ALL = "SELECT * FROM audit WHERE community = :community ORDER BY id"

CLAIMS = (
    Claim(
        "audit",
        "actor = :member",
        Keep(
            "the chain shows any change; digests say nothing without their salt",
            texts=("action", "ref", "detail", "digest", "previous", "hash"),
        ),
        {
            "actor": Shown.MEMBER,
            "digest": Shown.HIDDEN,
            "previous": Shown.HIDDEN,
            "hash": Shown.HIDDEN,
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was decided.

    Attributes:
        actor: Key of the member who decided; None for Laurel itself.

        detail: What else belongs to it; neither names nor words.

        digest: Salted digest of the words that belong to it.
    """

    actor: int | None
    action: str
    ref: str
    detail: Mapping[str, int | str | None] = field(default_factory=dict)
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something, and when.

    Attributes:
        actor: Key of the member; None for Laurel itself.
    """

    actor: int | None
    at: datetime


def add(tx: Transaction, community: Community, entry: Entry, at: datetime) -> None:
    """Append ``entry`` to the community's chain."""
    last = tx.one(_LAST, community=community.id)
    number, previous = (last["id"], last["hash"]) if last else (0, _GENESIS)
    detail = _DETAIL.encode(entry.detail) if entry.detail else "{}"
    at_ms = to_ms(at)
    tx.run(
        _ADD,
        community=community.id,
        id=number + 1,
        at=at_ms,
        actor=entry.actor,
        action=entry.action,
        ref=entry.ref,
        detail=detail,
        digest=entry.digest,
        previous=previous,
        hash=_hash(
            previous, at_ms, entry.actor, entry.action, entry.ref, detail, entry.digest
        ),
    )


def latest(tx: Transaction, community: Community, action: str) -> Decision | None:
    """Return when ``action`` was last done; None where it was not of late."""
    row = tx.one(_LATEST, community=community.id, action=action)
    return Decision(row["actor"], from_ms(row["at"])) if row else None


def first_broken(tx: Transaction, community: Community) -> int | None:
    """Return the id of the first row that does not fit the chain; None when whole."""
    previous = _GENESIS
    for row in tx.all(_ALL, community=community.id):
        expected = _hash(
            previous,
            row["at"],
            row["actor"],
            row["action"],
            row["ref"],
            row["detail"],
            row["digest"],
        )
        if row["previous"] != previous or row["hash"] != expected:
            return int(row["id"])
        previous = row["hash"]
    return None


def _hash(previous: bytes, *columns: int | str | bytes | None) -> bytes:
    told = [c.hex() if isinstance(c, bytes) else c for c in columns]
    return hashlib.sha256(previous + _LINE.encode(told).encode()).digest()
