"""One check-in with all that whoever judges it needs to know, and who may do so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.domain.challenges import Challenge
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from storage import communities, members
from storage.challenges import book, checkins, judging, parts, proofs
from storage.challenges.checkins import CheckIn, CheckInState
from storage.challenges.judging import Step
from storage.challenges.parts import Matter, Part
from storage.challenges.proofs import About
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Case:
    """A check-in, whose it is, and how it was judged so far.

    Attributes:
        member: Whose it is.

        steps: What was decided and answered, in order.

        file: What is known of the file that came with it; None for none, and once it
            is gone.
    """

    community: Community
    challenge: Challenge
    checkin: CheckIn
    member: Member
    steps: Sequence[Step]
    file: About | None

    @property
    def id(self) -> int:
        """The check-in's id."""
        return self.checkin.id

    @property
    def state(self) -> CheckInState:
        """What became of it so far."""
        return self.checkin.state

    @property
    def last(self) -> Step | None:
        """What was decided or answered last; None where nothing was."""
        return self.steps[-1] if self.steps else None

    @property
    def answer(self) -> Step | None:
        """What its member answered to a refusal; None where they did not."""
        answered = (e for e in self.steps if e.state is CheckInState.WAITING)
        return next(answered, None)

    @property
    def may_answer(self) -> bool:
        """Whether its member can still say something against a refusal."""
        return (
            self.state is CheckInState.REFUSED
            and self.answer is None
            and not self.challenge.state.over
        )


def case_of(
    tx: Transaction, community: Community, checkin: int, at: datetime
) -> Case | None:
    """Return a check-in; None where there is none, or its member is erased."""
    found = checkins.get(tx, community, checkin)
    if found is None:
        return None
    challenge = book.get(tx, community, found.challenge)
    member = members.by_key(tx, community, found.member, at)
    if challenge is None or member is None:
        return None
    file = None
    if found.file is not None:
        file = proofs.about(tx, community, found.file)
    steps = judging.of(tx, community, found.id)
    return Case(community, challenge, found, member, steps, file)


def known(tx: Transaction, call: Call, checkin: int) -> tuple[Case, Member]:
    """Return a check-in, and whoever acts on it.

    Raises:
        RuleError: If there is none.
    """
    community = communities.get(tx, call.community)
    actor = members.meet(tx, community, call.actor, call.at)
    case = case_of(tx, community, checkin, call.at)
    if case is None:
        raise RuleError("judging.refused-unknown")
    return case, actor


def check_apart(tx: Transaction, case: Case, actor: Member, now: datetime) -> Part:
    """See that nobody has less to do with it; return what ``actor`` has.

    Raises:
        RuleError: If it is their own or a team-mate's, and somebody else can, or still
            might.
    """
    matter = matter_of(case)
    part = parts.of(tx, case.community, matter, actor.key)
    if part is Part.NONE:
        return part
    whose = "own" if part is Part.OWN else "team"
    if not parts.is_least(tx, case.community, matter, part):
        raise RuleError(f"judging.refused-{whose}")
    if now < matter.free_at:
        raise RuleError(f"judging.refused-{whose}-yet", until=matter.free_at)
    return part


def check_may_judge(tx: Transaction, case: Case, actor: Member, now: datetime) -> Part:
    """See that it is for ``actor`` to judge it, and still to be judged.

    Returns what they have to do with it themselves.

    Raises:
        RuleError: As `check_apart`, or if somebody was faster, or the challenge is
            over.
    """
    part = check_apart(tx, case, actor, now)
    if case.state is not CheckInState.WAITING:
        raise _late(tx, case, actor)
    if case.challenge.state.over:
        raise RuleError("judging.refused-over")
    return part


def may_judge(tx: Transaction, case: Case, actor: Member, now: datetime) -> bool:
    """Return whether it is for ``actor`` to judge it now."""
    try:
        check_may_judge(tx, case, actor, now)
    except RuleError:
        return False
    return True


def matter_of(case: Case) -> Matter:
    """Return what is to be decided."""
    since = case.answer.at if case.answer else case.checkin.at
    return Matter(case.challenge.id, case.member.key, since)


def decider(tx: Transaction, case: Case, at: datetime) -> MemberRef | None:
    """Return who made it what it is; None for a rule, and for who is erased."""
    last = case.last
    if last is None or last.state is not case.state:
        return None
    found = members.by_key(tx, case.community, last.by, at)
    return found.ref if found else None


def _late(tx: Transaction, case: Case, actor: Member) -> RuleError:
    """Return how to say that it was judged already, and by whom."""
    last = case.last
    if last is None or last.state is not case.state:
        return RuleError(f"judging.late-{case.state}")
    if last.by == actor.key:
        return RuleError(f"judging.late-{last.state}-you")
    who = members.by_key(tx, case.community, last.by, last.at)
    if who is None:
        return RuleError(f"judging.late-{case.state}")
    return RuleError(f"judging.late-{last.state}-by", who=who.ref, when=last.at)
