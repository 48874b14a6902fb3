"""When recaps are drafted and posted: calendar entries that follow the settings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.chat import wire
from bot.domain.community import Community, Rhythm, Settings
from bot.domain.recap import Period, one_before
from bot.domain.recurrence import MAX_EXCEPTIONS, Rule, next_after
from bot.domain.rrule import ByDay, Freq, Pattern
from storage import activity, calendar, moments, recap_drafts
from storage.activity import Fact
from storage.calendar import Entry, Plan
from storage.database import Transaction

NOTICE = timedelta(days=1)
"""How long before it is posted a recap is drafted."""

DRAFT_STALE_AFTER = timedelta(hours=23)
"""How late a recap may be drafted; later, it is posted without having been shown."""

_ALL = 1_000
"""More entries than a community can have."""


class Stage(StrEnum):
    """What happens then; also the kinds of the entries."""

    DRAFT = "recaps.draft"
    POST = "recaps.post"


@dataclass(frozen=True, slots=True)
class Planned:
    """A recap that is to come.

    Attributes:
        at: When it is to be posted.

        since: What was given before this is told in none.
    """

    period: Period
    at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Followed:
    """What is different on the calendar.

    Attributes:
        fresh: What comes next of each period whose time is another one.

        entries: Ids of what everybody sees, and is new, changed or gone.
    """

    fresh: Sequence[Planned]
    entries: Sequence[int]


def follow(tx: Transaction, community: Community, now: datetime) -> Followed:
    """Have the calendar be as the settings say; return what it was not before.

    A rule that is as it was goes on as it did.
    """
    there = {
        (entry.plan.kind, period_of(entry)): entry for entry in _entries(tx, community)
    }
    wanted = _periods(community.settings)
    fresh: list[Planned] = []
    entries: list[int] = []
    for period in Period:
        for stage in Stage:
            entry = there.get((stage, period))
            if period not in wanted:
                if entry and calendar.cancel(tx, community, entry.id):
                    entries += [entry.id] if stage is Stage.POST else []
                continue
            # The first of all is seen by moderators a day before, as each one is.
            is_first = entry is None and stage is Stage.POST
            since = now + NOTICE if is_first else now
            rule = _rule(community.settings, period, stage, since)
            changed = _put(tx, community, entry, (period, stage, rule), now)
            if changed and stage is Stage.POST:
                entries.append(changed.id)
                fresh += [each] if (each := planned_of(changed, now)) else []
    for each in fresh:
        recap_drafts.plan_anew(tx, community, each.period, each.at, now)
        if recap_drafts.is_told(tx, community, each.period, each.at):
            pass_over(tx, community, each.period, each.at, now)
    return Followed(fresh, entries)


def pass_over(
    tx: Transaction, community: Community, period: Period, at: datetime, now: datetime
) -> Entry | None:
    """Have no recap stand on the calendar ``at``, where one is to come next.

    Returns what everybody sees otherwise from now on; None where nothing is: what is
    past by ``now`` stands there as what was.
    """
    entry = _posts(tx, community, period)
    following = next_after(entry.plan.rule, now) if entry else None
    if entry is None or following is None or following.at != at:
        return None
    rule = entry.plan.rule
    left_out = sorted({*rule.exceptions, following.on})[-MAX_EXCEPTIONS:]
    without = replace(rule, exceptions=frozenset(left_out))
    body = {**_body(entry), **_saved(entry, now)}
    plan = Plan(entry.plan.kind, without, wire.encode(body))
    return calendar.change(tx, community, entry, plan, now)


def tell(
    tx: Transaction,
    community: Community,
    entry: int,
    actor: int,
    source: str,
    at: datetime,
) -> None:
    """Have whoever shows the calendar look again at ``entry``.

    Args:
        tx: The transaction.
        community: Whose calendar it is.
        entry: Id of what is different.
        actor: Key of the member who caused it.
        source: Id of the call that did.
        at: The instant.
    """
    about = f"calendar_entries:{entry}"
    changed = Fact(moments.CHANGED, actor, None, 0, source, about)
    activity.add(tx, community, changed, at)


def next_of(
    tx: Transaction, community: Community, period: Period, now: datetime
) -> Planned | None:
    """Return the recap of ``period`` that comes next; None where none is to."""
    entry = _posts(tx, community, period)
    return planned_of(entry, now) if entry else None


def planned_of(entry: Entry, now: datetime) -> Planned | None:
    """Return what ``entry`` posts after ``now``."""
    following = next_after(entry.plan.rule, now)
    if following is None:
        return None
    return Planned(period_of(entry), following.at, since_of(entry))


def period_of(entry: Entry) -> Period:
    """Return what the recaps of ``entry`` are of."""
    return Period(_body(entry)["period"])


def since_of(entry: Entry) -> datetime:
    """Return what is told in none of the recaps of ``entry``, being earlier."""
    since: datetime = _body(entry)["since"]
    return since


def _entries(tx: Transaction, community: Community) -> Iterator[Entry]:
    for entry in calendar.ahead(tx, community, _ALL):
        if entry.plan.kind in set(Stage):
            yield entry


def _posts(tx: Transaction, community: Community, period: Period) -> Entry | None:
    for entry in _entries(tx, community):
        if entry.plan.kind == Stage.POST and period_of(entry) is period:
            return entry
    return None


def _saved(entry: Entry | None, now: datetime) -> dict[str, object]:
    """Return what calendar programs tell by that something is not as it was."""
    before = _body(entry).get("version", 1) if entry else 0
    return {"version": before + 1, "changed_at": now}


def _body(entry: Entry) -> Mapping[str, Any]:
    body: Mapping[str, Any] = wire.decode(entry.plan.payload)
    return body


def _periods(settings: Settings) -> tuple[Period, ...]:
    if settings.wall is None or settings.recaps is Rhythm.OFF:
        return ()
    return tuple(Period) if settings.recaps is Rhythm.BOTH else (Period.WEEK,)


def _rule(settings: Settings, period: Period, stage: Stage, now: datetime) -> Rule:
    """Return when it happens from ``now`` on, on the community's clocks."""
    local = now.astimezone(settings.zone).replace(tzinfo=None)
    start = datetime.combine(local.date(), settings.recaps_at)
    if start < local:
        start += timedelta(days=1)
    weekday = settings.recaps_weekday
    if stage is Stage.DRAFT:
        weekday = (weekday - NOTICE.days) % 7
    return Rule(
        start=start,
        zone=settings.zone,
        pattern=_pattern(period, stage, weekday),
    )


