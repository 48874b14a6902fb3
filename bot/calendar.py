"""The calendar. The tables are the truth; APScheduler only rings.

It rings at the next due instant. Every 15 seconds of the machine's own running time
somebody looks besides, so that a step of its clock is noticed, whichever way it went.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger

from bot.chat.routes import OccurrenceSpec
from bot.domain.missed import Missed
from bot.supervisor import members_first
from storage import occurrences, ringing
from storage.database import (
    Database,
    DatabaseBusyError,
    DatabaseClosedError,
    Transaction,
)
from storage.occurrences import CATCH_UP, Policy
from storage.ringing import Stuck

log = logging.getLogger(__name__)

TICK_S = 15

STEP_S = 30
"""A clock that moves by more than this against running time was set."""

AT_ONCE = 16
"""Most occurrences that share a commit, so that members never wait for many."""

AT_A_LOOK = 512
"""Most communities whose turn it is before somebody looks for more."""

Ring = Callable[[], Awaitable[None]]
NextDue = Callable[[], Awaitable[datetime | None]]
Clock = Callable[[], datetime]
Tell = Callable[[Transaction, Stuck, datetime], None]


class UnknownKindError(LookupError):
    """A calendar entry of a kind that no cog declares, or declares no more."""


class Ringer:
    """Does what is due on the calendar: each occurrence once, and in one unit.

    Communities do not wait for each other; in each, what is due is done in order.
    """

    def __init__(
        self,
        database: Database,
        kinds: Mapping[str, OccurrenceSpec],
        clock: Clock,
        tell: Tell,
    ) -> None:
        self._database = database
        self._kinds = kinds
        self._clock = clock
        self._tell = tell

    async def ring(self) -> None:
        """Do what is due, until nothing is."""
        while due := await self._database.read(ringing.due, self._clock(), AT_A_LOOK):
            for first in range(0, len(due), AT_ONCE):
                await self._do_each(due[first : first + AT_ONCE])
                await members_first()

    async def _do_each(self, due: Sequence[int]) -> None:
        now = self._clock()
        doing = (self._database.write(self._do, entry, now) for entry in due)
        outcomes = await asyncio.gather(*doing, return_exceptions=True)
        await self._note_failures(due, outcomes, now)

    async def _note_failures(
        self,
        due: Sequence[int],
        outcomes: Sequence[BaseException | None],
        now: datetime,
    ) -> None:
        for entry, error in zip(due, outcomes, strict=True):
            if error is None:
                continue
            if isinstance(error, DatabaseBusyError | DatabaseClosedError):
                raise error  # it was not tried
            log.error("calendar entry failed", exc_info=error, extra={"entry": entry})
            reason = type(error).__name__
            await self._database.write(self._fail, entry, now, reason)

    def _do(self, tx: Transaction, entry: int, now: datetime) -> None:
        taken = ringing.take(tx, entry, now)
        if taken is None:
            return
        kind = taken.plan.kind
        if kind not in self._kinds:
            raise UnknownKindError(kind)
        occurrence = occurrences.claim(tx, taken, self._policy_of(kind), now)
        if occurrence is not None:
            self._kinds[kind].unit(tx, occurrence)

    def _fail(self, tx: Transaction, entry: int, now: datetime, reason: str) -> None:
        stuck = ringing.fail(tx, entry, self._policy_of, now, reason)
        if stuck is not None:
            self._tell(tx, stuck, now)

    def _policy_of(self, kind: str) -> Policy:
        spec = self._kinds.get(kind)
        if spec is None:
            return Policy(Missed.EACH)
        return Policy(spec.missed, spec.stale_after or CATCH_UP)


class AlarmClock:
    """Rings when something falls due.

    Attributes are handed in: what to do, when it is next due, the clock that the bot
    lives by, the wall clock that the scheduler lives by, and how long at most nobody
    looks at them.
    """

    def __init__(
        self,
        ring: Ring,
        next_due: NextDue,
        *,
        clock: Clock,
        wall: Clock,
        tick_s: float = TICK_S,
    ) -> None:
        self._tick_s = tick_s
        self._ring = ring
        self._next_due = next_due
        self._clock = clock
        self._wall = wall
        self._woken = asyncio.Event()
        self._woken.set()  # whatever fell due while the bot was down
        self._ringing = False
        self._still = asyncio.Event()
        self._stopping = False
        # A missed ring is rung late rather than dropped (the default grace is one
        # second), and many missed rings are rung once.
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={
                "misfire_grace_time": None,
                "coalesce": True,
                "max_instances": 1,
            },
        )

    def wake(self) -> None:
        """Look again: something falls due sooner, or the clock was moved."""
        self._woken.set()

    async def run(self) -> None:
        """Ring for what fell due while the bot was down, then keep time."""
        self._scheduler.start()
        ahead_s = self._ahead_s()
        try:
            while not self._stopping:
                self._woken.clear()
                self._ringing = True
                await self._ring()
                await self._rewind()
                self._ringing = False
                self._still.set()
                await self._rest()
                ahead_s = self._notice_step(ahead_s)
        finally:
            self._scheduler.shutdown(wait=False)

    async def settle(self) -> None:
        """Wait until what is due has been rung for."""
        while (self._woken.is_set() or self._ringing) and not self._stopping:
            self._still.clear()
            await self._still.wait()

    def stop(self) -> None:
        """Ring no more."""
        self._stopping = True
        self._still.set()
        self.wake()

    async def _rewind(self) -> None:
        due = await self._next_due()
        if due is None:
            return
        away = max(due - self._clock(), timedelta(0))
        # Left to itself it looks the machine's own zone up, in files.
        trigger = DateTrigger(self._wall() + away, timezone=UTC)
        self._scheduler.add_job(
            self._fall_due, trigger, id="due", replace_existing=True
        )

    async def _fall_due(self) -> None:
        # A plain function would be run on another thread, where events are not safe.
        self.wake()

    async def _rest(self) -> None:
        # The scheduler's own intervals follow the wall clock: after it was set back by
        # a day, they would not come for a day.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._tick_s):
                await self._woken.wait()

    def _ahead_s(self) -> float:
        return self._wall().timestamp() - asyncio.get_running_loop().time()

    def _notice_step(self, before_s: float) -> float:
        """Log that the clock was set or the machine slept; return what it shows now."""
        now_s = self._ahead_s()
        if abs(now_s - before_s) > STEP_S:
            log.info("clock stepped", extra={"by_s": round(now_s - before_s)})
        return now_s
