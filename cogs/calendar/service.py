"""What whoever asks finds on the calendar, and what was set aside: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.community import Community
from bot.domain.people import Role
from bot.domain.refs import MemberRef
from cogs.calendar import pacing, pinned
from cogs.calendar.pacing import Pace
from cogs.calendar.pinned import Pin
from storage import audit, calendar, communities, members, moments, planning, ringing
from storage.database import Transaction
from storage.moments import Upcoming
from storage.ringing import Parked

PER_PAGE = 5

MAX_PAGES = 20
"""Pages of what comes, which for something daily is three months."""

LOOKED_AT = 200
"""Times that are looked at for gaps and crowds."""

SHOWN_ASIDE = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What moderators see besides.

    Attributes:
        pin: What is in this channel; None where nobody else reads it.

        planned: How many entries are active.

        aside: How many occurrences were set aside, at most `SHOWN_ASIDE`.
    """

    pace: Pace
    pin: Pin | None
    planned: int
    aside: int


@dataclass(frozen=True, slots=True)
class View:
    """A page of the calendar.

    Attributes:
        page: Counted from 1.

        more: Whether there is another.

        desk: None for who is no moderator.
    """

    running: Sequence[Upcoming]
    coming: Sequence[Upcoming]
    page: int
    more: bool
    desk: Desk | None


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that could not be done, and what it was."""

    parked: Parked
    name: Quote | Phrase


def view(tx: Transaction, call: Call, page: int) -> View:
    """Return a page of what comes, as the actor sees it."""
    community = communities.get(tx, call.community)
    page = min(max(page, 1), MAX_PAGES)
    first = (page - 1) * PER_PAGE
    has_desk = call.actor.role >= Role.MODERATOR and page == 1
    most = LOOKED_AT if has_desk else first + PER_PAGE + 1
    running = moments.running(tx, community, call.at)
    coming = moments.ahead(tx, community, call.at, most)
    desk = None
    if has_desk:
        # All of the next weeks, or as much of them as was looked at.
        until = coming[-1].at if len(coming) == most else call.at + pacing.LOOK
        seen = [*running, *coming]
        pace = pacing.pace(seen, community.settings, call.at, until)
        desk = _desk(tx, community, call, pace)
    return View(
        running=running[:PER_PAGE],
        coming=coming[first : first + PER_PAGE],
        page=page,
        more=len(coming) > first + PER_PAGE and page < MAX_PAGES,
        desk=desk,
    )


def upcoming(
    tx: Transaction, ref: MemberRef, now: datetime
) -> list[tuple[Phrase, datetime]]:
    """Return the next thing on a community's calendar, by name, and when it rings.

    That may be later than it is planned for, where it waits for quiet hours to end.
    What nobody waits for is passed over.
    """
    community = communities.get(tx, ref.community)
    for entry in calendar.ahead(tx, community, LOOKED_AT):
        name = moments.due_name(entry)
        if name is not None and entry.due_at is not None and entry.due_at > now:
            return [(phrase("calendar.next-due", name=name), entry.due_at)]
    return []


def aside(tx: Transaction, call: Call) -> Sequence[Aside]:
    """Return what the calendar could not do and set aside, oldest first."""
    community = communities.get(tx, call.community)
    found = ringing.parked(tx, community, SHOWN_ASIDE)
    return [Aside(each, _name(tx, community, each.entry)) for each in found]


def again(tx: Transaction, call: Call, entry: int, day: str, slot: int) -> bool:
    """Have what was set aside be tried again; False where it is not there."""
    community = communities.get(tx, call.community)
    wanted = (entry, day, slot)
    for each in ringing.parked(tx, community, LOOKED_AT):
        if (each.entry, each.day, each.slot) != wanted:
            continue
        if ringing.again(tx, community, each, call.at):
            moderator = members.meet(tx, community, call.actor, call.at)
            about = f"calendar_entries:{entry}"
            tried = audit.Entry(moderator.key, "calendar.again", about)
            audit.add(tx, community, tried, call.at)
            return True
    return False


def _desk(tx: Transaction, community: Community, call: Call, pace: Pace) -> Desk:
    return Desk(
        pace=pace,
        pin=pinned.state(tx, community, call.channel) if call.in_public else None,
        planned=planning.count(tx, community),
        aside=len(ringing.parked(tx, community, SHOWN_ASIDE)),
    )


def _name(tx: Transaction, community: Community, entry: int) -> Quote | Phrase:
    moment = moments.get(tx, community, entry)
    return moment.name if moment else phrase("calendar.something")
