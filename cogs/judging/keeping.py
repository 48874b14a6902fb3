"""Files that came with check-ins: who is handed one, and when they go: units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.recurrence import Rule, zone_named
from cogs.judging.cases import known
from storage import calendar, communities, members
from storage.activity import Activity
from storage.calendar import Plan, Quiet
from storage.challenges import checkins, proofs
from storage.challenges.proofs import KEPT_FOR, About, Held
from storage.database import Transaction
from storage.occurrences import Occurrence

MAX_LISTED = 25
"""As many as one list can show."""

FORGET = "judging.forget"
"""The kind of the entry that has the files of a challenge go."""


def hand_out(tx: Transaction, call: Call, checkin: int) -> tuple[Held, bool]:
    """Return the file of a check-in, for whoever reviews, and whether it is their own.

    Raises:
        RuleError: If the actor is neither, or it is kept no more.
    """
    case, actor = known(tx, call, checkin)
    if case.member.key != actor.key and call.actor.role < Role.MODERATOR:
        raise RuleError("judging.refused-unknown")
    file = case.checkin.file
    held = None if file is None else proofs.get(tx, case.community, file)
    if held is None:
        raise RuleError("judging.refused-file-gone")
    return held, case.member.key == actor.key


def own(tx: Transaction, call: Call, before: int) -> Sequence[tuple[int, About]]:
    """Return the actor's files that are kept, each with its check-in's id.

    One more than a list shows, so that it is known whether there are others; those
    before the file ``before``, or the newest where that is 0.
    """
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    if actor is None:
        return ()
    until = before or proofs.MAX_ID
    return proofs.of_member(tx, community, actor.key, MAX_LISTED + 1, until)


def plan(tx: Transaction, entry: Activity) -> None:
    """Have the files of a challenge that is over go in time."""
    community = communities.by_id(tx, entry.community)
    challenge = int(entry.fact.ref.rpartition(":")[2])
    _put(tx, community, challenge, entry.at + KEPT_FOR, entry.at)


def forget(tx: Transaction, due: Occurrence) -> None:
    """Have a part of the files of a challenge go for good, and the rest soon after."""
    planned = wire.decode(due.entry.plan.payload)
    if not isinstance(planned, dict):
        return
    challenge = int(planned["challenge"])
    if proofs.drop_of(tx, due.community, challenge):
        soon = due.now + timedelta(minutes=1)
        _put(tx, due.community, challenge, soon, due.now)


def taken_back(tx: Transaction, entry: Activity) -> None:
    """Have the file of a check-in go that its member took back."""
    community = communities.by_id(tx, entry.community)
    found = checkins.get(tx, community, int(entry.fact.ref.rpartition(":")[2]))
    if found is not None and found.file is not None:
        proofs.drop(tx, community, found.file)


def _put(
    tx: Transaction,
    community: Community,
    challenge: int,
    at: datetime,
    now: datetime,
) -> None:
    payload = wire.encode({"challenge": challenge})
    rule = Rule(_whole_minute(at), zone_named("UTC"))
    calendar.add(tx, community, Plan(FORGET, rule, payload, Quiet.IGNORE), now)


def _whole_minute(at: datetime) -> datetime:
    """Return ``at`` or the next whole minute, as the clocks of UTC show it."""
    up = timedelta(seconds=-at.second % 60, microseconds=-at.microsecond)
    return (at + up).astimezone(UTC).replace(tzinfo=None)
