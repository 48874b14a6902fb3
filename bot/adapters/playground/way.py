"""The way from Laurel to the playground, on which requests can come to harm.

Without faults they never do. With them, a request ends as it would on the way to a
platform far away, by the playground's own clock: who moves it on waits no longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TypeVar, assert_never

from bot.adapters.playground.clock import Clock
from bot.adapters.playground.faults import Fault, Faults
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError
from storage.database import DatabaseBusyError, DatabaseClosedError

Answer = TypeVar("Answer")
Work = Callable[[], Awaitable[Answer]]

PATIENCE_S = 30.0
"""How long Laurel waits for an answer, as with the other platforms."""

SETTLE_S = 60.0
"""After this, a request without an answer can no longer be accepted."""

SLOW_S = 5.0
LATE_S = 33.0
RETRY_AFTER_S = 10.0

_NO_ANSWER = "no answer"
_RESET = "connection reset"


class Way:
    """Takes requests to the playground, or not, as its switch says."""

    def __init__(self, faults: Callable[[], Faults], clock: Clock) -> None:
        self._faults = faults
        self._clock = clock
        self._late: list[tuple[datetime, Work[object]]] = []
        self._taking = asyncio.Lock()
        self._stirred = asyncio.Event()
        self._closing = False
        clock.listen(self._stir)

    async def write(self, work: Work[Answer]) -> Answer:
        """Have ``work`` change something, and return its answer.

        Raises:
            NotAcceptedError: If it is not taken.
            OutcomeUnknownError: If no answer came.
        """
        match self._faults().draw():
            case None:
                return await _done(work)
            case Fault.SLOW:
                answer = await _done(work)
                await self._pass_until(self._after(SLOW_S))
                return answer
            case Fault.BUSY | Fault.FAILING as fault:
                raise _refusal(fault)
            case Fault.HANGING:
                return await self._hang(work)
            case Fault.CUT:
                raise OutcomeUnknownError(_RESET)
            case Fault.LOST:
                await _done(work)
                raise OutcomeUnknownError(_RESET)
            case _ as never:
                assert_never(never)

    async def read(self, work: Work[Answer]) -> Answer:
        """Have ``work`` look at something, and return its answer.

        Raises:
            NotAcceptedError: If nobody may look now.
            OutcomeUnknownError: If no answer came.
        """
        await self._take_late()  # by its own clock it stands, or it will not
        match self._faults().draw():
            case None:
                return await _done(work)
            case Fault.SLOW:
                await self._pass_until(self._after(SLOW_S))
                return await _done(work)
            case Fault.BUSY | Fault.FAILING as fault:
                raise _refusal(fault)
            case Fault.HANGING:
                await self._pass_until(self._after(PATIENCE_S))
                raise OutcomeUnknownError(_NO_ANSWER)
            case Fault.CUT | Fault.LOST:
                raise OutcomeUnknownError(_RESET)
            case _ as never:
                assert_never(never)

    async def serve(self) -> None:
        """Take what is taken late, until `close`."""
        while not self._closing:
            await self._take_late()
            due_at = min((at for at, _ in self._late), default=None)
            await self._wait(due_at)

    async def close(self) -> None:
        """Have nobody wait any longer. What was to be taken late is taken now."""
        self._closing = True
        self._stir()
        await self._take_late()

    async def _hang(self, work: Work[Answer]) -> Answer:
        gives_up_at, late_at = self._after(PATIENCE_S), self._after(LATE_S)
        await self._pass_until(gives_up_at)
        self._late.append((late_at, work))
        self._stir()
        if self._closing:
            await self._take_late()
        raise OutcomeUnknownError(_NO_ANSWER)

    async def _take_late(self) -> None:
        async with self._taking:  # who looks meanwhile sees all of it
            while due := [each for each in self._late if self._is_past(each[0])]:
                self._late.remove(due[0])
                with suppress(NotAcceptedError, RefusedError):  # nobody hears of it
                    await _done(due[0][1])

    def _after(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=seconds)

    def _is_past(self, at: datetime) -> bool:
        return self._closing or self._clock.now() >= at

    async def _pass_until(self, at: datetime) -> None:
        while not self._is_past(at):
            await self._wait(at)

    async def _wait(self, at: datetime | None) -> None:
        """Wait until ``at``, or until there is another reason to look."""
        stirred = self._stirred
        wait_s = (at - self._clock.now()).total_seconds() if at else None
        with suppress(TimeoutError):
            async with asyncio.timeout(wait_s):
                await stirred.wait()

    def _stir(self) -> None:
        stirred, self._stirred = self._stirred, asyncio.Event()
        stirred.set()


async def _done(work: Work[Answer]) -> Answer:
    try:
        return await work()
    except (DatabaseBusyError, DatabaseClosedError) as error:
        raise NotAcceptedError(str(error), retry_after_s=1.0) from error


def _refusal(fault: Fault) -> NotAcceptedError:
    if fault is Fault.BUSY:
        return NotAcceptedError("429", retry_after_s=RETRY_AFTER_S)
    return NotAcceptedError("500")
