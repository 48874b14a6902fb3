"""What moderators make of a check-in, and what its member answers: units of work.

Everything is checked in the unit that acts, so of two who press at once one decides,
and the other is told what was decided and by whom.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.responses import Call
from bot.domain.community import Member
from bot.domain.errors import RuleError
from cogs.judging import showing
from cogs.judging.cases import Case, check_may_judge, known
from storage import audit
from storage.challenges import checkins, judging
from storage.challenges.checkins import CheckInState, Verdict
from storage.challenges.judging import Ruling
from storage.challenges.parts import Part
from storage.database import Transaction
from storage.settling import By

MAX_REASON_CHARS = 500

MAX_ANSWER_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Judged:
    """What was done, to be said to whoever did it.

    Attributes:
        case: As it was before.

        became: What it is now.

        points: That were added by hand.

        part: What whoever did it has to do with it themselves.
    """

    case: Case
    became: CheckInState
    points: int = 0
    part: Part = Part.NONE


def count(tx: Transaction, call: Call, checkin: int, points: int) -> Judged:
    """Have a check-in count, with ``points`` on top.

    Raises:
        RuleError: If it is not for the actor to judge, somebody was faster, or it is
            more than a reviewer can add, at ``points``.
    """
    case, actor = known(tx, call, checkin)
    part = check_may_judge(tx, case, actor, call.at)
    most = case.challenge.terms.scoring.judged
    if points > most:
        why = "most" if most else "none"
        raise RuleError(f"judging.refused-points-{why}", "points", most=most)
    ruling = Ruling(case.id, CheckInState.COUNTED, actor.key, points, part=part)
    _settle(tx, case, actor, ruling, call)
    return Judged(case, ruling.state, points, part)


def refuse(tx: Transaction, call: Call, checkin: int, reason: str) -> Judged:
    """Have a check-in not count, with a reason.

    Raises:
        RuleError: If it is not for the actor to judge, or somebody was faster.
    """
    case, actor = known(tx, call, checkin)
    part = check_may_judge(tx, case, actor, call.at)
    state = CheckInState.REFUSED
    ruling = Ruling(case.id, state, actor.key, reason=reason, part=part)
    _settle(tx, case, actor, ruling, call)
    return Judged(case, ruling.state, part=part)


def answer(tx: Transaction, call: Call, checkin: int, words: str) -> Case:
    """Have a check-in that was refused be looked at again, with its member's words.

    Raises:
        RuleError: If it is not the actor's, was not refused, was answered before, the
            challenge is over, or they have checked in anew for that day.
    """
    case, actor = known(tx, call, checkin)
    if case.member.key != actor.key:
        raise RuleError("judging.refused-unknown")
    if case.answer is not None:
        raise RuleError("judging.refused-answered")
    if case.state is not CheckInState.REFUSED:
        raise RuleError(f"judging.refused-{case.state}")
    if case.challenge.state.over:
        raise RuleError("judging.refused-answer-over")
    if not judging.reopen(tx, case.community, case.id):
        raise RuleError("judging.refused-anew", day=case.checkin.day)
    ruling = Ruling(case.id, CheckInState.WAITING, actor.key, reason=words)
    _record(tx, case, ruling, call)
    showing.wait_again(tx, case, call.at)
    return case


def _settle(
    tx: Transaction, case: Case, actor: Member, ruling: Ruling, call: Call
) -> None:
    by = By(actor.key, call.id)
    verdict = Verdict(ruling.state, by, ruling.judged)
    if not checkins.settle(tx, case.community, case.id, verdict, call.at):
        raise RuleError("judging.refused-unknown")
    _record(tx, case, ruling, call)
    showing.judged(tx, case, call.at)


def _record(tx: Transaction, case: Case, ruling: Ruling, call: Call) -> None:
    """Write down what was said; that it was is for the audit, where it has words.

    So is what whoever decided has to do with it. What the check-in became,
    `checkins.settle` has told the audit.
    """
    made = judging.add(tx, case.community, ruling, call.at)
    said = "answer" if ruling.state is CheckInState.WAITING else "why"
    about, detail = f"checkins:{case.id}", {"verdict": made.id}
    if made.digest is not None:
        why = audit.Entry(ruling.by, f"judging.{said}", about, detail, made.digest)
        audit.add(tx, case.community, why, call.at)
    if ruling.part:
        own = {**detail, "part": int(ruling.part)}
        part = audit.Entry(ruling.by, "judging.part", about, own)
        audit.add(tx, case.community, part, call.at)
