"""When the monthly report comes: an entry of the calendar, from the first settings on.

It is on by default, as soon as there is a channel for moderators: what nobody asks for
is what nobody notices. Whoever moderates can switch it off, and it stays off.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from bot.chat import wire
from bot.domain.community import Community, Settings
from bot.domain.recurrence import Rule
from bot.domain.rrule import ByDay, Freq, Pattern
from storage import calendar, fairness
from storage.calendar import Plan
from storage.database import Transaction
from storage.fairness import MONTHLY, Monthly

AT = time(10)
"""On the first Monday of a month, by the community's clocks."""

_FIRST_MONDAY = Pattern(Freq.MONTHLY, days=(ByDay(1, 0),))

_PAYLOAD = wire.encode({})


def follow(tx: Transaction, community: Community, now: datetime) -> None:
    """Have the monthly report come when the settings say, unless it is off."""
    standing, entry = fairness.monthly(tx, community)
    if standing is Monthly.UNPLANNED and community.settings.moderators is not None:
        calendar.add(tx, community, _plan(community.settings, now), now)
    elif standing is Monthly.ON and entry is not None:
        _move(tx, community, entry, now)


def switch(tx: Transaction, community: Community, now: datetime, *, on: bool) -> bool:
    """Have the monthly report come, or not; False where it is so already."""
    standing, entry = fairness.monthly(tx, community)
    if on and standing is not Monthly.ON:
        calendar.add(tx, community, _plan(community.settings, now), now)
        return True
    if not on and standing is Monthly.ON and entry is not None:
        return calendar.cancel(tx, community, entry)
    return False


def _move(tx: Transaction, community: Community, entry: int, now: datetime) -> None:
    """Have the entry follow the community's zone."""
    known = calendar.get(tx, community, entry)
    if known is not None and known.plan.rule.zone != community.settings.zone:
        calendar.change(tx, community, known, _plan(community.settings, now), now)


def _plan(settings: Settings, now: datetime) -> Plan:
    local = now.astimezone(settings.zone).replace(tzinfo=None)
    start = datetime.combine(local.date(), AT)
    if start < local:
        start += timedelta(days=1)
    return Plan(MONTHLY, Rule(start, settings.zone, _FIRST_MONDAY), _PAYLOAD)
