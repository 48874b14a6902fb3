"""What a recap tells: drawn from the facts, with what moderators chose: units of work.

It is settled when it is drafted, when a moderator changes it, and when it is posted.
What stands in it stays and in its order; places that are free are filled by the rule of
`bot.domain.recap`, also with what was given since. A post that stands is never filled
up, but only loses what is not to be seen any more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.recap import Span, choose, end_of
from cogs.recaps.schedule import Planned
from storage import recap_drafts, recaps, thanks
from storage.database import Transaction
from storage.recap_drafts import Contents
from storage.recaps import Kept, State

MAX_NEWCOMERS = 1_000
"""Most that are kept for one recap; more come in a week to no place that knows them."""


def draft(
    tx: Transaction, community: Community, planned: Planned, now: datetime
) -> Kept:
    """Return the draft of the recap that is ``planned``, begun where there is none."""
    standing = recap_drafts.drafted(tx, community, planned.period)
    if standing is not None:
        return standing
    until = end_of(planned.period, community.settings.zone, planned.at, now)
    told_of = Span(planned.since, until)
    last = recap_drafts.last_told(tx, community, planned.period)
    if last is not None and last.span.until >= planned.since:
        told_of = Span(last.span.until, until, last.last)
    kept = recap_drafts.add(tx, community, planned.period, told_of, planned.at)
    return settle(tx, community, kept, now)


def is_told(tx: Transaction, community: Community, planned: Planned) -> bool:
    """Return whether what is ``planned`` was posted early, or is skipped."""
    return recap_drafts.is_told(tx, community, planned.period, planned.at)


def settle(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Kept:
    """Have ``kept`` tell what it is to tell ``now``."""
    is_draft = kept.state is State.DRAFT
    told_of = kept.span
    if is_draft:
        zone = community.settings.zone
        until = end_of(kept.period, zone, kept.planned_at, now)
        told_of = replace(kept.span, until=until)
    left = recaps.left_out(tx, kept)
    gathered = thanks.gather(tx, community, told_of, left.members)
    free = {
        each.shoutout: each
        for each in gathered.candidates
        if each.shoutout not in left.shoutouts
    }
    before = recaps.highlights_of(tx, kept)
    standing = [free[shoutout] for shoutout in before if shoutout in free]
    highlights = choose(free.values(), standing) if is_draft else standing
    newcomers = gathered.newcomers
    if not is_draft:
        known = set(recaps.newcomers_of(tx, kept))
        newcomers = tuple(one for one in newcomers if one in known)
    contents = Contents(
        span=told_of,
        totals=gathered.totals,
        highlights=[each.shoutout for each in highlights],
        newcomers=newcomers[:MAX_NEWCOMERS],
        values=gathered.values,
        last=gathered.last,
    )
    return recap_drafts.fill(tx, community, kept, contents)
