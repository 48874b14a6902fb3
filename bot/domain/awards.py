"""Awards: what people are nominated for, by which standard, in which round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.errors import RuleError
from bot.domain.refs import RoleRef

MAX_NAME_CHARS = 60
MAX_ABOUT_CHARS = 500
MAX_CRITERIA = 10
MAX_CRITERION_CHARS = 100
MAX_ROLES = 5
MAX_DAYS = 3_650
MAX_ROUNDS = 20
"""Most rounds that a winner may be asked to wait."""

MAX_WINNERS = 20
MAX_QUORUM = 25
MAX_PER_MEMBER = 20
MAX_AHEAD = timedelta(days=366)
"""How far ahead a round is planned to open or to close."""


class Decider(StrEnum):
    """Who decides about those who are nominated."""

    MODERATORS = "moderators"
    COMMITTEE = "committee"


class Evidence(StrEnum):
    """What is asked for beside an item that is to be checked."""

    NONE = "none"
    WELCOME = "welcome"
    REQUIRED = "required"


class AwardState(StrEnum):
    """Whether somebody can be nominated."""

    CLOSED = "closed"
    OPEN = "open"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One item to be checked.

    Attributes:
        text: One line in a moderator's words, at most `MAX_CRITERION_CHARS`.
    """

    text: str
    evidence: Evidence = Evidence.NONE


@dataclass(frozen=True, slots=True)
class Standard:
    """What an award asks for. Never changed: an edit makes the next one.

    Attributes:
        number: The version, counted from 1.

        about: What it is for, in a moderator's words; may be empty.

        criteria: At most `MAX_CRITERIA`.

        roles: Of these, one must be held by whoever is nominated; none for anybody.

        min_days: For how long they must have been in the community, in days.

        not_won_in: In how many rounds before this one they must not have won.

        winners: Most that can win in one round, from 1.

        blind: Whether who decides does not see who nominated.

        quorum: How many of a committee must vote, from 1; moderators need none.

        per_member: How many one member may nominate in a round, from 1.

        announced_in: Entry of the calendar in whose moment winners are announced;
            None for at once.
    """

    number: int
    about: str = ""
    criteria: tuple[Criterion, ...] = ()
    roles: tuple[RoleRef, ...] = ()
    min_days: int = 0
    not_won_in: int = 0
    winners: int = 1
    decider: Decider = Decider.MODERATORS
    blind: bool = False
    quorum: int = 3
    per_member: int = 3
    announced_in: int | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One time that an award was open.

    Attributes:
        id: Laurel's own, of all rounds.

        number: Which of the award's, counted from 1.

        award: Id of the award.

        standard: Number of the version by which it is judged, to its end.

        closes_at: When it closes by itself; None where somebody has to close it.

        closed_at: None while it is open.
    """

    id: int
    number: int
    award: int
    standard: int
    opened_at: datetime
    closes_at: datetime | None = None
    closed_at: datetime | None = None

    def is_open_at(self, at: datetime) -> bool:
        """Return whether somebody can be nominated at ``at``.

        What closes by itself is closed from that instant on, whoever is late.
        """
        if self.closed_at is not None:
            return False
        return self.closes_at is None or at < self.closes_at


@dataclass(frozen=True, slots=True)
class Award:
    """Something that a community gives.

    Attributes:
        standard: The latest; a round that is open may be judged by an earlier one.

        round: The one that is open, or else the last; None where there was none.

        opens_at: When the next round opens by itself; None where somebody has to.

        closes_at: When the next round is to close; None where that is left open. The
            end of the round that is open is its own.
    """

    id: int
    name: str
    state: AwardState
    standard: Standard
    round: Round | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    def open_at(self, at: datetime) -> Round | None:
        """Return the round in which somebody can be nominated at ``at``."""
        if self.state is not AwardState.OPEN or self.round is None:
            return None
        return self.round if self.round.is_open_at(at) else None


@dataclass(frozen=True, slots=True)
class Window:
    """When a round opens and closes by itself; None where somebody has to do it."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


def check_window(window: Window, now: datetime) -> None:
    """See that what is planned is still to come, and ends after it began.

    Raises:
        RuleError: If not; at ``opens_on`` or ``closes_on``.
    """
    opens_at, closes_at = window.opens_at, window.closes_at
    if opens_at is not None and opens_at <= now:
        raise RuleError("awards.refused-opens-past", "opens_on")
    if closes_at is not None and closes_at <= now:
        raise RuleError("awards.refused-closes-past", "closes_on")
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise RuleError("awards.refused-window", "closes_on")
    for at, field in ((opens_at, "opens_on"), (closes_at, "closes_on")):
        if at is not None and at > now + MAX_AHEAD:
            raise RuleError("awards.refused-far", field, days=MAX_AHEAD.days)
