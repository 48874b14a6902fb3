"""What moderators do with a candidacy: units of work.

Everything is checked in the unit that acts, so of two who press at once one decides,
and the other is told what was decided and by whom.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.awards import Decider
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import State
from bot.domain.refs import MemberRef
from cogs.review.cases import (
    Case,
    check_apart,
    check_not_their_own,
    check_undecided,
    known,
    late,
    moderators_decide,
)
from storage import audit, awards, decisions, nominations, outbox, reviewers
from storage.database import Transaction
from storage.decisions import Ruling
from storage.nominations import By, Terms

MAX_REASON_CHARS = 500

TAKE_BACK_WITHIN = timedelta(days=30)
"""For how long after somebody won that can be taken back."""


def card_key(candidacy: int) -> str:
    """Return the outbox's name for the card that moderators see."""
    return f"review:card:{candidacy}"


def approve(tx: Transaction, call: Call, candidacy: int) -> MemberRef:
    """Have somebody win, and return who it is.

    Raises:
        RuleError: If somebody was faster, all seats are taken, it is for a committee,
            or the actor has a part in it.
    """
    case, actor = _deciding(tx, call, candidacy)
    if not moderators_decide(tx, case):
        raise RuleError("review.refused-committee")
    if not _settle(tx, case, actor, State.WON, call):
        if not seats_left(tx, case):
            raise RuleError("review.refused-full", most=case.standard.winners)
        raise RuleError("review.refused-gone")
    record(tx, case, Ruling(case.id, State.WON, actor.key), call.at)
    return case.nominee.ref


def decline(tx: Transaction, call: Call, candidacy: int, reason: str) -> MemberRef:
    """Have a candidacy end with a reason, and return whose it was.

    Raises:
        RuleError: If somebody was faster, or the actor has a part in it.
    """
    case, actor = _deciding(tx, call, candidacy)
    if not _settle(tx, case, actor, State.DECLINED, call):
        raise RuleError("review.refused-gone")
    ruling = Ruling(case.id, State.DECLINED, actor.key, reason)
    record(tx, case, ruling, call.at)
    return case.nominee.ref


def take_back(tx: Transaction, call: Call, candidacy: int, reason: str) -> MemberRef:
    """Have somebody not win after all, with a reason; their seat is free again.

    Returns who it is.

    Raises:
        RuleError: If they have not won, or so long ago that it stands, or the actor
            has a part in it.
    """
    case, actor = known(tx, call, candidacy)
    check_apart(tx, case, actor)
    if case.state is not State.WON or case.decision is None:
        raise RuleError("review.refused-not-won")
    if call.at > case.decision.at + TAKE_BACK_WITHIN:
        raise RuleError("review.refused-stands", days=TAKE_BACK_WITHIN.days)
    by = _by(actor, call)
    if not nominations.take_back(tx, case.community, case.id, call.at, by):
        raise RuleError("review.refused-not-won")
    ruling = Ruling(case.id, State.DECLINED, actor.key, reason)
    record(tx, case, ruling, call.at, "taken-back")
    return case.nominee.ref


def ask(tx: Transaction, call: Call, candidacy: int, words: str) -> int:
    """Ask every nominator for more, and return how many there are.

    Raises:
        RuleError: If they are asked already or it is decided, or the actor has a part
            in it.
    """
    case, actor = _deciding(tx, call, candidacy)
    if case.state is State.ASKED:
        raise late(tx, case, call.at)
    if not nominations.ask(tx, case.community, case.id, call.at, _by(actor, call)):
        raise RuleError("review.refused-gone")
    record(tx, case, Ruling(case.id, State.ASKED, actor.key, words), call.at)
    return len(case.candidacy.nominations)


def take(tx: Transaction, call: Call, candidacy: int) -> None:
    """Show the others that the actor is on it.

    Raises:
        RuleError: If it is decided, or the actor has a part in it.
    """
    case, actor = known(tx, call, candidacy)
    check_apart(tx, case, actor)
    check_undecided(tx, case, call.at)
    if reviewers.take(tx, case.community, case.id, actor.key, call.at):
        redraw(tx, case.community, case.id, call)


def leave(tx: Transaction, call: Call, candidacy: int) -> None:
    """Show the others that the actor is not on it any more.

    Raises:
        RuleError: If there is no such candidacy.
    """
    case, actor = known(tx, call, candidacy)
    if reviewers.leave(tx, case.community, case.id, actor.key):
        redraw(tx, case.community, case.id, call)


def recuse(tx: Transaction, call: Call, candidacy: int) -> None:
    """Have the actor keep out of it for good.

    Raises:
        RuleError: If it is decided, or they have a part in it and so do already.
    """
    case, actor = known(tx, call, candidacy)
    check_apart(tx, case, actor)
    check_undecided(tx, case, call.at)
    reviewers.recuse(tx, case.community, case.id, actor.key, call.at)
    entry = audit.Entry(actor.key, "review.recuse", f"candidacies:{case.id}")
    audit.add(tx, case.community, entry, call.at)
    redraw(tx, case.community, case.id, call)


def record(
    tx: Transaction,
    case: Case,
    ruling: Ruling,
    at: datetime,
    what: str | None = None,
) -> None:
    """Write down what was decided, and that it was for the audit.

    There it is called ``what``; as the candidacy has become where that is None.
    """
    made = decisions.add(tx, case.community, ruling, at)
    detail = {"decision": made.id, "standard": case.standard.number}
    if ruling.by is not None and case.standard.decider is Decider.COMMITTEE:
        detail["override"] = 1  # by moderators, in the place of a committee
    entry = audit.Entry(
        actor=ruling.by,
        action=f"review.{what or ruling.state}",
        ref=f"candidacies:{case.id}",
        detail=detail,
        digest=made.digest,
    )
    audit.add(tx, case.community, entry, at)


def redraw(tx: Transaction, community: Community, candidacy: int, call: Call) -> None:
    """Have the card show what is so now."""
    outbox.redraw(tx, community, card_key(candidacy), call.at)


def seats_left(tx: Transaction, case: Case) -> int:
    """Return how many can still win in the round."""
    terms = Terms(awards.round_of(tx, case.candidacy.round), case.standard)
    return nominations.seats_left(tx, case.community, terms)


def _deciding(tx: Transaction, call: Call, candidacy: int) -> tuple[Case, Member]:
    case, actor = known(tx, call, candidacy)
    check_apart(tx, case, actor)
    check_undecided(tx, case, call.at)
    check_not_their_own(tx, case, actor)
    return case, actor


def _settle(
    tx: Transaction, case: Case, actor: Member, state: State, call: Call
) -> bool:
    by = _by(actor, call)
    return nominations.settle(tx, case.community, case.id, state, call.at, by)


def _by(actor: Member, call: Call) -> By:
    return By(actor.key, call.id)
