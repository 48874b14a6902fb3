"""What a board shows, to everybody and to one reader: no chat and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from storage import communities, members
from storage.challenges import (
    book,
    disputes,
    entrants,
    judging,
    parts,
    podium,
    results,
    scores,
)
from storage.challenges.disputes import Dispute
from storage.challenges.results import Result
from storage.challenges.scores import Place, TeamPlace
from storage.database import Transaction

SHOWN = 10
"""Places that everybody sees. Nobody further down is shown to others."""

TEAMS = 5
EACH_SIDE = 2
"""Neighbours that somebody sees before them, and as many behind."""

DISPUTABLE_FOR = timedelta(hours=48)
"""For how long after the end people can say that their place is not right."""

SEEN = (State.RUNNING, State.REVIEW, State.FINAL, State.CALLED_OFF)
"""Challenges that have a board."""


class Phase(StrEnum):
    """What a board is of.

    ``RUNNING``: days are counted. ``LOOKING``: they are over, and moderators still look
    at some. ``OPEN``: the result is there and can be disputed. ``ANSWERING``: it cannot
    any more, and some dispute waits. ``FINAL``: it stands. ``CALLED_OFF``: it never
    came to one.
    """

    RUNNING = "running"
    LOOKING = "looking"
    OPEN = "open"
    ANSWERING = "answering"
    FINAL = "final"
    CALLED_OFF = "called-off"


@dataclass(frozen=True, slots=True)
class Standing:
    """One place, with whose it is.

    Attributes:
        member: Their key.

        who: None for somebody who is not named to the reader.
    """

    rank: int
    member: int
    who: MemberRef | None
    points: int
    days: int
    streak: int
    yours: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Where everybody stands.

    Attributes:
        day: Which day it is, from 1, on the community's clocks; the last one after it.

        until: When disputes end, or ended; None before the result is there.

        entrants: How many take part, shown or not.

        waiting: How many check-ins moderators are still to look at.

        parted: How many decisions were made by somebody who had a part in them, for
            nobody had less.
    """

    challenge: Challenge
    phase: Phase
    day: int
    places: Sequence[Standing]
    teams: Sequence[TeamPlace]
    entrants: int
    until: datetime | None = None
    waiting: int = 0
    parted: int = 0


