"""Each interaction's life: read, run, answered in time, once."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from bot.adapters.discord.answering import Answer, Answering, Opened, Said
from bot.adapters.discord.errands import Errand, Errands
from bot.adapters.discord.errors import TooLateError
from bot.adapters.discord.incoming import id_of
from bot.adapters.discord.options import Patience
from bot.adapters.discord.raw import Json, MalformedError
from bot.adapters.discord.reply import Reply
from bot.adapters.discord.rest import Rest
from bot.adapters.discord.uploads import Fetch
from bot.adapters.discord.voices import Voices
from bot.chat.adapter import (
    Dispatch,
    Memory,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)
from bot.chat.message import Message
from bot.chat.responses import Call
from bot.chat.table import RouteTable
from bot.chat.text import Quote, phrase

T = TypeVar("T")

log = logging.getLogger(__name__)

_REMEMBERED = 4_096
"""Interactions whose ids are remembered, so that each is handled once."""

Write = Callable[[Call, Message], Awaitable[None]]
"""Says to the member directly what their call can no longer be answered with."""


@dataclass(frozen=True, slots=True)
class Lines:
    """What an answer goes out by.

    Attributes:
        rest: The door for requests, as it stands at each moment; raises
            `NotAcceptedError` where there is none.

        fetch: Gets a file that a member handed in.

        write: Reaches a member whose interaction takes no answer any more.
    """

    rest: Callable[[], Rest]
    fetch: Fetch
    write: Write


class Desk:
    """The door between Discord's interactions and the cogs."""

    def __init__(
        self, lines: Lines, voices: Voices, memory: Memory, patience: Patience
    ) -> None:
        self._lines = lines
        self._voices = voices
        self._memory = memory
        self._patience = patience
        self._errands: Errands | None = None
        self._stopping = False
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._replies: dict[str, Reply] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    def open(
        self, table: RouteTable, run: Dispatch, clock: Callable[[], datetime]
    ) -> None:
        """Begin to pass on what members do."""
        answering = Answering(self._voices, self._memory, table, run)
        self._errands = Errands(answering, self._memory, table, run, clock)

    async def close(self, patience_s: float) -> None:
        """Run nothing new and let what is under way finish, within ``patience_s``."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)

    async def take(self, raw: Json) -> None:
        """Answer an interaction; one that was delivered before has its answer."""
        named = id_of(raw)
        if named in self._seen:
            log.info("interaction delivered again", extra={"interaction": named})
            return
        self._seen[named] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        try:
            reply = Reply(self._lines.rest(), raw)
        except NotAcceptedError as error:
            log.warning(
                "nobody to answer", extra={"interaction": named, "reason": str(error)}
            )
            return
        self._replies[named] = reply
        await self._begun(self._answer(named, raw, reply))
        self._replies.pop(named, None)

    async def apologise(self, raw: Json) -> None:
        """Answer an interaction that `take` failed on."""
        named = id_of(raw)
        reply = self._replies.pop(named, None)
        if reply is None or reply.is_typing or self._errands is None:
            return
        sorry = phrase("common.failed", id=Quote(named))
        said = self._errands.answering.told(_locale(raw), sorry)
        await self._sent(named, reply.say(said.payload.body, private=True))

    async def _answer(self, named: str, raw: Json, reply: Reply) -> None:
        errands = self._errands
        if errands is None or self._stopping:
            await self._sent(named, self._busy(raw, reply))
            return
        if reply.is_typing:
            choices = await self._options(named, errands, raw)
            await self._sent(named, reply.offer(choices))
            return
        try:
            errand = errands.of(raw, self._voices.catalogue, self._lines.fetch)
        except MalformedError as error:
            log.warning(
                "interaction not understood",
                extra={"interaction": named, "reason": str(error)},
            )
            await self.apologise(raw)
            return
        answer = await self._in_time(named, errand, reply)
        expired = await self._sent(
            named, self._deliver(errands.answering, answer, reply)
        )
        if expired and errand.call and isinstance(answer, Said) and answer.message:
            log.warning("answered directly", extra={"interaction": named})
            await self._lines.write(errand.call, answer.message)

    async def _in_time(self, named: str, errand: Errand, reply: Reply) -> Answer:
        """Return the answer, having let the member know where it takes a while."""
        work = self._begun(errand.answer)
        await asyncio.wait({work}, timeout=self._patience_s(errand))
        if not work.done():
            await self._sent(named, reply.wait(private=errand.private))
        return await work

    def _patience_s(self, errand: Errand) -> float:
        patience = self._patience
        return patience.form_s if errand.may_ask else patience.answer_s

    async def _deliver(
        self, answering: Answering, answer: Answer, reply: Reply
    ) -> None:
        if isinstance(answer, Opened):
            if reply.can_open:
                await reply.open(answer.body)
                return
            answer = await answering.later(answer.call, answer.ask)
        payload = answer.payload
        if answer.redraws:
            await reply.redraw(payload.body, payload.files)
        else:
            await reply.say(payload.body, payload.files, private=answer.private)

    async def _options(self, named: str, errands: Errands, raw: Json) -> list[Json]:
        try:
            found = errands.options(raw, self._voices.catalogue)
        except MalformedError as error:
            log.warning(
                "interaction not understood",
                extra={"interaction": named, "reason": str(error)},
            )
            return []
        if found is None:
            return []
        work = self._begun(found)
        await asyncio.wait({work}, timeout=self._patience.typing_s)
        return work.result() if work.done() else []

    async def _busy(self, raw: Json, reply: Reply) -> None:
        if reply.is_typing or self._errands is None:
            return
        busy = self._errands.answering.told(_locale(raw), phrase("common.busy"))
        await reply.say(busy.payload.body, private=True)

    async def _sent(self, named: str, sending: Coroutine[Any, Any, None]) -> bool:
        """Send an answer; return whether the time for it is over.

        An answer that is lost is logged; what it tells of stands all the same.
        """
        try:
            await sending
        except TooLateError as error:
            log.info(
                "answer not taken",
                extra={"interaction": named, "reason": str(error)},
            )
            return error.expired
        except (NotAcceptedError, OutcomeUnknownError, RefusedError) as error:
            log.warning(
                "answer lost", extra={"interaction": named, "reason": str(error)}
            )
        return False

    def _begun(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.ensure_future(work)  # noqa: TID251  kept in _tasks until done
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def _locale(raw: Json) -> str | None:
    locale = raw.get("locale")
    return locale if isinstance(locale, str) else None
