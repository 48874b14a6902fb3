"""What everybody is told of a ballot that has ended."""

from __future__ import annotations

from datetime import datetime

from bot.domain.awards import Standard
from bot.domain.committees import BallotState
from bot.domain.community import Community
from bot.domain.recap import Audience
from cogs.committees import outcomes, telling
from cogs.committees.matter import matter_of
from cogs.committees.outcomes import Told, Winner
from cogs.committees.posts import RESULTS
from storage import ballots, calendar, moments, outbox, tallying, votes
from storage.ballots import Ballot
from storage.calendar import State
from storage.database import Transaction
from storage.drawings import Drawn
from storage.outbox import Parcel
from storage.seen import Seen


def post(tx: Transaction, community: Community, ballot: Ballot, now: datetime) -> None:
    """Queue what tells of ``ballot``, where there is a channel for it."""
    place, key = telling.place_of(community), f"{RESULTS}{ballot.id}"
    if place is not None:
        outbox.put(tx, community, Parcel(place, key, None, (), key), now)


def draw(tx: Transaction, community: Community, key: str) -> Drawn | None:
    """Draw what came of a ballot; None where nothing is to be told."""
    ballot = ballots.get(tx, community, int(key.removeprefix(RESULTS)))
    if ballot is None or ballot.state not in {BallotState.COUNTED, BallotState.HANDED}:
        return None
    seen = Seen(tx, community, Audience.CHAT)
    won = [(each, seen.of(each.nominee)) for each in tallying.won(tx, ballot)]
    about = matter_of(tx, community, ballot)
    told = Told(
        award=about.award.name,
        handed=ballot.state is BallotState.HANDED,
        announced=ballot.announced,
        won=[Winner(ref, e.yes, e.no, e.abstain) for e, ref in won],
        lost=tallying.lost(tx, ballot),
        voters=votes.voters(tx, ballot),
        taken_back=tallying.taken_back(tx, ballot),
        about=about.standard.about,
    )
    named = [e.nominee for e, ref in won if ref is not None and ballot.announced]
    return Drawn(outcomes.result(told), named)


def is_awaited(tx: Transaction, community: Community, standard: Standard) -> bool:
    """Return whether winners are announced in a moment that is still to come."""
    if standard.announced_in is None:
        return False
    if moments.get(tx, community, standard.announced_in) is None:
        return False
    planned = calendar.get(tx, community, standard.announced_in)
    return planned is not None and planned.state is State.ACTIVE


def tell(tx: Transaction, community: Community, ballot: Ballot, now: datetime) -> None:
    """Have it be said who won, if that was still to come."""
    if ballots.announce(tx, ballot):
        outbox.redraw(tx, community, f"{RESULTS}{ballot.id}", now)
