"""What becomes of what was planned, when its time has come: units of work.

=========  ========  =============================================================
Kind       Missed    Why
=========  ========  =============================================================
moment     fold      The newest is said, with when it was due, up to a day late or as
                     long as it lasts. Later nobody could still come: it is noted.
week       fold      One theme is on at a time: the newest is announced as long as it
                     runs. One that is over is noted.
window     each      Each opens and closes, in order. One that is closed by now is
                     noted instead of announced, and its list is posted.
close      each      The list of a window is posted, however late.
refresh    fold      What stands is drawn as it is now, once.
=========  ========  =============================================================

All but the last heed quiet hours: what falls into them comes at their end.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from bot.chat import wire
from bot.domain.community import Community
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import ChannelRef
from cogs.calendar import pinned, posts, shortlist
from cogs.calendar.shortlist import Shortlist
from storage import activity, audit, calendar, communities, moments, outbox
from storage.activity import Activity, Fact
from storage.calendar import Entry, Plan
from storage.database import Transaction
from storage.drawings import Drawn
from storage.moments import MomentKind, Upcoming
from storage.occurrences import Occurrence
from storage.posted import posted

STALE_AFTER = timedelta(hours=24)
"""How late a moment may be said though it is over: longer than quiet hours last."""

LATE_AFTER = timedelta(minutes=10)
"""From when on it is said that something is late."""

CLOSE = "calendar.close"

CLOSED = "calendar:close:"
"""What the keys of lists begin with; the id of the entry that closed follows."""


@dataclass(frozen=True, slots=True)
class _Closed:
    """What closes: an entry's id, and from when to when it was open."""

    window: int
    since: datetime
    until: datetime


def begin(tx: Transaction, occurrence: Occurrence) -> None:
    """Say that a moment, a themed week or a window begins."""
    moment = moments.moment_of(occurrence.entry)
    if moment is None:
        return
    at = occurrence.until
    time = Upcoming(moment, at, at + moment.lasts)
    if moment.kind is MomentKind.WINDOW:
        _close_later(tx, occurrence, time)
    _tell(tx, occurrence)
    if _is_over(time, occurrence.now):
        about, day = f"calendar_entries:{moment.entry}", f"{occurrence.happening.on}"
        passed = audit.Entry(None, "calendar.passed", about, {"day": day})
        audit.add(tx, occurrence.community, passed, occurrence.now)
    else:
        late = occurrence.now - at > LATE_AFTER
        message = posts.announcement(time, late=late)
        key = f"calendar:{moment.kind}:{occurrence.key}"
        _post(tx, occurrence, moment.channel, key, wire.encode(message))
    pinned.refresh(tx, occurrence.community, occurrence.now)


def close(tx: Transaction, occurrence: Occurrence) -> None:
    """Post the list of a window that has closed, unless it was taken off meanwhile."""
    community, now = occurrence.community, occurrence.now
    closed = _unpack(occurrence.entry)
    window = moments.get(tx, community, closed.window)
    if window is not None:
        _post(tx, occurrence, window.channel, f"{CLOSED}{occurrence.entry.id}", None)
    pinned.refresh(tx, community, now)


def refresh(tx: Transaction, occurrence: Occurrence) -> None:
    """Have what stands pinned show what is so now."""
    pinned.refresh(tx, occurrence.community, occurrence.now)


def follow(tx: Transaction, entry: Activity) -> None:
    """Have what stands pinned show a calendar that was changed."""
    pinned.refresh(tx, communities.by_id(tx, entry.community), entry.at)


def forget(tx: Transaction, entry: Activity) -> None:
    """Take down what was said in the words of somebody who was erased."""
    community = communities.by_id(tx, entry.community)
    erased = calendar.erased(tx, community)
    for moment in erased:
        for kind in (MomentKind.MOMENT, MomentKind.WEEK, MomentKind.WINDOW):
            for each in posted(tx, community, f"calendar:{kind}:{moment}:"):
                outbox.remove(tx, community, each.key, entry.at)
    for each in posted(tx, community, CLOSED):
        closed = _closed(tx, community, each.key)
        if closed and closed.window in erased:
            outbox.redraw(tx, community, each.key, entry.at)
    pinned.refresh(tx, community, entry.at)


def shortlist_of(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw the list of a window that closed; None where nobody knows it any more."""
    closed = _closed(tx, community, key)
    if closed is None:
        return None
    window = moments.get(tx, community, closed.window)
    since, until = closed.since, closed.until
    found = shortlist.listed(tx, community, since, until, now)
    listed = Shortlist(window.title if window else "", since, until, found)
    return Drawn(posts.shortlist(listed), listed.named)


def _tell(tx: Transaction, occurrence: Occurrence) -> None:
    """Have others follow what begins, in the commit in which it does."""
    about = f"calendar_entries:{occurrence.entry.id}"
    source = f"calendar:{occurrence.key}"
    fact = Fact(moments.BEGAN, 0, None, 0, source, about)
    activity.add(tx, occurrence.community, fact, occurrence.now)


def _is_over(time: Upcoming, now: datetime) -> bool:
    """Return whether nobody needs to hear any more that something begins."""
    if time.moment.kind is MomentKind.MOMENT:
        return max(time.until, time.at + STALE_AFTER) < now
    return time.until <= now


def _close_later(tx: Transaction, occurrence: Occurrence, time: Upcoming) -> None:
    """Put its end on the calendar as it was announced, whatever is edited later."""
    end = time.until.astimezone(UTC).replace(tzinfo=None)
    closed = _Closed(time.moment.entry, time.at, time.until)
    payload = wire.encode({**asdict(closed), "due": "calendar.next-close"})
    plan = Plan(CLOSE, Rule(end, zone_named("UTC")), payload)
    # From its beginning: what is past by now rings at once.
    calendar.add(tx, occurrence.community, plan, time.at)


def _closed(tx: Transaction, community: Community, key: str) -> _Closed | None:
    """Return what closed with the list of that name; None where it is no list."""
    number = key.removeprefix(CLOSED)
    if number == key or not number.isdecimal():
        return None
    entry = calendar.get(tx, community, int(number))
    return _unpack(entry) if entry else None


def _unpack(entry: Entry) -> _Closed:
    told = wire.decode(entry.plan.payload)
    return _Closed(told["window"], told["since"], told["until"])


def _post(
    tx: Transaction,
    occurrence: Occurrence,
    to: ChannelRef | None,
    key: str,
    body: str | None,
) -> None:
    if to is not None:
        parcel = outbox.Parcel(to, key, body, (), call=key)
        outbox.put(tx, occurrence.community, parcel, occurrence.now)
