"""Shows the community's calendar on the platform's own, as events.

The next time of each moment is shown, the soonest first. What a person did to an event
stands: nobody's own events are touched, and one that was taken down is not made again.
Before anything is made it is noted, and where the outcome was never noted the events
that stand are looked through, so that no crash makes anything twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.chat.adapter import (
    Adapter,
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
)
from bot.chat.events import Event, Events, StandingEvent
from bot.chat.routes import FollowSpec
from bot.domain.community import Community
from bot.domain.refs import PlatformName
from bot.lookout import Lookout
from bot.mirror.steps import Steps, compare
from storage import mirrored
from storage.activity import Activity
from storage.database import TROUBLE, Database, DatabaseClosedError, Transaction
from storage.mirrored import Look, Mirrored, Standing, View
from storage.moments import CHANGED, Upcoming

log = logging.getLogger(__name__)

AT_ONCE = 16
"""Most communities that are read in one go; they are then seen to one by one."""

SPARE = 10
"""Events that are left free for people's own."""

BEGUN = timedelta(minutes=1)
"""What begins sooner than this is not shown any more, nor changed."""

GONE = "event-gone"

LOOK_EVERY = timedelta(days=1)
FIRST_WAIT = timedelta(seconds=5)
MAX_WAIT = timedelta(minutes=15)
REFUSED_WAIT = timedelta(hours=6)

Clock = Callable[[], datetime]
Unshown = Callable[[Transaction, Community, str, datetime], None]
"""Told once why the calendar cannot be shown, until it can be again."""


