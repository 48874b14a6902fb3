"""Drafts are shown, recaps are posted, and both are drawn anew: units of work."""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Community
from bot.domain.recap import REST_AFTER, Period
from bot.domain.refs import ChannelRef
from bot.pages.own import tell as tell_of_broken
from cogs.recaps import cards, drafting, sheet
from cogs.recaps.schedule import NOTICE, Planned, next_of, period_of, since_of
from cogs.recaps.telling import Told, lull_of, tell
from storage import deliveries, outbox, recap_drafts, recaps, series
from storage.database import Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence
from storage.outbox import Parcel
from storage.posted import posted
from storage.recaps import Kept, State
from storage.series import Answer

DRAFTS, POSTS = "recaps:draft:", "recaps:post:"
"""What the outbox's names for them begin with; the recap's id follows."""

ON_WALL = (POSTS,)
"""What of it is posted for all to see."""


def draft_key(recap: int) -> str:
    """Return the outbox's name for the draft that moderators see."""
    return f"{DRAFTS}{recap}"


def post_key(recap: int) -> str:
    """Return the outbox's name for the post."""
    return f"{POSTS}{recap}"


def draft_due(tx: Transaction, occurrence: Occurrence) -> None:
    """Draft the recap that is posted next, unless somebody was faster."""
    period = period_of(occurrence.entry)
    planned = next_of(tx, occurrence.community, period, occurrence.until)
    # What was to come so soon may be passed over by now; the next has a draft to come.
    if planned is not None and planned.at - occurrence.until < 2 * NOTICE:
        begin(tx, occurrence.community, planned, occurrence.now)


def post_due(tx: Transaction, occurrence: Occurrence) -> None:
    """Post what was drafted, or what was not; not what was posted early or skipped.

    One that is so late that the next one is drafted already is left to that one. Of
    quiet times, the first ones are told alone.
    """
    community, entry, now = occurrence.community, occurrence.entry, occurrence.now
    planned = Planned(period_of(entry), occurrence.until, since_of(entry))
    drafted = recap_drafts.drafted(tx, community, planned.period)
    if drafted is None and drafting.is_told(tx, community, planned):
        return
    if drafted is not None and drafted.planned_at > planned.at:
        return
    wall = community.settings.wall
    if wall is None:  # it was taken away a moment ago
        return
    kept = drafted or drafting.draft(tx, community, planned, now)
    settled = drafting.settle(tx, community, kept, now)
    if lull_of(tx, community, settled) >= REST_AFTER:
        _leave(tx, community, settled, now)
    else:
        _publish(tx, community, wall, settled, now)


def begin(
    tx: Transaction, community: Community, planned: Planned, now: datetime
) -> None:
    """Draft what is ``planned``, and show it to the moderators where there are any."""
    if drafting.is_told(tx, community, planned):
        return
    kept = drafting.draft(tx, community, planned, now)
    moderators, wall = community.settings.moderators, community.settings.wall
    key = draft_key(kept.id)
    if moderators is None or wall is None or deliveries.is_known(tx, community, key):
        return
    if lull_of(tx, community, kept) > REST_AFTER:  # they saw that it rests
        return
    outbox.put(tx, community, Parcel(moderators, key, None, (), key), now)


def post(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Kept:
    """Post a draft as it stands ``now``, and return it with its number.

    Raises:
        LookupError: If there is no wall.
    """
    wall = community.settings.wall
    if wall is None:
        raise LookupError("a recap is posted on the wall")
    settled = drafting.settle(tx, community, kept, now)
    return _publish(tx, community, wall, settled, now)


def skip(tx: Transaction, community: Community, kept: Kept, now: datetime) -> None:
    """Have a draft never be posted; the next recap tells of what comes after it."""
    _leave(tx, community, drafting.settle(tx, community, kept, now), now)


def withdraw(
    tx: Transaction, community: Community, period: Period, now: datetime
) -> None:
    """Forget the draft of a period of which there are no recaps any more."""
    kept = recap_drafts.drafted(tx, community, period)
    if kept is not None:
        recap_drafts.drop(tx, kept)
        outbox.redraw(tx, community, draft_key(kept.id), now)


def redraw(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Kept:
    """Have a draft or a post show what it is to show now."""
    settled = _numbered(tx, community, drafting.settle(tx, community, kept, now))
    key = post_key if settled.state is State.POSTED else draft_key
    outbox.redraw(tx, community, key(settled.id), now)
    return settled


def tell_where(tx: Transaction, community: Community, key: str, now: datetime) -> None:
    """Have moderators see on what wall the post of that key is, where it moved."""
    outbox.redraw(tx, community, draft_key(int(key.removeprefix(POSTS))), now)


def drawn_draft(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw what moderators see of a recap, and what became of it."""
    kept = recaps.by_id(tx, community, int(key.removeprefix(DRAFTS)))
    if kept is not None and kept.state is State.SKIPPED:
        rested = lull_of(tx, community, kept) >= REST_AFTER
        return Drawn(sheet.closed(f"recaps.draft.{'rested' if rested else 'skipped'}"))
    wall = _wall(tx, community, kept) if kept else None
    if kept is None or wall is None:
        return Drawn(sheet.closed("recaps.draft.withdrawn"))
    told = _told(tx, community, kept, now)
    if kept.state is State.POSTED:
        return Drawn(sheet.posted(told, wall), told.keys)
    return Drawn(sheet.sheet(told, kept, wall), told.keys)


def drawn_post(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw a recap as everybody sees it."""
    kept = recaps.by_id(tx, community, int(key.removeprefix(POSTS)))
    if kept is None:
        return None
    told = _told(tx, community, kept, now)
    return Drawn(cards.post(told), told.keys)


def _publish(
    tx: Transaction, community: Community, wall: ChannelRef, kept: Kept, now: datetime
) -> Kept:
    told = _numbered(tx, community, recap_drafts.post(tx, community, kept, now))
    key = post_key(told.id)
    outbox.put(tx, community, Parcel(wall, key, None, (), key), now)
    outbox.redraw(tx, community, draft_key(told.id), now)
    return told


def _leave(tx: Transaction, community: Community, kept: Kept, now: datetime) -> None:
    recap_drafts.skip(tx, kept)
    outbox.redraw(tx, community, draft_key(kept.id), now)


def _wall(tx: Transaction, community: Community, kept: Kept) -> ChannelRef | None:
    """Return where it was posted; where it is to be, where it was not yet."""
    key = post_key(kept.id)
    stands = (each for each in posted(tx, community, key) if each.key == key)
    return next((each.channel for each in stands), community.settings.wall)


def _told(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Told:
    """Return what ``kept`` says; words of the community's own that fail are told."""
    told = tell(tx, community, kept, now)
    tell_of_broken(tx, community, told.own, now)
    return told


def _numbered(tx: Transaction, community: Community, kept: Kept) -> Kept:
    """Give it its place in the series, if it is posted and all in it said yes."""
    if kept.state is not State.POSTED or kept.series is not None:
        return kept
    pick = series.picked(tx, kept.id)
    if pick is None or pick.answer is not Answer.YES:
        return kept
    series.number(tx, community, kept.id)
    return recaps.by_id(tx, community, kept.id) or kept