class Known(StrEnum):
    """What can be said of somebody's own place.

    ``PLACED``: they have one on the board. ``HIDDEN``: they have points and asked not
    to be shown. ``NOTHING``: no day of theirs counts so far. ``OUTSIDE``: they do not
    take part.
    """

    PLACED = "placed"
    HIDDEN = "hidden"
    NOTHING = "nothing"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody's own place, for their eyes alone.

    Attributes:
        around: Them and their neighbours, where they are `Known.PLACED`.

        disputes: What they said against it so far.
    """

    board: Board
    known: Known
    around: Sequence[Standing]
    points: int
    days: int
    best_streak: int
    disputes: Sequence[Dispute]


def there(tx: Transaction, community: Community, challenge: int) -> Challenge:
    """Return a challenge that has a board.

    Raises:
        RuleError: If there is none.
    """
    found = book.get(tx, community, challenge)
    if found is None or found.state not in SEEN:
        raise RuleError("standings.refused-gone")
    return found


def board(
    tx: Transaction, community: Community, challenge: Challenge, now: datetime
) -> Board:
    """Return what everybody sees."""
    result = results.latest(tx, community, challenge.id)
    first = results.first(tx, community, challenge.id)
    if result is None:
        ranked = scores.board(tx, community, challenge.id, SHOWN)
        teams = scores.teams(tx, community, challenge.id, TEAMS)
    else:
        ranked = podium.board(tx, result, SHOWN)
        teams = podium.teams(tx, result, challenge.terms.team_min, TEAMS)
    until = first.at + DISPUTABLE_FOR if first else None
    return Board(
        challenge=challenge,
        phase=_phase(challenge, until, now),
        day=_day(community, challenge, now),
        places=[_standing(community, each) for each in ranked],
        teams=teams if challenge.terms.teams else (),
        entrants=entrants.count(tx, challenge.id),
        until=until,
        waiting=judging.count(tx, community, challenge.id),
        parted=parts.taken(tx, challenge.id),
    )


def shown(tx: Transaction, call: Call, challenge: int | None) -> Board:
    """Return a board to whoever asks; without ``challenge``, the newest one's.

    Raises:
        RuleError: If there is none.
    """
    community = communities.get(tx, call.community)
    if challenge is None:
        found = listed(tx, call)
        if not found:
            raise RuleError("standings.refused-none")
        return board(tx, community, found[0], call.at)
    return board(tx, community, there(tx, community, challenge), call.at)


def listed(tx: Transaction, call: Call) -> Sequence[Challenge]:
    """Return the challenges that have a board, those that run first."""
    return book.listed(tx, communities.get(tx, call.community), SEEN)


def own(tx: Transaction, call: Call, challenge: int) -> Own:
    """Return where the actor stands, with their neighbours.

    Raises:
        RuleError: If there is no such challenge.
    """
    community = communities.get(tx, call.community)
    found = there(tx, community, challenge)
    seen = board(tx, community, found, call.at)
    actor = members.find(tx, community, call.actor.ref, call.at)
    entrant = entrants.entrant(tx, challenge, actor.key) if actor else None
    if actor is None or entrant is None or not entrant.here:
        return Own(seen, Known.OUTSIDE, (), 0, 0, 0, ())
    result = results.latest(tx, community, challenge)
    points, days, best = _counted(tx, challenge, result, actor)
    near = _around(tx, community, challenge, result, actor)
    known = Known.NOTHING if not days else Known.PLACED if near else Known.HIDDEN
    said = disputes.of_member(tx, community, challenge, actor.key)
    return Own(seen, known, near, points, days, best, said)


def _counted(
    tx: Transaction, challenge: int, result: Result | None, actor: Member
) -> tuple[int, int, int]:
    """Return the actor's points, days and best streak."""
    if result is None:
        score = scores.of(tx, challenge, actor.key)
        return score.points, score.days, score.best_streak
    placed = results.place_of(tx, result, actor.key)
    if placed is None:
        return 0, 0, 0
    return placed.points, placed.days, placed.best_streak


def _around(
    tx: Transaction,
    community: Community,
    challenge: int,
    result: Result | None,
    actor: Member,
) -> Sequence[Standing]:
    if result is None:
        near = scores.around(tx, community, challenge, actor.key, EACH_SIDE)
    else:
        near = podium.around(tx, result, actor.key, EACH_SIDE)
    mine = next((each.rank for each in near if each.member == actor.key), 0)
    return [_neighbour(community, each, actor, mine) for each in near]


def _neighbour(
    community: Community, place: Place, actor: Member, mine: int
) -> Standing:
    """Return a neighbour's place; who is far down is not named to those above."""
    named = place.rank <= max(mine, SHOWN)
    return _standing(community, place, named=named, yours=place.member == actor.key)


def _standing(
    community: Community, place: Place, *, named: bool = True, yours: bool = False
) -> Standing:
    return Standing(
        rank=place.rank,
        member=place.member,
        who=MemberRef(community.ref, place.platform_id) if named else None,
        points=place.points,
        days=place.days,
        streak=place.streak,
        yours=yours,
    )


def _phase(challenge: Challenge, until: datetime | None, now: datetime) -> Phase:
    match challenge.state:
        case State.FINAL:
            return Phase.FINAL
        case State.CALLED_OFF:
            return Phase.CALLED_OFF
        case State.REVIEW if until is None:
            return Phase.LOOKING
        case State.REVIEW if until is not None:
            return Phase.OPEN if now < until else Phase.ANSWERING
        case _:
            return Phase.RUNNING


def _day(community: Community, challenge: Challenge, now: datetime) -> int:
    today = now.astimezone(community.settings.zone).date()
    passed = (today - challenge.terms.starts_on).days + 1
    return min(max(passed, 1), challenge.terms.days)
