"""What has to be so for somebody to be nominated, looked at inside the unit."""

from __future__ import annotations

from datetime import datetime

from bot.domain.awards import Award, AwardState
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy, State, check_people
from storage import awards, nominations
from storage.database import Transaction
from storage.nominations import Terms


def open_award(
    tx: Transaction, community: Community, which: str, at: datetime
) -> tuple[Award, Terms]:
    """Return an award by its id or name, and what holds in its open round.

    Raises:
        RuleError: If there is none, or it takes no nominations.
    """
    award = _known(tx, community, which)
    if award.state is AwardState.REMOVED:
        raise RuleError("nominations.refused-removed", "award", award=award.name)
    if not is_open(award, at):
        raise RuleError("nominations.refused-closed", "award", award=award.name)
    return award, terms_of(tx, award)


def terms_of(tx: Transaction, award: Award, round_id: int | None = None) -> Terms:
    """Return what holds in a round of ``award``; in its last one where none is named.

    Raises:
        RuleError: If there was no round.
    """
    held = award.round if round_id is None else awards.round_of(tx, round_id)
    if held is None:
        raise RuleError("nominations.refused-closed", "award", award=award.name)
    return Terms(held, awards.standard(tx, award.id, held.standard))


def check_nominee(
    tx: Transaction,
    community: Community,
    award: Award,
    terms: Terms,
    nominee: Member,
    at: datetime,
) -> None:
    """Check that the rules of the award let ``nominee`` be put forward.

    Raises:
        RuleError: If they do not; it says which.
    """
    found = awards.ineligible(tx, community, award, terms.standard, nominee, at)
    if found is not None:
        raise found


def check_pair(nominator: Member, nominee: Member, existing: Candidacy | None) -> None:
    """Check who nominates whom, and that this is not decided by now.

    Raises:
        RuleError: If one cannot nominate the other, or it is decided.
    """
    check_people(nominator, nominee)
    if existing and not existing.state.undecided:
        if existing.state is State.WITHDRAWN:
            return
        raise RuleError("nominations.refused-decided", "who", member=nominee.ref)


def check_left(tx: Transaction, terms: Terms, award: Award, nominator: Member) -> None:
    """Check that ``nominator`` can nominate somebody else in the round.

    Raises:
        RuleError: If they used what they had.
    """
    if not nominations.left(tx, terms, nominator):
        most = terms.standard.per_member
        raise RuleError(
            "nominations.refused-limit", "award", most=most, award=award.name
        )


def is_changeable(candidacy: Candidacy, award: Award, at: datetime) -> bool:
    """Return whether nominators can still change or take back what they said.

    So it is while people can be nominated, and for as long as they are asked for more.
    """
    if candidacy.state is State.ASKED:
        return True
    same = award.round is not None and award.round.id == candidacy.round
    return candidacy.state is State.OPEN and same and is_open(award, at)


def is_open(award: Award, at: datetime) -> bool:
    """Return whether somebody can be nominated for ``award``.

    One whose end has come takes nothing, also where Laurel is late to close it.
    """
    held = award.round
    if award.state is not AwardState.OPEN or held is None or held.closed_at is not None:
        return False
    return held.closes_at is None or at < held.closes_at


def _known(tx: Transaction, community: Community, which: str) -> Award:
    number = int(which[:18]) if which.isascii() and which.isdecimal() else 0
    found = awards.get(tx, community, number) if number else None
    if found is None:  # where the platform offers names, they can also be typed
        wanted = " ".join(which.casefold().split())
        named = (a for a in awards.listed(tx, community) if _folded(a) == wanted)
        found = next(named, None)
    if found is None:
        raise RuleError("nominations.refused-unknown-award", "award")
    return found


def _folded(award: Award) -> str:
    return " ".join(award.name.casefold().split())
