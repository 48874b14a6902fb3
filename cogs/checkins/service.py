"""What happens when somebody checks in, or takes that back: units of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.chat import fields
from bot.chat.message import Action
from bot.chat.responses import Call
from bot.domain.challenges import Challenge, Proof, Score
from bot.domain.errors import RuleError
from cogs.checkins import rules
from cogs.checkins.rules import Actor, Course
from storage.challenges import book, checkins, proofs, scores
from storage.challenges.checkins import CheckIn, CheckInState, New
from storage.database import Transaction
from storage.settling import By


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member checks in with.

    Attributes:
        which: Id of a challenge as text, or its title; None for the one they are in.

        day: None for today.
    """

    which: str | None = None
    day: int | None = None
    words: str | None = None
    link: str | None = None
    file: fields.Upload | None = None

    @property
    def bare(self) -> bool:
        """Whether nothing comes with it."""
        return not (self.words or self.link or self.file)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a check-in would be.

    Attributes:
        day: As it was asked for; None for today.

        form: Asks for what it has to carry; None where that is nothing.
    """

    challenge: int
    day: int | None
    form: Action | None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an entrant should know of a check-in.

    Attributes:
        next_at: When their next day begins; None behind the last.

        missed: Days that they can still check in for.

        again: Whether its own day could be checked in for once more.
    """

    challenge: Challenge
    checkin: CheckIn
    score: Score
    next_at: datetime | None
    missed: tuple[int, ...]
    again: bool


def plan(tx: Transaction, call: Call, which: str | None, day: int | None) -> Plan:
    """Return what the actor would check in for, and what it has to carry.

    Raises:
        RuleError: If they could not.
    """
    actor = rules.reader_of(tx, call)
    if actor is None:
        raise rules.newcomer(tx, call, which)
    if (made := checkins.again(tx, actor.community, call.id)) is not None:
        return Plan(made.challenge, made.day, form=None)
    challenge = rules.meant(tx, actor, which)
    rules.day_for(tx, rules.course(tx, actor, challenge), day)
    return Plan(challenge.id, day, _form(challenge, day or 0))


def check_in(tx: Transaction, call: Call, wish: Wish) -> Receipt:
    """Have a day be done, once: the same call again only says what it did.

    Raises:
        RuleError: If a rule says no; nothing is kept then.
    """
    actor = rules.actor_of(tx, call)
    made = checkins.again(tx, actor.community, call.id)
    if made is not None:
        return receipt(tx, actor, made)
    challenge = rules.meant(tx, actor, wish.which)
    course = rules.course(tx, actor, challenge)
    day, late = rules.day_for(tx, course, wish.day)
    with_it = _carried(tx, actor, challenge, wish)
    new = New(challenge.id, actor.member.key, day, call.id, *with_it, late=late)
    made = checkins.add(tx, actor.community, challenge.terms, new, call.at)
    if made is None:
        raise RuleError("checkins.refused-again-last", "day", day=day)
    return receipt(tx, actor, made)


def receipt(tx: Transaction, actor: Actor, made: CheckIn) -> Receipt:
    """Return what the entrant should know of a check-in.

    Raises:
        RuleError: If its challenge is gone.
    """
    challenge = book.get(tx, actor.community, made.challenge)
    if challenge is None:
        raise RuleError("checkins.refused-unknown")
    course = rules.course(tx, actor, challenge)
    upcoming = course.reached + 1
    is_last = upcoming > challenge.terms.days
    return Receipt(
        challenge=challenge,
        checkin=made,
        score=scores.of(tx, challenge.id, actor.member.key),
        next_at=None if is_last else course.begins_at(upcoming),
        missed=_open_days(tx, course),
        again=made.day == course.reached or rules.may_be_late(tx, course, made.day),
    )


def asked_back(tx: Transaction, call: Call, checkin: int) -> Receipt:
    """Return what the actor should know before they take a check-in back.

    Raises:
        RuleError: If it is not theirs, or cannot be taken back.
    """
    actor = rules.actor_of(tx, call)
    return receipt(tx, actor, _mine(tx, actor, checkin))


def take_back(
    tx: Transaction, call: Call, checkin: int, *, sure: bool
) -> tuple[Receipt, bool]:
    """Have a check-in of the actor's count no more, with whatever came with it.

    Where its day could not be done again, that waits until they are sure. Returns what
    they should know, and whether it was done.

    Raises:
        RuleError: If it is not theirs, or cannot be taken back.
    """
    actor = rules.actor_of(tx, call)
    found = _mine(tx, actor, checkin)
    known = receipt(tx, actor, found)
    if not (known.again or sure):
        return known, False
    by = By(actor.member.key, call.id)
    checkins.take_back(tx, actor.community, checkin, by, call.at)
    if found.file is not None:
        proofs.drop(tx, actor.community, found.file)
    return receipt(tx, actor, found), True


def _form(challenge: Challenge, day: int) -> Action | None:
    number = challenge.id
    match challenge.terms.proof:
        case Proof.NONE:
            return None
        case Proof.WELCOME:
            return Action("checkins.with-anything", (number, day))
        case Proof.TEXT:
            return Action("checkins.with-words", (number, day))
        case Proof.LINK:
            return Action("checkins.with-link", (number, day))
        case Proof.IMAGE | Proof.FILE:
            return Action("checkins.with-file", (number, day))
        case _ as never:
            assert_never(never)


def _mine(tx: Transaction, actor: Actor, checkin: int) -> CheckIn:
    found = checkins.get(tx, actor.community, checkin)
    if found is None or found.member != actor.member.key:
        raise RuleError("checkins.refused-not-yours")
    if found.state is CheckInState.TAKEN_BACK:
        raise RuleError("checkins.refused-taken-back", day=found.day)
    if not found.state.stands:
        raise RuleError("checkins.refused-refused", day=found.day)
    challenge = book.get(tx, actor.community, found.challenge)
    if challenge is None or not challenge.state.joinable:
        raise RuleError("checkins.refused-settled")
    return found


def _carried(
    tx: Transaction, actor: Actor, challenge: Challenge, wish: Wish
) -> tuple[str | None, str | None, int | None]:
    """Return the words, the link and the file that are kept with a check-in."""
    proof = challenge.terms.proof
    link = proofs.require(proof, wish.words, wish.link, wish.file)
    if wish.file is None:
        return wish.words or None, link, None
    key = actor.member.key
    file = proofs.keep(tx, actor.community, key, wish.file, actor.at, proof)
    return wish.words or None, link, file


def _open_days(tx: Transaction, course: Course) -> tuple[int, ...]:
    if not (course.joined and course.challenge.state.joinable):
        return ()
    return tuple(d for d in course.missed if rules.may_be_late(tx, course, d))
