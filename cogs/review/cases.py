"""One candidacy with all that whoever looks at it needs to know, and who may decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.domain.awards import Award, Decider, Standard
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy, State
from bot.domain.refs import MemberRef
from storage import (
    awards,
    ballots,
    communities,
    decisions,
    members,
    nominations,
    reviewers,
    seats,
)
from storage.database import Transaction
from storage.decisions import Decision

FINAL = frozenset({State.WON, State.LOST, State.DECLINED})
"""What a candidacy becomes by being decided."""


@dataclass(frozen=True, slots=True)
class Case:
    """A candidacy, by whom it is and for what.

    Attributes:
        standard: By which it is judged.

        decision: The last one about it; None where there is none.
    """

    community: Community
    candidacy: Candidacy
    award: Award
    standard: Standard
    nominee: Member
    decision: Decision | None

    @property
    def id(self) -> int:
        """The candidacy's id."""
        return self.candidacy.id

    @property
    def state(self) -> State:
        """What became of it so far."""
        return self.candidacy.state


def case_of(
    tx: Transaction, community: Community, candidacy: int, at: datetime
) -> Case | None:
    """Return a candidacy; None where there is none, or its nominee is erased."""
    found = nominations.get(tx, community, candidacy)
    award = awards.get(tx, community, found.award) if found else None
    nominee = members.by_key(tx, community, found.nominee, at) if found else None
    if found is None or award is None or nominee is None:
        return None
    standard = awards.standard(tx, found.award, found.standard)
    decision = decisions.latest(tx, community, found.id)
    return Case(community, found, award, standard, nominee, decision)


def known(tx: Transaction, call: Call, candidacy: int) -> tuple[Case, Member]:
    """Return a candidacy, and whoever acts on it.

    Raises:
        RuleError: If there is none.
    """
    community = communities.get(tx, call.community)
    actor = members.meet(tx, community, call.actor, call.at)
    case = case_of(tx, community, candidacy, call.at)
    if case is None:
        raise RuleError("review.refused-unknown")
    return case, actor


def refs(
    tx: Transaction, community: Community, keys: Iterable[int], at: datetime
) -> Iterator[MemberRef]:
    """Yield the members of these keys who are not erased."""
    for key in keys:
        if (member := members.by_key(tx, community, key, at)) is not None:
            yield member.ref


def moderators_decide(tx: Transaction, case: Case) -> bool:
    """Return whether it is for moderators to let somebody win."""
    if case.standard.decider is Decider.MODERATORS:
        return True
    return ballots.moderators_decide(tx, case.community, case.candidacy.round)


def was_taken_back(tx: Transaction, case: Case) -> bool:
    """Return whether they had won, and do not any more since the last decision."""
    if case.state is not State.DECLINED:
        return False
    made = decisions.of(tx, case.community, case.id)
    return [each.state for each in made[-2:]] == [State.WON, State.DECLINED]


def sat_on_it(tx: Transaction, case: Case, member: Member) -> bool:
    """Return whether ``member`` had a seat in the committee that voted about it."""
    ballot = ballots.of_round(tx, case.community, case.candidacy.round)
    if ballot is None or ballot.committee is None:
        return False
    drawn = seats.seats(tx, ballot.committee)
    return any(each.served for each in drawn if each.member == member.key)


def check_apart(tx: Transaction, case: Case, member: Member) -> None:
    """See that ``member`` has no part in it and did not keep out of it.

    Raises:
        RuleError: If they are nominee or nominator, or recused themselves.
    """
    if case.candidacy.nominee == member.key:
        raise RuleError("review.refused-nominee")
    if reviewers.nominated(tx, case.community, case.id, member.key):
        raise RuleError("review.refused-nominator")
    if member.key in reviewers.recused(tx, case.community, case.id):
        raise RuleError("review.refused-recused")


def check_undecided(tx: Transaction, case: Case, at: datetime) -> None:
    """See that nobody was faster.

    Raises:
        RuleError: If it is decided: it says how, when, and by whom if that was one.
    """
    if case.state.undecided:
        return
    raise late(tx, case, at)


def late(tx: Transaction, case: Case, at: datetime) -> RuleError:
    """Return how to say that it was made already what it is."""
    made = case.decision
    by = made.by if made and made.state is case.state else None
    who = members.by_key(tx, case.community, by, at) if by is not None else None
    if made is None or who is None:
        return RuleError(f"review.late-{case.state}-settled")
    return RuleError(f"review.late-{case.state}", who=who.ref, when=made.at)


def check_not_their_own(tx: Transaction, case: Case, member: Member) -> None:
    """See that whoever decided before an appeal does not decide again.

    Raises:
        RuleError: If ``member`` did.
    """
    earlier = decisions.of(tx, case.community, case.id)
    if any(each.by == member.key and each.state in FINAL for each in earlier):
        raise RuleError("review.refused-decided-before")
