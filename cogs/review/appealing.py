"""Decisions are looked at again, by somebody who did not make them: units of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import State
from cogs.review import planned, telling
from cogs.review.cases import Case, case_of, check_apart, known, sat_on_it
from cogs.review.deciding import seats_left
from cogs.review.telling import News
from storage import (
    answers,
    appeals,
    audit,
    communities,
    decisions,
    deliveries,
    members,
    nominations,
    outbox,
    reviewers,
    reviews,
)
from storage.appeals import Answer, Appeal
from storage.database import Transaction
from storage.decisions import Decision, Ruling
from storage.nominations import By
from storage.outbox import Parcel

APPEAL_WITHIN = timedelta(days=30)
"""For how long after a decision somebody can ask that it be looked at again."""

MAX_APPEAL_CHARS = 1_000

LOOKED_AT = 100
"""Nominations of one member that are looked at, the newest first."""

_APPEALABLE = frozenset({State.LOST, State.DECLINED})


@dataclass(frozen=True, slots=True)
class Raised:
    """An appeal, and what it is about.

    Attributes:
        decision: The one that it is against.

        appellant: None once they are erased.
    """

    appeal: Appeal
    case: Case
    decision: Decision
    appellant: Member | None


def appeal_key(appeal: int) -> str:
    """Return the outbox's name for the card of an appeal."""
    return f"review:appeal:{appeal}"


def appeal(tx: Transaction, call: Call, decision: int, said: str) -> None:
    """Ask that a decision be looked at again.

    Raises:
        RuleError: If it does not concern the actor, is older than `APPEAL_WITHIN`, is
            not the last one, or they appealed against it before.
    """
    community = communities.get(tx, call.community)
    made = decisions.get(tx, community, decision)
    if made is None:
        raise RuleError("review.refused-unknown")
    case, actor = known(tx, call, made.candidacy)
    _check_appealable(tx, case, actor, made, call.at)
    kept = appeals.add(tx, community, decision, actor.key, (said, call.at))
    if kept is None:
        raise RuleError("review.refused-appealed")
    if case.nominee.key == actor.key:
        reviews.note_known(tx, community, case.id, call.at)
    entry = audit.Entry(
        actor.key,
        "review.appeal",
        f"candidacies:{case.id}",
        {"decision": decision, "appeal": kept.id},
        kept.digest,
    )
    audit.add(tx, community, entry, call.at)
    _put_up(tx, community, kept.id, call.at)
    planned.plan_once(tx, community, call.at)


def answer(tx: Transaction, call: Call, appeal: int, to: Answer, reason: str) -> int:
    """Let a decision stand, or have it be made again.

    Returns how many can still win in the round.

    Raises:
        RuleError: If somebody was faster, or the actor made the decision or has a part
            in it.
    """
    community = communities.get(tx, call.community)
    actor = members.meet(tx, community, call.actor, call.at)
    raised = raised_of(tx, community, appeal, call.at)
    if raised is None:
        raise RuleError("review.refused-unknown")
    _check_settles(tx, raised, actor, call.at)
    case = raised.case
    if to is Answer.STANDS:
        _answer(tx, raised, actor, (to, reason), call)
        return seats_left(tx, case)
    by = By(actor.key, call.id)
    if not nominations.reopen(tx, community, case.id, call.at, by):
        raise RuleError("review.refused-moved-on")
    told = set()
    for each in list(_open_against(tx, raised, call.at)):
        _answer(tx, each, actor, (to, reason), call)
        told.add(each.appeal.member)
    decisions.add(tx, community, Ruling(case.id, State.OPEN, actor.key), call.at)
    reviews.again(tx, community, case.id, call.at)
    planned.plan(tx, case.community, call.at)
    telling.show(tx, case.community, case.id, call.at)
    telling.reopened(tx, case, told, _news(appeal, actor, call))
    return seats_left(tx, case)


def appealable(tx: Transaction, call: Call) -> Sequence[Case]:
    """Return what the actor can appeal against, the newest first."""
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    if actor is None:
        return ()
    own = nominations.about_member(tx, community, actor.key, _APPEALABLE)
    theirs = nominations.of_member(tx, community, actor.key, LOOKED_AT)
    ids = sorted({each.id for each in (*own, *theirs)}, reverse=True)
    cases = (case_of(tx, community, each, call.at) for each in ids)
    return [case for case in cases if case and may_appeal(tx, case, actor, call.at)]


