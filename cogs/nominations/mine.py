"""What a member nominated, and what became of it: units of work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.chat.responses import Call
from bot.domain.awards import Award, Standard
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy, Nomination, State
from bot.domain.refs import MemberRef
from cogs.nominations import rules, service
from cogs.nominations.drafting import Owner
from storage import awards, communities, members, nominations
from storage.database import Transaction

MAX_LISTED = 10
"""How many are listed, the newest first: as many as a card has facts."""

MAX_OPEN = 5
"""How many awards are named as open."""


@dataclass(frozen=True, slots=True)
class Mine:
    """Something that a member nominated somebody for.

    Attributes:
        nominee: None once they are erased.

        standard: The version by which it is judged.

        changeable: Whether the member can still change it or take it back.
    """

    candidacy: Candidacy
    said: Nomination
    nominee: MemberRef | None
    award: Award
    standard: Standard
    changeable: bool

    @property
    def state(self) -> State:
        """What became of it, for who nominated: what they took back is withdrawn."""
        return State.WITHDRAWN if self.said.withdrawn_at else self.candidacy.state


@dataclass(frozen=True, slots=True)
class Listed:
    """What a member nominated others for, and what they can nominate for now."""

    mine: tuple[Mine, ...]
    open: tuple[Award, ...]


def listed(tx: Transaction, call: Call) -> Listed:
    """Return what the actor nominated, the newest first, and what is open."""
    found = tuple(_all(tx, call, MAX_LISTED))
    return Listed(found, open_awards(tx, call)[:MAX_OPEN])


def one(tx: Transaction, call: Call, candidacy: int) -> Mine:
    """Return one of those that are listed.

    Raises:
        RuleError: If it is none of the actor's.
    """
    for each in _all(tx, call, MAX_LISTED):
        if each.candidacy.id == candidacy:
            return each
    raise RuleError("nominations.refused-gone")


def open_awards(tx: Transaction, call: Call) -> tuple[Award, ...]:
    """Return the awards for which somebody can be nominated now."""
    community = communities.get(tx, call.community)
    known = awards.listed(tx, community)
    return tuple(each for each in known if rules.is_open(each, call.at))


def only_open(tx: Transaction, call: Call) -> Award | None:
    """Return the award for which somebody can be nominated; None where not one is."""
    opened = open_awards(tx, call)
    return _as_judged(tx, opened[0]) if len(opened) == 1 else None


def open_one(tx: Transaction, call: Call, award: str) -> Award | None:
    """Return an award, by its id, for which somebody can be nominated now.

    It has the standard by which the round is judged that is open.
    """
    found = (each for each in open_awards(tx, call) if str(each.id) == award)
    opened = next(found, None)
    return _as_judged(tx, opened) if opened else None


def _as_judged(tx: Transaction, award: Award) -> Award:
    return replace(award, standard=rules.terms_of(tx, award).standard)


def _all(tx: Transaction, call: Call, most: int) -> list[Mine]:
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    if member is None:
        return []
    owner = Owner(community, member, call.at)
    found = nominations.of_member(tx, community, member.key, most)
    return [_seen(tx, owner, each) for each in found]


def _seen(tx: Transaction, owner: Owner, candidacy: Candidacy) -> Mine:
    community: Community = owner.community
    award = service.award_of(tx, community, candidacy.award)
    nominee = members.by_key(tx, community, candidacy.nominee, owner.at)
    said = candidacy.nominations[0]
    stands = said.withdrawn_at is None and nominee is not None
    return Mine(
        candidacy=candidacy,
        said=said,
        nominee=nominee.ref if nominee else None,
        award=award,
        standard=awards.standard(tx, award.id, candidacy.standard),
        changeable=stands and rules.is_changeable(candidacy, award, owner.at),
    )
