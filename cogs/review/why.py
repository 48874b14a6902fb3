"""``/why``: every decision about whoever asks, and how it came to be: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.domain.awards import Decider
from bot.domain.committees import BallotState
from bot.domain.errors import RuleError
from cogs.review import appealing
from cogs.review.cases import FINAL, Case, case_of, known, moderators_decide
from storage import (
    appeals,
    ballots,
    communities,
    decisions,
    members,
    nominations,
    reviewers,
    reviews,
)
from storage.appeals import Appeal
from storage.database import Transaction
from storage.decisions import Decision

SHOWN = 25
"""Most that are offered, the newest ones."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A candidacy that concerns whoever asks.

    Attributes:
        own: Whether they are the nominee; else they nominated them.
    """

    case: Case
    own: bool


@dataclass(frozen=True, slots=True)
class Why:
    """How a candidacy became what it is.

    Attributes:
        decisions: All about it, in order.

        appeal: How whoever asks appealed against the last one; None where they did
            not.

        may_appeal: Whether they still can.

        by: Who decided, as a role and never a name: ``moderators``, ``committee``, or
            ``seats`` where none was left.
    """

    mine: Mine
    decisions: Sequence[Decision]
    appeal: Appeal | None
    may_appeal: bool
    by: str


def concerning(tx: Transaction, call: Call) -> Sequence[Mine]:
    """Return what concerns the actor, the newest first.

    Of themselves they find what is decided alone: whoever is put forward is not to
    hear of it before.
    """
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    if actor is None:
        return ()
    found = {
        each.id: True
        for each in nominations.about_member(tx, community, actor.key, FINAL)
    }
    for each in nominations.of_member(tx, community, actor.key, SHOWN):
        found.setdefault(each.id, False)
    newest = sorted(found, reverse=True)[:SHOWN]
    cases = ((case_of(tx, community, each, call.at), found[each]) for each in newest)
    return [Mine(case, own) for case, own in cases if case is not None]


def explain(tx: Transaction, call: Call, candidacy: int) -> Why:
    """Return how a candidacy became what it is; a nominee knows of it from now on.

    Raises:
        RuleError: If it does not concern the actor, or not yet.
    """
    case, actor = known(tx, call, candidacy)
    own = case.nominee.key == actor.key
    if own and case.state not in FINAL and not _knows(tx, case):
        raise RuleError("review.refused-unknown")
    if not own and not reviewers.nominated(tx, case.community, case.id, actor.key):
        raise RuleError("review.refused-unknown")
    if own:
        reviews.note_known(tx, case.community, case.id, call.at)
    made = case.decision
    appeal = appeals.by(tx, case.community, made.id, actor.key) if made else None
    return Why(
        mine=Mine(case, own),
        decisions=decisions.of(tx, case.community, case.id),
        appeal=appeal,
        may_appeal=appealing.may_appeal(tx, case, actor, call.at),
        by=_decided_by(tx, case),
    )


def _decided_by(tx: Transaction, case: Case) -> str:
    """Return who decided; of what is undecided, who will."""
    made = case.decision
    if case.state.undecided:
        own = moderators_decide(tx, case)
        return str(Decider.MODERATORS if own else Decider.COMMITTEE)
    if made is not None and made.state is case.state and made.by is not None:
        return str(Decider.MODERATORS)
    ballot = ballots.of_round(tx, case.community, case.candidacy.round)
    counted = ballot is not None and ballot.state is BallotState.COUNTED
    return str(Decider.COMMITTEE) if counted else "seats"


def _knows(tx: Transaction, case: Case) -> bool:
    review = reviews.get(tx, case.community, case.id)
    return review is not None and review.known_at is not None
