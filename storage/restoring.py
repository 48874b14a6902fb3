"""A backup is put back: what that means for those who were told more since.

What was sent after the backup was made is not in it, and stands on the platforms. So
nothing that waits in it is sent by itself, what it would post for times that are past
is left out, and whoever was erased since is erased once more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community
from bot.domain.refs import MemberRef
from storage import audit, communities, erasures, members, occurrences, personal
from storage.calendar import entry_of
from storage.database import Transaction
from storage.departures import KEPT_FOR
from storage.instants import to_ms

FRESH = timedelta(minutes=15)
"""What was queued so shortly before the restore was hardly sent by anybody else."""

REASON = "restored"
"""Why what waits in a backup is set aside."""

_TOKEN = "SELECT token FROM instance WHERE id = 1"  # noqa: S105  not the token itself

_EPOCH = "UPDATE instance SET epoch = epoch + 1"

GAP = 1_000_000
"""How many of each kind are thought to have been made since the backup."""

_NUMBERED = """
SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'
"""
_FURTHER = "UPDATE sqlite_sequence SET seq = seq + :gap WHERE name = :name"
_BEGIN_AT = "INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :gap)"

_PARK = """
UPDATE outbox SET state = 'parked', reason = :reason, sending_at = NULL
WHERE message_id IS NULL AND gone = 0
  AND (state = 'sending' OR (state = 'new' AND queued_at < :before))
"""

_DUE = "SELECT * FROM calendar_entries WHERE due_at <= :now"

_MEMBERS = "SELECT key, platform_id, met_at FROM members WHERE community = :community"

_LEAVE = "UPDATE communities SET left_at = :at WHERE id = :id"


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of putting a backup back.

    Attributes:
        parked: Messages that were set aside; moderators decide about each.

        passed: Entries of the calendar that left something out.

        erased: Members and communities that are erased once more.
    """

    parked: int
    passed: int
    erased: int


def token(tx: Transaction) -> str:
    """Return the word that no other installation has."""
    (row,) = tx.all(_TOKEN)
    return str(row["token"])


def settle(
    tx: Transaction,
    posting: Collection[str],
    erased: Mapping[str, datetime],
    now: datetime,
) -> Restored:
    """Make of a backup what can go on from ``now``.

    Args:
        tx: A transaction on the copy that is to be the database.
        posting: Kinds of occurrences that post something for a time, or a period.
        erased: When each was erased, by its digest, as the ledger has it.
        now: When it is put back.
    """
    tx.run(_EPOCH)
    _pass_numbers(tx)
    parked = tx.run(_PARK, reason=REASON, before=to_ms(now - FRESH))
    passed = 0
    for row in tx.all(_DUE, now=to_ms(now)):
        entry = entry_of(row)
        if entry.plan.kind in posting:
            occurrences.pass_by(tx, entry, now, REASON)
            passed += 1
    found = sum(_erase(tx, each, erased, now) for each in communities.every(tx))
    for community in communities.every(tx):
        detail = {"parked": parked, "erased": found}
        entry_ = audit.Entry(None, "laurel.restored", "instance:1", detail)
        audit.add(tx, community, entry_, now)
    return Restored(parked, passed, found)


def _pass_numbers(tx: Transaction) -> None:
    """Have nothing new be called what something was that the backup does not hold.

    Buttons that were drawn since stand on the platforms, and carry such numbers.
    """
    for (name,) in tx.all(_NUMBERED):
        if not tx.run(_FURTHER, name=name, gap=GAP):
            tx.run(_BEGIN_AT, name=name, gap=GAP)


def _erase(
    tx: Transaction,
    community: Community,
    erased: Mapping[str, datetime],
    now: datetime,
) -> int:
    """Erase who was erased after the backup was made; return how many that were."""
    if erasures.digest(tx, community.ref) in erased:
        tx.run(_LEAVE, id=community.id, at=to_ms(now - KEPT_FOR))
        return 1
    count = 0
    for row in tx.all(_MEMBERS, community=community.id):
        ref = MemberRef(community.ref, row["platform_id"])
        at = erased.get(erasures.digest(tx, ref))
        # Whoever came back since, and was in the backup for that, stays.
        if at is None or row["met_at"] > to_ms(at):
            continue
        member = members.by_key(tx, community, row["key"], now)
        if member is not None:
            personal.forget(tx, personal.Subject(community, member, now), REASON)
            count += 1
    return count
