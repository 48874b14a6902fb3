"""How moderators plan: drafts, saving, taking off. Units of work."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import groupby, islice

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.recurrence import (
    HORIZON,
    Happening,
    Rule,
    between,
    following,
    instant,
)
from cogs.calendar import drafting
from cogs.calendar.drafting import SHOWN_TIMES, USUAL, Draft, Plan
from cogs.calendar.repeats import Repeat, Said
from storage import audit, communities, drafts, members, moments, occurrences, planning
from storage.database import Transaction
from storage.drafts import DraftRef
from storage.moments import Moment, MomentKind
from storage.planning import MAX_ACTIVE, Edit

DRAFT = "moment"

OFFERED_TIMES = 10
"""Of what repeats, how many of its next dates are offered to be left out."""

_NEAR = timedelta(days=2)  # longer than any day, with what one may be moved by


@dataclass(frozen=True, slots=True)
class Idea:
    """What a moderator types to begin with."""

    on: date
    at: time
    title: str
    repeat: Repeat
    kind: MomentKind


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft, and what would come of it.

    Attributes:
        times: The next ones, at most `SHOWN_TIMES`.

        today: The date on its clocks.
    """

    draft: Draft
    times: Sequence[datetime]
    today: date


@dataclass(frozen=True, slots=True)
class Planned:
    """Something on the calendar.

    Attributes:
        next: None where it does not come any more.
    """

    moment: Moment
    next: Happening | None


def begin(tx: Transaction, call: Call, idea: Idea) -> Sketch:
    """Begin a draft of the actor's own.

    Raises:
        RuleError: If it would never come, or there is no room for more.
    """
    community = communities.get(tx, call.community)
    if planning.count(tx, community) >= MAX_ACTIVE:
        raise RuleError("calendar.refused-full", most=MAX_ACTIVE)
    settings = community.settings
    plan = Plan(
        kind=idea.kind,
        title=idea.title,
        about="",
        channel=settings.wall or (call.channel if call.in_public else None),
        lasts=USUAL[idea.kind],
        start=datetime.combine(idea.on, idea.at),
        zone=settings.zone.key,
    )
    with drafting.asked_as(start="on", rule="repeat"):
        plan = drafting.with_repeat(plan, Said(idea.repeat))
        plan = replace(plan, lasts=drafting.usual_length(plan, call.at))
        drafting.check(plan, call.at)
    return _begin(tx, call, Draft(drafts.new_id(), plan))


def edit(tx: Transaction, call: Call, entry: int) -> Sketch:
    """Begin a draft of what is planned.

    Raises:
        RuleError: If it is no longer on the calendar.
    """
    moment = _planned(tx, communities.get(tx, call.community), entry)
    plan = drafting.plan_of(moment)
    return _begin(tx, call, Draft(drafts.new_id(), plan, entry, moment.version))


def opened(tx: Transaction, call: Call, draft: str) -> Draft:
    """Return a draft of the actor's.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    return _unpack(
        draft, drafts.get(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)
    )


def change(
    tx: Transaction, call: Call, draft: str, change: Callable[[Plan], Plan]
) -> Sketch:
    """Return a draft of the actor's after ``change``.

    Raises:
        RuleError: If it is gone, or ``change`` says no.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _unpack(draft, drafts.get(tx, ref, call.at))
    changed = replace(standing, plan=change(standing.plan))
    drafts.put(tx, ref, wire.encode(drafting.pack(changed)), call.at)
    return _sketch(tx, changed, call.at)


