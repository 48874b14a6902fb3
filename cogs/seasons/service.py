"""How seasons start and end, by hand or by the calendar: units of work.

One ends before the next begins, and its last board is posted then. Nothing is deleted:
a season is a range of dates, and any board of it can be drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule
from cogs.seasons import posts
from storage import audit, calendar, communities, members
from storage.boards import seasons
from storage.boards.periods import Season
from storage.calendar import Entry, Plan
from storage.database import Transaction
from storage.occurrences import Occurrence

BEGINS, CLOSES = "seasons.begins", "seasons.closes"
"""Kinds of what the calendar has Laurel do: a season begins, or is over."""

MAX_NAME_CHARS = 40

MAX_AHEAD = timedelta(days=730)
"""How far ahead a season can be planned."""

_ALL = 1_000
"""More entries than a community can have."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    """A season that begins some day.

    Attributes:
        entry: Id of the calendar's entry that has it begin.
    """

    entry: int
    name: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Begun:
    """A season that begins, now or some day.

    Attributes:
        season: None where it is only planned.

        ended: The one that it follows, where that ended with it.

        told: Whether it is said on the wall; not where there is none.
    """

    season: Season | None
    name: str
    starts_on: date
    ended: Season | None
    told: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """A season whose last date is known.

    Attributes:
        over: Whether that date is past, so that its last board is posted already.
    """

    season: Season
    over: bool
    told: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Every season, and those that are to come.

    Attributes:
        listed: The newest first.

        planned: The soonest first.
    """

    listed: Sequence[Season]
    planned: Sequence[Planned]
    today: date
    desk: bool


@dataclass(frozen=True, slots=True)
class _By:
    """Who acts, and when.

    Attributes:
        key: Of the moderator; None for Laurel itself.
    """

    key: int | None
    call: str
    at: datetime


def start(tx: Transaction, call: Call, name: str, starts_on: date | None) -> Begun:
    """Start a season, or plan one that starts some day.

    Raises:
        RuleError: If another one is in the way, or has that name.
    """
    here = communities.get(tx, call.community)
    today = today_of(here, call.at)
    by = _by(tx, here, call)
    if any(each.name == name for each in planned(tx, here)):
        raise RuleError("seasons.refused-name", "name")
    if starts_on is None or starts_on <= today:
        return _begin(tx, here, name, starts_on or today, by)
    _check_plan(tx, here, name, starts_on, today)
    payload = wire.encode({"ahead": "seasons.ahead", "title": name})
    begins = Rule(datetime.combine(starts_on, time()), here.settings.zone)
    entry = calendar.add(tx, here, Plan(BEGINS, begins, payload), call.at)
    about = f"calendar_entries:{entry.id}"
    dates = {"starts_on": starts_on.isoformat()}
    audit.add(tx, here, audit.Entry(by.key, "seasons.plan", about, dates), call.at)
    told = here.settings.wall is not None
    return Begun(None, name, starts_on, None, told)


def begin(tx: Transaction, due: Occurrence) -> None:
    """Start a season whose day has come, unless another one is in its way by now."""
    here, by = due.community, _By(None, due.key, due.now)
    planned = _planned(due.entry)
    if planned is None:
        return
    try:
        _begin(tx, here, planned.name, planned.starts_on, by)
    except RuleError as error:
        about = f"calendar_entries:{planned.entry}"
        why = {"why": error.code}
        audit.add(tx, here, audit.Entry(None, "seasons.passed", about, why), due.now)


def end(tx: Transaction, call: Call, ends_on: date | None) -> Ended:
    """Say which date is the last of the season that is on.

    Raises:
        RuleError: If none is on, it begins later, or another begins before that.
    """
    here = communities.get(tx, call.community)
    today = today_of(here, call.at)
    open_ = _open(tx, here)
    if open_ is None:
        raise RuleError("seasons.refused-none-open")
    last_on = ends_on or today
    if last_on > today + MAX_AHEAD:
        raise RuleError("seasons.refused-far", "ends_on")
    if any(each.starts_on <= last_on for each in planned(tx, here)):
        raise RuleError("seasons.refused-planned", "ends_on")
    try:
        ended = seasons.end(tx, here, open_, last_on, _by(tx, here, call).key, call.at)
    except RuleError as error:
        raise RuleError(error.code, "ends_on" if ends_on else None) from error
    over, told = last_on < today, here.settings.wall is not None
    if over:
        posts.put_last(tx, here, ended, call.id, call.at)
    else:
        _close_later(tx, here, ended, call.at)
    return Ended(ended, over, told)


