"""Each payload's life: acknowledged in time, run once, answered."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.adapters.slack import modal
from bot.adapters.slack.aims import delivery_of
from bot.adapters.slack.delivery import Delivery
from bot.adapters.slack.door import Kind
from bot.adapters.slack.errands import Errand, Errands
from bot.adapters.slack.errors import LOST, UnfitError
from bot.adapters.slack.events import keys_of
from bot.adapters.slack.options import Patience
from bot.adapters.slack.outcomes import Answer, Objected, Opened, Said
from bot.adapters.slack.reply import Reply, Ways
from bot.adapters.slack.socket import NotTakenError
from bot.chat.raw import Json, MalformedError
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.refs import MemberRef
from bot.logs import correlated

T = TypeVar("T")

log = logging.getLogger(__name__)

_REMEMBERED = 8_192
"""Deliveries that are remembered, so that each is handled once."""

Later = Coroutine[Any, Any, None]
Hear = Callable[[Json], Awaitable[Later | None]]
"""Takes note of an event; returns what can be done after it is acknowledged."""

Show = Callable[[MemberRef], Later]
"""Draws a member's home."""


@dataclass(frozen=True, slots=True)
class _Staff:
    """Who does what is asked for, and who brings the answers."""

    errands: Errands
    delivery: Delivery


@dataclass(frozen=True, slots=True)
class _Visit:
    """One thing that a member did, while it is being answered."""

    staff: _Staff
    errand: Errand
    reply: Reply

    async def tell(self, reason: Phrase) -> None:
        """Tell the member one thing."""
        await self.staff.delivery.tell(self.errand, self.reply, reason)


