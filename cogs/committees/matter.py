"""What a ballot is about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.awards import Award, Standard
from bot.domain.community import Community
from storage import awards
from storage.ballots import Ballot
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Matter:
    """What a ballot is about.

    Attributes:
        standard: The version by which its round is judged.
    """

    ballot: Ballot
    award: Award
    standard: Standard


def matter_of(tx: Transaction, community: Community, ballot: Ballot) -> Matter:
    """Return what ``ballot`` is about.

    Raises:
        LookupError: If there is no such award, which is never deleted.
    """
    award = awards.get(tx, community, ballot.award)
    if award is None:
        raise LookupError("a ballot is about an award")
    number = awards.round_of(tx, ballot.round).standard
    return Matter(ballot, award, awards.standard(tx, award.id, number))


def ballot_key(ballot: Ballot, member: int) -> str:
    """Return the outbox's name for what tells somebody to vote."""
    return f"committees:ballot:{ballot.id}:{member}"
