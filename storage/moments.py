"""What members see of the calendar: moments, themed weeks, windows, what else comes.

Each is a calendar entry whose payload holds its words. Another slice's entry is seen as
well where its payload is a map with ``ahead``, the catalogue key of its name, and maybe
``title``, ``lasts`` and ``channel``. One that is not seen, but that somebody may wait
for, has such a key as ``due``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import Any

from bot.chat import wire
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.recurrence import HORIZON, Rule, between, instant
from bot.domain.refs import ChannelRef, MemberRef
from bot.domain.turns import Source, in_turn
from storage import calendar, occurrences
from storage.calendar import Entry, State, entry_of
from storage.database import Transaction
from storage.instants import from_ms, to_ms

MAX_LASTS = timedelta(days=92)
"""Longest that anything on the calendar takes; what is over is forgotten after it."""

CHANGED = "calendar.changed"
"""The activity that tells of every change; its reference names the entry."""

BEGAN = "calendar.began"
"""The activity of each time that a moment, a week or a window begins, told once.

Its reference names the entry. Nobody acts in it, and it is told however late it is.
"""

_SEEN = """
SELECT * FROM calendar_entries
WHERE community = :community
  AND (due_at IS NOT NULL OR (state = 'over' AND covered_at >= :since))
ORDER BY due_at IS NULL, due_at, id
"""

_AHEAD = """
SELECT * FROM calendar_entries
WHERE community = :community AND due_at IS NOT NULL ORDER BY due_at, id
"""

# The day alone is in the key, and a day on the clocks is at most one off in UTC.
_BEGUN = """
SELECT e.*, o.at FROM calendar_entries AS e
JOIN occurrences AS o ON o.entry = e.id AND o.day >= :day
WHERE e.community = :community AND e.state IN ('active', 'over')
  AND o.outcome = 'done' AND o.at BETWEEN :since AND :now
