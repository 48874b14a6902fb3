"""When awards open and close by themselves: entries of the calendar that all see.

An opening is said aloud and waits for quiet hours to end. A closing is told beforehand,
so it comes when it was told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.domain.awards import Window
from bot.domain.community import Community
from bot.domain.recurrence import Rule
from storage import activity, calendar, moments
from storage.activity import Fact
from storage.calendar import Plan, Quiet, State
from storage.database import Transaction
from storage.instants import to_ms

OPEN = "awards.open"
CLOSE = "awards.close"
"""Kinds of the entries. Each payload holds the id of the award as ``award``."""

_OF = "SELECT opening, closing FROM awards WHERE id = :id AND community = :community"

_PLAN = """
UPDATE awards SET opens_at = :opens_at, closes_at = :closes_at, opening = :opening
WHERE id = :id AND community = :community AND state = 'closed'
"""

_CLOSING = """
UPDATE awards SET closing = :closing
WHERE id = :id AND community = :community AND state = 'open'
"""

_MOVE = """
UPDATE award_rounds SET closes_at = :closes_at
WHERE award = :id AND community = :community AND closed_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Change:
    """Which award's window is changed, by whom, and when.

    Attributes:
        name: What the award is called.

        actor: Key of a member; 0 for Laurel itself.

        source: Id of the call, or of what else caused it.
    """

    award: int
    name: str
    actor: int
    source: str
    at: datetime


def put(tx: Transaction, community: Community, window: Window, by: Change) -> bool:
    """Have a closed award open and close by itself; False where it is not closed."""
    drop(tx, community, by)
    opening = _entry(tx, community, OPEN, window.opens_at, by)
    return bool(
        tx.run(
            _PLAN,
            id=by.award,
            community=community.id,
            opens_at=_ms(window.opens_at),
            closes_at=_ms(window.closes_at),
            opening=opening,
        )
    )


def close_at(
    tx: Transaction, community: Community, closes_at: datetime | None, by: Change
) -> bool:
    """Have an open award close by itself; False where it is not open."""
    drop(tx, community, by)
    which = {"id": by.award, "community": community.id}
    closing = _entry(tx, community, CLOSE, closes_at, by)
    tx.run(_MOVE, **which, closes_at=_ms(closes_at))
    return bool(tx.run(_CLOSING, **which, closing=closing))


def drop(tx: Transaction, community: Community, by: Change) -> None:
    """Take off the calendar what has not come yet."""
    for entry in _entries(tx, community, by.award):
        if entry.state is State.ACTIVE:
            calendar.cancel(tx, community, entry.id)
            _tell(tx, community, entry.id, by)


def rename(tx: Transaction, community: Community, by: Change) -> None:
    """Have the calendar call an award as it is called now."""
    for entry in _entries(tx, community, by.award):
        if entry.state is State.ACTIVE:
            kind, rule, quiet = entry.plan.kind, entry.plan.rule, entry.plan.quiet
            version = wire.decode(entry.plan.payload)["version"] + 1
            plan = Plan(kind, rule, _payload(kind, by, version), quiet)
            calendar.change(tx, community, entry, plan, by.at)
            _tell(tx, community, entry.id, by)


def _entries(
    tx: Transaction, community: Community, award: int
) -> Iterator[calendar.Entry]:
    row = tx.one(_OF, id=award, community=community.id)
    for entry in row or ():
        found = calendar.get(tx, community, entry) if entry is not None else None
        if found is not None:
            yield found


def _entry(
    tx: Transaction,
    community: Community,
    kind: str,
    at: datetime | None,
    by: Change,
) -> int | None:
    """Put one time on the calendar, and return its entry."""
    if at is None:
        return None
    rule = Rule(at.astimezone(UTC).replace(tzinfo=None), ZoneInfo("UTC"))
    quiet = Quiet.HEED if kind == OPEN else Quiet.IGNORE
    plan = Plan(kind, rule, _payload(kind, by, 1), quiet)
    entry = calendar.add(tx, community, plan, by.at).id
    _tell(tx, community, entry, by)
    return entry


def _payload(kind: str, by: Change, version: int) -> str:
    """Return what the entry's unit needs, and what whoever sees it reads."""
    body = {
        "award": by.award,
        "ahead": "awards.opens" if kind == OPEN else "awards.closes",
        "title": by.name,
        "version": version,
        "changed_at": by.at,
    }
    return wire.encode(body)


def _tell(tx: Transaction, community: Community, entry: int, by: Change) -> None:
    about = f"calendar_entries:{entry}"
    fact = Fact(moments.CHANGED, by.actor, None, 0, by.source, about)
    activity.add(tx, community, fact, by.at)


def _ms(at: datetime | None) -> int | None:
    return None if at is None else to_ms(at)
