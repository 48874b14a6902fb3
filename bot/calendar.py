"""The alarm clock. The tables are the truth; APScheduler only rings.

It rings at the next due instant, and every 15 seconds besides, so that a step of the
machine's clock is noticed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

TICK_S = 15

Ring = Callable[[], Awaitable[None]]
NextDue = Callable[[], Awaitable[datetime | None]]
Clock = Callable[[], datetime]


class AlarmClock:
    """Rings when something falls due.

    Attributes are handed in: what to do, when it is next due, the clock that the bot
    lives by, and the wall clock that the scheduler lives by.
    """

    def __init__(
        self, ring: Ring, next_due: NextDue, *, clock: Clock, wall: Clock
    ) -> None:
        self._ring = ring
        self._next_due = next_due
        self._clock = clock
        self._wall = wall
        self._woken = asyncio.Event()
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
        self._scheduler.add_job(self.wake, IntervalTrigger(seconds=TICK_S), id="tick")
        self._scheduler.start()
        try:
            while not self._stopping:
                self._woken.clear()
                await self._ring()
                await self._rewind()
                await self._woken.wait()
        finally:
            self._scheduler.shutdown(wait=False)

    def stop(self) -> None:
        """Ring no more."""
        self._stopping = True
        self.wake()

    async def _rewind(self) -> None:
        due = await self._next_due()
        if due is None:
            return
        away = max(due - self._clock(), timedelta(0))
        trigger = DateTrigger(self._wall() + away)
        self._scheduler.add_job(self.wake, trigger, id="due", replace_existing=True)
