"""What committees have on the calendar: draws, ends of terms, ends of ballots."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.chat import wire
from bot.domain.community import Community
from bot.domain.recurrence import Rule, zone_named
from storage import calendar
from storage.calendar import Entry, Plan, Quiet
from storage.database import Transaction


class Due(StrEnum):
    """What happens then; also the kinds of the entries."""

    DRAW = "committees.draw"
    END = "committees.end"
    COUNT = "committees.count"


def whole_minute(at: datetime) -> datetime:
    """Return the first whole minute from ``at`` on: the calendar knows no less."""
    floor = at.replace(second=0, microsecond=0)
    return floor if floor == at else floor + timedelta(minutes=1)


def plan(
    tx: Transaction,
    community: Community,
    due: Due,
    about: int,
    at: datetime,
    now: datetime,
) -> None:
    """Have ``due`` happen at the whole minute ``at`` to what has the id ``about``.

    It does not wait for quiet hours: until when somebody can vote was said before.
    """
    wall = at.astimezone(UTC).replace(tzinfo=None)
    name = due.removeprefix("committees.")
    payload = wire.encode({"about": about, "due": f"committees.due-{name}"})
    rule = Rule(wall, zone_named("UTC"))
    calendar.add(tx, community, Plan(due, rule, payload, Quiet.IGNORE), now)


def about(entry: Entry) -> int:
    """Return the id of what an entry is about."""
    told: int = wire.decode(entry.plan.payload)["about"]
    return told