def save(tx: Transaction, call: Call, draft: str) -> Planned:
    """Put what is drafted on the calendar, once.

    Raises:
        RuleError: If the draft is gone, what it changes is gone or was changed by
            others meanwhile, or it does not come any more; then the draft stays.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    done = _unpack(draft, drafts.take(tx, ref, call.at))
    with drafting.asked_as():
        drafting.check(done.plan, call.at)
    by = Edit(ref.owner, call.id, call.at)
    if done.entry is None:
        saved = planning.add(tx, ref.community, done.plan.wanted, by)
    else:
        moment = _planned(tx, ref.community, done.entry)
        if moment.version != done.version:
            raise RuleError("calendar.refused-overtaken")
        saved = planning.change(tx, ref.community, moment, done.plan.wanted, by)
    _audit(tx, ref.community, "calendar.save", saved.entry, by)
    return _with_next(tx, saved, call.at)


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def planned(tx: Transaction, call: Call, entry: int) -> Planned:
    """Return what is on the calendar.

    Raises:
        RuleError: If it is not there.
    """
    community = communities.get(tx, call.community)
    return _with_next(tx, _planned(tx, community, entry), call.at)


def offered(tx: Transaction, call: Call, entry: int) -> tuple[Planned, Sequence[date]]:
    """Return what is on the calendar, and the dates on which it comes next.

    Raises:
        RuleError: If it is not there.
    """
    found = planned(tx, call, entry)
    rule, today = found.moment.rule, call.at.astimezone(found.moment.rule.zone).date()
    had = occurrences.claimed(tx, entry, today)
    coming = between(rule, call.at, call.at + HORIZON)
    free = (each.on for each in coming if (each.on, each.slot) not in had)
    dates = (on for on, _ in groupby(free))
    return found, list(islice(dates, OFFERED_TIMES))


def every(tx: Transaction, call: Call) -> Sequence[Planned]:
    """Return what moderators planned and is not over, what is on before what comes."""
    community = communities.get(tx, call.community)
    now_on = (each.moment for each in moments.running(tx, community, call.at))
    found = {each.entry: each for each in (*now_on, *moments.all_of(tx, community))}
    own = (each for each in found.values() if each.kind is not MomentKind.OTHER)
    return [_with_next(tx, each, call.at) for each in own]


def take_off(tx: Transaction, call: Call, entry: int) -> Moment:
    """Take something off the calendar for good.

    Raises:
        RuleError: If it is not there any more.
    """
    community = communities.get(tx, call.community)
    moment = _planned(tx, community, entry)
    by = Edit(members.meet(tx, community, call.actor, call.at), call.id, call.at)
    planning.cancel(tx, community, entry, by)
    _audit(tx, community, "calendar.cancel", entry, by)
    return moment


def skip(tx: Transaction, call: Call, entry: int, on: date) -> Planned:
    """Leave out one date of what repeats.

    Raises:
        RuleError: If it is not on the calendar any more, or is not to come on that
            date.
    """
    community = communities.get(tx, call.community)
    before = _planned(tx, community, entry)
    if before.rule.pattern is None or not _comes(tx, before, on, call.at):
        raise RuleError("calendar.refused-not-then", "on")
    by = Edit(members.meet(tx, community, call.actor, call.at), call.id, call.at)
    plan = drafting.plan_of(before)
    without = replace(plan, exceptions=(*plan.exceptions, on))
    with drafting.asked_as(rule="on"):
        drafting.check(without, call.at)
    moment = planning.change(tx, community, before, without.wanted, by)
    _audit(tx, community, "calendar.skip", entry, by)
    return _with_next(tx, moment, call.at)


def _begin(tx: Transaction, call: Call, draft: Draft) -> Sketch:
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    ref = DraftRef(draft.id, community, owner, DRAFT)
    drafts.put(tx, ref, wire.encode(drafting.pack(draft)), call.at)
    return _sketch(tx, draft, call.at)


def _sketch(tx: Transaction, draft: Draft, now: datetime) -> Sketch:
    rule = draft.plan.repeats
    found = _coming(tx, draft.entry, rule, now, SHOWN_TIMES)
    today = now.astimezone(rule.zone).date()
    return Sketch(draft, [each.at for each in found], today)


def _coming(
    tx: Transaction, entry: int | None, rule: Rule, now: datetime, most: int
) -> Sequence[Happening]:
    """Return the next times; on a date that it had already, it does not come again."""
    had: Collection[tuple[date, int]] = ()
    if entry is not None:
        had = occurrences.claimed(tx, entry, now.astimezone(rule.zone).date())
    found = following(rule, now, most + len(had))
    return [each for each in found if (each.on, each.slot) not in had][:most]


def _comes(tx: Transaction, moment: Moment, on: date, now: datetime) -> bool:
    """Return whether it is still to come on a date."""
    rule = moment.rule
    noon = instant(datetime.combine(on, time(12)), rule.zone)
    had = occurrences.claimed(tx, moment.entry, on)
    near = between(rule, max(now, noon - _NEAR), noon + _NEAR)
    return any(each.on == on and (on, each.slot) not in had for each in near)


def _unpack(draft: str, body: str | None) -> Draft:
    return drafting.unpack(draft, drafts.held(body))


def _planned(tx: Transaction, community: Community, entry: int) -> Moment:
    moment = moments.get(tx, community, entry)
    if moment is None:
        raise RuleError("calendar.refused-gone")
    return moment


def _with_next(tx: Transaction, moment: Moment, now: datetime) -> Planned:
    coming = _coming(tx, moment.entry, moment.rule, now, 1)
    return Planned(moment, coming[0] if coming else None)


def _audit(
    tx: Transaction, community: Community, action: str, entry: int, by: Edit
) -> None:
    about = f"calendar_entries:{entry}"
    audit.add(tx, community, audit.Entry(by.by.key, action, about), by.at)
