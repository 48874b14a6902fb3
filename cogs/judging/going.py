"""How moderators go through what waits, one after the other: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.judging.cases import Case, case_of, check_apart, known, may_judge
from storage import communities, members
from storage.challenges import book, judging, queues
from storage.challenges.checkins import CheckInState
from storage.database import Transaction

MAX_LISTED = 25
"""As many as one list can show."""

_JUDGED_IN = (State.OPEN, State.RUNNING, State.REVIEW)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A challenge in which check-ins wait, and about how many."""

    challenge: Challenge
    count: int


@dataclass(frozen=True, slots=True)
class Next:
    """What lies before a moderator now.

    Attributes:
        case: None where nothing is left for them.

        others: How many wait that are not for them, or lie before somebody else.
    """

    case: Case | None
    others: int = 0


def overview(tx: Transaction, call: Call) -> Sequence[Waiting]:
    """Return the challenges in which check-ins wait."""
    community = communities.get(tx, call.community)
    found = (
        Waiting(each, judging.count(tx, community, each.id))
        for each in book.listed(tx, community, _JUDGED_IN)
    )
    return [each for each in found if each.count][:MAX_LISTED]


def take_next(tx: Transaction, call: Call, challenge: int, after: int = 0) -> Next:
    """Have the oldest that waits lie before the actor; behind one that they skip.

    Raises:
        RuleError: If there is no such challenge.
    """
    community = communities.get(tx, call.community)
    actor = members.meet(tx, community, call.actor, call.at)
    found = book.get(tx, community, challenge)
    if found is None:
        raise RuleError("judging.refused-gone")
    if found.state.over:
        return Next(None)
    taken = queues.take_next(tx, community, challenge, actor.key, call.at, after)
    if taken is None and after:
        taken = queues.take_next(tx, community, challenge, actor.key, call.at)
    if taken is None:
        left = _left_to(tx, call, community, challenge, after)
        others = 0 if left else judging.count(tx, community, challenge)
        return Next(left, others)
    return Next(case_of(tx, community, taken, call.at))


def look(tx: Transaction, call: Call, checkin: int) -> Case:
    """Return a check-in as moderators see it.

    Raises:
        RuleError: If there is none, or it is the actor's own and others can judge it.
    """
    case, actor = known(tx, call, checkin)
    if case.member.key == actor.key:
        check_apart(tx, case, actor, call.at)
    return case


def look_at_own(tx: Transaction, call: Call, checkin: int) -> Case:
    """Return a check-in of the actor's that did not count.

    Raises:
        RuleError: If it is not theirs, or became something else.
    """
    case, actor = known(tx, call, checkin)
    if case.member.key != actor.key:
        raise RuleError("judging.refused-unknown")
    if case.state is not CheckInState.REFUSED:
        raise RuleError(f"judging.refused-{case.state}")
    return case


def refused(tx: Transaction, call: Call) -> Sequence[Case]:
    """Return what the actor checked in with and did not count, the newest first."""
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    if actor is None:
        return ()
    found = judging.refused(tx, community, actor.key, MAX_LISTED)
    cases = (case_of(tx, community, each, call.at) for each in found)
    return [case for case in cases if case is not None]


def _left_to(
    tx: Transaction, call: Call, community: Community, challenge: int, after: int
) -> Case | None:
    """Return what waits and has a part of the actor's in it, if nobody has a lesser.

    The oldest behind ``after``, else the oldest.
    """
    actor = members.meet(tx, community, call.actor, call.at)
    waiting = judging.waiting(tx, community, challenge, MAX_LISTED)
    for each in sorted(waiting, key=lambda checkin: (checkin <= after, checkin)):
        case = case_of(tx, community, each, call.at)
        if case is not None and may_judge(tx, case, actor, call.at):
            return case
    return None
