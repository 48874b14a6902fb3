"""What an interaction asks for, and how it comes to its answer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

from bot.adapters.discord.answering import Answer, Answering
from bot.adapters.discord.commands import asks_in_form
from bot.adapters.discord.incoming import (
    Asked,
    Typing,
    Unknown,
    call_of,
    in_guild,
    read,
)
from bot.adapters.discord.raw import Json
from bot.adapters.discord.reply import KEPT
from bot.adapters.discord.uploads import Fetch, hand_over
from bot.chat.adapter import Dispatch, Memory
from bot.chat.catalogue import Catalogue
from bot.chat.refusals import sentence
from bot.chat.responses import Ask, Call, Refuse, Replace, Response, Say
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, phrase

_COMMAND = 2


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to be done for whoever waits for an answer.

    Attributes:
        may_ask: Whether a form may open, as far as is known.

        private: Whether the answer will be theirs alone, as far as is known.

        call: None where nobody in a community asks.
    """

    answer: Coroutine[Any, Any, Answer]
    may_ask: bool = False
    private: bool = True
    call: Call | None = None


class Errands:
    """Reads interactions and runs what they ask for."""

    def __init__(
        self,
        answering: Answering,
        memory: Memory,
        table: RouteTable,
        run: Dispatch,
        clock: Callable[[], datetime],
    ) -> None:
        self.answering = answering
        self._memory = memory
        self._table = table
        self._run = run
        self._clock = clock
        self._askers: set[str] = set()

    def of(self, raw: Json, catalogue: Catalogue, fetch: Fetch) -> Errand:
        """Return what ``raw`` asks for, not begun.

        Raises:
            MalformedError: If it is not as Discord documents it.
        """
        if not in_guild(raw):
            return self._told(raw, phrase("discord.only-in-servers"))
        call = call_of(raw, catalogue, self._clock())
        if (form_id := _kept_form(raw)) is not None:
            again = self._opened_again(call, form_id)
            return Errand(again, may_ask=True, call=call)
        match read(raw, self._table, catalogue):
            case Asked() as asked:
                return self._run_for(raw, call, asked, fetch)
            case Unknown(what="command"):
                return self._told(raw, phrase("discord.unknown-command"))
            case Unknown(what="form"):
                return self._told(raw, phrase("forms.unknown-form"))
            case Unknown():
                return self._told(raw, phrase("common.unknown-button"))
            case Typing():
                raise AssertionError("whoever types is answered with options")
            case _ as never:
                assert_never(never)

    def options(
        self, raw: Json, catalogue: Catalogue
    ) -> Coroutine[Any, Any, list[Json]] | None:
        """Return what finds the options for whoever types; None where none are.

        Raises:
            MalformedError: If ``raw`` is not as Discord documents it.
        """
        if not in_guild(raw):
            return None
        found = read(raw, self._table, catalogue)
        if not isinstance(found, Typing):
            return None
        call = call_of(raw, catalogue, self._clock())
        return self.answering.options(call, found.lookup, found.typed)

    def _told(self, raw: Json, reason: Phrase) -> Errand:
        locale = raw.get("locale")

        async def told() -> Answer:
            return self.answering.told(
                locale if isinstance(locale, str) else None, reason
            )

        return Errand(told())

    def _run_for(self, raw: Json, call: Call, asked: Asked, fetch: Fetch) -> Errand:
        route = self._table.routes[asked.action.route]
        typed = raw.get("type") == _COMMAND and route.command is not None
        in_form = typed and asks_in_form(route)
        if in_form and call.actor.role >= route.role:
            return Errand(self._first_form(call, asked), may_ask=True, call=call)
        may_ask = in_form or route.opens_form or route.key in self._askers
        return Errand(
            self._done(call, route, asked, fetch),
            may_ask or (asked.answers is None and bool(route.fields)),
            route.private,
            call,
        )

    async def _first_form(self, call: Call, asked: Asked) -> Answer:
        """Ask for all of a command that cannot be typed whole."""
        return await self.answering.opened(call, Ask(asked.action, asked.draft))

    async def _opened_again(self, call: Call, form_id: str) -> Answer:
        ask = await self._memory.kept(call, form_id)
        if ask is None or ask.action.route not in self._table.routes:
            return await self.answering.refused(
                call, None, {None: phrase("common.draft-gone")}, None
            )
        return await self.answering.opened(call, ask)

    async def _done(
        self, call: Call, route: RouteSpec, asked: Asked, fetch: Fetch
    ) -> Answer:
        """Run a route, and draw what it answers."""
        again = _filled_in(asked)
        faults: Mapping[str | None, Phrase] = {
            name: sentence(rule) for name, rule in asked.errors.items()
        }
        if not faults and asked.answers:
            answers, faults = await hand_over(route, asked.answers, fetch)
            asked = replace(asked, answers=answers)
        if faults:
            return await self.answering.refused(call, route, faults, again)
        args = tuple(map(str, asked.action.args))
        response = await self._run(route.key, call, args, asked.answers)
        return await self._settled(call, route, asked, response)

    async def _settled(
        self, call: Call, route: RouteSpec, asked: Asked, response: Response
    ) -> Answer:
        match response:
            case Say(message=message, drawn=drawn):
                return await self.answering.said(
                    call, message, private=route.private, drawn=drawn
                )
            case Replace(message=message, drawn=drawn):
                return await self.answering.said(
                    call, message, private=True, redraws=True, drawn=drawn
                )
            case Ask() as ask:
                self._askers.add(route.key)
                return await self.answering.opened(call, ask)
            case Refuse(reason=reason, at=at):
                nothing_asked = asked.answers is None and not route.opens_form
                if nothing_asked and at in {each.name for each in route.fields}:
                    return await self.answering.opened(call, Ask(asked.action))
                return await self.answering.refused(
                    call, route, {at: reason}, _filled_in(asked)
                )
            case _ as never:
                assert_never(never)


def _filled_in(asked: Asked) -> Ask | None:
    """Return the form as it was filled in; None where nothing was."""
    draft = asked.draft
    return Ask(asked.action, draft) if draft else None


def _kept_form(raw: Json) -> str | None:
    """Return the id of the form that the pressed button opens again, if it does."""
    data = raw.get("data")
    wire = data.get("custom_id") if isinstance(data, dict) else None
    if not isinstance(wire, str) or not wire.startswith(KEPT):
        return None
    return wire.removeprefix(KEPT)