class Desk:
    """The door between Slack's payloads and the cogs."""

    def __init__(self, ways: Ways, patience: Patience, hear: Hear, show: Show) -> None:
        self._ways = ways
        self._patience = patience
        self._hear = hear
        self._show = show
        self._staff: _Staff | None = None
        self._stopping = False
        self._seen: OrderedDict[str, asyncio.Task[Json | None] | None] = OrderedDict()
        self._tasks: set[asyncio.Task[Any]] = set()

    def open(self, errands: Errands) -> None:
        """Begin to pass on what members do."""
        self._staff = _Staff(errands, Delivery(errands.answering))

    async def close(self, patience_s: float) -> None:
        """Run nothing new and let what is under way finish, within ``patience_s``."""
        self._stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=patience_s)

    async def take(self, kind: Kind, raw: Json) -> Json | None:
        """Take a payload; return what it is acknowledged with, None for nothing.

        One that was delivered before is acknowledged as it was then.

        Raises:
            NotTakenError: If Slack is to deliver it again.
        """
        if self._staff is None:
            raise NotTakenError("starting")
        if kind is Kind.CLOSED:
            return None
        if kind is Kind.TYPING:
            return {"options": await self._options(raw)}
        try:
            keys = keys_of(raw) if kind is Kind.EVENT else (delivery_of(raw),)
        except MalformedError as error:
            log.warning("payload not understood", extra={"reason": str(error)})
            return None
        if again := [key for key in keys if key in self._seen]:
            log.info("delivered again", extra={"kind": kind.value})
            return await self._acknowledged(self._seen[again[0]])
        if kind is Kind.EVENT and self._stopping:
            raise NotTakenError("stopping")
        if kind not in {Kind.EVENT, Kind.FORM}:
            # Acknowledged before anything is done about it, however much is going on.
            self._leave(self._answer(kind, raw))
            self._remember(keys, None)
            return None
        work = self._event(raw) if kind is Kind.EVENT else self._form(raw)
        task = self._begun(work)
        self._remember(keys, task)
        return await self._acknowledged(task)

    async def _acknowledged(
        self, work: asyncio.Task[Json | None] | None
    ) -> Json | None:
        """Return with what something is acknowledged that is being seen to."""
        if work is None:
            return None
        await asyncio.wait({work}, timeout=self._patience.news_s + 0.5)
        if not work.done():
            raise NotTakenError("still being noted")
        if work.exception() is not None:  # it is in the log, and would fail again
            return None
        return work.result()

    async def _event(self, raw: Json) -> Json | None:
        if (later := await self._hear(raw)) is not None:
            self._leave(self._sent(later))
        return None

    async def _answer(self, kind: Kind, raw: Json) -> None:
        """Answer what was typed, pressed or chosen; it was acknowledged already."""
        visit = self._read(kind, raw)
        if visit is None:
            return
        with correlated(visit.errand.call_id):
            if self._stopping:
                await self._sent(visit.tell(phrase("common.busy")))
                return
            errands = visit.staff.errands
            work = self._begun(errands.answer(visit.errand))
            if visit.errand.will_ask:
                await asyncio.wait({work}, timeout=self._patience.form_s)
                if not work.done():
                    speech = errands.answering.voices.stranger(visit.errand.locale)
                    await self._sent(visit.reply.hold(modal.loading(speech)))
            await self._deliver(visit, work)

    async def _form(self, raw: Json) -> Json | None:
        """Take what a form holds; return what becomes of the form, None to close it."""
        visit = self._read(Kind.FORM, raw)
        if visit is None:
            return None
        errand, errands = visit.errand, visit.staff.errands
        with correlated(errand.call_id):
            if self._stopping:
                busy = errands.answering.told(errand.locale, phrase("common.busy"))
                return {"response_action": "update", "view": busy.notice}
            work = self._begun(errands.answer(errand))
            await asyncio.wait({work}, timeout=self._patience.submit_s)
            if not work.done() or work.exception() is not None:
                self._leave(self._deliver(visit, work))
                return None
            return await self._shown(visit, work)

    async def _shown(
        self, visit: _Visit, work: asyncio.Task[Answer | None]
    ) -> Json | None:
        """Return what a form shows now, where its answer belongs on it."""
        view: Json | None = None
        match work.result():
            case Objected(beside=beside) if beside:
                return {"response_action": "errors", "errors": dict(beside)}
            case Objected(call=call, ask=ask, faults=faults):
                answering = visit.staff.errands.answering
                view = (await answering.opened(call, ask, faults)).view
            case Opened(view=form):
                view = form
            case Said() as said if visit.errand.origin.surface == "home":
                view = visit.staff.delivery.at_home(visit.errand, said)
                if said.can_be_pressed:
                    self._leave(self._deliver(visit, work))
                else:
                    self._leave(self._sent(self._show(visit.errand.actor)))
            case _:
                self._leave(self._deliver(visit, work))
        if view is None:
            return None
        carried = {**view, "private_metadata": visit.reply.origin.encode()}
        return {"response_action": "update", "view": carried}

    async def _deliver(self, visit: _Visit, work: asyncio.Task[Answer | None]) -> None:
        """Bring the answer to whoever acted, once it is there."""
        errand, reply = visit.errand, visit.reply
        sorry = phrase("common.failed", id=Quote(errand.call_id))
        try:
            answer = await work
        except MalformedError as error:
            log.warning("payload not understood", extra={"reason": str(error)})
            return
        except BaseException:
            await self._sent(visit.tell(sorry))
            raise
        if answer is not None:
            bringing = visit.staff.delivery.bring(errand, answer, reply)
            lost = await self._sent(bringing)
            if isinstance(lost, UnfitError):
                log.error("answer not fit for slack", exc_info=lost)
                await self._sent(visit.tell(sorry))
        if errand.origin.surface == "home" and not isinstance(answer, Opened):
            await self._sent(self._show(errand.actor))

    async def _options(self, raw: Json) -> Sequence[Json]:
        if self._staff is None or self._stopping:
            return []
        work = self._begun(self._staff.errands.offered(raw))
        await asyncio.wait({work}, timeout=self._patience.typing_s)
        if not work.done():
            return []
        if isinstance(error := work.exception(), MalformedError):
            log.warning("payload not understood", extra={"reason": str(error)})
            return []
        return work.result()

    def _read(self, kind: Kind, raw: Json) -> _Visit | None:
        if self._staff is None:
            return None
        try:
            errand = self._staff.errands.begun(kind, raw)
        except MalformedError as error:
            log.warning("payload not understood", extra={"reason": str(error)})
            return None
        reply = Reply(self._ways, errand.actor, errand.origin)
        trigger = raw.get("trigger_id")
        if kind is not Kind.FORM and isinstance(trigger, str):
            reply.opens_by(trigger)
        return _Visit(self._staff, errand, reply)

    async def _sent(self, sending: Coroutine[Any, Any, None]) -> Exception | None:
        """Send an answer; return why it was lost, if it was.

        What it tells of stands all the same.
        """
        try:
            await sending
        except LOST as error:
            about = {"reason": f"{type(error).__name__}: {error}"}
            log.warning("answer lost", extra=about)
            return error
        return None

    def _remember(
        self, keys: Sequence[str], work: asyncio.Task[Json | None] | None
    ) -> None:
        for key in keys:
            self._seen[key] = work
            self._seen.move_to_end(key)
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)

    def _leave(self, work: Coroutine[Any, Any, object]) -> None:
        """Have something done that nobody waits for."""
        self._tasks.add(self._begun(work))

    def _begun(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.ensure_future(work)  # noqa: TID251  kept in _tasks until done
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None and not isinstance(error, MalformedError):
            log.error("payload failed", exc_info=error)
