"""``/moment``: how moderators plan what is on the calendar."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Annotated

from bot.chat import fields, sheets, zones
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.chat.text import Day
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from cogs.calendar import drafting, planner, sheet
from cogs.calendar.drafting import KINDS, Plan
from cogs.calendar.planner import Idea
from cogs.calendar.repeats import WEEKDAYS, Nth, Repeat, Said
from storage.database import Database
from storage.moments import MAX_LASTS, MomentKind

MAX_TITLE_CHARS = 80
MAX_ABOUT_CHARS = 600
MAX_RULE_CHARS = 500

MAX_MINUTES = MAX_LASTS // timedelta(minutes=1)

PRESETS = tuple(repeat for repeat in Repeat if repeat is not Repeat.OWN)

_Which = Annotated[str, fields.Choice(lookup="calendar.planned")]


class MomentCog:
    """Moments, themed weeks and windows, planned in drafts that show what comes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("moment add", role=Role.MODERATOR)
    async def add(
        self,
        call: Call,
        on: Annotated[date, fields.Date()],
        at: Annotated[time, fields.Time()],
        name: Annotated[str, fields.Text(max_chars=MAX_TITLE_CHARS)],
        repeat: Annotated[str | None, fields.Choice(options=PRESETS)] = None,
        kind: Annotated[str | None, fields.Choice(options=KINDS)] = None,
    ) -> Response:
        """Draft something new, and show when it would come."""
        idea = Idea(
            on=on,
            at=at,
            title=name,
            repeat=Repeat(repeat or Repeat.ONCE),
            kind=MomentKind(kind or MomentKind.MOMENT),
        )
        sketch = await self._database.write(planner.begin, call, idea)
        return Say(sheet.sheet(sketch))

    @action(role=Role.MODERATOR)
    async def new(self, _call: Call, slot: str) -> Response:
        """Open the form for something new, at the time that was suggested."""
        return Ask(Action("calendar.add"), _suggested(slot))

    @command("moment edit", role=Role.MODERATOR)
    async def edit(self, call: Call, which: _Which) -> Response:
        """Draft something that is planned anew."""
        sketch = await self._database.write(planner.edit, call, _entry(which))
        return Say(sheet.sheet(sketch))

    @command("moment cancel", role=Role.MODERATOR)
    async def cancel(self, call: Call, which: _Which) -> Response:
        """Ask how much of something is to be taken off."""
        found, dates = await self._database.read(planner.offered, call, _entry(which))
        return Say(sheet.taking_off(found, dates))

    @action(role=Role.MODERATOR)
    async def form(self, call: Call, draft: str, part: str) -> Response:
        """Open the form of one part, filled with what is drafted."""
        standing = await self._database.read(planner.opened, call, draft)
        return sheets.form("calendar", draft, part, sheet.answers(standing.plan))

    @action(role=Role.MODERATOR)
    async def words(
        self,
        call: Call,
        draft: str,
        name: Annotated[str, fields.Text(max_chars=MAX_TITLE_CHARS)],
        about: Annotated[
            str | None, fields.Text(max_chars=MAX_ABOUT_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft what it is called, and what is said about it."""

        def change(plan: Plan) -> Plan:
            return replace(plan, title=name, about=about or "")

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def time(
        self,
        call: Call,
        draft: str,
        on: Annotated[date, fields.Date()],
        at: Annotated[time, fields.Time()],
        city: Annotated[str, fields.Text(max_chars=60)],
    ) -> Response:
        """Draft when it is for the first time, and on whose clock."""
        zone = zones.resolve(city, "city")

        def change(plan: Plan) -> Plan:
            with drafting.asked_as(start="on", zone="city"):
                moved = drafting.with_start(plan, on, at, zone)
                drafting.check(moved, call.at)
            return moved

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def repeat(  # noqa: PLR0913, PLR0917  five questions, as a form has
        self,
        call: Call,
        draft: str,
        how: Annotated[str, fields.Choice(options=tuple(Repeat))],
        weekdays: Annotated[
            tuple[str, ...] | None, fields.Checks(options=WEEKDAYS)
        ] = None,
        nth: Annotated[str | None, fields.Choice(options=tuple(Nth))] = None,
        until: Annotated[date | None, fields.Date()] = None,
        rule: Annotated[str | None, fields.Text(max_chars=MAX_RULE_CHARS)] = None,
    ) -> Response:
        """Draft how often it comes, by what people say or by a rule of their own."""
        said = Said(
            how=Repeat(how),
            weekdays=weekdays or (),
            nth=Nth(nth) if nth else None,
            until=until,
            rule=rule or "",
        )

        def change(plan: Plan) -> Plan:
            with drafting.asked_as(rule="rule" if rule else "how", weekdays="weekdays"):
                repeated = drafting.with_repeat(plan, said)
                drafting.check(repeated, call.at)
            return repeated

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def place(
        self,
        call: Call,
        draft: str,
        channel: Annotated[ChannelRef | None, fields.Channel()] = None,
        lasts: Annotated[
            timedelta | None, fields.Duration(max_minutes=MAX_MINUTES)
        ] = None,
    ) -> Response:
        """Draft where it is said, and how long it lasts."""
        if channel is not None and channel.community != call.community:
            raise RuleError("calendar.refused-channel", "channel")
        change = partial(_placed, channel=channel, lasts=lasts, now=call.at)
        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def become(self, call: Call, draft: str, kind: str) -> Response:
        """Draft it as something of another kind."""
        if kind not in KINDS:
            raise RuleError("common.unknown-button")
        wanted = MomentKind(kind)

        def change(plan: Plan) -> Plan:
            with drafting.asked_as():
                return drafting.with_kind(plan, wanted, call.at)

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def put_back(self, call: Call, draft: str, day: str) -> Response:
        """Draft it with a date that was left out."""
        on = _day(day)
        return await self._changed(call, draft, lambda p: drafting.put_back(p, on))

    @action(role=Role.MODERATOR)
    async def save(self, call: Call, draft: str) -> Response:
        """Put what is drafted on the calendar."""
        done = await self._database.write(planner.save, call, draft)
        return Replace(sheet.saved(done))

    @action(role=Role.MODERATOR)
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget what is drafted."""
        await self._database.write(planner.drop, call, draft)
        return Replace(sheet.note("calendar.dropped"))

    @action(role=Role.MODERATOR)
    async def skip(self, call: Call, entry: int, day: str) -> Response:
        """Leave out one of the next times."""
        with drafting.asked_as():
            return await self._without(call, entry, _day(day))

    @action(role=Role.MODERATOR)
    async def another(self, call: Call, entry: int) -> Response:
        """Open the form for a time that is farther off."""
        await self._database.read(planner.planned, call, entry)
        return Ask(Action("calendar.without", (entry,)))

    @action(role=Role.MODERATOR)
    async def without(
        self, call: Call, entry: int, on: Annotated[date, fields.Date()]
    ) -> Response:
        """Leave out whichever time."""
        return await self._without(call, entry, on)

    @action(role=Role.MODERATOR)
    async def take_off(self, call: Call, entry: int) -> Response:
        """Take something off the calendar."""
        moment = await self._database.write(planner.take_off, call, entry)
        return Replace(sheet.note("calendar.taken-off", title=moment.name))

    @action(role=Role.MODERATOR)
    async def leave(self, _call: Call) -> Response:
        """Leave everything as it is."""
        return Replace(sheet.note("calendar.left"))

    @lookup("calendar.planned")
    async def planned(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return what can be changed, the soonest first."""
        wanted = typed.casefold()
        found = await self._database.read(planner.every, call)
        return [
            Suggestion(str(each.moment.entry), sheet.one_line(each))
            for each in found
            if wanted in each.moment.title.casefold()
        ][:MAX_OPTIONS]

    async def _without(self, call: Call, entry: int, on: date) -> Response:
        done = await self._database.write(planner.skip, call, entry, on)
        name = done.moment.name
        return Replace(sheet.note("calendar.skipped", on=Day(on), title=name))

    async def _changed(
        self, call: Call, draft: str, change: Callable[[Plan], Plan]
    ) -> Response:
        sketch = await self._database.write(planner.change, call, draft, change)
        return Replace(sheet.sheet(sketch))


def _placed(
    plan: Plan, *, channel: ChannelRef | None, lasts: timedelta | None, now: datetime
) -> Plan:
    length = lasts or drafting.usual_length(plan, now)
    placed = replace(plan, channel=channel, lasts=length)
    with drafting.asked_as(lasts="lasts"):
        drafting.check_length(placed, now)
    return placed


def _day(told: str) -> date:
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise RuleError("common.unknown-button") from None


def _entry(which: str) -> int:
    if not which.isascii() or not which.isdecimal():
        raise RuleError("calendar.refused-gone", "which")
    return int(which[:18])


def _suggested(slot: str) -> dict[str, object]:
    if not slot:
        return {}
    try:
        at = datetime.fromisoformat(slot)
    except ValueError:
        raise RuleError("common.unknown-button") from None
    return {"on": at.date(), "at": at.time()}