def may_appeal(tx: Transaction, case: Case, actor: Member, at: datetime) -> bool:
    """Return whether ``actor`` can appeal against the last decision."""
    if case.decision is None:
        return False
    try:
        _check_appealable(tx, case, actor, case.decision, at)
    except RuleError:
        return False
    before = appeals.by(tx, case.community, case.decision.id, actor.key)
    return before is None


def may_answer(tx: Transaction, raised: Raised, actor: Member, at: datetime) -> bool:
    """Return whether ``actor`` can answer an appeal that waits."""
    try:
        _check_settles(tx, raised, actor, at)
    except RuleError:
        return False
    return True


def raised_of(
    tx: Transaction, community: Community, appeal: int, at: datetime
) -> Raised | None:
    """Return an appeal; None where there is none, or the nominee is erased."""
    found = appeals.get(tx, community, appeal)
    return _raised(tx, community, found, at) if found else None


def _raised(
    tx: Transaction, community: Community, found: Appeal, at: datetime
) -> Raised | None:
    case = case_of(tx, community, found.candidacy, at)
    made = decisions.get(tx, community, found.decision)
    if case is None or made is None:
        return None
    appellant = members.by_key(tx, community, found.member, at)
    return Raised(found, case, made, appellant)


def _check_appealable(
    tx: Transaction, case: Case, actor: Member, made: Decision, at: datetime
) -> None:
    concerned = case.nominee.key == actor.key or reviewers.nominated(
        tx, case.community, case.id, actor.key
    )
    if not concerned:
        raise RuleError("review.refused-not-yours")
    if made.state not in _APPEALABLE or made.by == actor.key:
        raise RuleError("review.refused-no-appeal")
    if case.decision is None or case.decision.id != made.id:
        raise RuleError("review.refused-moved-on")
    if at > made.at + APPEAL_WITHIN:
        raise RuleError("review.refused-appeal-late", days=APPEAL_WITHIN.days)


def _check_settles(
    tx: Transaction, raised: Raised, actor: Member, at: datetime
) -> None:
    case = raised.case
    check_apart(tx, case, actor)
    if raised.decision.by == actor.key or sat_on_it(tx, case, actor):
        raise RuleError("review.refused-decided-it")
    answered = raised.appeal.answered
    if answered is None:
        return
    who = members.by_key(tx, case.community, answered.by, at)
    if who is None:
        raise RuleError(f"review.late-{answered.answer}-settled")
    code = f"review.late-{answered.answer}"
    raise RuleError(code, who=who.ref, when=answered.at)


def _open_against(tx: Transaction, raised: Raised, at: datetime) -> Iterator[Raised]:
    """Yield every appeal against the same decision that waits."""
    community = raised.case.community
    for each in appeals.against(tx, community, raised.decision.id):
        if each.answered is None and (found := _raised(tx, community, each, at)):
            yield found


def _answer(
    tx: Transaction,
    raised: Raised,
    actor: Member,
    said: tuple[Answer, str],
    call: Call,
) -> None:
    community, number = raised.case.community, raised.appeal.id
    reply = answers.Reply(said[0], actor.key, said[1])
    digest = appeals.answer(tx, community, number, reply, call.at)
    detail = {"decision": raised.decision.id, "appeal": number}
    about = f"candidacies:{raised.case.id}"
    entry = audit.Entry(actor.key, f"review.{said[0]}", about, detail, digest)
    audit.add(tx, community, entry, call.at)
    outbox.redraw(tx, community, appeal_key(number), call.at)
    telling.answered(tx, raised.case, raised.appeal, reply, _news(number, actor, call))


def _news(number: int, actor: Member, call: Call) -> News:
    return News(f"appeal-{number}", call.id, call.at, actor.key)


def _put_up(tx: Transaction, community: Community, appeal: int, at: datetime) -> None:
    to, key = community.settings.moderators, appeal_key(appeal)
    if to is not None and not deliveries.is_known(tx, community, key):
        outbox.put(tx, community, Parcel(to, key, None, (), key), at)
