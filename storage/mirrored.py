"""What of the calendar is shown by the platform itself, as events of its own.

A row is one time of one entry. It is there before the platform is asked for the event,
so that nothing is made twice, and it stays when a person takes the event down, so that
this time is not shown again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.community import Community
from bot.domain.recurrence import between
from bot.domain.refs import PlatformName
from storage import communities, moments
from storage.activity import Activity
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms
from storage.moments import MAX_LASTS, Moment, MomentKind, Upcoming

AHEAD = timedelta(days=366)
"""What comes later is not shown yet."""

LEAST = timedelta(minutes=30)
"""How long something is shown that only begins."""

UNSURE = 0
"""The version of what may be shown as noted, or as it was before."""

TOPIC = "mirror"

_ENROL = """
INSERT INTO mirrors (community, due_at)
SELECT id, :at FROM communities
WHERE platform = :platform AND left_at IS NULL AND (id = :community OR :community = 0)
ON CONFLICT (community) DO UPDATE SET
  due_at = min(due_at, excluded.due_at), changes = changes + 1
"""

_AGAIN = """
UPDATE mirrors SET due_at = min(due_at, :at), changes = changes + 1
WHERE community = :community
"""

_DUE = """
SELECT m.community, m.changes, m.attempts FROM mirrors AS m
JOIN communities AS c ON c.id = m.community
WHERE m.due_at <= :now AND c.platform = :platform AND c.left_at IS NULL
ORDER BY m.due_at, m.community LIMIT :most
"""

_NEXT_DUE = """
SELECT min(m.due_at) AS at FROM mirrors AS m
JOIN communities AS c ON c.id = m.community
WHERE m.due_at > :now AND c.left_at IS NULL
"""

# Where the calendar changed while somebody looked, they look again.
_LOOKED = """
UPDATE mirrors SET
  due_at = CASE changes WHEN :changes THEN :due_at ELSE due_at END, attempts = :attempts
WHERE community = :community
"""

_TELL = """
UPDATE mirrors SET told = :told WHERE community = :community AND told <> :told
"""

_ROWS = "SELECT * FROM mirrored WHERE community = :community ORDER BY at, entry"

_MAKE = """
INSERT INTO mirrored (community, entry, at, until, version, state, began_at)
VALUES (:community, :entry, :at, :until, :version, 'making', :began_at)
ON CONFLICT (community, entry, at) DO UPDATE SET
  until = excluded.until, version = excluded.version, state = 'making',
  event = NULL, began_at = excluded.began_at
"""

_STAND = """
INSERT INTO mirrored (community, entry, at, until, version, state, event)
VALUES (:community, :entry, :at, :until, :version, 'standing', :event)
ON CONFLICT (community, entry, at) DO UPDATE SET
  until = excluded.until, version = excluded.version, state = 'standing',
  event = excluded.event, began_at = NULL
"""

_BECOME = """
UPDATE mirrored SET
  state = :state, event = CASE :state WHEN 'leaving' THEN event END
WHERE community = :community AND entry = :entry AND at = :at
"""

_FORGET = """
DELETE FROM mirrored WHERE community = :community AND entry = :entry AND at = :at
"""

CLAIMS = (
    Impersonal("mirrored", "which events stand for the calendar", ("state", "event")),
    Impersonal("mirrors", "when to look whether they do"),
)


class Standing(StrEnum):
    """What is known of an event.

    ``MAKING``: the platform was asked for it, and what it said is not noted.
    ``LEAVING``: the platform was asked to take it off, and what it said is not noted.
    ``TAKEN_DOWN``: a person did so, and it stays so.
    """

    MAKING = "making"
    STANDING = "standing"
    LEAVING = "leaving"
    TAKEN_DOWN = "taken_down"


@dataclass(frozen=True, slots=True)
class Mirrored:
    """One time of an entry, and the event that shows it.

    Attributes:
        version: Of the moment, as it is shown; or `UNSURE`.

        event: The platform's id; None unless it stands, or did.

        began_at: When the platform was asked for it, while that is open.
    """

    entry: int
    at: datetime
    until: datetime
    version: int
    state: Standing
    event: str | None = None
    began_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A community whose events may not be as its calendar says.

    Attributes:
        changes: How often its calendar changed before the look.

        attempts: Looks in a row that failed.
    """

    community: Community
    changes: int
    attempts: int


@dataclass(frozen=True, slots=True)
class View:
    """What there is, and what should be.

    Attributes:
        wanted: The next time of each moment, the soonest first.

        planned: Ids of all entries that are on the calendar or were, and may run.
    """

    rows: Sequence[Mirrored]
    wanted: Sequence[Upcoming]
    planned: frozenset[int]


def enrol(tx: Transaction, platform: PlatformName, now: datetime) -> None:
    """Have every community of a platform looked at."""
    tx.run(_ENROL, platform=platform, community=0, at=to_ms(now))
    tx.wake(TOPIC)


