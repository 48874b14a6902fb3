"""Drafts are shown, recaps are posted, and both are drawn anew: units of work."""

from __future__ import annotations

from datetime import datetime

from bot.chat import wire
from bot.chat.message import Message
from bot.domain.community import Community
from bot.domain.recap import Period
from bot.pages.own import tell as tell_of_broken
from cogs.recaps import cards, drafting, sheet
from cogs.recaps.schedule import Planned, next_of, period_of, since_of
from cogs.recaps.telling import Told, tell
from storage import deliveries, recap_drafts, recaps, redrawn, series
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.outbox import Parcel
from storage.recaps import Kept, State
from storage.redrawn import Drawing
from storage.series import Answer


def draft_key(recap: int) -> str:
    """Return the outbox's name for the draft that moderators see."""
    return f"recaps:draft:{recap}"


def post_key(recap: int) -> str:
    """Return the outbox's name for the post."""
    return f"recaps:post:{recap}"


def draft_due(tx: Transaction, occurrence: Occurrence) -> None:
    """Draft the recap that is posted next, unless somebody was faster."""
    period = period_of(occurrence.entry)
    planned = next_of(tx, occurrence.community, period, occurrence.until)
    if planned is not None:
        begin(tx, occurrence.community, planned, occurrence.now)


def post_due(tx: Transaction, occurrence: Occurrence) -> None:
    """Post what was drafted, or what was not; not what was posted early or skipped.

    One that is so late that the next one is drafted already is left to that one.
    """
    community, entry, now = occurrence.community, occurrence.entry, occurrence.now
    planned = Planned(period_of(entry), occurrence.until, since_of(entry))
    drafted = recap_drafts.drafted(tx, community, planned.period)
    if drafted is None and drafting.is_told(tx, community, planned):
        return
    if drafted is not None and drafted.planned_at > planned.at:
        return
    if community.settings.wall is None:  # it was taken away a moment ago
        return
    kept = drafted or drafting.draft(tx, community, planned, now)
    post(tx, community, kept, now)


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
    told = tell(tx, community, kept, now)
    tell_of_broken(tx, community, told.own, now)
    body = wire.encode(sheet.sheet(told, kept, wall))
    parcel = Parcel(moderators, key, body, tuple(told.keys), key)
    redrawn.put(tx, community, parcel, now)


def post(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Kept:
    """Post a draft as it stands ``now``, and return it with its number.

    Raises:
        LookupError: If there is no wall.
    """
    wall = community.settings.wall
    if wall is None:
        raise LookupError("a recap is posted on the wall")
    settled = drafting.settle(tx, community, kept, now)
    posted = _numbered(tx, community, recap_drafts.post(tx, community, settled, now))
    told = tell(tx, community, posted, now)
    tell_of_broken(tx, community, told.own, now)
    key = post_key(posted.id)
    body = wire.encode(cards.post(told))
    redrawn.put(tx, community, Parcel(wall, key, body, tuple(told.keys), key), now)
    _show(tx, community, draft_key(posted.id), sheet.posted(told, wall), now)
    return posted


def skip(tx: Transaction, community: Community, kept: Kept, now: datetime) -> None:
    """Have a draft never be posted; the next recap tells of what comes after it."""
    settled = drafting.settle(tx, community, kept, now)
    recap_drafts.skip(tx, settled)
    closed = sheet.closed("recaps.draft.skipped")
    _show(tx, community, draft_key(kept.id), closed, now)


def withdraw(
    tx: Transaction, community: Community, period: Period, now: datetime
) -> None:
    """Forget the draft of a period of which there are no recaps any more."""
    kept = recap_drafts.drafted(tx, community, period)
    if kept is not None:
        recap_drafts.drop(tx, kept)
        closed = sheet.closed("recaps.draft.withdrawn")
        _show(tx, community, draft_key(kept.id), closed, now)


def redraw(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Kept:
    """Have a draft or a post show what it is to show now."""
    settled = _numbered(tx, community, drafting.settle(tx, community, kept, now))
    told = tell(tx, community, settled, now)
    if settled.state is State.POSTED:
        _show(tx, community, post_key(settled.id), cards.post(told), now, told)
    elif settled.state is State.DRAFT and (wall := community.settings.wall):
        message = sheet.sheet(told, settled, wall)
        _show(tx, community, draft_key(settled.id), message, now, told)
    return settled


def _numbered(tx: Transaction, community: Community, kept: Kept) -> Kept:
    """Give it its place in the series, if it is posted and all in it said yes."""
    if kept.state is not State.POSTED or kept.series is not None:
        return kept
    pick = series.picked(tx, kept.id)
    if pick is None or pick.answer is not Answer.YES:
        return kept
    series.number(tx, community, kept.id)
    return recaps.by_id(tx, community, kept.id) or kept


def _show(
    tx: Transaction,
    community: Community,
    key: str,
    message: Message,
    now: datetime,
    told: Told | None = None,
) -> None:
    drawing = Drawing(wire.encode(message), told.keys if told else ())
    redrawn.show(tx, community, key, drawing, now)
