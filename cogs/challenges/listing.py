"""Which challenges there are for whoever asks, and opening one: units of work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from bot.chat.responses import Call
from bot.domain.challenges import Challenge, State
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.recurrence import instant
from cogs.challenges import course, openings
from storage import communities, members
from storage.challenges import book
from storage.challenges.book import Act
from storage.database import Transaction

SHOWN_FOR = timedelta(days=92)
"""For how long one that is over stays on the list."""

OPENS_AT = time(9)
"""When a draft opens where somebody says only on which day."""

MAX_LISTED = 25
MAX_OF_STATE = 25

_ORDER = (
    State.RUNNING,
    State.OPEN,
    State.REVIEW,
    State.DRAFT,
    State.FINAL,
    State.CALLED_OFF,
)


def every(tx: Transaction, call: Call) -> Sequence[Challenge]:
    """Return what there is, drafts for moderators alone, what matters most first."""
    return [
        each
        for each in of_states(tx, call, _ORDER)
        if not each.ended_at or each.ended_at >= call.at - SHOWN_FOR
        if _is_for(call, each)
    ][:MAX_LISTED]


def of_states(
    tx: Transaction, call: Call, states: Collection[State]
) -> Sequence[Challenge]:
    """Return the community's challenges of ``states``."""
    community = communities.get(tx, call.community)
    chosen = [state for state in _ORDER if state in states]
    return book.listed(tx, community, chosen, MAX_OF_STATE)


def seen(tx: Transaction, call: Call, challenge: int) -> Challenge:
    """Return a challenge, as far as it is for whoever asks.

    Raises:
        RuleError: If there is none, or they do not know of it.
    """
    found = book.get(tx, communities.get(tx, call.community), challenge)
    if found is None or not _is_for(call, found):
        raise RuleError("challenges.refused-gone")
    return found


def open_it(tx: Transaction, call: Call, challenge: int) -> Challenge:
    """Let people join a challenge.

    Raises:
        RuleError: If it is gone or open already, or its first day is past.
    """
    community = communities.get(tx, call.community)
    by = members.meet(tx, community, call.actor, call.at)
    return course.open_it(tx, community, challenge, Act(by, call.id, call.at))


def plan(
    tx: Transaction, call: Call, challenge: int, on: date | None, at: time | None
) -> Challenge:
    """Have a draft open by itself, on the community's clocks; None for never.

    Raises:
        RuleError: If it is gone or open already, or cannot open then.
    """
    community = communities.get(tx, call.community)
    by = members.meet(tx, community, call.actor, call.at)
    opens_at = None
    if on is not None:
        wall = datetime.combine(on, at or OPENS_AT)
        opens_at = instant(wall, community.settings.zone)
    return openings.plan(tx, community, challenge, opens_at, Act(by, call.id, call.at))


def planned(
    tx: Transaction, call: Call, challenge: int
) -> tuple[date | None, time | None]:
    """Return when a draft is to open by itself, on the community's clocks.

    Raises:
        RuleError: If it is gone or open already.
    """
    community = communities.get(tx, call.community)
    found = course.under_way(tx, community, challenge)
    if found.state is not State.DRAFT:
        raise RuleError("challenges.refused-open")
    if found.opens_at is None:
        return None, None
    local = found.opens_at.astimezone(community.settings.zone)
    return local.date(), local.time()


def _is_for(call: Call, challenge: Challenge) -> bool:
    """Return whether whoever asks knows of it; what was never opened is a draft."""
    return call.actor.role >= Role.MODERATOR or challenge.opened_at is not None
