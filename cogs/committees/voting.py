"""A committee votes: what it votes about, who is recused, and every vote."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.awards import Award, Decider
from bot.domain.committees import (
    FREQUENT,
    FREQUENT_WITHIN,
    VOTING,
    BallotState,
    Cast,
    Choice,
    Recused,
    SeatState,
    recused_by_rule,
    teams,
)
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy
from bot.domain.refs import RoleRef
from cogs.committees import cards, counting, planned, telling
from cogs.committees.matter import Matter, ballot_key, matter_of
from cogs.committees.planned import Due, whole_minute
from storage import (
    activity,
    audit,
    awards,
    ballots,
    committees,
    communities,
    members,
    nominations,
    pairs,
    seats,
    tallying,
    votes,
)
from storage.activity import Fact
from storage.audit import Entry
from storage.ballots import Ballot
from storage.committees import Committee
from storage.database import Transaction
from storage.nominations import NOBODY

LEAST_VOTING = timedelta(days=2)
"""A committee whose term ends sooner leaves what comes to the next one."""

_SALT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Voted:
    """What became of a vote.

    Attributes:
        nominee: About whom it was; None once they are erased.

        closed: Whether nobody had to be waited for after it.

        next: The candidacy that the voter has still to vote about, if any.
    """

    ballot: Ballot
    nominee: Member | None
    closed: bool
    next: int | None


def begin(tx: Transaction, community: Community, award: Award, now: datetime) -> None:
    """Have the committee vote about the rounds that have closed, if it decides them.

    There may be several, where an award was opened again at once.
    """
    for number in ballots.rounds_without(tx, community, award.id):
        round_ = awards.round_of(tx, number)
        standard = awards.standard(tx, award.id, round_.standard)
        if standard.decider is Decider.COMMITTEE:
            ballot = ballots.begin(tx, community, round_, now)
            if ballot is not None:
                _begin(tx, community, Matter(ballot, award, standard), now)


def take_up(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """Have a new committee vote about what waited for it."""
    for ballot in ballots.unclosed(tx, community):
        if ballot.state is BallotState.WAITING:
            about = matter_of(tx, community, ballot)
            _open(tx, community, about, committee, now)


def invite(
    tx: Transaction, community: Community, about: Matter, member: int, now: datetime
) -> None:
    """Recuse somebody with a seat by the rules, and ask them to vote about the rest."""
    put_forward = nominations.of_round(tx, community, about.ballot.round)
    _invite(tx, community, about, put_forward, member, now)


def cast(tx: Transaction, call: Call, candidacy: int, choice: Choice) -> Voted:
    """Have the actor's vote about a candidacy be ``choice``, whatever it was before.

    Raises:
        RuleError: If they have no seat or their term ended, the ballot is closed, or
            they are recused.
    """
    community = communities.get(tx, call.community)
    voter = members.find(tx, community, call.actor.ref, call.at)
    ballot = _ballot_of(tx, community, candidacy)
    if voter is None:
        raise RuleError("committees.refused-not-seated")
    vote = Cast(candidacy, voter.key, choice, secrets.token_bytes(_SALT_BYTES))
    if not votes.cast(tx, ballot, vote, call.at):
        check(tx, community, ballot, candidacy, voter.key, call.at)
        raise RuleError("common.unknown-button")
    ref = f"candidacies:{candidacy}"
    entry = Entry(voter.key, "committees.vote", ref, digest=vote.digest)
    audit.add(tx, community, entry, call.at)
    return _voted(tx, community, ballot, candidacy, voter.key, call.at)


def recuse(tx: Transaction, call: Call, candidacy: int) -> Voted:
    """Have the actor not vote about a candidacy, at their own wish.

    Raises:
        RuleError: As for `cast`.
    """
    community = communities.get(tx, call.community)
    voter = members.find(tx, community, call.actor.ref, call.at)
    ballot = _ballot_of(tx, community, candidacy)
    if voter is None:
        raise RuleError("committees.refused-not-seated")
    check(tx, community, ballot, candidacy, voter.key, call.at)
    votes.recuse(tx, ballot, candidacy, voter.key, Recused.WISH, call.at)
    told = {"why": str(Recused.WISH)}
    entry = Entry(voter.key, "committees.recuse", f"candidacies:{candidacy}", told)
    audit.add(tx, community, entry, call.at)
    return _voted(tx, community, ballot, candidacy, voter.key, call.at)


def check(
    tx: Transaction,
    community: Community,
    ballot: Ballot,
    candidacy: int,
    voter: int,
    at: datetime,
) -> None:
    """See that somebody may vote about a candidacy at this moment.

    Raises:
        RuleError: If not; it says why.
    """
    committee = committees.get(tx, community, ballot.committee or 0)
    told = seats.seats(tx, committee.id) if committee else ()
    mine = [each for each in told if each.member == voter]
    if committee is None or not mine or mine[0].state is not SeatState.SEATED:
        raise RuleError("committees.refused-not-seated")
    if not committee.serves_at(at):
        raise RuleError("committees.refused-term-over")
    if not ballot.takes_votes_at(at):
        raise RuleError("committees.refused-closed")
    if (why := votes.recusals_of(tx, ballot, voter).get(candidacy)) is not None:
        raise RuleError(f"committees.refused-{why}")
    found = nominations.get(tx, community, candidacy)
    if found is None or not found.state.undecided:
        raise RuleError("committees.refused-decided")


def _begin(tx: Transaction, community: Community, about: Matter, now: datetime) -> None:
    ballot = about.ballot
    if not tallying.count(tx, ballot):  # nobody was nominated
        ballots.end(tx, ballot, BallotState.DROPPED, now)
        return
    committee = committees.serving(tx, community)
    if committee is not None and _has_time(committee, now):
        _open(tx, community, about, committee, now)
        return
    key = f"committees:waiting:{ballot.id}"
    message = cards.of_award("committees.waiting", about.award)
    telling.moderators(tx, community, key, message, now)


def _has_time(committee: Committee, now: datetime) -> bool:
    ends_at = committee.ends_at
    return ends_at is not None and ends_at - now >= LEAST_VOTING


def _open(
    tx: Transaction,
    community: Community,
    about: Matter,
    committee: Committee,
    now: datetime,
) -> None:
    if committee.ends_at is None:
        raise LookupError("a committee that serves has a term")
    closes_at = min(whole_minute(now + VOTING), committee.ends_at)
    ballot = ballots.open_for(tx, about.ballot, committee, closes_at)
    if ballot is None:
        return
    opened = Matter(ballot, about.award, about.standard)
    ref = f"ballots:{ballot.id}"
    told = {"committee": committee.id, "quorum": about.standard.quorum}
    audit.add(tx, community, Entry(None, "committees.open", ref, told), now)
    fact = Fact("committees.opened", NOBODY, None, 0, ref, ref)
    activity.add(tx, community, fact, now)
    put_forward = nominations.of_round(tx, community, ballot.round)
    for seat in seats.seats(tx, committee.id):
        if seat.state is SeatState.SEATED:
            _invite(tx, community, opened, put_forward, seat.member, now)
    if not counting.finish_if_decided(tx, community, ballot, now):
        planned.plan(tx, community, Due.COUNT, ballot.id, whole_minute(closes_at), now)


def _invite(
    tx: Transaction,
    community: Community,
    about: Matter,
    put_forward: Sequence[Candidacy],
    member: int,
    now: datetime,
) -> None:
    ballot = about.ballot
    since = now - FREQUENT_WITHIN
    frequent = pairs.frequent(tx, community, member, since, FREQUENT)
    roles = about.standard.roles
    mine = teams(roles, _groups(tx, community, member, now))
    for each in put_forward:
        theirs = _groups(tx, community, each.nominee, now) if mine else frozenset()
        why = recused_by_rule(
            member,
            each.nominee,
            each.nominators,
            frequent,
            same_team=not mine.isdisjoint(theirs),
        )
        if why and votes.recuse(tx, ballot, each.id, member, why, now):
            told = {"why": str(why), "member": str(member)}
            entry = Entry(None, "committees.recuse", f"candidacies:{each.id}", told)
            audit.add(tx, community, entry, now)
    waiting = tallying.left(tx, ballot, member).count
    if waiting and ballot.closes_at is not None:
        message = cards.invitation(about.award, ballot.id, waiting, ballot.closes_at)
        key = ballot_key(ballot, member)
        telling.direct(tx, community, member, key, message, now)


def _groups(
    tx: Transaction, community: Community, member: int, now: datetime
) -> frozenset[RoleRef]:
    found = members.by_key(tx, community, member, now)
    return frozenset(found.groups) if found else frozenset()


def _ballot_of(tx: Transaction, community: Community, candidacy: int) -> Ballot:
    """Return the ballot on which a candidacy stands.

    Raises:
        RuleError: If it stands on none.
    """
    found = nominations.get(tx, community, candidacy)
    ballot = ballots.of_round(tx, community, found.round) if found else None
    if ballot is None:
        raise RuleError("committees.refused-not-seated")
    return ballot


def _voted(
    tx: Transaction,
    community: Community,
    ballot: Ballot,
    candidacy: int,
    voter: int,
    at: datetime,
) -> Voted:
    """Return what became of a vote; end the ballot if nobody else is waited for."""
    left = tallying.left(tx, ballot, voter)
    closed = not left.count and counting.finish_if_decided(tx, community, ballot, at)
    found = nominations.get(tx, community, candidacy)
    nominee = members.by_key(tx, community, found.nominee, at) if found else None
    return Voted(ballot, nominee, closed, left.next)
