"""Committees: how large they are, who keeps out, and how their votes are counted.

How they are drawn is in `bot.domain.draws`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.refs import RoleRef

MIN_SEATS = 3
MAX_SEATS = 25
MAX_BACKUPS = 25
MIN_DAYS = 7
MAX_DAYS = 366

SEED_BITS = 128

SEEN_WITHIN = timedelta(days=90)
"""Who can be drawn was met, thanked, was thanked, nominated or voted within this."""

FREQUENT = 5
"""Recognitions between two people, either way, that make them a frequent pair."""

FREQUENT_WITHIN = timedelta(days=90)

VOTING = timedelta(days=7)
"""How long a ballot is open."""

EXTENSION = timedelta(days=3)
"""How much longer, once, where too few have voted."""


class CommitteeState(StrEnum):
    """How far a committee has come.

    ``POOLED``: the digest of the pool is on record, and the seed is not. ``SERVING``:
    it was drawn. ``OVER``: its term ended, or another was drawn. ``DROPPED``: nobody
    was drawn, since the digest could not be published.
    """

    POOLED = "pooled"
    SERVING = "serving"
    OVER = "over"
    DROPPED = "dropped"


class SeatState(StrEnum):
    """What somebody who was drawn is."""

    SEATED = "seated"
    BACKUP = "backup"
    OUT = "out"


class Leaving(StrEnum):
    """Why somebody who was drawn is out."""

    STEPPED_DOWN = "stepped-down"
    LEFT = "left"
    HIDDEN = "hidden"
    ERASED = "erased"


class Choice(StrEnum):
    """What somebody votes about one candidacy."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"


class Recused(StrEnum):
    """Why somebody does not vote about one candidacy.

    ``PAIR``: the two recognized each other `FREQUENT` times of late. ``TEAM``: they
    share one of several roles that the award names. ``WISH``: they asked for it.
    """

    NOMINEE = "nominee"
    NOMINATOR = "nominator"
    PAIR = "pair"
    TEAM = "team"
    WISH = "wish"


class BallotState(StrEnum):
    """How far a ballot has come.

    ``WAITING``: for a committee. ``HANDED``: the moderators decide in its place.
    ``DROPPED``: nobody is left whom it is about.
    """

    WAITING = "waiting"
    OPEN = "open"
    COUNTED = "counted"
    HANDED = "handed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Size:
    """How large a committee is to be, and for how many days it serves."""

    seats: int
    backups: int
    days: int

    @property
    def people(self) -> int:
        """How many are drawn."""
        return self.seats + self.backups


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes about one candidacy, and what settles ties.

    Attributes:
        earlier_wins: How often the nominee has won anything before.

        first_at: When they were first nominated for this.

        recused: How many of the committee did not vote about it by rule or by wish.
    """

    candidacy: int
    yes: int
    no: int
    abstain: int
    earlier_wins: int
    first_at: datetime
    recused: int = 0

    @property
    def can_win(self) -> bool:
        """Whether more approve than not."""
        return self.yes > self.no


@dataclass(frozen=True, slots=True)
class Result:
    """What a ballot comes to.

    Attributes:
        winners: Ids of candidacies, the most approved first.

        others: Those that did not win, in the order in which they were nominated.
    """

    winners: tuple[int, ...]
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """One vote, as it is made part of the digest of a ballot.

    Attributes:
        salt: Random, so that nobody who has the digest can try what would fit.
    """

    candidacy: int
    voter: int
    choice: Choice
    salt: bytes

    @property
    def digest(self) -> bytes:
        """What says nothing of the vote to who has not the salt."""
        told = f"{self.candidacy}:{self.voter}:{self.choice}"
        return hashlib.sha256(self.salt + told.encode()).digest()


def fewer(size: Size, available: int) -> Size | None:
    """Return the size that ``available`` people fill; None where they are too few.

    Backups are given up before seats.
    """
    if available < MIN_SEATS:
        return None
    seats = min(size.seats, available)
    return Size(seats, min(size.backups, available - seats), size.days)


def teams(
    roles: Collection[RoleRef], groups: Collection[RoleRef]
) -> frozenset[RoleRef]:
    """Return which of somebody's ``groups`` are teams, by the roles of an award.

    One role alone is none: all who can be nominated hold it.
    """
    return frozenset(roles) & frozenset(groups) if len(roles) > 1 else frozenset()


def recused_by_rule(
    voter: int,
    nominee: int,
    nominators: Collection[int],
    frequent: Collection[int],
    *,
    same_team: bool,
) -> Recused | None:
    """Return why ``voter`` does not vote about ``nominee``, None where they do.

    ``frequent`` are those with whom the voter is a frequent pair.
    """
    if voter == nominee:
        return Recused.NOMINEE
    if voter in nominators:
        return Recused.NOMINATOR
    if nominee in frequent:
        return Recused.PAIR
    return Recused.TEAM if same_team else None


def decide(tallies: Iterable[Tally], winners: int) -> Result:
    """Return who wins: approval voting, at most ``winners``, ties by a stated rule.

    The most approved win, of those that more approve than not. Ties go to who has won
    least before, then to who was nominated first.
    """
    told = list(tallies)
    able = sorted((each for each in told if each.can_win), key=_order)
    won = tuple(each.candidacy for each in able[:winners])
    rest = sorted(told, key=lambda each: (each.first_at, each.candidacy))
    return Result(won, tuple(e.candidacy for e in rest if e.candidacy not in won))


def ballot_digest(votes: Iterable[Cast]) -> bytes:
    """Return the SHA-256 over the digests of all votes, in the order of those."""
    return hashlib.sha256(b"".join(sorted(vote.digest for vote in votes))).digest()


def _order(tally: Tally) -> tuple[int, int, datetime, int]:
    # Two that were nominated in one millisecond: the one that was written down first.
    return -tally.yes, tally.earlier_wins, tally.first_at, tally.candidacy
