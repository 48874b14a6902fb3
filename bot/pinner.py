"""Pins what is to stand pinned, once the courier has posted it.

A pin is only ever added to a message that stands: whatever becomes of it, nothing is
posted again. Pinning twice is pinning once, so a pin whose answer never came is simply
tried again, and so is one that the process did not live to do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.chat.adapter import (
    Adapter,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)
from bot.logs import correlated
from bot.lookout import Lookout
from storage import pins
from storage.database import TROUBLE, Database, DatabaseClosedError, Transaction
from storage.deliveries import PINS
from storage.pins import Pin

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Most pins under way together."""

MAX_ATTEMPTS = 8
"""After so many that were not taken, the message stands unpinned."""

FIRST_WAIT_S = 2.0
"""Wait after the first failed attempt; doubled for each further one."""

MAX_WAIT_S = 300.0

_NOTHING_LEFT = frozenset({"channel-gone", "message-gone", "member-gone"})

Clock = Callable[[], datetime]
Unpinned = Callable[[Transaction, Pin, str, datetime], None]
"""Told in the unit that leaves a message unpinned, with the reason and the instant.

Once for each place, until something is pinned there again."""


class Pinner(Lookout):
    """Makes the pins of one platform what they should be."""

    def __init__(
        self, database: Database, adapter: Adapter, clock: Clock, tell: Unpinned
    ) -> None:
        super().__init__()
        self._database = database
        self._adapter = adapter
        self._clock = clock
        self._tell = tell
        database.listen(PINS, self.wake)

    @property
    def name(self) -> str:
        """What its task is called."""
        return f"pins {self._adapter.name}"

    async def look(self) -> bool:
        """Pin some of what is due, at the same time."""
        now = self._clock()
        due = await self._database.read(pins.due, self._adapter.name, now, AT_ONCE)
        await self._pin_each(due)
        return bool(due)

    async def _pin_each(self, due: Sequence[Pin]) -> None:
        outcomes = await asyncio.gather(
            *map(self._attempt, due), return_exceptions=True
        )
        for pin, error in zip(due, outcomes, strict=True):
            if isinstance(error, (*TROUBLE, DatabaseClosedError)):
                raise error  # nothing could be noted; the pin is done again
            if error is not None:  # the rest is pinned all the same
                log.error("pin failed", exc_info=error, extra={"row": pin.id})
                await self._database.write(self._leave, pin, "failed")

    async def _attempt(self, pin: Pin) -> None:
        act = self._adapter.pin if pin.wanted else self._adapter.unpin
        with correlated(pin.call):
            try:
                await act(pin.to, pin.message_id)
            except RefusedError as refusal:
                await self._refused(pin, refusal)
            except NotAcceptedError as refusal:
                await self._again(pin, str(refusal), refusal.retry_after_s)
            except OutcomeUnknownError as silence:
                await self._again(pin, str(silence), None)
            else:
                await self._database.write(pins.done, pin)

    async def _again(self, pin: Pin, reason: str, retry_after_s: float | None) -> None:
        log.warning("pin put off", extra={"reason": reason, "row": pin.id})
        if pin.attempts + 1 >= MAX_ATTEMPTS:
            await self._database.write(self._leave, pin, "not-taken")
            return
        wait_s = min(FIRST_WAIT_S * 2**pin.attempts, MAX_WAIT_S)
        due_at = self._clock() + timedelta(seconds=max(wait_s, retry_after_s or 0))
        await self._database.write(pins.again, pin, due_at)

    async def _refused(self, pin: Pin, refusal: RefusedError) -> None:
        if refusal.reason in _NOTHING_LEFT:
            await self._database.write(pins.dropped, pin)
            return
        log.warning("not pinned", extra={"reason": str(refusal), "row": pin.id})
        await self._database.write(self._leave, pin, str(refusal))

    def _leave(self, tx: Transaction, pin: Pin, reason: str) -> None:
        if pins.refused(tx, pin):
            self._tell(tx, pin, reason, self._clock())
