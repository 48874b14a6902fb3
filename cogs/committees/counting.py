"""How a ballot ends: counted, given more time once, or left to the moderators."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.committees import (
    EXTENSION,
    BallotState,
    Result,
    SeatState,
    Tally,
    ballot_digest,
    decide,
)
from bot.domain.community import Community
from bot.domain.nominations import State
from cogs.committees import cards, planned, results, telling
from cogs.committees.matter import Matter, ballot_key, matter_of
from cogs.committees.planned import Due, whole_minute
from storage import (
    activity,
    audit,
    awards,
    ballots,
    committees,
    decisions,
    nominations,
    seats,
    tallying,
    votes,
)
from storage.activity import Fact
from storage.audit import Entry
from storage.ballots import Ballot
from storage.database import Transaction
from storage.decisions import Ruling
from storage.nominations import NOBODY, Terms
from storage.tallying import Standing


def finish(
    tx: Transaction,
    community: Community,
    ballot: Ballot,
    now: datetime,
    *,
    last: bool = False,
) -> None:
    """End a ballot whose time is over; with ``last``, give it no more."""
    if not tallying.count(tx, ballot):
        _drop(tx, community, ballot, now)
        return
    about = matter_of(tx, community, ballot)
    if votes.voters(tx, ballot) >= about.standard.quorum:
        count(tx, community, about, now)
    elif last or not _extend(tx, community, about, now):
        hand_over(tx, community, about, now)


def finish_if_decided(
    tx: Transaction, community: Community, ballot: Ballot, now: datetime
) -> bool:
    """End a ballot for which nobody has to be waited for; return whether it ended.

    Everybody has voted about all that they may, or too few are left to vote.
    """
    about = matter_of(tx, community, ballot)
    if not tallying.count(tx, ballot):
        _drop(tx, community, ballot, now)
        return True
    if tallying.able(tx, ballot) < about.standard.quorum:
        hand_over(tx, community, about, now)
        return True
    if tallying.is_complete(tx, ballot):
        finish(tx, community, ballot, now, last=True)
        return True
    return False


def count(tx: Transaction, community: Community, about: Matter, now: datetime) -> None:
    """Count the votes, and settle every candidacy about which somebody could vote."""
    ballot = about.ballot
    every = tallying.standings(tx, community, ballot)
    cast = votes.votes(tx, ballot)
    voters = votes.voters(tx, ballot)
    able = _seated(tx, ballot)
    if not ballots.end(tx, ballot, BallotState.COUNTED, now):
        return
    told = {"votes": len(cast), "voters": voters}
    digest = ballot_digest(cast)
    entry = Entry(None, "committees.count", f"ballots:{ballot.id}", told, digest)
    audit.add(tx, community, entry, now)
    standing = [each for each in every if each.tally.recused < able]
    result = _settle(tx, community, about, standing, now)
    fact = _fact("committees.counted", ballot, len(result.winners))
    activity.add(tx, community, fact, now)
    if not results.is_awaited(tx, community, about.standard):
        ballots.announce(tx, ballot)
    results.post(tx, community, ballot, now)
    if tallying.count(tx, ballot):  # all who could have voted about them are recused
        key = f"committees:undecided:{ballot.id}"
        message = cards.of_award("committees.undecided", about.award)
        telling.moderators(tx, community, key, message, now)
    _say_closed(tx, community, about, "committees.ballot-counted", now)


def hand_over(
    tx: Transaction, community: Community, about: Matter, now: datetime
) -> None:
    """Leave what is undecided to the moderators, and say so."""
    ballot = about.ballot
    if not ballots.end(tx, ballot, BallotState.HANDED, now):
        return
    told = {"voters": votes.voters(tx, ballot), "quorum": about.standard.quorum}
    entry = Entry(None, "committees.hand-over", f"ballots:{ballot.id}", told)
    audit.add(tx, community, entry, now)
    activity.add(tx, community, _fact("committees.handed", ballot), now)
    message = cards.of_award("committees.handed", about.award)
    key = f"committees:handed:{ballot.id}"
    telling.moderators(tx, community, key, message, now)
    results.post(tx, community, ballot, now)
    _say_closed(tx, community, about, "committees.ballot-handed", now)


def _drop(tx: Transaction, community: Community, ballot: Ballot, now: datetime) -> None:
    """Have nobody vote about a round of which nobody is left."""
    if ballots.end(tx, ballot, BallotState.DROPPED, now):
        entry = Entry(None, "committees.drop-ballot", f"ballots:{ballot.id}")
        audit.add(tx, community, entry, now)
        about = matter_of(tx, community, ballot)
        _say_closed(tx, community, about, "committees.ballot-empty", now)


def _seated(tx: Transaction, ballot: Ballot) -> int:
    told = seats.seats(tx, ballot.committee) if ballot.committee else ()
    return sum(each.state is SeatState.SEATED for each in told)


def _settle(
    tx: Transaction,
    community: Community,
    about: Matter,
    standing: Sequence[Standing],
    now: datetime,
) -> Result:
    """Settle each candidacy, and return the result as it was settled.

    Whoever would win and cannot be named by now makes room for the next.
    """
    ballot = about.ballot
    terms = Terms(awards.round_of(tx, ballot.round), about.standard)
    free = nominations.seats_left(tx, community, terms)
    whose = {each.tally.candidacy: each for each in standing}
    while True:
        found = decide([each.tally for each in whose.values()], free)
        gone = [
            each
            for each in found.winners
            if telling.unfit(tx, community, whose[each].nominee, now)
        ]
        if not gone:
            break
        for each in gone:
            _conclude(tx, community, whose.pop(each).tally, State.WITHDRAWN, now)
    for each in found.winners:
        _conclude(tx, community, whose[each].tally, State.WON, now)
    for each in found.others:
        _conclude(tx, community, whose[each].tally, State.LOST, now)
    return found


def _conclude(
    tx: Transaction, community: Community, tally: Tally, state: State, now: datetime
) -> None:
    by = nominations.By(None, f"candidacies:{tally.candidacy}")
    if not nominations.settle(tx, community, tally.candidacy, state, now, by):
        return
    decisions.add(tx, community, Ruling(tally.candidacy, state), now)
    told: dict[str, int | str | None] = {
        "outcome": str(state),
        "yes": tally.yes,
        "no": tally.no,
        "abstain": tally.abstain,
        "recused": tally.recused,
    }
    ref = f"candidacies:{tally.candidacy}"
    audit.add(tx, community, Entry(None, "committees.result", ref, told), now)


def _extend(
    tx: Transaction, community: Community, about: Matter, now: datetime
) -> bool:
    """Give a ballot more time and remind who has not voted; False where it had it."""
    ballot = about.ballot
    committee = committees.get(tx, community, ballot.committee or 0)
    if committee is None or committee.ends_at is None or ballot.extended:
        return False
    closes_at = min(whole_minute(now + EXTENSION), committee.ends_at)
    if closes_at <= now or not committee.serves_at(now):
        return False
    extended = ballots.extend(tx, ballot, closes_at)
    if extended is None:
        return False
    planned.plan(tx, community, Due.COUNT, ballot.id, whole_minute(closes_at), now)
    told = {"voters": votes.voters(tx, ballot), "quorum": about.standard.quorum}
    entry = Entry(None, "committees.extend", f"ballots:{ballot.id}", told)
    audit.add(tx, community, entry, now)
    for seat in seats.seats(tx, committee.id):
        waiting = tallying.left(tx, ballot, seat.member).count
        later = cards.invitation(about.award, ballot.id, waiting, closes_at)
        telling.correct(tx, community, ballot_key(ballot, seat.member), later, now)
    reminder = cards.reminder(about.award, ballot.id, closes_at)
    for member in _silent(tx, ballot):
        key = f"committees:reminder:{ballot.id}:{member}"
        telling.direct(tx, community, member, key, reminder, now)
    return True


def _silent(tx: Transaction, ballot: Ballot) -> Sequence[int]:
    """Return who has a seat and something left to vote about."""
    told = seats.seats(tx, ballot.committee) if ballot.committee else ()
    seated = (each.member for each in told if each.state is SeatState.SEATED)
    return [each for each in seated if tallying.left(tx, ballot, each).count]


def _fact(kind: str, ballot: Ballot, amount: int = 0) -> Fact:
    ref = f"ballots:{ballot.id}"
    return Fact(kind, NOBODY, None, amount, ref, ref)


def _say_closed(
    tx: Transaction, community: Community, about: Matter, key: str, now: datetime
) -> None:
    """Have what told the committee to vote say that it is over."""
    ballot = about.ballot
    message = cards.of_award(key, about.award)
    for seat in seats.seats(tx, ballot.committee) if ballot.committee else ():
        telling.correct(tx, community, ballot_key(ballot, seat.member), message, now)
