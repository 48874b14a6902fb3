"""What is to happen in each community, once or again and again.

An entry's next time is stored beside it, so that nobody has to expand rules to find
what is due. `storage.occurrences` says what becomes of it then.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache

from bot.domain import rrule
from bot.domain.community import Community
from bot.domain.recurrence import Rule, next_after, zone_named
from storage.claims import Claim, Rewrite, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO calendar_entries (
  community, kind, starts, zone, rrule, exceptions, payload, quiet, state, covered_at,
  due_at
) VALUES (
  :community, :kind, :starts, :zone, :rrule, :exceptions, :payload, :quiet, :state,
  :covered_at, :due_at
)
"""

_CHANGE = """
UPDATE calendar_entries SET
  kind = :kind, starts = :starts, zone = :zone, rrule = :rrule,
  exceptions = :exceptions, payload = :payload, quiet = :quiet, state = :state,
  covered_at = :covered_at, due_at = :due_at, put_off = 0, attempts = 0
WHERE id = :id AND community = :community
"""

_CANCEL = """
UPDATE calendar_entries SET state = 'cancelled', due_at = NULL
WHERE id = :id AND community = :community AND state <> 'cancelled'
"""

_DROP = "DELETE FROM calendar_entries WHERE community = :community AND kind = :kind"

_GET = "SELECT * FROM calendar_entries WHERE id = :id AND community = :community"

_ERASED = """
SELECT id FROM calendar_entries WHERE community = :community AND payload IS NULL
"""

_OF_COMMUNITY = """
SELECT * FROM calendar_entries
WHERE community = :community AND due_at IS NOT NULL ORDER BY due_at, id LIMIT :most
"""

_NEXT_DUE = "SELECT min(due_at) AS at FROM calendar_entries WHERE due_at IS NOT NULL"

# Who is named in what is to happen is no longer there for it.
CLAIMS = (
    Claim(
        "calendar_entries",
        "community = :community AND instr(payload, :named) > 0",
        Rewrite(
            "payload = NULL, state = 'cancelled', due_at = NULL",
            texts=(
                "kind",
                "starts",
                "zone",
                "rrule",
                "exceptions",
                "quiet",
                "state",
            ),
        ),
        {"payload": Shown.WIRE},
    ),
)


class Quiet(StrEnum):
    """Whether something waits until the community's quiet hours are over."""

    HEED = "heed"
    IGNORE = "ignore"