ORDER BY o.at, e.id
"""

_NEVER_MS = 2**62

# What may have a time behind it that no claim tells of yet.
_WAITING = """
SELECT * FROM calendar_entries
WHERE community = :community AND (due_at <= :now OR due_at IS NOT NULL AND put_off = 1)
"""


class MomentKind(StrEnum):
    """What somebody sees on the calendar.

    ``MOMENT``: it is said when it begins. ``WEEK``: a theme, announced and shown as
    long as it runs. ``WINDOW``: it opens and closes, and lists what was given in it.
    ``OTHER``: what another slice does then, such as a recap.
    """

    MOMENT = "moment"
    WEEK = "week"
    WINDOW = "window"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something on the calendar, once or again and again.

    Attributes:
        entry: Id of the calendar entry, which stays the same when it is edited.

        title: One line, in its planner's words; of `MomentKind.OTHER` what its name is
            about, mostly empty.

        about: Lines of the same, or empty.

        channel: Where it is said; None where it only stands on the calendar.

        lasts: 0 for what only begins.

        changed_at: When its words or its rule were last saved.

        version: How often they were saved, from 1.

        owner: Who saved them last; None for what no member planned.

        says: Catalogue key of the name, where there is no title.
    """

    entry: int
    kind: MomentKind
    title: str
    about: str
    channel: ChannelRef | None
    lasts: timedelta
    rule: Rule
    changed_at: datetime
    version: int
    owner: MemberRef | None = None
    says: str = ""

    @property
    def name(self) -> Quote | Phrase:
        """What it is called, in words of its planner or of Laurel."""
        if not self.says:
            return Quote(self.title)
        title = {"title": Quote(self.title)} if self.title else {}
        return phrase(self.says, **title)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One time of a moment, from ``at`` up to ``until``, both in UTC."""

    moment: Moment
    at: datetime
    until: datetime


def ahead(
    tx: Transaction, community: Community, now: datetime, most: int
) -> Sequence[Upcoming]:
    """Return what begins after ``now``, repeats expanded, the soonest first.

    An entry is read when it is its turn, so that a few times cost what a few do.
    """
    rows = tx.all(_AHEAD, community=community.id)
    coming = in_turn((_source(row, now) for row in rows), _order)
    return list(islice((one for one in coming if not _was(tx, one, now)), most))


def running(tx: Transaction, community: Community, now: datetime) -> Sequence[Upcoming]:
    """Return what has begun and is not over, the longest running first.

    What waits for quiet hours to end before it is said has begun as well.
    """
    since = now - MAX_LASTS
    asked = {"community": community.id, "now": to_ms(now)}
    day = (since - timedelta(days=1)).date().isoformat()
    found = tx.all(_BEGUN, **asked, since=to_ms(since), day=day)
    entries = {row["id"]: row for row in found}
    begun = {entry: _read(row) for entry, row in entries.items()}
    said = (_at(begun[row["id"]], from_ms(row["at"])) for row in found)
    waiting = tx.all(_WAITING, **asked)
    unsaid = (time for row in waiting for time in _waiting(row, now))
    # Something that is tried again is in both.
    found_now = (one for one in (*said, *unsaid) if one and one.until > now)
    times = {_order(one): one for one in found_now}
    return [times[order] for order in sorted(times)]


def all_of(
    tx: Transaction, community: Community, over_since: datetime | None = None
) -> Sequence[Moment]:
    """Return what is planned, the soonest first.

    With ``over_since``, behind it what has been over since then: `MAX_LASTS` before now
    for all that may still run.
    """
    since = to_ms(over_since) if over_since else _NEVER_MS
    rows = tx.all(_SEEN, community=community.id, since=since)
    return [moment for moment in map(_read, rows) if moment]


def get(tx: Transaction, community: Community, entry: int) -> Moment | None:
    """Return what a moderator planned and is not cancelled, None where it is not."""
    try:
        found = calendar.get(tx, community, entry)
    except RuleError:
        return None
    if found is None or found.state not in {State.ACTIVE, State.OVER}:
        return None
    moment = moment_of(found)
    return moment if moment and moment.kind is not MomentKind.OTHER else None


def moment_of(entry: Entry) -> Moment | None:
    """Return what ``entry`` is to those who see it; None where it is not for them."""
    body = _body(entry.plan.payload)
    kind = _KINDS.get(entry.plan.kind, MomentKind.OTHER)
    says = body.get("ahead", "") if kind is MomentKind.OTHER else ""
    if not body or (kind is MomentKind.OTHER and not says):
        return None
    rule = entry.plan.rule
    return Moment(
        entry=entry.id,
        kind=kind,
        title=body.get("title", ""),
        about=body.get("about", ""),
        channel=body.get("channel"),
        lasts=body.get("lasts", timedelta(0)),
        rule=rule,
        changed_at=body.get("changed_at") or instant(rule.start, rule.zone),
        version=body.get("version", 1),
        owner=body.get("by"),
        says=says,
    )


_KINDS = {
    f"calendar.{kind}": kind
    for kind in (MomentKind.MOMENT, MomentKind.WEEK, MomentKind.WINDOW)
}


def due_name(entry: Entry) -> Quote | Phrase | None:
    """Return what ``entry`` is called by who waits for it; None where nobody does."""
    moment = moment_of(entry)
    if moment is not None:
        return moment.name
    says = _body(entry.plan.payload).get("due")
    return phrase(says) if isinstance(says, str) else None


def _source(row: sqlite3.Row, after: datetime) -> Source[Upcoming]:
    # It rings at its first time, unless it was put off.
    since = after if row["put_off"] else max(from_ms(row["due_at"]), after)
    return Source(since, partial(_read_times, row, since, after))


def _read_times(
    row: sqlite3.Row, since: datetime, after: datetime
) -> Iterator[Upcoming]:
    if moment := _read(row):
        yield from _times(moment, since, after)


def _times(moment: Moment, since: datetime, after: datetime) -> Iterator[Upcoming]:
    """Yield its times behind ``after``, the first of which may be known by now."""
    if since > after:
        yield Upcoming(moment, since, since + moment.lasts)
        after = since
    for happening in between(moment.rule, after, after + HORIZON):
        yield Upcoming(moment, happening.at, happening.at + moment.lasts)


def _was(tx: Transaction, coming: Upcoming, now: datetime) -> bool:
    """Return whether it was there on its date already, before it was moved."""
    zone = coming.moment.rule.zone
    on = coming.at.astimezone(zone).date()
    if on > now.astimezone(zone).date():
        return False
    return any(day == on for day, _ in occurrences.claimed(tx, coming.moment.entry, on))


def _at(moment: Moment | None, at: datetime) -> Upcoming | None:
    return Upcoming(moment, at, at + moment.lasts) if moment else None


def _waiting(row: sqlite3.Row, now: datetime) -> Iterator[Upcoming]:
    """Yield what has begun and is not said yet."""
    moment = _read(row)
    if moment is not None and moment.lasts:
        since = max(from_ms(row["covered_at"]), now - moment.lasts)
        for happening in between(moment.rule, since, now):
            yield Upcoming(moment, happening.at, happening.at + moment.lasts)


def _order(upcoming: Upcoming) -> tuple[datetime, int]:
    return upcoming.at, upcoming.moment.entry


def _read(row: sqlite3.Row) -> Moment | None:
    """Return what ``row`` is, None where its rule cannot be read any more."""
    try:
        return moment_of(entry_of(row))
    except RuleError:
        return None


def _body(payload: str) -> Mapping[str, Any]:
    try:
        found = wire.decode(payload)
    except wire.UnreadableError:  # another slice's, which need not be on the wire
        return {}
    return found if isinstance(found, Mapping) else {}
