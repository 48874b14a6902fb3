"""Appeals that wait too long, and who can still answer them: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community, Member
from cogs.review.appealing import appeal_key, may_answer, raised_of
from storage import appeal_reminders, outbox
from storage.appeal_reminders import Waiting
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Late:
    """Appeals of which somebody is to be told now.

    Attributes:
        fresh: Those of which moderators were not reminded.

        overdue: Those for which nobody was asked to step in.
    """

    fresh: Sequence[Waiting]
    overdue: Sequence[Waiting]


def late(
    tx: Transaction, community: Community, remind: datetime, escalate: datetime
) -> Late:
    """Return which appeals wait since then or longer, and nobody was told of it."""
    found = appeal_reminders.waiting(tx, community, remind)
    return Late(
        [each for each in found if each.reminded_at is None],
        [e for e in found if e.since <= escalate and e.escalated_at is None],
    )


def note(tx: Transaction, community: Community, told: Late, now: datetime) -> None:
    """Note that whoever can be told was, and show how long they wait by now."""
    for each in told.fresh:
        appeal_reminders.reminded(tx, community, each.appeal, now)
    for each in told.overdue:
        appeal_reminders.escalated(tx, community, each.appeal, now)
    for number in dict.fromkeys(e.appeal for e in (*told.fresh, *told.overdue)):
        outbox.redraw(tx, community, appeal_key(number), now)


def answerable(
    tx: Transaction,
    community: Community,
    overdue: Sequence[Waiting],
    member: Member,
    now: datetime,
) -> Sequence[Waiting]:
    """Return those that ``member`` can answer: who decided them cannot."""
    found = []
    for each in overdue:
        raised = raised_of(tx, community, each.appeal, now)
        if raised is not None and may_answer(tx, raised, member, now):
            found.append(each)
    return found
