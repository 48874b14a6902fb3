"""What a moderator has written down so far: no chat, no clock, no disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import recurrence, rrule
from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import ChannelRef
from cogs.calendar import repeats
from cogs.calendar.repeats import Repeat, Said
from storage.moments import MAX_LASTS, Moment, MomentKind
from storage.planning import Wanted

SHOWN_TIMES = 5

KINDS = (MomentKind.MOMENT, MomentKind.WEEK, MomentKind.WINDOW)
"""What moderators plan."""

USUAL = {
    MomentKind.MOMENT: timedelta(hours=1),
    MomentKind.WEEK: timedelta(days=7),
    MomentKind.WINDOW: timedelta(days=7),
}
"""How long each lasts where nobody says."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be on the calendar.

    Attributes:
        start: Wall time in ``zone``.

        zone: IANA name.

        rule: As an RRULE; empty for once.

        exceptions: Local dates that are left out.
    """

    kind: str
    title: str
    about: str
    channel: ChannelRef | None
    lasts: timedelta
    start: datetime
    zone: str
    rule: str = ""
    exceptions: tuple[date, ...] = ()

    @property
    def repeats(self) -> Rule:
        """When it happens.

        Raises:
            RuleError: If zone or rule cannot be read.
        """
        zone = zone_named(self.zone)
        pattern = rrule.parse(self.rule, zone) if self.rule else None
        return Rule(self.start, zone, pattern, frozenset(self.exceptions))

    @property
    def wanted(self) -> Wanted:
        """It as the calendar takes it."""
        return Wanted(
            kind=MomentKind(self.kind),
            title=self.title,
            about=self.about,
            channel=self.channel,
            lasts=self.lasts,
            rule=self.repeats,
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan on its way.

    Attributes:
        entry: What it changes; None where it is new.

        version: Of what it changes, when it was begun; 0 where it is new.
    """

    id: str
    plan: Plan
    entry: int | None = None
    version: int = 0


def plan_of(moment: Moment) -> Plan:
    """Return what ``moment`` is, to be changed."""
    rule = moment.rule
    return Plan(
        kind=str(moment.kind),
        title=moment.title,
        about=moment.about,
        channel=moment.channel,
        lasts=moment.lasts,
        start=rule.start,
        zone=rule.zone.key,
        rule=str(rule.pattern) if rule.pattern else "",
        exceptions=tuple(sorted(rule.exceptions)),
    )


def with_start(plan: Plan, on: date, at: time, zone: ZoneInfo) -> Plan:
    """Return ``plan`` with another start; a weekday that was its own moves along."""
    start = datetime.combine(on, at.replace(second=0, microsecond=0))
    moved = replace(plan, start=start, zone=zone.key)
    said = repeats.said_of(plan.repeats)
    own = said.how is Repeat.OWN
    return moved if own else with_repeat(moved, repeats.moved(said, plan.start.date()))


def with_repeat(plan: Plan, said: Said) -> Plan:
    """Return ``plan`` as often as ``said``.

    Raises:
        RuleError: If it cannot be read, or says too little.
    """
    pattern = repeats.pattern_of(said, plan.start, zone_named(plan.zone))
    return replace(plan, rule=str(pattern) if pattern else "")


def with_kind(plan: Plan, kind: MomentKind, now: datetime) -> Plan:
    """Return ``plan`` as another kind; a length that was only usual goes with it.

    Raises:
        RuleError: If it would come again before it is over.
    """
    other = replace(plan, kind=kind)
    if plan.lasts == usual_length(plan, now):
        other = replace(other, lasts=usual_length(other, now))
    check_length(other, now)
    return other


def put_back(plan: Plan, on: date) -> Plan:
    """Return ``plan`` with a date that was left out."""
    left_out = tuple(each for each in plan.exceptions if each != on)
    return replace(plan, exceptions=left_out)


def usual_length(plan: Plan, now: datetime) -> timedelta:
    """Return how long ``plan`` lasts where nobody says, over before it comes again.

    A theme of every Monday has seven days, and a daily one has a day.
    """
    times = recurrence.following(plan.repeats, now, SHOWN_TIMES)
    apart = (b.at - a.at for a, b in pairwise(times))
    return min((USUAL[MomentKind(plan.kind)], *apart))


def check(plan: Plan, now: datetime) -> None:
    """See that ``plan`` comes at all, and is over before it comes again.

    Raises:
        RuleError: If it is not so.
    """
    recurrence.check(plan.repeats, now)
    check_length(plan, now)


def check_length(plan: Plan, now: datetime) -> None:
    """See that ``plan`` is over before it comes again.

    Raises:
        RuleError: If it is not; moments alone may overlap.
    """
    if plan.lasts > MAX_LASTS:
        raise RuleError("calendar.refused-length", "lasts", days=MAX_LASTS.days)
    if plan.kind == MomentKind.MOMENT:
        return
    times = recurrence.following(plan.repeats, now, SHOWN_TIMES)
    if any(b.at - a.at < plan.lasts for a, b in pairwise(times)):
        raise RuleError("calendar.refused-overlap", "lasts")


@contextmanager
def asked_as(**questions: str) -> Iterator[None]:
    """Have what is refused be said beside the questions of a form.

    Each is named for what a rule calls it; what the form does not ask has no place.
    """
    try:
        yield
    except RuleError as rule:
        at = questions.get(rule.at or "")
        raise RuleError(rule.code, at, **rule.values) from None


def pack(draft: Draft) -> Mapping[str, object]:
    """Return ``draft`` as it is kept."""
    plan = {each.name: getattr(draft.plan, each.name) for each in fields(Plan)}
    return {"plan": plan, "entry": draft.entry, "version": draft.version}


def unpack(draft: str, packed: Mapping[str, Any]) -> Draft:
    """Return what `pack` was given."""
    return Draft(draft, Plan(**packed["plan"]), packed["entry"], packed["version"])
