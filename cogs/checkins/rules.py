"""Which day it is for an entrant, and what they can check in for.

A day of a challenge is a date in the member's own zone, by the instant at which Laurel
received what they did. It never goes back: where clocks or zones would have a date come
twice, it is over once the next one has been checked in for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community, Member
from bot.domain.days import begin_of
from bot.domain.errors import RuleError
from storage import communities, members
from storage.challenges import book, checkins, entrants
from storage.challenges.entrants import Entrant
from storage.database import Transaction

MAX_ID_DIGITS = 18
"""More than that no id has that the database holds."""

UNDER_WAY = (State.RUNNING, State.OPEN)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, by which call, and when it was received."""

    community: Community
    member: Member
    call: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Course:
    """A challenge as it stands for one member.

    Attributes:
        entrant: None for who never joined.

        own: Which day the member's own date is, were there days without end: below 1
            before the first, and above how many there are behind the last.

        latest: The last day that they checked in for in time; 0 for none.

        done: Days that stand, rising.
    """

    challenge: Challenge
    member: Member
    entrant: Entrant | None
    own: int
    latest: int
    done: tuple[int, ...]

    @property
    def joined(self) -> bool:
        """Whether they take part."""
        return self.entrant is not None and self.entrant.here

    @property
    def reached(self) -> int:
        """The day that they have come to, which may be none of the challenge's."""
        return max(self.own, self.latest)

    @property
    def today(self) -> int | None:
        """The day that it is for them; None before the first and behind the last."""
        days = self.challenge.terms.days
        return self.reached if 1 <= self.reached <= days else None

    @property
    def missed(self) -> tuple[int, ...]:
        """Days that are over for them, without a check-in that stands."""
        over = range(1, min(self.reached, self.challenge.terms.days + 1))
        return tuple(day for day in over if day not in self.done)

    def begins_at(self, day: int) -> datetime:
        """Return when a day begins for them, as their zone is now."""
        on = self.challenge.terms.starts_on + timedelta(days=day - 1)
        return begin_of(on, self.member.zone)


def actor_of(tx: Transaction, call: Call) -> Actor:
    """Return who acts, as seen now."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    return Actor(community, member, call.id, call.at)


def reader_of(tx: Transaction, call: Call) -> Actor | None:
    """Return who asks, without noting that they do; None for one not met yet."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    return Actor(community, member, call.id, call.at) if member else None


def newcomer(tx: Transaction, call: Call, which: str | None) -> RuleError:
    """Return what is said to somebody not met yet, who takes part in nothing.

    Raises:
        RuleError: If what they name is not there, or over.
    """
    if not which:
        return RuleError("checkins.refused-none", "which")
    challenge = named(tx, communities.get(tx, call.community), which)
    check_under_way(challenge)
    return RuleError("checkins.refused-not-joined", title=challenge.terms.title)


def named(tx: Transaction, community: Community, which: str) -> Challenge:
    """Return a challenge by its id or title.

    Raises:
        RuleError: If members know of none like that, at ``which``.
    """
    found = None
    if which.isascii() and which.isdecimal() and len(which) <= MAX_ID_DIGITS:
        found = book.get(tx, community, int(which))
    if found is None:
        found = _titled(tx, community, which)
    if found is None or found.state is State.DRAFT:
        raise RuleError("checkins.refused-unknown", "which")
    return found


def mine(tx: Transaction, actor: Actor) -> tuple[Challenge, ...]:
    """Return what the actor takes part in that is under way, the newest first."""
    joined = entrants.of_member(tx, actor.community, actor.member.key)
    found = (book.get(tx, actor.community, each.challenge) for each in joined)
    return tuple(each for each in found if each and each.state.joinable)


def meant(tx: Transaction, actor: Actor, which: str | None) -> Challenge:
    """Return the challenge that is named, or the one that the actor takes part in.

    Raises:
        RuleError: If there is none, or more than one, at ``which``.
    """
    if which:
        return named(tx, actor.community, which)
    found = mine(tx, actor)
    if not found:
        raise RuleError("checkins.refused-none", "which")
    if len(found) > 1:
        raise RuleError("checkins.refused-which", "which", count=len(found))
    return found[0]


def course(tx: Transaction, actor: Actor, challenge: Challenge) -> Course:
    """Return how ``challenge`` stands for the actor."""
    key, terms = actor.member.key, challenge.terms
    on = actor.member.date_at(actor.at)
    return Course(
        challenge=challenge,
        member=actor.member,
        entrant=entrants.entrant(tx, challenge.id, key),
        own=(on - terms.starts_on).days + 1,
        latest=checkins.latest_day(tx, challenge.id, key, actor.at),
        done=checkins.days_of(tx, challenge.id, key),
    )


def check_under_way(challenge: Challenge) -> None:
    """Check that something can still be done in a challenge.

    Raises:
        RuleError: If it is over, or was called off.
    """
    if challenge.state is State.CALLED_OFF:
        raise RuleError("checkins.refused-called-off", title=challenge.terms.title)
    if not challenge.state.joinable:
        raise RuleError("checkins.refused-over", title=challenge.terms.title)


def check_joined(course: Course) -> None:
    """Check that the member takes part in what is under way.

    Raises:
        RuleError: If it is not under way, or they do not.
    """
    check_under_way(course.challenge)
    if not course.joined:
        title = course.challenge.terms.title
        raise RuleError("checkins.refused-not-joined", title=title)


def day_for(tx: Transaction, course: Course, asked: int | None) -> tuple[int, bool]:
    """Return the day that a check-in is for, and whether that day is over.

    Args:
        tx: In which it is made.
        course: As it stands at the instant of receipt.
        asked: None for today.

    Raises:
        RuleError: If it is not to come yet, is over for good, or is done.
    """
    check_joined(course)
    day = _wanted(course, asked)
    if day in course.done:
        raise _done(course, day)
    late = day < course.reached
    if late and not may_be_late(tx, course, day):
        raise RuleError("checkins.refused-past", "day", day=day)
    return day, late


def may_be_late(tx: Transaction, course: Course, day: int) -> bool:
    """Return whether a day that is over can be checked in for.

    What a moderator refused can be done anew, whenever they came to look at it.
    """
    challenge = course.challenge
    return challenge.terms.catch_up or checkins.was_refused(
        tx, challenge.id, course.member.key, day
    )


def _wanted(course: Course, asked: int | None) -> int:
    terms = course.challenge.terms
    if course.reached < 1:
        begins_at = course.begins_at(1)
        raise RuleError("checkins.refused-early", title=terms.title, begins=begins_at)
    if asked is None:
        if course.today is None:
            raise RuleError("checkins.refused-days-over", title=terms.title)
        return course.today
    if not 1 <= asked <= terms.days:
        raise RuleError("checkins.refused-no-day", "day", days=terms.days)
    if asked > course.reached:
        begins_at = course.begins_at(asked)
        raise RuleError("checkins.refused-future", "day", day=asked, begins=begins_at)
    return asked


def _done(course: Course, day: int) -> RuleError:
    following = course.reached + 1
    if following > course.challenge.terms.days:
        return RuleError("checkins.refused-again-last", "day", day=day)
    begins_at = course.begins_at(following)
    return RuleError(
        "checkins.refused-again", "day", day=day, next=following, begins=begins_at
    )


def _titled(tx: Transaction, community: Community, title: str) -> Challenge | None:
    wanted = " ".join(title.casefold().split())
    listed = book.listed(tx, community, tuple(State))
    return next((c for c in listed if _folded(c) == wanted), None)


def _folded(challenge: Challenge) -> str:
    return " ".join(challenge.terms.title.casefold().split())
