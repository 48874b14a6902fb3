"""The door into the cogs: role, arguments, answers, deadline and errors, once for all.

Never raises: whatever goes wrong becomes a sentence for the member.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace

from bot.chat.adapter import Dispatch, Draw, Posting
from bot.chat.answers import check_answers
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Action
from bot.chat.news import News
from bot.chat.refusals import sentence
from bot.chat.responses import Ask, Call, Pictures, Refuse, Replace, Response, Say
from bot.chat.routes import Arg, RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import phrase
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.refs import CommunityRef
from bot.logs import correlated
from storage.database import DatabaseBusyError, DatabaseClosedError
from storage.unwritable import DatabaseUnwritableError

log = logging.getLogger(__name__)

PATIENCE_S = 10.0
"""Longest that a handler may take; then the member hears that it goes on."""

PICTURE_PATIENCE_S = 6.0
"""Longest that an answer waits for its pictures: one is drawn in five, or not."""

Hear = Callable[[News], Awaitable[None]]
"""Takes note of what happened on a platform."""

MAX_ARG = 2**63 - 1
"""Largest number that a button carries: what the database holds."""


class Dispatcher(Dispatch):
    """Runs routes for adapters."""

    def __init__(
        self,
        table: RouteTable,
        hear: Hear | None = None,
        patience_s: float = PATIENCE_S,
        draw: Draw | None = None,
    ) -> None:
        self._table = table
        self._hear = hear
        self._patience_s = patience_s
        self._draw = draw
        self._running: set[asyncio.Task[Response]] = set()

    async def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        """Run the handler of ``route``; see `bot.chat.adapter.Dispatch`."""
        with correlated(call.id):
            try:
                response = await self._run(route, call, args, answers)
                response = await self._illustrated(call, response)
            except RuleError as rule:
                response = Refuse(sentence(rule), rule.at)
            except TimeoutError:
                response = Refuse(phrase("common.slow", id=call.id))
            except (DatabaseBusyError, DatabaseClosedError):
                response = Refuse(phrase("common.busy"))
            except DatabaseUnwritableError:
                log.error("nothing can be stored", extra={"route": route})  # noqa: TRY400  said in words
                response = Refuse(phrase("common.unstored"))
            except Exception:  # the member hears of it, and so does the log
                log.exception("route failed", extra={"route": route})
                response = Refuse(phrase("common.failed", id=call.id))
            log.info(
                "answered",
                extra={"route": route, "response": type(response).__name__},
            )
            return response

    async def suggest(
        self, lookup: str, call: Call, typed: str
    ) -> Sequence[Suggestion]:
        """Return options; see `bot.chat.adapter.Dispatch`."""
        spec = self._table.lookups.get(lookup)
        if spec is None:
            return ()
        with correlated(call.id):
            try:
                return (await spec.handler(call, typed))[:MAX_OPTIONS]
            except Exception:  # no options are better than a broken form
                log.exception("lookup failed", extra={"lookup": lookup})
                return ()

    async def hear(self, news: News) -> None:
        """Take note; see `bot.chat.adapter.Dispatch`."""
        try:
            if self._hear is not None:
                await self._hear(news)
        except Exception:  # it would not be noted the next time either
            log.exception("news not noted", extra={"news": type(news).__name__})

    async def drain(self, patience_s: float | None = None) -> None:
        """Wait for handlers that outlived their member's patience.

        Args:
            patience_s: For how long; None for as long as it takes.
        """
        if self._running:
            await asyncio.wait(self._running, timeout=patience_s)

    async def _illustrated(self, call: Call, response: Response) -> Response:
        """Return ``response`` with its pictures, where it wants them and in time."""
        if self._draw is None or not isinstance(response, Say | Replace):
            return response
        if response.pictures is Pictures.TOLD:
            return response
        posting = Posting(call.actor.ref, response.message, call.locale, call.id)
        try:
            async with asyncio.timeout(PICTURE_PATIENCE_S):
                return replace(response, drawn=await self._draw(posting))
        except Exception:  # what was asked for is done, and is said in words
            log.exception("an answer goes without its picture")
            return response

    async def _run(
        self,
        key: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        route = self._table.routes.get(key)
        if route is None:
            raise RuleError("common.unknown-button")
        if call.actor.bot:
            raise RuleError("common.only-people")
        if call.actor.role < route.role:
            raise RuleError(f"common.only-{route.role.name.lower()}")
        carried = _carried(route, args)
        if route.opens_form and answers is None:
            return Ask(Action(key, tuple(carried.values())))
        asked = check_answers(route.fields, answers or {})
        _check_people(call.community, asked)
        work = asyncio.ensure_future(  # noqa: TID251  kept in _running until done
            route.handler(call, **carried, **asked)
        )
        self._running.add(work)
        work.add_done_callback(self._ended)
        # Only waited for: what a unit has begun, it finishes, whoever gives up.
        await asyncio.wait({work}, timeout=self._patience_s)
        if not work.done():
            raise TimeoutError
        return work.result()

    def _ended(self, work: asyncio.Task[Response]) -> None:
        self._running.discard(work)
        if not work.cancelled():
            work.exception()  # nobody may be left to hear of it


def _carried(route: RouteSpec, args: Sequence[str]) -> dict[str, int | str]:
    """Return what the button carried, by parameter.

    Raises:
        RuleError: If another version drew the button, or nobody did.
    """
    if len(args) != len(route.args):
        raise RuleError("common.unknown-button")
    return {
        arg.name: _converted(arg, text)
        for arg, text in zip(route.args, args, strict=True)
    }


def _check_people(here: CommunityRef, asked: Mapping[str, object]) -> None:
    """Check that whoever is named belongs here, whatever an adapter let through.

    Raises:
        RuleError: If somebody is of another community.
    """
    for name, answer in asked.items():
        named = answer if isinstance(answer, tuple) else (answer,)
        for each in named:
            if isinstance(each, Person) and each.ref.community != here:
                raise RuleError("common.answer-unknown", name)


def _converted(arg: Arg, text: str) -> int | str:
    if arg.type is str:
        return text
    if not text.isascii() or not text.isdecimal() or int(text[:20]) > MAX_ARG:
        raise RuleError("common.unknown-button")
    return int(text)
