"""Committees follow what happens: rounds that close, people who leave, moments."""

from __future__ import annotations

from bot.chat.responses import Call
from bot.domain.committees import BallotState
from bot.domain.errors import RuleError
from bot.domain.nominations import State
from cogs.committees import counting, planned, results, telling, terms, voting
from cogs.committees.matter import matter_of
from cogs.committees.posts import ON_WALL, RESULTS
from storage import (
    awards,
    ballots,
    committees,
    communities,
    nominations,
    outbox,
    votes,
    walls,
)
from storage.activity import Activity
from storage.database import Transaction
from storage.occurrences import Occurrence


def round_closed(tx: Transaction, entry: Activity) -> None:
    """Have the committee vote about a round in which nobody can be nominated more."""
    community = communities.by_id(tx, entry.community)
    award = awards.get(tx, community, _number(entry, "awards"))
    committee = committees.serving(tx, community)
    if committee is not None:
        terms.refresh(tx, community, committee, entry.at)
    if award is not None:
        voting.begin(tx, community, award, entry.at)


def somebody_gone(tx: Transaction, entry: Activity) -> None:
    """Give the seat of who left, hid or was erased to the next; name them no more."""
    community = communities.by_id(tx, entry.community)
    committee = committees.serving(tx, community)
    member, at = entry.fact.actor, entry.at
    why = telling.unfit(tx, community, member, at)  # they may be back by now
    if committee is not None and why is not None:
        terms.leave(tx, community, committee, member, why, at)
    for won in nominations.about_member(tx, community, member, {State.WON}):
        ballot = ballots.of_round(tx, community, won.round)
        if ballot is not None:
            outbox.redraw(tx, community, f"{RESULTS}{ballot.id}", at)


def candidacy_gone(tx: Transaction, entry: Activity) -> None:
    """Have a ballot end on which nobody is left, or nobody else has to vote."""
    community = communities.by_id(tx, entry.community)
    found = nominations.get(tx, community, _number(entry, "candidacies"))
    if found is None or found.state.undecided:
        return
    ballot = ballots.of_round(tx, community, found.round)
    if ballot is not None and ballot.state is BallotState.OPEN:
        counting.finish_if_decided(tx, community, ballot, entry.at)


def taken_back(tx: Transaction, entry: Activity) -> None:
    """Have what told of a ballot tell that somebody does not win any more."""
    community = communities.by_id(tx, entry.community)
    found = nominations.get(tx, community, _number(entry, "candidacies"))
    ballot = ballots.of_round(tx, community, found.round) if found else None
    if ballot is not None:
        outbox.redraw(tx, community, f"{RESULTS}{ballot.id}", entry.at)


def moment_began(tx: Transaction, entry: Activity) -> None:
    """Say who won where that was to wait for this moment."""
    community = communities.by_id(tx, entry.community)
    moment = _number(entry, "calendar_entries")
    for ballot in ballots.untold(tx, community):
        if matter_of(tx, community, ballot).standard.announced_in == moment:
            results.tell(tx, community, ballot, entry.at)


def moments_changed(tx: Transaction, entry: Activity) -> None:
    """Say who won where the moment that was waited for does not come any more."""
    community = communities.by_id(tx, entry.community)
    for ballot in ballots.untold(tx, community):
        standard = matter_of(tx, community, ballot).standard
        if not results.is_awaited(tx, community, standard):
            results.tell(tx, community, ballot, entry.at)


def wall_moved(tx: Transaction, entry: Activity) -> None:
    """Have what waits for a wall that is gone follow to the one that was chosen."""
    walls.move(tx, communities.by_id(tx, entry.community), ON_WALL, entry.at)


def count_due(tx: Transaction, occurrence: Occurrence) -> None:
    """End a ballot whose time is over, unless it has ended or was given more."""
    community, now = occurrence.community, occurrence.now
    ballot = ballots.get(tx, community, planned.about(occurrence.entry))
    if ballot is None or ballot.state is not BallotState.OPEN:
        return
    if not ballot.takes_votes_at(now):
        counting.finish(tx, community, ballot, now)


def close(tx: Transaction, call: Call, which: int) -> BallotState:
    """Close a ballot early: counted with its quorum, or left to the moderators.

    Without a committee nobody can vote, and the moderators may take it over.

    Raises:
        RuleError: If it is closed, or too few have voted so far.
    """
    community = communities.get(tx, call.community)
    ballot = ballots.get(tx, community, which)
    if ballot is None or ballot.closed_at is not None:
        raise RuleError("committees.refused-closed", "which")
    about = matter_of(tx, community, ballot)
    if ballot.state is BallotState.WAITING:
        counting.hand_over(tx, community, about, call.at)
        return BallotState.HANDED
    missing = about.standard.quorum - votes.voters(tx, ballot)
    if not ballot.takes_votes_at(call.at):  # its end came while Laurel was away
        counting.finish(tx, community, ballot, call.at, last=True)
    elif missing > 0:
        until = ballot.closes_at or call.at
        raise RuleError(
            "committees.refused-quorum", "which", missing=missing, until=until
        )
    else:
        counting.count(tx, community, about, call.at)
    ended = ballots.get(tx, community, which)
    return ended.state if ended else ballot.state


def _number(entry: Activity, table: str) -> int:
    """Return the id that an activity is about; 0 where it is of another table."""
    kind, _, number = entry.fact.ref.partition(":")
    return int(number) if kind == table and number.isdecimal() else 0
