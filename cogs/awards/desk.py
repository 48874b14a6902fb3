"""The sheet on which moderators write an award down, one form for each of its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Annotated

from bot.chat import fields, sheets
from bot.chat.clip import clip
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTION_CHARS, MAX_OPTIONS
from bot.chat.responses import Call, Replace, Response
from bot.chat.routes import action, lookup
from bot.chat.text import Quote, phrase
from bot.domain.awards import (
    MAX_ABOUT_CHARS,
    MAX_CRITERIA,
    MAX_DAYS,
    MAX_NAME_CHARS,
    MAX_PER_MEMBER,
    MAX_QUORUM,
    MAX_ROUNDS,
    MAX_WINNERS,
    Decider,
    Standard,
    Window,
    check_window,
)
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import RoleRef
from cogs.awards import cards, drafting, planner, sheet
from cogs.awards.drafting import CLOSES_AT, OPENS_AT, Plan
from cogs.awards.planner import Overtaken, Sketch
from storage.database import Database

MAX_ITEMS_CHARS = 1_500
"""What the form takes for all items together: room for bullets and blank lines."""

AT_ONCE = "0"

_NUMBERS = tuple(map(str, range(1, MAX_CRITERIA + 1)))

_OneRole = Annotated[RoleRef | None, fields.Role()]


class AwardDesk:
    """An award in its parts, changed singly and saved at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @action(role=Role.MODERATOR)
    async def change(self, call: Call, draft: str, part: str) -> Response:
        """Open the form of one part, filled with what is drafted."""
        sketch = await self._database.read(planner.opened, call, draft)
        return sheets.form("awards", draft, part, sheet.answers(sketch))

    @action(role=Role.MODERATOR)
    async def words(
        self,
        call: Call,
        draft: str,
        name: Annotated[str, fields.Text(max_chars=MAX_NAME_CHARS)],
        about: Annotated[
            str | None, fields.Text(max_chars=MAX_ABOUT_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft what it is called, and what it is for."""

        def change(plan: Plan, _sketch: Sketch) -> Plan:
            standard = replace(plan.standard, about=about or "")
            return replace(plan, name=name, standard=standard)

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def items(
        self,
        call: Call,
        draft: str,
        items: Annotated[
            str | None, fields.Text(max_chars=MAX_ITEMS_CHARS, multiline=True)
        ] = None,
        required: Annotated[
            tuple[str, ...] | None, fields.Checks(options=_NUMBERS)
        ] = None,
        welcome: Annotated[
            tuple[str, ...] | None, fields.Checks(options=_NUMBERS)
        ] = None,
    ) -> Response:
        """Draft what is checked, and where evidence is required or welcome."""

        def change(plan: Plan, _sketch: Sketch) -> Plan:
            text = items or ""
            return drafting.with_items(plan, text, required or (), welcome or ())

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def eligible(
        self,
        call: Call,
        draft: str,
        days: Annotated[int, fields.Integer(maximum=MAX_DAYS)],
        rounds: Annotated[int, fields.Integer(maximum=MAX_ROUNDS)],
    ) -> Response:
        """Draft how long somebody must have been there, and how long winners wait."""

        def change(standard: Standard) -> Standard:
            return replace(standard, min_days=days, not_won_in=rounds)

        return await self._asks(call, draft, change)

    @action(role=Role.MODERATOR)
    async def roles(  # noqa: PLR0913, PLR0917  five questions, as a form has
        self,
        call: Call,
        draft: str,
        first: _OneRole = None,
        second: _OneRole = None,
        third: _OneRole = None,
        fourth: _OneRole = None,
        fifth: _OneRole = None,
    ) -> Response:
        """Draft of which roles somebody must hold one."""
        given = dict(
            zip(sheet.ROLE_FIELDS, (first, second, third, fourth, fifth), strict=True)
        )
        for field, role in given.items():
            if role is not None and role.community != call.community:
                raise RuleError("awards.refused-role", field)
        chosen = tuple(dict.fromkeys(role for role in given.values() if role))

        def change(standard: Standard) -> Standard:
            return replace(standard, roles=chosen)

        return await self._asks(call, draft, change)

    @action(role=Role.MODERATOR)
    async def deciding(  # noqa: PLR0913, PLR0917  five questions, as a form has
        self,
        call: Call,
        draft: str,
        winners: Annotated[int, fields.Integer(minimum=1, maximum=MAX_WINNERS)],
        decider: Annotated[str, fields.Choice(options=tuple(Decider))],
        quorum: Annotated[int, fields.Integer(minimum=1, maximum=MAX_QUORUM)],
        blind: Annotated[bool, fields.YesNo()],
        nominations: Annotated[int, fields.Integer(minimum=1, maximum=MAX_PER_MEMBER)],
    ) -> Response:
        """Draft how many win, who decides, and how many one member may nominate."""

        def change(standard: Standard) -> Standard:
            return replace(
                standard,
                winners=winners,
                decider=Decider(decider),
                quorum=quorum,
                blind=blind,
                per_member=nominations,
            )

        return await self._asks(call, draft, change)

    @action(role=Role.MODERATOR)
    async def window(
        self,
        call: Call,
        draft: str,
        opens_on: Annotated[date | None, fields.Date()] = None,
        opens_at: Annotated[time | None, fields.Time()] = None,
        closes_on: Annotated[date | None, fields.Date()] = None,
        closes_at: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Draft when it opens and closes by itself."""

        def change(plan: Plan, sketch: Sketch) -> Plan:
            zone = sketch.community.settings.zone
            opens = drafting.moment_of(opens_on, opens_at, OPENS_AT, zone, "opens_on")
            closes = drafting.moment_of(
                closes_on, closes_at, CLOSES_AT, zone, "closes_on"
            )
            window = Window(opens, closes)
            check_window(window, call.at)
            if sketch.draft.is_open and opens is not None:
                raise RuleError("awards.refused-open", "opens_on")
            return replace(plan, window=window)

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def announcing(
        self,
        call: Call,
        draft: str,
        moment: Annotated[str, fields.Choice(lookup="awards.moments")],
    ) -> Response:
        """Draft when winners are announced: at once, or in a moment of the calendar."""
        if not moment.isascii() or not moment.isdecimal():
            raise RuleError("awards.refused-moment", "moment")
        entry = None if moment == AT_ONCE else int(moment[:18])
        sketch = await self._database.write(planner.with_moment, call, draft, entry)
        return Replace(sheet.sheet(sketch))

    @action(role=Role.MODERATOR)
    async def save(self, call: Call, draft: str) -> Response:
        """Put the draft in force, unless somebody was faster."""
        done = await self._database.write(planner.save, call, draft)
        if isinstance(done, Overtaken):
            return Replace(sheet.overtaken(done))
        return Replace(sheet.saved(done))

    @action(role=Role.MODERATOR)
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget what is drafted."""
        await self._database.write(planner.drop, call, draft)
        return Replace(cards.note("awards.dropped"))

    @action(role=Role.MODERATOR)
    async def restart(self, call: Call, draft: str) -> Response:
        """Drop the draft and begin anew with what is in force."""
        fresh = await self._database.write(planner.restart, call, draft)
        return Replace(sheet.sheet(fresh))

    @lookup("awards.moments")
    async def moments(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return when winners can be announced: at once first, then the soonest."""
        wanted = typed.casefold()
        found = await self._database.read(planner.moments_of, call)
        fitting = (each for each in found if wanted in each.title.casefold())
        at_once = Suggestion(AT_ONCE, phrase("awards.at-once"))
        named = (
            Suggestion(str(each.entry), Quote(clip(each.title, MAX_OPTION_CHARS)))
            for each in fitting
        )
        return [at_once, *named][:MAX_OPTIONS]

    async def _asks(
        self, call: Call, draft: str, change: Callable[[Standard], Standard]
    ) -> Response:
        def changed(plan: Plan, _sketch: Sketch) -> Plan:
            return replace(plan, standard=change(plan.standard))

        return await self._changed(call, draft, changed)

    async def _changed(
        self, call: Call, draft: str, change: Callable[[Plan, Sketch], Plan]
    ) -> Response:
        sketch = await self._database.write(planner.change, call, draft, change)
        return Replace(sheet.sheet(sketch))
