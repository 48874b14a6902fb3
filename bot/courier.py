"""Delivers the outbox: in order in each lane, each message once.

What a platform answers decides. Taken: noted. Not taken: tried again, later and later,
and set aside at last. No answer: nothing is touched until the request can no longer
be accepted; then the courier looks for the message, and only if it is not there sends
it again under the same id.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.chat.adapter import (
    Adapter,
    Draw,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
    UnseenError,
)
from bot.chat.message import picture_of
from bot.config.machine import share_of_files
from bot.domain.refs import PlatformName
from bot.handover import GONE, Handover
from bot.logs import correlated
from bot.supervisor import members_first
from storage import claiming, deliveries, outbox
from storage.claiming import AS_IT_IS, Drawings, Settle
from storage.database import (
    TROUBLE,
    Database,
    DatabaseBusyError,
    DatabaseClosedError,
    Transaction,
)
from storage.delivery import Delivery, Lane

log = logging.getLogger(__name__)

MAX_ATTEMPTS = deliveries.MAX_ATTEMPTS

FIRST_WAIT_S = 2.0
"""Wait after the first failed attempt; doubled for each further one."""

MAX_WAIT_S = 300.0

MAX_AT_ONCE = 200
"""Most deliveries that are under way, and a sixteenth of the files that may be open."""

Clock = Callable[[], datetime]
Parked = Callable[[Transaction, Delivery, str, datetime], None]
"""Told in the unit that sets a message aside, with the reason and the instant; also in
one that has it go to its channel, since Laurel may not begin a thread there.