def close(tx: Transaction, due: Occurrence) -> None:
    """Post the last board of a season that is over."""
    body = _body(due.entry)
    season = seasons.get(tx, due.community, int(body.get("season", 0)))
    if season is not None:
        posts.put_last(tx, due.community, season, due.key, due.now)


def call_off(tx: Transaction, call: Call, entry: int) -> Planned:
    """Take a season off the calendar that has not begun.

    Raises:
        RuleError: If it is not there any more.
    """
    here = communities.get(tx, call.community)
    found = next((each for each in planned(tx, here) if each.entry == entry), None)
    if found is None:
        raise RuleError("seasons.refused-gone")
    calendar.cancel(tx, here, entry)
    by, about = _by(tx, here, call).key, f"calendar_entries:{entry}"
    audit.add(tx, here, audit.Entry(by, "seasons.unplan", about), call.at)
    return found


def overview(tx: Transaction, call: Call, *, desk: bool) -> Overview:
    """Return the seasons of the actor's community."""
    here = communities.get(tx, call.community)
    today = today_of(here, call.at)
    return Overview(seasons.listed(tx, here), planned(tx, here), today, desk)


def planned(tx: Transaction, here: Community) -> Sequence[Planned]:
    """Return the seasons that begin some day, the soonest first."""
    ahead = (_planned(entry) for entry in calendar.ahead(tx, here, _ALL))
    return [each for each in ahead if each is not None]


def today_of(here: Community, at: datetime) -> date:
    """Return the community's civil date."""
    return at.astimezone(here.settings.zone).date()


def _begin(
    tx: Transaction, here: Community, name: str, starts_on: date, by: _By
) -> Begun:
    """End what is on, post its last board, and start what follows."""
    before = _open(tx, here)
    if before is not None:
        if before.starts_on >= starts_on:
            raise RuleError("seasons.refused-early", "starts_on")
        before = seasons.end(tx, here, before, starts_on - _DAY, by.key, by.at)
    try:
        season = seasons.start(tx, here, name, starts_on, by.key, by.at)
    except RuleError as error:
        raise RuleError(error.code, error.at or "starts_on") from error
    for each in seasons.listed(tx, here)[1:2]:
        posts.put_last(tx, here, each, by.call, by.at)
    told = posts.put_begun(tx, here, season, by.call, by.at)
    return Begun(season, name, starts_on, before, told)


def _check_plan(
    tx: Transaction, here: Community, name: str, starts_on: date, today: date
) -> None:
    if starts_on > today + MAX_AHEAD:
        raise RuleError("seasons.refused-far", "starts_on")
    known, coming = seasons.listed(tx, here), planned(tx, here)
    if any(each.name == name for each in known):
        raise RuleError("seasons.refused-name", "name")
    if any(each.ends_on and each.ends_on >= starts_on for each in known):
        raise RuleError("seasons.refused-overlap", "starts_on")
    if any(each.starts_on == starts_on for each in coming):
        raise RuleError("seasons.refused-planned", "starts_on")


def _open(tx: Transaction, here: Community) -> Season | None:
    known = seasons.listed(tx, here)
    return next((season for season in known if season.ends_on is None), None)


def _close_later(
    tx: Transaction, here: Community, season: Season, now: datetime
) -> None:
    assert season.ends_on is not None  # noqa: S101  it was just set
    closes = Rule(datetime.combine(season.ends_on + _DAY, time()), here.settings.zone)
    payload = wire.encode({"due": "seasons.next-close", "season": season.id})
    calendar.add(tx, here, Plan(CLOSES, closes, payload), now)


def _planned(entry: Entry) -> Planned | None:
    if entry.plan.kind != BEGINS:
        return None
    title = _body(entry).get("title")
    if not isinstance(title, str):
        return None
    return Planned(entry.id, title, entry.plan.rule.start.date())


def _body(entry: Entry) -> Mapping[str, Any]:
    found: Mapping[str, Any] = wire.decode(entry.plan.payload or wire.encode({}))
    return found


def _by(tx: Transaction, here: Community, call: Call) -> _By:
    return _By(members.meet(tx, here, call.actor, call.at).key, call.id, call.at)
