"""How moderators change the calendar that members see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat import wire
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule
from bot.domain.refs import ChannelRef
from storage import activity, calendar
from storage.activity import Fact
from storage.calendar import Entry, Plan
from storage.database import Transaction
from storage.moments import CHANGED, Moment, MomentKind, moment_of

MAX_ACTIVE = 200
"""Most that one community has planned at a time."""

_COUNT = """
SELECT count(*) AS count FROM calendar_entries
WHERE community = :community AND due_at IS NOT NULL
  AND kind IN ('calendar.moment', 'calendar.week', 'calendar.window')
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a moderator wants on the calendar; as in `Moment`."""

    kind: MomentKind
    title: str
    about: str
    channel: ChannelRef | None
    lasts: timedelta
    rule: Rule


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changes the calendar, by which call, and when."""

    by: Member
    call: str
    at: datetime


def count(tx: Transaction, community: Community) -> int:
    """Return how many moments, weeks and windows are still to come."""
    row = tx.one(_COUNT, community=community.id)
    return int(row["count"]) if row else 0


def add(tx: Transaction, community: Community, wanted: Wanted, edit: Edit) -> Moment:
    """Put ``wanted``, whose rule `recurrence.check` let pass, on the calendar.

    Raises:
        RuleError: If `MAX_ACTIVE` are there already.
    """
    if count(tx, community) >= MAX_ACTIVE:
        raise RuleError("calendar.refused-full", most=MAX_ACTIVE)
    entry = calendar.add(tx, community, _plan(wanted, edit, 1), edit.at)
    _tell(tx, community, entry.id, edit)
    return _known(entry)


def change(
    tx: Transaction, community: Community, moment: Moment, wanted: Wanted, edit: Edit
) -> Moment:
    """Have ``moment`` be ``wanted`` from now on, maybe as something of another kind."""
    entry = calendar.get(tx, community, moment.entry)
    if entry is None:
        raise LookupError("the moment was just read")
    plan = _plan(wanted, edit, moment.version + 1)
    changed = calendar.change(tx, community, entry, plan, edit.at)
    _tell(tx, community, entry.id, edit)
    return _known(changed)


def cancel(tx: Transaction, community: Community, entry: int, edit: Edit) -> bool:
    """Take ``entry`` off the calendar; False where it is not on it."""
    if not calendar.cancel(tx, community, entry):
        return False
    _tell(tx, community, entry, edit)
    return True


def _plan(wanted: Wanted, edit: Edit, version: int) -> Plan:
    body = {
        "title": wanted.title,
        "about": wanted.about,
        "channel": wanted.channel,
        "lasts": wanted.lasts,
        # Whose words these are, so that they go when their writer does.
        "by": edit.by.ref,
        "version": version,
        "changed_at": edit.at,
    }
    return Plan(f"calendar.{wanted.kind}", wanted.rule, wire.encode(body))


def _tell(tx: Transaction, community: Community, entry: int, edit: Edit) -> None:
    about = f"calendar_entries:{entry}"
    fact = Fact(CHANGED, edit.by.key, None, 0, edit.call, about)
    activity.add(tx, community, fact, edit.at)


def _known(entry: Entry) -> Moment:
    moment = moment_of(entry)
    if moment is None:
        raise LookupError("the moment was just written")
    return moment
