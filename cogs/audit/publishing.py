"""Digests are posted where they last: on the wall, for everybody to find later.

A digest proves something to whoever saw it before there was a doubt. So it is posted
of its own accord, and where it stays: when an award closes, when a committee's votes
are counted, and on the Monday after anything else was decided about awards. A week
without a decision has no post, and a community without awards none at all: a wall is
for thanks.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.chat import wire
from bot.domain.community import Community
from bot.domain.recurrence import Rule
from cogs.audit import cards, vouched
from storage import audit, calendar, communities, outbox, walls
from storage.activity import Activity
from storage.calendar import Plan
from storage.database import Transaction

ENDS = ("awards.closed", "committees.counted")
"""Kinds of the activity log at which a digest is posted: what was nominated cannot be
changed any more from there on, and neither can a vote."""

DECISIONS = (
    "awards.created",
    "awards.edited",
    "awards.opened",
    "awards.removed",
    "nominations.asked",
    "nominations.won",
    "nominations.lost",
    "nominations.declined",
    "nominations.reopened",
    "nominations.taken-back",
    "committees.pooled",
    "committees.drawn",
    "committees.handed",
)
"""Kinds after which a digest is due on the next Monday."""

DUE = "audit.due"

PUBLISHED = "audit.publish"

DIGESTS = "audit:digest:"
"""What the keys of posts begin with; the place of the row that they show follows."""

ON_WALL = (DIGESTS,)

WEEKDAY = 0
"""Monday: what a week decided is over, and its recap has been read."""

AT = time(12)

_ALL = 1_000
"""More entries than a community can have."""


def follow_end(tx: Transaction, entry: Activity) -> None:
    """Post the digest when a round closed, or its votes were counted."""
    publish(tx, communities.by_id(tx, entry.community), entry.at)


def follow_decision(tx: Transaction, entry: Activity) -> None:
    """Plan the next digest, unless it is planned, or one was posted meanwhile."""
    community = communities.by_id(tx, entry.community)
    ahead = calendar.ahead(tx, community, _ALL)
    if any(each.plan.kind == DUE for each in ahead):
        return  # cheaper than a look into the chain, which each decision would cost
    last = audit.latest(tx, community, PUBLISHED)
    if last is not None and last.at >= entry.at:
        return
    zone = community.settings.zone
    local = entry.at.astimezone(zone).replace(tzinfo=None)
    day = local.date() + timedelta(days=(WEEKDAY - local.weekday()) % 7)
    start = datetime.combine(day, AT)
    if start <= local:
        start += timedelta(days=7)
    payload = wire.encode({"due": "audit.next-digest"})
    calendar.put_only(tx, community, Plan(DUE, Rule(start, zone), payload), entry.at)


def publish(tx: Transaction, community: Community, at: datetime) -> None:
    """Post the digest of all rows, the last of which says that it is posted.

    Nothing is posted where there is no channel, nor twice without a row between.
    """
    calendar.drop(tx, community, DUE)
    settings = community.settings
    place = settings.wall or settings.moderators
    before = audit.head(tx, community).row
    ref = f"audit:{before + 1}"
    last = audit.recent(tx, community, (PUBLISHED,), 1)
    if place is None or (last and last[0].row == before):
        return
    told = vouched.since(tx, community, last[0].row if last else 0)
    audit.add(tx, community, audit.Entry(None, PUBLISHED, ref), at)
    head = audit.head(tx, community)
    key = f"{DIGESTS}{head.row}"
    body = wire.encode(cards.digest(head, told))
    outbox.put(tx, community, outbox.Parcel(place, key, body, (), call=key), at)


def move(tx: Transaction, entry: Activity) -> None:
    """Have digests that wait for a wall that is gone follow to the one chosen now."""
    walls.move(tx, communities.by_id(tx, entry.community), ON_WALL, entry.at)
