"""What members find out about a committee, and those in it about whom they vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.domain.awards import Standard
from bot.domain.committees import Choice, Recused, SeatState
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy, Nomination
from bot.domain.people import Role
from cogs.committees import telling, terms, voting
from cogs.committees.matter import matter_of
from cogs.committees.posts import Shown, Underway
from cogs.committees.voting import Voted
from storage import (
    ballots,
    committees,
    communities,
    members,
    nominations,
    seats,
    tallying,
    votes,
)
from storage.ballots import Ballot
from storage.database import Transaction

PER_PAGE = 8
"""Candidacies on one page of a ballot."""

WORDS_PER_PAGE = 2
"""Nominators whose words stand on one page."""


@dataclass(frozen=True, slots=True)
class Row:
    """A candidacy on a ballot, as one voter sees it.

    Attributes:
        nominee: None once they are erased.

        nominators: How many stand behind it.

        choice: What the voter voted so far; None for nothing.

        recused: Why they do not vote; None where they do.
    """

    candidacy: int
    nominee: Member | None
    nominators: int
    choice: Choice | None
    recused: Recused | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A page of a ballot, as one voter sees it.

    Attributes:
        left: About how many they have still to vote.

        page: Counted from 1.

        others: Ids and awards of other ballots that wait for them.
    """

    ballot: Ballot
    award: str
    standard: Standard
    rows: Sequence[Row]
    left: int
    page: int
    pages: int
    others: Sequence[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Look:
    """A candidacy, as one voter sees it.

    Attributes:
        said: What some nominators say, and who they are; None in a blind review, and
            for who is erased.

        ticked: How many nominators say that each criterion is met.
    """

    ballot: Ballot
    award: str
    standard: Standard
    row: Row
    said: Sequence[tuple[Nomination, Member | None]]
    ticked: Sequence[int]
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class _Mine:
    """What one voter did about a ballot, by candidacy."""

    choices: Mapping[int, Choice]
    recusals: Mapping[int, Recused]


def show(tx: Transaction, call: Call) -> Shown:
    """Return what there is to know of the committee, as it is at this moment."""
    community = communities.get(tx, call.community)
    reader = members.find(tx, community, call.actor.ref, call.at)
    serving = committees.serving(tx, community)
    if serving is not None:
        terms.refresh(tx, community, serving, call.at)
    latest = committees.newest(tx, community)
    told = seats.seats(tx, latest.id) if latest else ()
    sits = reader is not None and any(
        each.member == reader.key and each.state is SeatState.SEATED for each in told
    )
    serves = latest is not None and latest.serves_at(call.at)
    return Shown(
        roster=telling.roster(tx, community, latest) if latest else None,
        serves=serves,
        coming=committees.pooled(tx, community),
        underway=_underway(tx, community),
        sits=sits and serves,
        moderates=call.actor.role >= Role.MODERATOR,
    )


def underway(tx: Transaction, call: Call) -> Sequence[Underway]:
    """Return the ballots that are not closed, the oldest first."""
    return _underway(tx, communities.get(tx, call.community))


def paper(tx: Transaction, call: Call, which: int | None, page: int) -> Paper:
    """Return a page of a ballot; of the one that closes first where none is named.

    Raises:
        RuleError: If the reader has no seat, or nothing is to be voted about.
    """
    community = communities.get(tx, call.community)
    reader = members.find(tx, community, call.actor.ref, call.at)
    open_ones = _open_for(tx, community, reader, call.at)
    chosen = [each for each in open_ones if which in {None, each.id}]
    if reader is None or not chosen:
        raise _no_paper(tx, community, reader, which, call.at)
    ballot = chosen[0]
    about = matter_of(tx, community, ballot)
    pages = max(1, -(-tallying.count(tx, ballot) // PER_PAGE))
    page = min(max(page, 1), pages)
    mine = _mine(tx, ballot, reader)
    found = tallying.page(tx, ballot, PER_PAGE, (page - 1) * PER_PAGE)
    return Paper(
        ballot=ballot,
        award=about.award.name,
        standard=about.standard,
        rows=[_row(tx, community, mine, each, call.at) for each, _ in found],
        left=tallying.left(tx, ballot, reader.key).count,
        page=page,
        pages=pages,
        others=[
            (each.id, matter_of(tx, community, each).award.name)
            for each in open_ones
            if each.id != ballot.id
        ],
    )


def look(tx: Transaction, call: Call, candidacy: int, page: int) -> Look:
    """Return what is said of a nominee, for somebody who votes about them.

    Raises:
        RuleError: If the reader does not vote about them, or cannot any more.
    """
    community = communities.get(tx, call.community)
    reader = members.find(tx, community, call.actor.ref, call.at)
    found = nominations.get(tx, community, candidacy)
    ballot = ballots.of_round(tx, community, found.round) if found else None
    if found is None or ballot is None or reader is None:
        raise RuleError("committees.refused-not-seated")
    voting.check(tx, community, ballot, found.id, reader.key, call.at)
    about = matter_of(tx, community, ballot)
    pages = max(1, -(-len(found.nominations) // WORDS_PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * WORDS_PER_PAGE
    shown = found.nominations[first : first + WORDS_PER_PAGE]
    blind = about.standard.blind
    return Look(
        ballot=ballot,
        award=about.award.name,
        standard=about.standard,
        row=_row(tx, community, _mine(tx, ballot, reader), found.id, call.at),
        said=[
            (each, None if blind else _whose(tx, community, each, call.at))
            for each in shown
        ],
        ticked=_ticked(found, about.standard),
        page=page,
        pages=pages,
    )


def after(tx: Transaction, call: Call, done: Voted) -> Look | Paper | None:
    """Return what a voter sees next; None where their vote closed the ballot."""
    if done.closed:
        return None
    if done.next is not None:
        return look(tx, call, done.next, 1)
    return paper(tx, call, done.ballot.id, 1)


def _underway(tx: Transaction, community: Community) -> Sequence[Underway]:
    found = []
    for ballot in ballots.unclosed(tx, community):
        about = matter_of(tx, community, ballot)
        voters = votes.voters(tx, ballot)
        quorum = about.standard.quorum
        found.append(Underway(ballot, about.award.name, voters, quorum))
    return found


def _open_for(
    tx: Transaction, community: Community, reader: Member | None, now: datetime
) -> Sequence[Ballot]:
    """Return the ballots on which a member has a vote, the first to close first."""
    committee = committees.serving(tx, community)
    if reader is None or committee is None or not committee.serves_at(now):
        return ()
    mine = [each for each in seats.seats(tx, committee.id) if each.member == reader.key]
    if not mine or mine[0].state is not SeatState.SEATED:
        return ()
    found = (
        (each.closes_at, each.id, each)
        for each in ballots.unclosed(tx, community)
        if each.committee == committee.id and each.takes_votes_at(now)
    )
    return [each for closes_at, _, each in sorted(found) if closes_at]


def _no_paper(
    tx: Transaction,
    community: Community,
    reader: Member | None,
    which: int | None,
    now: datetime,
) -> RuleError:
    ballot = ballots.get(tx, community, which) if which is not None else None
    if ballot is not None and not ballot.takes_votes_at(now):
        return RuleError("committees.refused-closed")
    committee = committees.newest(tx, community)
    told = seats.seats(tx, committee.id) if committee and reader else ()
    mine = [e for e in told if reader is not None and e.member == reader.key]
    if committee is None or not mine or mine[0].state is not SeatState.SEATED:
        return RuleError("committees.refused-not-seated")
    if not committee.serves_at(now):
        return RuleError("committees.refused-term-over")
    return RuleError("committees.refused-nothing")


def _mine(tx: Transaction, ballot: Ballot, reader: Member) -> _Mine:
    choices = votes.of_voter(tx, ballot, reader.key)
    return _Mine(choices, votes.recusals_of(tx, ballot, reader.key))


def _row(
    tx: Transaction, community: Community, mine: _Mine, candidacy: int, now: datetime
) -> Row:
    found = nominations.get(tx, community, candidacy)
    if found is None:
        raise LookupError("the candidacy was just read")
    return Row(
        candidacy=candidacy,
        nominee=members.by_key(tx, community, found.nominee, now),
        nominators=len(found.nominations),
        choice=mine.choices.get(candidacy),
        recused=mine.recusals.get(candidacy),
    )


def _whose(
    tx: Transaction, community: Community, said: Nomination, now: datetime
) -> Member | None:
    return members.by_key(tx, community, said.nominator, now)


def _ticked(found: Candidacy, standard: Standard) -> Sequence[int]:
    return [
        sum(place in each.met for each in found.nominations)
        for place in range(len(standard.criteria))
    ]