def _pattern(period: Period, stage: Stage, weekday: int) -> Pattern:
    if period is Period.WEEK:
        return Pattern(Freq.WEEKLY, days=(ByDay(0, weekday),))
    if stage is Stage.POST:
        return Pattern(Freq.MONTHLY, days=(ByDay(1, weekday),))
    # The day before the first Friday of a month is its first Thursday, unless the
    # Friday is the first: then it is the last day of the month before.
    return Pattern(
        Freq.MONTHLY, month_days=(-1, 1, 2, 3, 4, 5, 6), days=(ByDay(0, weekday),)
    )


def _put(
    tx: Transaction,
    community: Community,
    entry: Entry | None,
    wanted: tuple[Period, Stage, Rule],
    now: datetime,
) -> Entry | None:
    """Add or change an entry, and return it; None where it is as it was."""
    period, stage, rule = wanted
    if entry is not None and _is_same(entry.plan.rule, rule):
        return None
    following = next_after(rule, now)
    since = now  # where nothing ever comes, nothing is told
    if entry is not None:
        since = since_of(entry)
    elif following is not None:
        # What moved people to set it up is told as well.
        before = one_before(period, community.settings.zone, following.at)
        since = min(before, now - NOTICE)
    body = {"period": period, "since": since, **_saved(entry, now)}
    # What is posted stands on everybody's calendar, and its draft in nobody's.
    name = "ahead" if stage is Stage.POST else "due"
    body[name] = f"recaps.{name}-{period}"
    plan = Plan(stage, rule, wire.encode(body))
    if entry is None:
        return calendar.add(tx, community, plan, now)
    return calendar.change(tx, community, entry, plan, now)


def _is_same(one: Rule, other: Rule) -> bool:
    """Return whether two rules differ in nothing but the date from which they hold."""
    return (one.start.time(), one.zone.key, one.pattern) == (
        other.start.time(),
        other.zone.key,
        other.pattern,
    )
