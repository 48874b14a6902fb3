"""What happens when somebody joins a challenge, or leaves it: units of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.domain.challenges import Challenge
from bot.domain.errors import RuleError
from cogs.checkins import rules
from cogs.checkins.rules import Actor
from storage.challenges import book, entrants, teams
from storage.challenges.teams import Team
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Joined:
    """What an entrant should know of a challenge.

    Attributes:
        begins_at: When its first day begins for them; None once it has.

        today: The day that it is for them; None before the first and behind the last.

        open_today: Whether they can check in for it.

        anew: Whether they joined just now.

        team: None for none.
    """

    challenge: Challenge
    begins_at: datetime | None
    today: int | None
    open_today: bool
    anew: bool
    team: Team | None


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody should know of a challenge that they left.

    Attributes:
        was_in: Whether they took part until now.

        joinable: Whether they can come back.
    """

    challenge: Challenge
    was_in: bool
    joinable: bool


def join(tx: Transaction, call: Call, which: str | None) -> Joined:
    """Have the actor take part. Doing so again changes nothing.

    Raises:
        RuleError: If there is no such challenge, it is over, its last day is over for
            the actor, or there are several and none is named.
    """
    actor = rules.actor_of(tx, call)
    challenge = rules.named(tx, actor.community, which) if which else _only(tx, actor)
    rules.check_under_way(challenge)
    _check_worthwhile(tx, actor, challenge)
    key = actor.member.key
    anew = entrants.join(tx, actor.community, challenge.id, key, call.id, call.at)
    return seen(tx, actor, challenge, anew=anew)


def leave(tx: Transaction, call: Call, which: str | None) -> Left:
    """Have the actor take part no more. Doing so again changes nothing.

    Raises:
        RuleError: If there is no such challenge, it is over, or the actor takes part in
            several and none is named.
    """
    actor = rules.actor_of(tx, call)
    challenge = rules.meant(tx, actor, which)
    rules.check_under_way(challenge)
    key = actor.member.key
    was_in = entrants.leave(tx, actor.community, challenge.id, key, call.id, call.at)
    return Left(challenge, was_in, challenge.state.joinable)


def seen(
    tx: Transaction, actor: Actor, challenge: Challenge, *, anew: bool = False
) -> Joined:
    """Return what an entrant should know of a challenge."""
    course = rules.course(tx, actor, challenge)
    team = course.entrant.team if course.entrant else None
    return Joined(
        challenge=challenge,
        begins_at=course.begins_at(1) if course.reached < 1 else None,
        today=course.today,
        open_today=course.today is not None and course.today not in course.done,
        anew=anew,
        team=teams.get(tx, actor.community, team) if team is not None else None,
    )


def joinable(tx: Transaction, call: Call) -> tuple[Challenge, ...]:
    """Return what the actor can join and is not in, the soonest to begin first."""
    actor = rules.reader_of(tx, call)
    if actor is None:
        return ()
    inside = {each.id for each in rules.mine(tx, actor)}
    listed = book.listed(tx, actor.community, rules.UNDER_WAY)
    found = [each for each in listed if each.id not in inside]
    return tuple(sorted(found, key=lambda each: each.terms.starts_on))


def _check_worthwhile(tx: Transaction, actor: Actor, challenge: Challenge) -> None:
    """Check that there is something left to do for who joins only now."""
    course, terms = rules.course(tx, actor, challenge), challenge.terms
    if course.reached > terms.days and not (course.joined or terms.catch_up):
        raise RuleError("checkins.refused-days-over", title=terms.title)


def _only(tx: Transaction, actor: Actor) -> Challenge:
    found = book.listed(tx, actor.community, rules.UNDER_WAY)
    if not found:
        raise RuleError("checkins.refused-none-open", "which")
    if len(found) > 1:
        raise RuleError("checkins.refused-which-open", "which", count=len(found))
    return found[0]
