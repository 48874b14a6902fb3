"""One dispute with all that whoever answers it needs to know, and who may do so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community, Member
from storage import communities, members
from storage.challenges import book, disputes, parts, results
from storage.challenges.disputes import Dispute
from storage.challenges.parts import Matter
from storage.challenges.results import Placed
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Left:
    """Who alone can answer a dispute.

    Attributes:
        free_at: From when on they can, where they have a part in it themselves.
    """

    members: Sequence[Member]
    free_at: datetime | None


@dataclass(frozen=True, slots=True)
class Raised:
    """A dispute, and what it is about.

    Attributes:
        entrant: None once they are erased.

        placed: Where they stand as of now; None where they have no place any more.

        decider: Who answered; None while it waits, and once they are erased.

        left: Who alone can answer while it waits; None where any moderator without a
            part in it can.
    """

    dispute: Dispute
    challenge: Challenge
    entrant: Member | None
    placed: Placed | None
    decider: Member | None
    left: Left | None = None


def raised_of(
    tx: Transaction, community: Community, number: int, at: datetime
) -> Raised | None:
    """Return a dispute; None where there is none."""
    found = disputes.get(tx, community, number)
    challenge = book.get(tx, community, found.challenge) if found else None
    if found is None or challenge is None:
        return None
    result = results.latest(tx, community, challenge.id)
    answered = found.answered
    return Raised(
        dispute=found,
        challenge=challenge,
        entrant=members.by_key(tx, community, found.member, at),
        placed=results.place_of(tx, result, found.member) if result else None,
        decider=members.by_key(tx, community, answered.by, at) if answered else None,
        left=None if answered else _left(tx, community, found, at),
    )


def waiting(tx: Transaction, call: Call) -> Sequence[Raised]:
    """Return every dispute that waits, of all challenges, oldest first."""
    community = communities.get(tx, call.community)
    found = (
        raised_of(tx, community, each.id, call.at)
        for challenge in book.listed(tx, community, (State.REVIEW,))
        for each in disputes.waiting(tx, community, challenge.id)
    )
    return sorted((each for each in found if each), key=lambda r: r.dispute.id)


def matter_of(found: Dispute) -> Matter:
    """Return what is to be decided."""
    return Matter(found.challenge, found.member, found.made_at, place=True)


def _left(
    tx: Transaction, community: Community, found: Dispute, at: datetime
) -> Left | None:
    matter = matter_of(found)
    told = parts.deciders(tx, community, matter)
    if told is None:
        return None
    known = (members.by_key(tx, community, each, at) for each in told.members)
    free_at = matter.free_at if told.part else None
    return Left([each for each in known if each], free_at)
