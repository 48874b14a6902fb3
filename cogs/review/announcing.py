"""Everybody reads who won what: at once, or when its moment begins: units of work."""

from __future__ import annotations

from datetime import datetime

from bot.domain.awards import Decider
from bot.domain.community import Community
from bot.domain.nominations import State
from cogs.review.cases import Case
from cogs.review.notes import Moment
from storage import (
    calendar,
    communities,
    decisions,
    deliveries,
    moments,
    outbox,
    reviews,
)
from storage.activity import Activity
from storage.calendar import State as EntryState
from storage.database import Transaction
from storage.outbox import Parcel

WON = "review:won:"
"""What the names of announcements begin with."""

ON_WALL = (WON,)
"""What follows where the wall is another one by now."""


def won_key(candidacy: int, before: int = 0) -> str:
    """Return the outbox's name for the announcement.

    ``before`` is how often the same was announced and taken back: what was taken down
    is not put up again, so what comes later is a post of its own.
    """
    return f"{WON}{before}:{candidacy}" if before else f"{WON}{candidacy}"


def announce(tx: Transaction, case: Case, at: datetime) -> Moment | None:
    """Announce a winner at once, or have it wait for its moment, which is returned.

    Whom a committee chose, the post with its votes announces.
    """
    planned = case.standard.announced_in
    moment = None
    if planned is not None:
        moment = moment_of(tx, case.community, planned)
    if case.standard.decider is Decider.COMMITTEE and not _by_hand(case):
        return moment
    if moment is not None:
        reviews.announce_in(tx, case.community, case.id, planned)
    else:
        _announce(tx, case.community, case.id, at)
    return moment


def withdraw(tx: Transaction, case: Case, at: datetime) -> None:
    """Announce no more, and take down what was, that somebody won."""
    reviews.announce_in(tx, case.community, case.id, None)
    for before in range(_wins(tx, case.community, case.id)):
        outbox.redraw(tx, case.community, won_key(case.id, before), at)


def moment_of(tx: Transaction, community: Community, entry: int) -> Moment | None:
    """Return a moment of the calendar that is still to begin; None where it is not."""
    planned = calendar.get(tx, community, entry)
    found = moments.get(tx, community, entry)
    if planned is None or planned.state is not EntryState.ACTIVE or found is None:
        return None
    return Moment(found.name, planned.due_at)


def began(tx: Transaction, entry: Activity) -> None:
    """Announce those who waited for the moment that begins."""
    community = communities.by_id(tx, entry.community)
    _announce_waiting(tx, community, _id(entry), entry.at)


def moved(tx: Transaction, entry: Activity) -> None:
    """Announce at once those whose moment was taken off the calendar."""
    community = communities.by_id(tx, entry.community)
    for planned in reviews.awaited(tx, community):
        if moment_of(tx, community, planned) is None:
            _announce_waiting(tx, community, planned, entry.at)


def _announce(
    tx: Transaction, community: Community, candidacy: int, at: datetime
) -> None:
    before = max(0, _wins(tx, community, candidacy) - 1)
    key, wall = won_key(candidacy, before), community.settings.wall
    if wall is not None and not deliveries.is_known(tx, community, key):
        outbox.put(tx, community, Parcel(wall, key, None, (), key), at)


def _announce_waiting(
    tx: Transaction, community: Community, planned: int, at: datetime
) -> None:
    for candidacy in reviews.announced_in(tx, community, planned):
        reviews.announce_in(tx, community, candidacy, None)
        _announce(tx, community, candidacy, at)


def _by_hand(case: Case) -> bool:
    """Return whether a moderator decided it, and not a committee or a rule."""
    return case.decision is not None and case.decision.by is not None


def _wins(tx: Transaction, community: Community, candidacy: int) -> int:
    """Return how often it was decided that they win."""
    made = decisions.of(tx, community, candidacy)
    return sum(each.state is State.WON for each in made)


def _id(entry: Activity) -> int:
    return int(entry.fact.ref.rpartition(":")[2])
