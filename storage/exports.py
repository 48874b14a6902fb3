"""What members asked to be handed of themselves, and what takes too long to wait for.

Whoever has little is handed it at once, and leaves nothing here. The rest is made
behind the scenes and waits to be fetched, also over a restart, for a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.community import Community, Member
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import to_ms

TOPIC = "exports"
"""What is woken where there is something to be made."""

KEPT_FOR = timedelta(hours=24)

MAX_TRIES = 3
"""How often it is begun; after that, asking again is a new beginning."""

_ASK = """
INSERT INTO exports (community, member, locale, call, asked_at, tries)
VALUES (:community, :member, :locale, :call, :at, 0)
"""

_MINE = """
SELECT content IS NOT NULL AS is_made, tries FROM exports
WHERE community = :community AND member = :member AND asked_at > :before
"""

_CONTENT = (
    "SELECT content FROM exports WHERE community = :community AND member = :member"
)

# Whoever was tried before waits behind the others.
_NEXT = """
SELECT e.*, m.platform_id FROM exports AS e JOIN members AS m ON m.key = e.member
JOIN communities AS c ON c.id = e.community AND c.left_at IS NULL
WHERE e.content IS NULL AND e.tries < :most AND e.asked_at > :before
ORDER BY e.tries, e.id LIMIT 1
"""

_TRY = "UPDATE exports SET tries = tries + 1 WHERE id = :id"

_KEEP = "UPDATE exports SET content = :content WHERE id = :id AND content IS NULL"

_DROP = "DELETE FROM exports WHERE community = :community AND member = :member"

_SWEEP = "DELETE FROM exports WHERE asked_at <= :before"

CLAIMS = (
    Claim(
        "exports",
        "community = :community AND member = :member",
        Delete(),
        # It would hold itself.
        {"member": Shown.MEMBER, "content": Shown.HIDDEN},
    ),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody waits for.

    Attributes:
        community: Laurel's id of it.

        platform_id: Who it is, on their platform.

        locale: The language in which they asked.

        call: Id of the call that asked.
    """

    id: int
    community: int
    platform_id: str
    locale: str
    call: str


def ask(tx: Transaction, community: Community, member: Member, call: Call) -> None:
    """Have what is kept about ``member``, who asked by ``call``, be made for them."""
    drop(tx, community, member)
    tx.run(
        _ASK,
        community=community.id,
        member=member.key,
        locale=call.locale,
        call=call.id,
        at=to_ms(call.at),
    )
    tx.wake(TOPIC)


def is_made(
    tx: Transaction, community: Community, member: Member, at: datetime
) -> bool | None:
    """Return whether it is made; None where nobody makes it, or any more."""
    row = tx.one(
        _MINE,
        community=community.id,
        member=member.key,
        before=to_ms(at - KEPT_FOR),
    )
    if row is None or (not row["is_made"] and row["tries"] >= MAX_TRIES):
        return None
    return bool(row["is_made"])


def content(tx: Transaction, community: Community, member: Member) -> bytes:
    """Return what was made.

    Raises:
        LookupError: If there is nothing.
    """
    row = tx.one(_CONTENT, community=community.id, member=member.key)
    if row is None or row["content"] is None:
        raise LookupError
    return bytes(row["content"])


def begin(tx: Transaction, now: datetime) -> Asked | None:
    """Note that the next is tried, and return it; None where nobody waits."""
    row = tx.one(_NEXT, most=MAX_TRIES, before=to_ms(now - KEPT_FOR))
    if row is None:
        return None
    tx.run(_TRY, id=row["id"])
    return Asked(
        row["id"], row["community"], row["platform_id"], row["locale"], row["call"]
    )


def keep(tx: Transaction, asked: Asked, made: bytes) -> bool:
    """Keep what was made; return whether anybody still waits for it."""
    return tx.run(_KEEP, id=asked.id, content=made) > 0


def drop(tx: Transaction, community: Community, member: Member) -> None:
    """Forget what was asked for, and what was made."""
    tx.run(_DROP, community=community.id, member=member.key)


def sweep(tx: Transaction, now: datetime) -> int:
    """Delete what nobody fetched in time, and return how many there were."""
    return tx.run(_SWEEP, before=to_ms(now - KEPT_FOR))
