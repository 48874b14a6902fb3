"""Who sits in a committee from the draw to the end of its term."""

from __future__ import annotations

from datetime import datetime

from bot.chat.responses import Call
from bot.domain.committees import BallotState, Leaving, SeatState
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.committees import cards, counting, planned, telling, voting
from cogs.committees.matter import ballot_key, matter_of
from cogs.committees.posts import DRAWN
from storage import (
    activity,
    audit,
    ballots,
    committees,
    communities,
    members,
    outbox,
    seats,
    votes,
)
from storage.activity import Fact
from storage.audit import Entry
from storage.ballots import Ballot
from storage.committees import Committee
from storage.database import Transaction
from storage.nominations import NOBODY
from storage.occurrences import Occurrence


def step_down(tx: Transaction, call: Call) -> None:
    """Have the actor leave the committee, and the next backup take their seat.

    Raises:
        RuleError: If they are not in one that serves.
    """
    check_seat(tx, call)
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    committee = committees.serving(tx, community)
    if member is not None and committee is not None:
        why = Leaving.STEPPED_DOWN
        leave(tx, community, committee, member.key, why, call.at)


def check_seat(tx: Transaction, call: Call) -> None:
    """See that the actor is in a committee that serves.

    Raises:
        RuleError: If not.
    """
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    committee = committees.serving(tx, community)
    told = seats.seats(tx, committee.id) if committee and member else ()
    mine = [e for e in told if member is not None and e.member == member.key]
    if committee is None or not mine or mine[0].state is SeatState.OUT:
        raise RuleError("committees.refused-not-in")
    if not committee.serves_at(call.at):
        raise RuleError("committees.refused-term-over")


def leave(
    tx: Transaction,
    community: Community,
    committee: Committee,
    member: int,
    why: Leaving,
    now: datetime,
) -> bool:
    """Have somebody be out, and the next backup move up; False where they are not in.

    What they voted on ballots that are open is dropped: the seat has one vote, and
    whoever takes it casts it.
    """
    if not _out(tx, community, committee, member, why, now):
        return False
    fill(tx, community, committee, now)
    # What told of the draw shows who sits there now.
    outbox.redraw(tx, community, f"{DRAWN}{committee.id}", now)
    for ballot in _open_ballots(tx, community, committee):
        counting.finish_if_decided(tx, community, ballot, now)
    return True


def drop_unfit(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """Have whoever left, hid or was erased be out, before anybody has a seat."""
    for member, why in _unfit(tx, community, committee, now):
        _out(tx, community, committee, member, why, now)


def refresh(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """Have backups take the seats of who left, as far as Laurel knows."""
    for member, why in _unfit(tx, community, committee, now):
        leave(tx, community, committee, member, why, now)


def fill(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """Give each free seat to the next backup, who votes on what is open."""
    for seat in seats.seats(tx, committee.id):
        if seat.state is not SeatState.BACKUP:
            continue
        if not seats.move_up(tx, committee.id, seat.member, now):
            return  # no seat is free
        ref = f"committees:{committee.id}"
        told = {"member": str(seat.member)}
        audit.add(tx, community, Entry(None, "committees.seat", ref, told), now)
        fact = Fact("committees.seated", NOBODY, seat.member, 0, ref, ref)
        activity.add(tx, community, fact, now)
        key = f"committees:seat:{committee.id}:{seat.member}"
        telling.direct(tx, community, seat.member, key, cards.seated(committee), now)
        for ballot in _open_ballots(tx, community, committee):
            about = matter_of(tx, community, ballot)
            voting.invite(tx, community, about, seat.member, now)


def end(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """End a term, and what its committee votes about with it."""
    for ballot in _open_ballots(tx, community, committee):
        counting.finish(tx, community, ballot, now, last=True)
    if committees.end(tx, committee, now):
        ref = f"committees:{committee.id}"
        audit.add(tx, community, Entry(None, "committees.end", ref), now)
        activity.add(
            tx, community, Fact("committees.over", NOBODY, None, 0, ref, ref), now
        )


def end_due(tx: Transaction, occurrence: Occurrence) -> None:
    """End a term that is over, unless another committee ended it before."""
    community, about = occurrence.community, planned.about(occurrence.entry)
    committee = committees.serving(tx, community)
    if committee is not None and committee.id == about:
        end(tx, community, committee, occurrence.now)
        key = f"committees:over:{committee.id}"
        message = cards.note("committees.term-over")
        telling.moderators(tx, community, key, message, occurrence.now)


def _unfit(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> list[tuple[int, Leaving]]:
    """Return who was drawn and can neither sit nor move up, and why."""
    told = (each for each in seats.seats(tx, committee.id) if each.why is None)
    found = ((e.member, telling.unfit(tx, community, e.member, now)) for e in told)
    return [(member, why) for member, why in found if why is not None]


def _out(
    tx: Transaction,
    community: Community,
    committee: Committee,
    member: int,
    why: Leaving,
    now: datetime,
) -> bool:
    if not seats.leave(tx, committee.id, member, why, now):
        return False
    ref = f"committees:{committee.id}"
    by = member if why is Leaving.STEPPED_DOWN else None
    told: dict[str, str | int | None] = {"member": str(member), "why": str(why)}
    for ballot in _open_ballots(tx, community, committee):
        dropped = votes.take_back(tx, ballot, member)
        told[f"votes-{ballot.id}"] = dropped
        message = cards.note("committees.ballot-left")
        telling.correct(tx, community, ballot_key(ballot, member), message, now)
    audit.add(tx, community, Entry(by, "committees.leave", ref, told), now)
    fact = Fact("committees.left", by or NOBODY, member, 0, ref, ref)
    activity.add(tx, community, fact, now)
    return True


def _open_ballots(
    tx: Transaction, community: Community, committee: Committee
) -> list[Ballot]:
    return [
        ballot
        for ballot in ballots.unclosed(tx, community)
        if ballot.state is BallotState.OPEN and ballot.committee == committee.id
    ]