Once: a message in doubt, which goes on being tried, counts as set aside already.
"""


class Courier:
    """Takes what waits in the outbox of one platform to that platform."""

    def __init__(
        self,
        database: Database,
        adapter: Adapter,
        clock: Clock,
        on_parked: Parked,
        drawings: Drawings = AS_IT_IS,
        draw: Draw | None = None,
    ) -> None:
        self._database = database
        self._adapter = adapter
        self.platform: PlatformName = adapter.name
        self.name = f"courier {adapter.name}"
        self._settling = timedelta(seconds=adapter.capabilities.settle_s)
        self._clock = clock
        self._on_parked = on_parked
        self._drawings = drawings
        self._draw = draw
        self._handover = Handover(adapter, self._with_pictures, self._telling)
        self._woken = asyncio.Event()
        self._woken.set()  # whatever an earlier process left waits already
        self._wakes, self._looking = 0, False
        self._room = asyncio.Semaphore(share_of_files(16, MAX_AT_ONCE))
        self._still = asyncio.Event()
        self._lanes: dict[Lane, asyncio.Task[None]] = {}
        self._stopping = False
        for topic in ("outbox", outbox.topic(adapter.name)):
            database.listen(topic, self.wake)

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
                for lane in await self._due():
                    if lane not in self._lanes:
                        self._lanes[lane] = tasks.create_task(self._serve(lane))
                self._looking = False
                self._still.set()
                await self._woken.wait()
                await members_first()

    async def _due(self) -> Sequence[Lane]:
        now = self._clock()
        settled = now - self._settling
        return await self._database.read(deliveries.lanes, self.platform, now, settled)

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
        """Deliver what is due in ``lane``, in order, until something wakes again."""
        settle: Settle | None = None
        head: Delivery | None = None
        try:
            while not self._stopping:
                seen = self._wakes
                done = claiming.Done(head, settle) if head and settle else None
                async with self._room:
                    now = self._clock()
                    head = await self._next(lane, now, done)
                    settle = await self._attempt(head, now) if head else None
                if settle is None and seen == self._wakes:
                    return
            if settle is not None:
                await self._database.write(settle)
        except (*TROUBLE, DatabaseClosedError) as trouble:
            # What was answered meanwhile is in doubt, and is looked for; the others go
            # on. The calendar's next ring wakes this lane as well.
            log.warning("deliveries wait", extra={"reason": type(trouble).__name__})
        finally:
            del self._lanes[lane]
            self._still.set()

    async def _attempt(self, head: Delivery, now: datetime) -> Settle | None:
        """Do what ``head`` asks for and return what is to be noted.

        None where it has to wait.
        """
        if not head.is_open and not head.is_due(now):
            return None
        with correlated(head.call):
            try:
                if head.sending_at is None:
                    return await self._send(head)
                return await self._resolve(head, head.sending_at, now)
            except NotAcceptedError as refusal:
                return self._retry(head, str(refusal), refusal.retry_after_s)
            except RefusedError as refusal:
                return self._refused(head, refusal)
            except OutcomeUnknownError as silence:
                log.warning("no answer to a delivery", extra={"reason": str(silence)})
                return None
            except Exception:  # one message that cannot be drawn must not stop the rest
                log.exception("delivery failed", extra={"row": head.id})
                return self._park(head, "undrawable")

    async def _send(self, head: Delivery) -> Settle:
        settle = await self._handover.send(head)
        if settle is None:
            return self._put_off(head, head.attempts, self._clock(), "changed")
        return settle

    async def _with_pictures(self, posting: Posting, head: Delivery) -> Posting | None:
        """Return ``posting`` with its pictures, as far as they can be drawn.

        That takes a while: the attempt begins after it. None where all has changed.
        """
        if self._draw is None or not any(map(picture_of, posting.message.nodes)):
            return posting
        try:
            posting = replace(posting, pictures=await self._draw(posting))
        except Exception:  # a post is worth more than its picture
            log.exception("no pictures", extra={"row": head.id})
        try:
            same = await self._database.write(claiming.begin, head, self._clock())
        except (*TROUBLE, DatabaseClosedError) as error:
            raise NotAcceptedError(str(error)) from error
        return posting if same else None

    async def _resolve(
        self, head: Delivery, since: datetime, now: datetime
    ) -> Settle | None:
        """Settle an attempt whose answer never came, once looking is conclusive.

        An edit, a removal or a closing may be done twice; a post only when it is not
        there. What is never answered is set aside in the end, like what is always
        refused.
        """
        if head.message_id is None and not head.closes:
            if now < since + self._settling:
                return None
            try:
                found = await self._adapter.find(head.spot, head.delivery_id, since)
            except NotAcceptedError as refusal:
                # It may stand there: it is looked for again, never sent unseen.
                log.warning("could not look", extra={"reason": str(refusal)})
                return None
            except UnseenError:
                log.warning("sent again without looking", extra={"row": head.id})
                return self._unseen(head, now)
            if found is not None:
                return partial(deliveries.sent, delivery=head, message_id=found)
        return self._unanswered(head, now)

    def _unanswered(self, head: Delivery, now: datetime) -> Settle:
        in_doubt = head.attempts >= MAX_ATTEMPTS or head.overtakes is not None
        due_at = now + timedelta(seconds=MAX_WAIT_S if in_doubt else 0)
        return self._put_off(head, head.attempts, due_at, "no-answer")

    def _unseen(self, head: Delivery, now: datetime) -> Settle:
        again = self._unanswered(head, now)

        def note(tx: Transaction) -> None:
            deliveries.note_unseen(tx, head)
            again(tx)

        return note

    def _retry(
        self, head: Delivery, reason: str, retry_after_s: float | None
    ) -> Settle:
        attempts = head.attempts + 1
        wait_s = MAX_WAIT_S
        if attempts <= MAX_ATTEMPTS and head.overtakes is None:
            wait_s = min(FIRST_WAIT_S * 2 ** (attempts - 1), MAX_WAIT_S)
        due_at = self._clock() + timedelta(seconds=max(wait_s, retry_after_s or 0))
        log.warning("delivery put off", extra={"reason": reason, "row": head.id})
        return self._put_off(head, attempts, due_at, reason)

    def _put_off(
        self, head: Delivery, attempts: int, due_at: datetime, reason: str
    ) -> Settle:
        """Have it tried again, and tell the moderators once it is in doubt.

        Then the one behind it tries in its place. Where that one is not taken either,
        both wait as long, and the one in doubt is tried first: nothing is set aside
        while the place itself is out of reach, and nothing is overtaken.
        """
        again = partial(deliveries.again, delivery=head, due_at=due_at, reason=reason)
        if attempts == MAX_ATTEMPTS:
            return self._telling(again, head, reason)
        return again

    def _refused(self, head: Delivery, refusal: RefusedError) -> Settle:
        if refusal.reason in GONE and head.message_id is not None:
            # Somebody deleted it by hand: that is their word, and nothing is re-posted.
            return partial(deliveries.taken_down, delivery=head)
        return self._park(head, str(refusal))

    def _park(self, head: Delivery, reason: str) -> Settle:
        log.error("delivery parked", extra={"reason": reason, "row": head.id})
        park = partial(deliveries.park, delivery=head, reason=reason)
        return self._telling(park, head, reason)

    def _telling(self, settle: Settle, head: Delivery, reason: str) -> Settle:
        def told(tx: Transaction) -> None:
            settle(tx)
            self._on_parked(tx, head, reason, self._clock())

        return told

    async def _next(
        self, lane: Lane, now: datetime, done: claiming.Done | None
    ) -> Delivery | None:
        """Note how the last delivery went and claim the next, in one commit.

        What fits no digest is told by itself, and what cannot be drawn is set aside.
        """
        write = self._database.write
        for drawn_by in (self._drawings, replace(self._drawings, foldings=())):
            try:
                return await write(claiming.claim_next, lane, now, done, drawn_by)
            except (DatabaseBusyError, DatabaseClosedError):
                raise
            except Exception:
                log.exception("could not draw")
        return await write(claiming.claim_next, lane, now, done, AS_IT_IS)
