"""What happens when a member nominates somebody: units of work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.responses import Call
from bot.domain import evidence
from bot.domain.awards import Award, Standard
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Nomination, check_claims
from bot.domain.people import Person
from bot.domain.refs import MemberRef
from cogs.nominations import drafting, rules
from cogs.nominations.drafting import Draft, Owner, Sheet
from storage import awards, communities, members, nominations
from storage.database import Transaction
from storage.nominations import Said, Terms


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member typed.

    Attributes:
        award: Its id as text, or its name.

        links: Addresses with anything between them.
    """

    who: Person
    award: str
    why: str
    links: str = ""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was ticked on a form, and which criteria it showed.

    Attributes:
        round: Id of the round whose criteria they were.

        met: What is ticked, as the form's values.
    """

    round: int
    met: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """An award that asks for something: a form shows what, to be ticked.

    Attributes:
        round: Id of the round whose criteria it is to show.

        met: Places of those that the member ticked before.
    """

    award: int
    round: int
    met: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a nominator should know of a nomination that stands.

    Attributes:
        left: How many more people they can nominate in the round.

        closes_at: Until when they can change it; None where no end is set.

        anew: Whether it replaced what they said before.
    """

    candidacy: int
    nominee: MemberRef | None
    award: Award
    left: int
    closes_at: datetime | None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A draft that is about to count, with all that it speaks of as it is by now."""

    owner: Owner
    draft: Draft
    nominee: Member
    award: Award
    terms: Terms

    def said(self, call: Call) -> Said:
        """Return what is said in it."""
        return Said(
            nominator=self.owner.member,
            nominee=self.nominee,
            words=self.draft.why,
            met=self.draft.met,
            links=self.draft.links,
            call=call.id,
        )


def nominate(
    tx: Transaction, call: Call, wish: Wish, ticks: Ticks | None = None
) -> Receipt | Sheet | Asked:
    """Nominate somebody at once, or say what there is to be seen first.

    That is a draft where the member nominated the same person before, and where they
    want to see what they say before it counts; and a form where the award has criteria
    of which they have not seen these.

    Raises:
        RuleError: If a rule says no; nothing is recorded then.
    """
    owner = owner_of(tx, call)
    if (same := nominations.again(tx, owner.community, call.id)) is not None:
        return receipt(tx, owner, same)
    award, terms = rules.open_award(tx, owner.community, wish.award, call.at)
    nominee = members.meet(tx, owner.community, wish.who, call.at)
    draft = Draft(wish.who, award.id, terms.round.id, wish.why)
    draft = replace(draft, links=evidence.links_in(wish.links))
    asks = bool(terms.standard.criteria)
    seen = ticks is not None and ticks.round == terms.round.id
    if ticks is not None and seen:
        draft = replace(draft, met=places_of(terms.standard, ticks.met))
    attempt = _Attempt(owner, draft, nominee, award, terms)
    standing = _checked(tx, attempt)
    if asks and not seen:
        return Asked(award.id, terms.round.id, standing.met if standing else ())
    if standing is not None:
        return _anew(tx, attempt, standing)
    if owner.member.previews:
        return Sheet(drafting.put(tx, owner, draft), draft, award, terms.standard)
    return _made(tx, call, attempt)


def send(tx: Transaction, call: Call, name: str) -> Receipt | Sheet:
    """Have a draft count, once.

    Where the member nominated the same person meanwhile, they are shown what stands.

    Raises:
        RuleError: If a rule says no; then the draft stays.
    """
    owner = owner_of(tx, call)
    if (same := nominations.again(tx, owner.community, call.id)) is not None:
        return receipt(tx, owner, same)
    draft = drafting.get(tx, owner, name)
    if draft.candidacy is not None:
        done = _amended(tx, call, owner, draft)
    else:
        attempt = _attempt(tx, owner, draft)
        standing = _checked(tx, attempt)
        if standing is not None:
            return _anew(tx, attempt, standing, name)
        done = _made(tx, call, attempt)
    drafting.end(tx, owner, name)
    return done


def places_of(standard: Standard, met: Collection[str]) -> tuple[int, ...]:
    """Return the places of the criteria that are ticked, rising.

    Raises:
        RuleError: If one is ticked that is not there.
    """
    known = {str(place): place for place in range(len(standard.criteria))}
    if not known.keys() >= set(met):
        raise RuleError("common.answer-unknown", "met")
    return tuple(sorted({known[each] for each in met}))


def owner_of(tx: Transaction, call: Call) -> Owner:
    """Return who acts, as seen now."""
    community = communities.get(tx, call.community)
    return Owner(community, members.meet(tx, community, call.actor, call.at), call.at)


def sheet(tx: Transaction, owner: Owner, name: str, draft: Draft) -> Sheet:
    """Return a draft with what its award asks for.

    Raises:
        RuleError: If the award is gone.
    """
    award = award_of(tx, owner.community, draft.award)
    terms = rules.terms_of(tx, award, draft.round)
    return Sheet(name, draft, award, terms.standard)


def award_of(tx: Transaction, community: Community, award: int) -> Award:
    """Return an award, also one that is removed.

    Raises:
        RuleError: If there is none.
    """
    found = awards.get(tx, community, award)
    if found is None:
        raise RuleError("nominations.refused-unknown-award", "award")
    return found


def receipt(
    tx: Transaction, owner: Owner, candidacy: int, *, anew: bool = False
) -> Receipt:
    """Return what the nominator should know of what stands.

    Raises:
        RuleError: If there is no such candidacy.
    """
    found = nominations.get(tx, owner.community, candidacy)
    if found is None:
        raise RuleError("nominations.refused-gone")
    award = award_of(tx, owner.community, found.award)
    terms = rules.terms_of(tx, award, found.round)
    nominee = members.by_key(tx, owner.community, found.nominee, owner.at)
    return Receipt(
        candidacy=candidacy,
        nominee=nominee.ref if nominee else None,
        award=award,
        left=nominations.left(tx, terms, owner.member),
        closes_at=terms.round.closes_at,
        anew=anew,
    )


def _attempt(tx: Transaction, owner: Owner, draft: Draft) -> _Attempt:
    """Return a draft with its award and nominee as they are now.

    What was ticked in a round that is over, by other criteria, is ticked no more.
    """
    community = owner.community
    award, terms = rules.open_award(tx, community, str(draft.award), owner.at)
    nominee = members.find(tx, community, draft.who.ref, owner.at)
    if nominee is None:
        raise RuleError("nominations.refused-left", "who", member=draft.who.ref)
    if draft.round != terms.round.id:
        draft = replace(draft, round=terms.round.id, met=())
    return _Attempt(owner, draft, nominee, award, terms)


def _checked(tx: Transaction, attempt: _Attempt) -> Nomination | None:
    """Check everything but what is ticked; return what the member said before.

    Raises:
        RuleError: If a rule says no.
    """
    community, nominator = attempt.owner.community, attempt.owner.member
    nominee, terms = attempt.nominee, attempt.terms
    existing = nominations.of_nominee(tx, community, terms.round.id, nominee.key)
    rules.check_pair(nominator, nominee, existing)
    at = attempt.owner.at
    rules.check_nominee(tx, community, attempt.award, terms, nominee, at)
    standing = existing.by(nominator.key) if existing else None
    if standing is None:
        rules.check_left(tx, terms, attempt.award, nominator)
    return standing


def _anew(
    tx: Transaction, attempt: _Attempt, standing: Nomination, name: str | None = None
) -> Sheet:
    """Keep a draft of what is to replace what stands, and show both."""
    draft = replace(attempt.draft, amends=standing.id, candidacy=standing.candidacy)
    if not draft.met:
        draft = replace(draft, met=standing.met)
    kept = drafting.put(tx, attempt.owner, draft, name)
    return Sheet(kept, draft, attempt.award, attempt.terms.standard, standing)


def _made(tx: Transaction, call: Call, attempt: _Attempt) -> Receipt:
    draft, owner = attempt.draft, attempt.owner
    check_claims(attempt.terms.standard, draft.met, draft.links)
    said = attempt.said(call)
    made = nominations.add(tx, owner.community, attempt.terms, said, call.at)
    return receipt(tx, owner, made)


def _amended(tx: Transaction, call: Call, owner: Owner, draft: Draft) -> Receipt:
    """Have what is drafted replace what stands."""
    candidacy = draft.candidacy or 0
    found = nominations.get(tx, owner.community, candidacy)
    if found is None or found.by(owner.member.key) is None:
        raise RuleError("nominations.refused-gone")
    award = award_of(tx, owner.community, found.award)
    nominee = members.by_key(tx, owner.community, found.nominee, call.at)
    if nominee is None or not rules.is_changeable(found, award, call.at):
        raise RuleError("nominations.refused-settled")
    terms = rules.terms_of(tx, award, found.round)
    check_claims(terms.standard, draft.met, draft.links)
    said = _Attempt(owner, draft, nominee, award, terms).said(call)
    nominations.amend(tx, owner.community, candidacy, said, call.at)
    return receipt(tx, owner, candidacy, anew=True)
