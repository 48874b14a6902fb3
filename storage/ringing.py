"""What is due, and what becomes of it where it cannot be done.

`storage.occurrences` holds what was done. Here is what comes before: who is next, who
has to wait for quiet hours to end, who is tried again and who was tried often enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community
from bot.domain.errors import RuleError
from storage import communities
from storage.calendar import Entry, Quiet, entry_of
from storage.database import Transaction
from storage.instants import from_ms, to_ms
from storage.occurrences import CATCH_UP, Policy, claim, pass_by

MAX_ATTEMPTS = 8
"""Tries before what cannot be done is set aside, about two hours after the first."""

FIRST_WAIT = timedelta(minutes=1)
MAX_WAIT = timedelta(hours=1)

# The soonest of each community, so that what is due there is done in order.
_DUE = """
SELECT id FROM (
  SELECT id, due_at,
    row_number() OVER (PARTITION BY community ORDER BY due_at, id) AS place
  FROM calendar_entries WHERE due_at <= :now
) WHERE place = 1 ORDER BY due_at, id LIMIT :most
"""

_TAKE = """
SELECT e.*, c.left_at FROM calendar_entries AS e
JOIN communities AS c ON c.id = e.community
WHERE e.id = :id AND e.due_at <= :now
"""

_POSTPONE = """
UPDATE calendar_entries SET due_at = :due_at, put_off = 1, attempts = :attempts
WHERE id = :id
"""

_BREAK = """
UPDATE calendar_entries SET state = 'broken', due_at = NULL
WHERE id = :id RETURNING community
"""

_PARKED = """
SELECT o.* FROM calendar_entries AS e
JOIN occurrences AS o ON o.entry = e.id AND o.outcome = 'parked'
WHERE e.community = :community ORDER BY o.at LIMIT :most
"""

_UNPARK = """
DELETE FROM occurrences
WHERE entry = :entry AND day = :day AND slot = :slot AND outcome = 'parked'
  AND entry IN (SELECT id FROM calendar_entries
                WHERE community = :community AND state IN ('active', 'over'))
"""

_REWIND = """
UPDATE calendar_entries SET
  covered_at = min(covered_at, :before), due_at = :now, put_off = 0, state = 'active',
  attempts = 0
WHERE id = :entry
"""


@dataclass(frozen=True, slots=True)
class Stuck:
    """What was set aside, to be told to those who can do something about it.

    Attributes:
        due_at: When it was due; None where nobody can tell any more, since the rule of
            the entry cannot be read.
    """

    community: Community
    entry: int
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Parked:
    """An occurrence whose unit failed again and again."""

    entry: int
    day: str
    slot: int
    due_at: datetime
    reason: str


def due(tx: Transaction, now: datetime, most: int) -> Sequence[int]:
    """Return what is due: of each community the entry that is so for the longest."""
    return [row["id"] for row in tx.all(_DUE, now=to_ms(now), most=most)]


def take(tx: Transaction, entry: int, now: datetime) -> Entry | None:
    """Return ``entry`` where it is still due, and its community is not in peace.

    Raises:
        RuleError: If its rule cannot be read any more.
    """
    row = tx.one(_TAKE, id=entry, now=to_ms(now))
    if row is None:
        return None
    taken = entry_of(row)
    if row["left_at"] is not None:
        pass_by(tx, taken, now)
        return None
    if taken.plan.quiet is Quiet.HEED:
        settings = communities.by_id(tx, taken.community).settings
        if settings.quiet and (over := settings.quiet.over_at(now, settings.zone)):
            _postpone(tx, taken, over, taken.attempts)
            return None
    return taken


def fail(
    tx: Transaction,
    entry: int,
    policy_of: Callable[[str], Policy],
    now: datetime,
    reason: str,
) -> Stuck | None:
    """Note that the unit of ``entry`` failed; return what is set aside for good.

    Until then it is tried again, after longer and longer waits, and what is due after
    it in the same entry waits with it.
    """
    try:
        taken = take(tx, entry, now)
    except RuleError:
        (row,) = tx.all(_BREAK, id=entry)
        return Stuck(communities.by_id(tx, row["community"]), entry, None)
    if taken is None:
        return None
    if taken.attempts + 1 < MAX_ATTEMPTS:
        wait = min(FIRST_WAIT * 2**taken.attempts, MAX_WAIT)
        _postpone(tx, taken, now + wait, taken.attempts + 1)
        return None
    parked = claim(tx, taken, policy_of(taken.plan.kind), now, reason)
    return Stuck(parked.community, entry, parked.until) if parked else None


def parked(tx: Transaction, community: Community, most: int) -> Sequence[Parked]:
    """Return what is set aside in ``community``, oldest first."""
    return [
        Parked(row["entry"], row["day"], row["slot"], from_ms(row["at"]), row["reason"])
        for row in tx.all(_PARKED, community=community.id, most=most)
    ]


def again(tx: Transaction, community: Community, parked: Parked, now: datetime) -> bool:
    """Have what was set aside be tried again; False where it is too late for that.

    The entry goes back to before it. What was done since is claimed and stays so.
    """
    if parked.due_at <= now - CATCH_UP or not tx.run(
        _UNPARK,
        community=community.id,
        entry=parked.entry,
        day=parked.day,
        slot=parked.slot,
    ):
        return False
    before = to_ms(parked.due_at) - 1
    tx.run(_REWIND, entry=parked.entry, before=before, now=to_ms(now))
    tx.wake("calendar")
    return True


def _postpone(tx: Transaction, entry: Entry, due: datetime, attempts: int) -> None:
    tx.run(_POSTPONE, id=entry.id, due_at=to_ms(due), attempts=attempts)
