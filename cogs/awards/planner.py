"""How moderators write an award down: drafts and saving. Units of work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import wire
from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote
from bot.domain.awards import Award, AwardState, Standard
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from cogs.awards import drafting, openings
from cogs.awards.drafting import Draft, Plan
from storage import awards, communities, drafts, members, moments, standards
from storage.acts import Act
from storage.database import Transaction
from storage.drafts import DraftRef
from storage.moments import Moment, MomentKind

DRAFT = "award"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft, and what its reader should know besides.

    Attributes:
        community: Whose clocks its times are on.

        moment: What the moment is called in which winners are announced; None where
            there is none, or it is no longer on the calendar.
    """

    draft: Draft
    community: Community
    moment: Quote | Phrase | None


@dataclass(frozen=True, slots=True)
class Saved:
    """An award that was saved.

    Attributes:
        changes: How many things are other than before.
    """

    award: Award
    changes: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A draft that was not saved, for the award changed since it was begun.

    Attributes:
        by: Who wrote the version that holds; None where they are not known, or did
            not change what it asks for.
    """

    draft: str
    by: MemberRef | None = None
    at: datetime | None = None


def begin(tx: Transaction, call: Call, name: str, about: str) -> Sketch:
    """Begin a draft of the actor's own for a new award."""
    return _begin(tx, call, Draft(drafts.new_id(), Plan(name, Standard(1, about))))


def edit(tx: Transaction, call: Call, award: int) -> Sketch:
    """Begin a draft of an award.

    Raises:
        RuleError: If there is none.
    """
    community = communities.get(tx, call.community)
    return _begin(tx, call, _of(openings.there(tx, community, award)))


def opened(tx: Transaction, call: Call, draft: str) -> Sketch:
    """Return a draft of the actor's.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    return _sketch(tx, ref.community, _get(tx, ref, call.at))


def change(
    tx: Transaction,
    call: Call,
    draft: str,
    change: Callable[[Plan, Sketch], Plan],
) -> Sketch:
    """Return a draft of the actor's after ``change``.

    Raises:
        RuleError: If it is gone, or ``change`` says no.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _get(tx, ref, call.at)
    before = _sketch(tx, ref.community, standing)
    changed = replace(standing, plan=change(standing.plan, before))
    drafts.put(tx, ref, wire.encode(drafting.pack(changed)), call.at)
    return _sketch(tx, ref.community, changed)


def save(tx: Transaction, call: Call, draft: str) -> Saved | Overtaken:
    """Put what is drafted in force and end it, unless somebody was faster.

    Raises:
        RuleError: If the draft or the award is gone, another award has its name, or
            its times are past; then the draft stays.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    wanted = _get(tx, ref, call.at)
    by = Act(ref.owner, call.id, call.at)
    if wanted.award is not None:
        found = openings.there(tx, ref.community, wanted.award)
        if plan_of(found) != wanted.before:
            return _overtaken(tx, ref, found, call.at)
    drafts.take(tx, ref, call.at)
    with drafting.unasked():
        award = _put(tx, ref.community, wanted, by)
    if award.round is not None:
        openings.redraw(tx, ref.community, award.round, call.at)
    return Saved(award, wanted.changes, wanted.award is None)


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def restart(tx: Transaction, call: Call, draft: str) -> Sketch:
    """End a draft and begin anew with what is in force.

    Raises:
        RuleError: If it is gone, or what it changes is.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _get(tx, ref, call.at)
    drafts.take(tx, ref, call.at)
    if standing.award is None:
        return _begin(tx, call, replace(standing, id=drafts.new_id()))
    return edit(tx, call, standing.award)


def moments_of(tx: Transaction, call: Call) -> Sequence[Moment]:
    """Return the moments in which winners can be announced, the soonest first."""
    found = moments.all_of(tx, communities.get(tx, call.community))
    return [each for each in found if each.kind is not MomentKind.OTHER]


def with_moment(tx: Transaction, call: Call, draft: str, entry: int | None) -> Sketch:
    """Return a draft whose winners are announced in a moment; None for at once.

    Raises:
        RuleError: If it is gone, or the moment is not on the calendar.
    """
    community = communities.get(tx, call.community)
    if entry is not None and moments.get(tx, community, entry) is None:
        raise RuleError("awards.refused-moment", "moment")

    def announce(plan: Plan, _before: Sketch) -> Plan:
        return replace(plan, standard=replace(plan.standard, announced_in=entry))

    return change(tx, call, draft, announce)


def plan_of(award: Award) -> Plan:
    """Return what ``award`` is, to be changed."""
    return Plan(award.name, award.standard, awards.window_of(award))


def _put(tx: Transaction, community: Community, wanted: Draft, by: Act) -> Award:
    plan = wanted.plan
    if wanted.award is None:
        award = awards.create(tx, community, plan.name, plan.standard, by)
    else:
        found = openings.there(tx, community, wanted.award)
        award = awards.edit(tx, community, found, plan.name, plan.standard, by)
    return awards.plan(tx, community, award, plan.window, by)


def _of(award: Award) -> Draft:
    plan = plan_of(award)
    is_open = award.state is AwardState.OPEN
    return Draft(drafts.new_id(), plan, plan, award.id, is_open)


def _begin(tx: Transaction, call: Call, draft: Draft) -> Sketch:
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    ref = DraftRef(draft.id, community, owner, DRAFT)
    drafts.put(tx, ref, wire.encode(drafting.pack(draft)), call.at)
    return _sketch(tx, community, draft)


def _sketch(tx: Transaction, community: Community, draft: Draft) -> Sketch:
    entry = draft.plan.standard.announced_in
    moment = moments.get(tx, community, entry) if entry is not None else None
    return Sketch(draft, community, moment.name if moment else None)


def _get(tx: Transaction, ref: DraftRef, now: datetime) -> Draft:
    return drafting.unpack(ref.id, drafts.held(drafts.get(tx, ref, now)))


def _overtaken(
    tx: Transaction, ref: DraftRef, award: Award, now: datetime
) -> Overtaken:
    last = standards.get(tx, award.id, award.standard.number)
    before = _get(tx, ref, now).before
    if last is None or last.standard.number == before.standard.number:
        return Overtaken(ref.id)
    by = members.by_key(tx, ref.community, last.editor, now)
    return Overtaken(ref.id, by.ref if by else None, last.at)