def mark(tx: Transaction, platform: PlatformName, changed: Activity) -> None:
    """Have a community looked at whose calendar changed, if it is of ``platform``."""
    at, community = to_ms(changed.at), changed.community
    tx.run(_ENROL, platform=platform, community=community, at=at)
    tx.wake(TOPIC)


def look_again(tx: Transaction, community: Community, at: datetime) -> None:
    """Have a community looked at again where it is at all: plans may be gone."""
    if tx.run(_AGAIN, community=community.id, at=to_ms(at)):
        tx.wake(TOPIC)


def due(
    tx: Transaction, platform: PlatformName, now: datetime, most: int
) -> Sequence[Look]:
    """Return the communities of a platform that are to be looked at."""
    return [
        Look(communities.by_id(tx, row["community"]), row["changes"], row["attempts"])
        for row in tx.all(_DUE, platform=platform, now=to_ms(now), most=most)
    ]


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """Return the next instant after ``now`` at which somebody is to look."""
    row = tx.one(_NEXT_DUE, now=to_ms(now))
    return from_ms(row["at"]) if row and row["at"] is not None else None


def view(tx: Transaction, community: Community, begun: datetime) -> View:
    """Return what there is and what should be; what comes before ``begun`` began."""
    rows = [_mirrored(row) for row in tx.all(_ROWS, community=community.id)]
    planned = moments.all_of(tx, community, begun - MAX_LASTS)
    shown = [each for each in planned if each.kind is not MomentKind.OTHER]
    nexts = (_next(moment, begun) for moment in shown)
    wanted = sorted((each for each in nexts if each), key=_soonest)
    return View(rows, wanted, frozenset(moment.entry for moment in shown))


def looked(tx: Transaction, look: Look, due_at: datetime, attempts: int = 0) -> None:
    """Note that somebody looked, and when to look again."""
    tx.run(
        _LOOKED,
        community=look.community.id,
        changes=look.changes,
        due_at=to_ms(due_at),
        attempts=attempts,
    )
    tx.wake("calendar")


def tell(tx: Transaction, community: Community, *, told: bool) -> bool:
    """Note whether moderators know what is lacking; return whether that is news."""
    return bool(tx.run(_TELL, community=community.id, told=int(told)))


def make(tx: Transaction, community: Community, time: Upcoming, now: datetime) -> None:
    """Note that the platform is asked for an event."""
    tx.run(_MAKE, **_columns(community, time), began_at=to_ms(now))


def unmake(tx: Transaction, community: Community, time: Upcoming) -> None:
    """Note that the platform did not take it."""
    at, entry = to_ms(time.at), time.moment.entry
    tx.run(_FORGET, community=community.id, entry=entry, at=at)


def stand(tx: Transaction, community: Community, time: Upcoming, event: str) -> None:
    """Note that ``event`` shows ``time``."""
    tx.run(_STAND, **_columns(community, time), event=event)


def move(tx: Transaction, community: Community, row: Mirrored, time: Upcoming) -> None:
    """Note that the platform is asked to have the event of ``row`` show ``time``."""
    forget(tx, community, row)
    columns = {**_columns(community, time), "version": UNSURE}
    tx.run(_STAND, **columns, event=row.event)


def become(
    tx: Transaction, community: Community, row: Mirrored, state: Standing
) -> None:
    """Note that an event is about to leave, or that a person took it down."""
    at, entry = to_ms(row.at), row.entry
    tx.run(_BECOME, community=community.id, entry=entry, at=at, state=state)


def forget(tx: Transaction, community: Community, row: Mirrored) -> None:
    """Note that nothing shows this time any more, or needs to."""
    at = to_ms(row.at)
    tx.run(_FORGET, community=community.id, entry=row.entry, at=at)


def _next(moment: Moment, begun: datetime) -> Upcoming | None:
    at = next((each.at for each in between(moment.rule, begun, begun + AHEAD)), None)
    return Upcoming(moment, at, at + max(moment.lasts, LEAST)) if at else None


def _soonest(time: Upcoming) -> tuple[datetime, int]:
    return time.at, time.moment.entry


def _columns(community: Community, time: Upcoming) -> dict[str, int]:
    return {
        "community": community.id,
        "entry": time.moment.entry,
        "at": to_ms(time.at),
        "until": to_ms(time.until),
        "version": time.moment.version,
    }


def _mirrored(row: sqlite3.Row) -> Mirrored:
    return Mirrored(
        entry=row["entry"],
        at=from_ms(row["at"]),
        until=from_ms(row["until"]),
        version=row["version"],
        state=Standing(row["state"]),
        event=row["event"],
        began_at=None if row["began_at"] is None else from_ms(row["began_at"]),
    )