class Mirror(Lookout):
    """Makes the events of one platform what the calendars of its communities say."""

    def __init__(
        self,
        database: Database,
        adapter: Adapter,
        events: Events,
        clock: Clock,
        tell: Unshown,
    ) -> None:
        super().__init__()
        self._database = database
        self._adapter = adapter
        self._events = events
        self._clock = clock
        self._tell = tell
        database.listen(mirrored.TOPIC, self.wake)

    @property
    def name(self) -> str:
        """What its task is called."""
        return f"events {self._adapter.name}"

    @property
    def spec(self) -> FollowSpec:
        """How it hears of calendars that change."""
        unit = partial(_changed, platform=self._adapter.name)
        return FollowSpec(f"mirror.{self._adapter.name}", (CHANGED,), unit)

    async def begin(self) -> None:
        """Have every community be looked at once."""
        await self._database.write(mirrored.enrol, self._adapter.name, self._clock())

    async def look(self) -> bool:
        """See to some of the communities whose turn it is, one after the other."""
        now = self._clock()
        due = await self._database.read(mirrored.due, self._adapter.name, now, AT_ONCE)
        for each in due:
            if not self._stopped.is_set():
                await self._see(each)
        return bool(due)

    async def _see(self, look: Look) -> None:
        now = self._clock()
        (outcome,) = await asyncio.gather(
            self._see_to(look, now), return_exceptions=True
        )
        match outcome:
            case datetime():
                await self._database.write(_shown, look, outcome)
            case RefusedError():
                log.warning("events refused", extra={"reason": str(outcome)})
                await self._database.write(self._unshown, look, now, str(outcome))
            case NotAcceptedError(retry_after_s=retry_after_s):
                least = timedelta(seconds=retry_after_s or 0)
                await self._put_off(look, now, least, str(outcome))
            case OutcomeUnknownError():
                await self._put_off(look, now, self._settling, str(outcome))
            case Exception() if not isinstance(
                outcome, (*TROUBLE, DatabaseClosedError)
            ):
                log.error("events not shown", exc_info=outcome)
                await self._put_off(look, now, REFUSED_WAIT, type(outcome).__name__)
            case BaseException():
                raise outcome

    @property
    def _settling(self) -> timedelta:
        return timedelta(seconds=self._adapter.capabilities.settle_s)

    async def _put_off(
        self, look: Look, now: datetime, least: timedelta, reason: str
    ) -> None:
        log.warning("events put off", extra={"reason": reason})
        wait = FIRST_WAIT * 2 ** min(look.attempts, 10)
        due_at = now + max(min(wait, MAX_WAIT), least)
        await self._database.write(
            mirrored.looked, look, due_at, attempts=look.attempts + 1
        )

    def _unshown(self, tx: Transaction, look: Look, now: datetime, reason: str) -> None:
        mirrored.looked(tx, look, now + REFUSED_WAIT)
        if mirrored.tell(tx, look.community, told=True):
            self._tell(tx, look.community, reason, now)

    async def _see_to(self, look: Look, now: datetime) -> datetime:
        """Make events what they should be, and return when to look again."""
        community, begun, most = look.community, now + BEGUN, self._events.most
        view = await self._database.read(mirrored.view, community, begun)
        asked = [row.began_at + self._settling for row in view.rows if row.began_at]
        if asked and max(asked) > now:
            return max(asked)
        steps = compare(view, begun, most - SPARE)
        if steps.unsure:
            listed = await self._events.standing(community.ref)
            await self._take_up(community, view, steps, listed, begun)
            view = await self._database.read(mirrored.view, community, begun)
            theirs = sum(not each.ours for each in listed)
            steps = compare(view, begun, most - max(SPARE, theirs))
        await self._do(community, steps)
        nexts = (time.at - BEGUN for time in view.wanted[:1])
        return min([now + LOOK_EVERY, *nexts])

    async def _take_up(
        self,
        community: Community,
        view: View,
        steps: Steps,
        listed: Sequence[StandingEvent],
        begun: datetime,
    ) -> None:
        """Note what stands without our having noted it, and what stands no more."""
        write, adopted = self._database.write, set()
        known = {row.event for row in view.rows}
        unknown = [each for each in listed if each.ours and each.id not in known]
        for time in steps.make:
            looks = (self._events.named(_event(time)), time.at)
            for each in [one for one in unknown if looks == (one.name, one.at)][:1]:
                unknown.remove(each)
                adopted.add((time.moment.entry, time.at))
                await write(mirrored.stand, community, time, each.id)
        for each in unknown:
            await self._withdraw(community, each.id)
        # Last, since it is these rows that say that somebody has to look.
        standing = {each.id: each for each in listed}
        for row in view.rows:
            found = standing.get(row.event or "")
            if (row.entry, row.at) in adopted:
                continue
            if found and row.version == mirrored.UNSURE and found.at <= begun:
                await self._withdraw(community, found.id)  # too late to be moved
            elif found:
                continue
            await write(_lost, community, row)

    async def _do(self, community: Community, steps: Steps) -> None:
        for row in steps.forget:
            await self._database.write(mirrored.forget, community, row)
        for row in steps.withdraw:
            leaving = Standing.LEAVING
            await self._database.write(mirrored.become, community, row, leaving)
            await self._withdraw(community, row.event or "")
            await self._database.write(mirrored.forget, community, row)
        for row, time in steps.change:
            await self._change(community, row, time)
        for time in steps.make:
            await self._make(community, time)

    async def _make(self, community: Community, time: Upcoming) -> None:
        await self._database.write(mirrored.make, community, time, self._clock())
        try:
            made = await self._events.create(community.ref, _event(time))
        except (NotAcceptedError, RefusedError):
            await self._database.write(mirrored.unmake, community, time)
            raise
        await self._database.write(mirrored.stand, community, time, made)

    async def _change(
        self, community: Community, row: Mirrored, time: Upcoming
    ) -> None:
        write, event = self._database.write, row.event or ""
        if row.at != time.at:
            await write(mirrored.move, community, row, time)
        try:
            await self._events.change(community.ref, event, _event(time))
        except RefusedError as refusal:
            if refusal.reason != GONE:
                raise
            if row.at == time.at and row.version != mirrored.UNSURE:
                await write(_lost, community, row)
            else:  # another time of it is another matter
                await write(mirrored.unmake, community, time)
                await self._make(community, time)
        else:
            await write(mirrored.stand, community, time, event)

    async def _withdraw(self, community: Community, event_id: str) -> None:
        try:
            await self._events.withdraw(community.ref, event_id)
        except RefusedError as refusal:
            if refusal.reason != GONE:
                raise


def _changed(tx: Transaction, changed: Activity, platform: PlatformName) -> None:
    mirrored.mark(tx, platform, changed)


def _event(time: Upcoming) -> Event:
    moment = time.moment
    return Event(moment.title, moment.about, moment.channel, time.at, time.until)


def _lost(tx: Transaction, community: Community, row: Mirrored) -> None:
    """Note that an event stands no more: a person's deed, where it was not ours.

    Of one that was being moved nobody can tell when it went; it is made anew.
    """
    if row.state is Standing.STANDING and row.version != mirrored.UNSURE:
        mirrored.become(tx, community, row, Standing.TAKEN_DOWN)
    elif row.state is not Standing.TAKEN_DOWN:
        mirrored.forget(tx, community, row)


def _shown(tx: Transaction, look: Look, due_at: datetime) -> None:
    mirrored.looked(tx, look, due_at)
    mirrored.tell(tx, look.community, told=False)
