"""Delivers the outbox: in order in each lane, each message once.

What a platform answers decides. Taken: noted. Not taken: tried again, later and later,
and set aside at last. No answer: nothing is touched until the request can no longer
be accepted; then the courier looks for the message, and only if it is not there sends
it again under the same id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.chat import wire
from bot.chat.adapter import (
    Adapter,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.domain.refs import PlatformName
from bot.logs import correlated
from bot.supervisor import members_first
from storage import deliveries
from storage.database import Database, Transaction
from storage.deliveries import Delivery, Lane

log = logging.getLogger(__name__)

MAX_ATTEMPTS = 8
"""Attempts that a platform answers with a no before a message is set aside."""

FIRST_WAIT_S = 2.0
"""Wait after the first failed attempt; doubled for each further one."""

MAX_WAIT_S = 300.0

Clock = Callable[[], datetime]
Settle = Callable[[Transaction], None]
Parked = Callable[[Transaction, Delivery, str, datetime], None]
"""Told in the unit that sets a message aside, with the reason and the instant."""


class Courier:
    """Takes what waits in the outbox of one platform to that platform."""

    def __init__(
        self, database: Database, adapter: Adapter, clock: Clock, on_parked: Parked
    ) -> None:
        self._database = database
        self._adapter = adapter
        self._clock = clock
        self._on_parked = on_parked
        self._woken = asyncio.Event()
        self._woken.set()  # whatever an earlier process left waits already
        self._wakes = 0
        self._looking = False
        self._still = asyncio.Event()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._stopping = False
        database.listen("outbox", self.wake)

    @property
    def platform(self) -> PlatformName:
        """Whose outbox it delivers."""
        return self._adapter.name

    def wake(self) -> None:
        """Look at the outbox again: something was queued, or the clock moved."""
        self._wakes += 1
        self._woken.set()

    async def run(self) -> None:
        """Deliver until `stop`."""
        async with asyncio.TaskGroup() as tasks:
            while not self._stopping:
                self._woken.clear()
                self._looking = True
                for lane in await self._database.read(deliveries.lanes, self.platform):
                    if lane not in self._lanes:
                        self._lanes[lane] = tasks.create_task(self._serve(lane))
                self._looking = False
                self._still.set()
                await self._woken.wait()
                await members_first()

    async def settle(self) -> None:
        """Wait until nothing that is due can be delivered any further."""
        while self._woken.is_set() or self._lanes or self._looking:
            self._still.clear()
            await self._still.wait()

    def stop(self) -> None:
        """Begin nothing new; `run` returns once what is under way has settled."""
        self._stopping = True
        self.wake()

    async def _serve(self, lane: Lane) -> None:
        """Deliver what is due in ``lane``, in order.

        What is due later is looked at again when the calendar or a commit wakes.
        """
        settle: Settle | None = None
        try:
            while not self._stopping:
                seen = self._wakes
                now = self._clock()
                head = await self._database.write(_next, lane, now, settle)
                settle = await self._attempt(head, now) if head else None
                if settle is None and seen == self._wakes:
                    return
            if settle is not None:
                await self._database.write(settle)
        finally:
            self._lanes.pop(lane, None)
            self._still.set()

    async def _attempt(self, head: Delivery, now: datetime) -> Settle | None:
        """Do what ``head`` asks for and return what is to be noted.

        None where it has to wait.
        """
        if head.sending_at is None and head.due_at > now:
            return None
        with correlated(head.call):
            try:
                if head.sending_at is None:
                    return await self._send(head)
                return await self._resolve(head, head.sending_at, now)
            except NotAcceptedError as refusal:
                return self._retry(head, str(refusal), refusal.retry_after_s)
            except RefusedError as refusal:
                return self._refused(head, refusal.reason)
            except OutcomeUnknownError as silence:
                log.warning("no answer to a delivery", extra={"reason": str(silence)})
                return None
            except Exception:  # one message that cannot be drawn must not stop the rest
                log.exception("delivery failed", extra={"row": head.id})
                return self._park(head, "undrawable")

    async def _send(self, head: Delivery) -> Settle:
        if head.gone:
            if head.message_id is not None:
                await self._adapter.remove(head.to, head.message_id)
            log.info("removed", extra={"row": head.id})
            return partial(deliveries.taken_down, delivery=head)
        message = wire.decode_message(head.body or "")
        posting = Posting(head.to, message, head.locale, head.delivery_id)
        message_id = head.message_id
        if message_id is None:
            message_id = await self._adapter.post(posting)
        else:
            await self._adapter.edit(posting, message_id)
        log.info("delivered", extra={"row": head.id, "version": head.version})
        return partial(deliveries.sent, delivery=head, message_id=message_id)

    async def _resolve(
        self, head: Delivery, since: datetime, now: datetime
    ) -> Settle | None:
        """Settle an attempt whose answer never came, once looking is conclusive.

        An edit or a removal may be done twice; a post only when it is not there. What
        is never answered is set aside in the end, like what is always refused.
        """
        if head.message_id is None:
            settle = timedelta(seconds=self._adapter.capabilities.settle_s)
            if now < since + settle:
                return None
            try:
                found = await self._adapter.find(head.to, head.delivery_id, since)
            except NotAcceptedError as refusal:
                # It may stand there: it is looked for again, never sent unseen.
                log.warning("could not look", extra={"reason": str(refusal)})
                return None
            if found is not None:
                return partial(deliveries.sent, delivery=head, message_id=found)
        if head.attempts >= MAX_ATTEMPTS:
            return self._park(head, "no-answer")
        return partial(deliveries.again, delivery=head, due_at=now, reason="no-answer")

    def _retry(
        self, head: Delivery, reason: str, retry_after_s: float | None
    ) -> Settle:
        attempts = head.attempts + 1
        if attempts >= MAX_ATTEMPTS:
            return self._park(head, reason)
        wait_s = min(FIRST_WAIT_S * 2 ** (attempts - 1), MAX_WAIT_S)
        due_at = self._clock() + timedelta(seconds=max(wait_s, retry_after_s or 0))
        log.warning("delivery put off", extra={"reason": reason, "row": head.id})
        return partial(deliveries.again, delivery=head, due_at=due_at, reason=reason)

    def _refused(self, head: Delivery, reason: str) -> Settle:
        if reason == "message-gone" and head.message_id is not None:
            # Somebody deleted it by hand: that is their word, and nothing is re-posted.
            return partial(deliveries.taken_down, delivery=head)
        return self._park(head, reason)

    def _park(self, head: Delivery, reason: str) -> Settle:
        log.error("delivery parked", extra={"reason": reason, "row": head.id})

        def park(tx: Transaction) -> None:
            deliveries.park(tx, head, reason)
            self._on_parked(tx, head, reason, self._clock())

        return park


def _next(
    tx: Transaction, lane: Lane, now: datetime, settle: Settle | None
) -> Delivery | None:
    """Note how the last delivery went and claim the next, in one commit."""
    if settle is not None:
        settle(tx)
    return deliveries.claim(tx, lane, now)