class State(StrEnum):
    """What becomes of an entry.

    ``ACTIVE``: it has a next time. ``OVER``: it has none. ``CANCELLED``: somebody took
    it off. ``BROKEN``: its rule cannot be read any more.
    """

    ACTIVE = "active"
    OVER = "over"
    CANCELLED = "cancelled"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is put on the calendar.

    Attributes:
        kind: ``slice.event``, as in the declaration of the unit that does the work.

        payload: What that unit needs to know, on the wire. Whom it names must be in it
            as a reference, so that erasure finds them.
    """

    kind: str
    rule: Rule
    payload: str
    quiet: Quiet = Quiet.HEED


@dataclass(frozen=True, slots=True)
class Entry:
    """A plan as the calendar holds it.

    Attributes:
        community: Laurel's id of it.

        plan: Its payload is empty where somebody whom it named was erased.

        due_at: When it rings next; None where it does not.
    """

    id: int
    community: int
    plan: Plan
    state: State
    covered_at: datetime
    due_at: datetime | None
    attempts: int


def add(tx: Transaction, community: Community, plan: Plan, now: datetime) -> Entry:
    """Put ``plan``, whose rule `recurrence.check` has let pass, on the calendar."""
    entry = tx.add(
        _ADD,
        community=community.id,
        kind=plan.kind,
        **_columns(plan),
        **_times(plan.rule, now),
    )
    tx.wake("calendar")
    return _known(get(tx, community, entry))


def change(
    tx: Transaction, community: Community, entry: Entry, plan: Plan, now: datetime
) -> Entry:
    """Have ``entry`` be ``plan`` from now on, also where that is of another kind.

    Another rule counts from ``now``; dates that the entry has happened on already stay
    claimed, so that a move within the day does not make it happen again.
    """
    since = entry.covered_at if plan.rule == entry.plan.rule else now
    tx.run(
        _CHANGE,
        id=entry.id,
        community=community.id,
        kind=plan.kind,
        **_columns(plan),
        **_times(plan.rule, since),
    )
    tx.wake("calendar")
    return _known(get(tx, community, entry.id))


def cancel(tx: Transaction, community: Community, entry: int) -> bool:
    """Take ``entry`` off the calendar; False where it is not on it."""
    tx.wake("calendar")
    return bool(tx.run(_CANCEL, id=entry, community=community.id))


def put_only(tx: Transaction, community: Community, plan: Plan, now: datetime) -> Entry:
    """Have ``plan`` be the only entry of its kind, with no trace of those before it.

    It is for what keeps something up to date, and has nothing to tell afterwards.
    """
    drop(tx, community, plan.kind)
    return add(tx, community, plan, now)


def drop(tx: Transaction, community: Community, kind: str) -> None:
    """Delete the entries of ``kind``, and what became of them."""
    tx.run(_DROP, community=community.id, kind=kind)
    tx.wake("calendar")


def get(tx: Transaction, community: Community, entry: int) -> Entry | None:
    """Return an entry of ``community``, None where there is none with this id.

    Raises:
        RuleError: If its rule cannot be read any more.
    """
    row = tx.one(_GET, id=entry, community=community.id)
    return entry_of(row) if row else None


def ahead(tx: Transaction, community: Community, most: int) -> Sequence[Entry]:
    """Return what is to happen in ``community``, the soonest first."""
    rows = tx.all(_OF_COMMUNITY, community=community.id, most=most)
    return [entry_of(row) for row in rows]


def erased(tx: Transaction, community: Community) -> Sequence[int]:
    """Return the entries that somebody who was erased had written, or was named in."""
    return [row["id"] for row in tx.all(_ERASED, community=community.id)]


def next_due(tx: Transaction) -> datetime | None:
    """Return when something is due next, of all communities; None for never."""
    row = tx.one(_NEXT_DUE)
    return from_ms(row["at"]) if row and row["at"] is not None else None


def entry_of(row: sqlite3.Row) -> Entry:
    """Return the entry in ``row``.

    Raises:
        RuleError: If its rule cannot be read any more.
    """
    rule = _rule(row["starts"], row["zone"], row["rrule"], row["exceptions"])
    plan = Plan(row["kind"], rule, row["payload"] or "", Quiet(row["quiet"]))
    return Entry(
        id=row["id"],
        community=row["community"],
        plan=plan,
        state=State(row["state"]),
        covered_at=from_ms(row["covered_at"]),
        due_at=None if row["due_at"] is None else from_ms(row["due_at"]),
        attempts=row["attempts"],
    )


# Most rules are those of many entries, and a unit begins by reading one.
@lru_cache(maxsize=4_000)
def _rule(starts: str, zone: str, text: str, exceptions: str) -> Rule:
    found = zone_named(zone)
    return Rule(
        start=datetime.fromisoformat(starts),
        zone=found,
        pattern=rrule.parse(text, found) if text else None,
        exceptions=frozenset(map(date.fromisoformat, json.loads(exceptions))),
    )


def _columns(plan: Plan) -> dict[str, Value]:
    rule = plan.rule
    return {
        "starts": rule.start.isoformat(),
        "zone": rule.zone.key,
        "rrule": str(rule.pattern) if rule.pattern else "",
        "exceptions": json.dumps([on.isoformat() for on in sorted(rule.exceptions)]),
        "payload": plan.payload,
        "quiet": plan.quiet,
    }


def _times(rule: Rule, since: datetime) -> dict[str, Value]:
    following = next_after(rule, since)
    return {
        "state": State.ACTIVE if following else State.OVER,
        "covered_at": to_ms(since),
        "due_at": to_ms(following.at) if following else None,
    }


def _known(entry: Entry | None) -> Entry:
    if entry is None:
        raise LookupError("the entry was just written")
    return entry
