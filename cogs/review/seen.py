"""A candidacy as moderators see it at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.nominations import Nomination
from bot.domain.refs import MemberRef
from cogs.review.cases import Case, moderators_decide, refs, was_taken_back
from cogs.review.deciding import seats_left
from storage import members, reviewers
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Voice:
    """What one nominator says.

    Attributes:
        who: None where it is not shown, or they are erased.

        words: None once erased.
    """

    who: MemberRef | None
    words: str | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A candidacy as moderators see it.

    Attributes:
        voices: Of all who nominated, in order.

        ticked: How many of them ticked each criterion, by its place.

        on_it: Who said that they are on it.

        recused: Who keeps out of it by their own wish.

        by: Who made the last decision; None for nobody, a committee or a rule.

        can_approve: Whether it is for moderators to let them win.

        seats_left: How many can still win in the round.

        taken_back: Whether they had won before.
    """

    case: Case
    voices: tuple[Voice, ...]
    ticked: tuple[int, ...]
    on_it: tuple[MemberRef, ...]
    recused: tuple[MemberRef, ...]
    by: MemberRef | None
    can_approve: bool
    seats_left: int
    taken_back: bool


def seen(tx: Transaction, case: Case, now: datetime) -> Seen:
    """Return what moderators see of a candidacy at ``now``."""
    community, candidacy = case.community, case.candidacy
    on_it = reviewers.on_it(tx, community, case.id)
    recused = reviewers.recused(tx, community, case.id)
    decider = case.decision.by if case.decision else None
    by = refs(tx, community, () if decider is None else (decider,), now)
    return Seen(
        case=case,
        voices=tuple(_voice(tx, case, each, now) for each in candidacy.nominations),
        ticked=_ticked(candidacy.nominations, len(case.standard.criteria)),
        on_it=tuple(refs(tx, community, on_it, now)),
        recused=tuple(refs(tx, community, recused, now)),
        by=next(by, None),
        can_approve=moderators_decide(tx, case),
        seats_left=seats_left(tx, case),
        taken_back=was_taken_back(tx, case),
    )


def keys_of(tx: Transaction, shown: Seen) -> Sequence[int]:
    """Return the keys of all whom the card names."""
    case = shown.case
    named = [case.nominee.key]
    if not case.standard.blind:
        named += case.candidacy.nominators
    named += reviewers.on_it(tx, case.community, case.id)
    named += reviewers.recused(tx, case.community, case.id)
    if case.decision and case.decision.by is not None:
        named.append(case.decision.by)
    return named


def _voice(tx: Transaction, case: Case, said: Nomination, now: datetime) -> Voice:
    who = None
    if not case.standard.blind:
        who = members.by_key(tx, case.community, said.nominator, now)
    return Voice(who.ref if who else None, said.words, said.links)


def _ticked(said: Sequence[Nomination], criteria: int) -> tuple[int, ...]:
    return tuple(sum(place in each.met for each in said) for place in range(criteria))
