"""Recaps follow what happens: other settings, thanks taken back, people who hide."""

from __future__ import annotations

from bot.domain.community import Community
from bot.domain.recap import Period
from cogs.recaps import posting, schedule
from cogs.recaps.schedule import NOTICE, next_of
from storage import communities, recap_drafts, walls
from storage.activity import Activity
from storage.database import Transaction


def settings(tx: Transaction, entry: Activity) -> None:
    """Have drafts and posts come when the settings say now, and everybody see that.

    Where less than a day is left until the next one, it is drafted at once.
    """
    community = communities.by_id(tx, entry.community)
    followed = schedule.follow(tx, community, entry.at)
    for period in Period:
        _catch_up(tx, community, period, entry)
    for planned in followed.fresh:
        if planned.at - entry.at < NOTICE:
            posting.begin(tx, community, planned, entry.at)
    actor, source = entry.fact.actor, entry.fact.source
    for changed in followed.entries:
        schedule.tell(tx, community, changed, actor, source, entry.at)
    for key in walls.move(tx, community, posting.ON_WALL, entry.at):
        posting.tell_where(tx, community, key, entry.at)


def hidden(tx: Transaction, entry: Activity) -> None:
    """Draw what names somebody without them, who are hidden by now, or erased."""
    community = communities.by_id(tx, entry.community)
    for kept in recap_drafts.of_member(tx, community, entry.fact.actor):
        posting.redraw(tx, community, kept, entry.at)


def taken_back(tx: Transaction, entry: Activity) -> None:
    """Draw what tells of a shoutout without it."""
    community = communities.by_id(tx, entry.community)
    shoutout = int(entry.fact.ref.removeprefix("shoutouts:"))
    for kept in recap_drafts.of_shoutout(tx, community, shoutout):
        posting.redraw(tx, community, kept, entry.at)


def _catch_up(
    tx: Transaction, community: Community, period: Period, entry: Activity
) -> None:
    """Withdraw the draft of what does not come any more; draw another one anew."""
    if next_of(tx, community, period, entry.at) is None:
        posting.withdraw(tx, community, period, entry.at)
    elif kept := recap_drafts.drafted(tx, community, period):
        posting.redraw(tx, community, kept, entry.at)
