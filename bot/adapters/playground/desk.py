"""Runs what a member does, and settles what Laurel answers."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import assert_never

from bot.adapters.playground import answers, lines, lookups
from bot.adapters.playground.answers import Filled
from bot.adapters.playground.calls import call_of
from bot.adapters.playground.forms import (
    Blank,
    Form,
    draw_form,
    label_of,
)
from bot.adapters.playground.held import fill
from bot.adapters.playground.records import Post
from bot.adapters.playground.reply import Replies
from bot.adapters.playground.visit import Visit
from bot.chat.adapter import Dispatch
from bot.chat.fields import Suggestion
from bot.chat.message import Action, UnknownActionError
from bot.chat.responses import Ask, Refuse, Replace, Response, Say
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, Quote, phrase

_OPERATION = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NOTHING = Filled()


class ClosedError(Exception):
    """Nobody answers: the bot starts, or stops."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doing:
    """What a member does: which route, with what, and from which message.

    Attributes:
        id: The operation, as the form or the press named it.

        answers: None where a button was pressed and nothing has been asked yet.

        blank: The form that was filled in; None where there was none.

        pressed: The post whose button was pressed.

        target: The post that a message action was chosen on.
    """

    id: str
    action: Action
    answers: Mapping[str, object] | None = None
    filled: Filled = field(default_factory=Filled)
    blank: Blank | None = None
    pressed: Post | None = None
    target: Post | None = None


def fresh_id() -> str:
    """Return the id of an operation that nobody has begun yet."""
    return secrets.token_urlsafe(16)


def operation(named: str) -> str:
    """Return the id that a browser gave to what it sent, or a fresh one."""
    return named if _OPERATION.fullmatch(named) else fresh_id()


class Desk:
    """The door between the page and the cogs."""

    def __init__(self, replies: Replies) -> None:
        self._replies = replies
        self._table: RouteTable | None = None
        self._run: Dispatch | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def open(self, table: RouteTable, run: Dispatch) -> None:
        """Begin to pass on what members do."""
        self._table, self._run = table, run

    async def close(self, patience_s: float) -> None:
        """Take nothing new and let what is under way finish, within ``patience_s``."""
        self._run = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience_s):
                await self._idle.wait()

    @property
    def table(self) -> RouteTable:
        """What the bot can do.

        Raises:
            ClosedError: If nobody answers.
        """
        if self._table is None:
            raise ClosedError
        return self._table

    def commands(self, visit: Visit) -> tuple[RouteSpec, ...]:
        """Return the commands that the member's role may use."""
        return tuple(r for r in self.table.commands if r.role <= visit.person.role)

    def message_actions(self, visit: Visit) -> tuple[RouteSpec, ...]:
        """Return what stands in the menu of every message for the member."""
        listed = self.table.message_actions
        return tuple(r for r in listed if r.role <= visit.person.role)

    async def suggest(
        self, visit: Visit, lookup: str, typed: str
    ) -> Sequence[Suggestion]:
        """Return what a lookup finds for the member."""
        run = self._answering()
        return await run.suggest(lookup, call_of(visit, fresh_id(), None, ""), typed)

    async def say(self, visit: Visit, text: str, named: str) -> Form | None:
        """Post what was typed; or run it, where it is a command.

        Returns the form that the command still needs, if any.
        """
        if not text.startswith("/"):
            await self._replies.said(visit, text, named)
            return None
        found = lines.route_of(text, self.commands(visit))
        if found is None:
            reason = phrase("playground.unknown-command")
            await self._replies.note(visit, reason, named)
            return None
        return await self._typed(visit, *found, Doing(id=named, action=Action("")))

    async def _typed(
        self, visit: Visit, route: RouteSpec, rest: str, doing: Doing
    ) -> Form | None:
        known = lines.Known(
            visit.directory,
            visit.person,
            label_of(visit, route),
            await lookups.labels(self.suggest, visit, route) if "#" in rest else {},
        )
        typed = lines.parse(route, rest, known)
        given = answers.read(route.fields, typed.filled, visit.directory, visit.person)
        blank = Blank(fresh_id(), Action(route.key), "composer")
        if typed.rest or typed.guessed or given.errors:
            errors = {n: e for n, e in given.errors.items() if n in typed.filled.words}
            if typed.rest:
                errors[""] = phrase("forms.not-placed", words=Quote(typed.rest))
            filled = await lookups.labelled(self.suggest, visit, route, typed.filled)
            return await self._form(visit, route, blank, filled, errors)
        done = replace(
            doing,
            action=blank.action,
            answers=given.values,
            filled=typed.filled,
            blank=blank,
        )
        return await self._do(visit, done, "")

    def begin(self, visit: Visit, command: str) -> Form | None:
        """Return the form of a command of the member's; None where there is none."""
        for route in self.commands(visit):
            if route.command == command:
                blank = Blank(fresh_id(), Action(route.key), "composer")
                return draw_form(visit, route, blank, _NOTHING)
        return None

    async def submit(
        self, visit: Visit, doing: Doing, blank: Blank, filled: Filled, origin: str
    ) -> Form | None:
        """Run what a form was filled in for; return the form to be shown next."""
        done = replace(doing, action=blank.action, blank=blank, filled=filled)
        route = self.table.routes.get(blank.action.route)
        asked = route.fields if route else ()
        given = answers.read(asked, filled, visit.directory, visit.person)
        if route and given.errors:
            return await self._again(visit, route, done, given.errors)
        return await self._do(visit, replace(done, answers=given.values), origin)

    async def press(
        self, visit: Visit, wire: str, doing: Doing, origin: str
    ) -> Form | None:
        """Do what a button, an option or a menu entry does."""
        try:
            action = Action.decode(wire)
        except UnknownActionError:
            unknown = phrase("common.unknown-button")
            await self._replies.note(visit, unknown, doing.id)
            return None
        return await self._do(visit, replace(doing, action=action), origin)

    async def _do(self, visit: Visit, doing: Doing, origin: str) -> Form | None:
        run = self._answering()
        call = call_of(visit, doing.id, doing.target, origin)
        args = tuple(map(str, doing.action.args))
        async with self._busy():
            response = await run(doing.action.route, call, args, doing.answers)
            return await self._settle(visit, doing, response)

    async def _settle(
        self, visit: Visit, doing: Doing, response: Response
    ) -> Form | None:
        route = self.table.routes.get(doing.action.route)
        private = route is None or route.private
        match response:
            case Say() as said:
                await self._replies.answer(visit, said, doing.id, private=private)
            case Replace() as said:
                await self._replies.redraw(visit, said, doing.pressed, doing.id)
            case Ask(action=action, draft=draft):
                asked = self.table.routes[action.route]
                blank = replace(_blank(doing), action=action)
                filled = await lookups.labelled(self.suggest, visit, asked, fill(draft))
                return await self._form(visit, asked, blank, filled)
            case Refuse(reason=reason, at=at):
                return await self._refuse(visit, doing, reason, at)
            case _ as never:
                assert_never(never)
        return None

    async def _refuse(
        self, visit: Visit, doing: Doing, reason: Phrase, at: str | None
    ) -> Form | None:
        route = self.table.routes.get(doing.action.route)
        if route and at in {each.name for each in route.fields}:
            if doing.blank is not None:
                return await self._again(visit, route, doing, {str(at): reason})
            if doing.answers is None:  # a button for a command that asks something
                return await self._form(visit, route, _blank(doing), _NOTHING)
        await self._replies.note(visit, reason, doing.id)
        return None

    async def _again(
        self, visit: Visit, route: RouteSpec, doing: Doing, errors: Mapping[str, Phrase]
    ) -> Form:
        """Return the form as it was filled in, to be corrected and sent anew."""
        place = doing.blank.place if doing.blank else "dialog"
        blank = replace(_blank(doing), place=place)
        return await self._form(visit, route, blank, doing.filled, errors)

    async def _form(
        self,
        visit: Visit,
        route: RouteSpec,
        blank: Blank,
        filled: Filled,
        errors: Mapping[str, Phrase] = MappingProxyType({}),
    ) -> Form:
        """Return a form, with the boxes that are looked up for it."""
        boxes = await lookups.boxes(self.suggest, visit, route, blank.action)
        return draw_form(visit, route, blank, filled, errors, boxes)

    def _answering(self) -> Dispatch:
        if self._run is None:
            raise ClosedError
        return self._run

    @contextlib.asynccontextmanager
    async def _busy(self) -> AsyncIterator[None]:
        self._under_way += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._idle.set()


def _blank(doing: Doing) -> Blank:
    """Return a new form that remembers which messages it was opened from."""
    return Blank(
        fresh_id(),
        doing.action,
        pressed=str(doing.pressed.id) if doing.pressed else "",
        target=str(doing.target.id) if doing.target else "",
    )
