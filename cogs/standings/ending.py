"""How a challenge ends: frozen, open to disputes, and final at last. Units of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community
from bot.domain.recurrence import Rule
from cogs.standings import cards
from cogs.standings.service import DISPUTABLE_FOR
from storage import calendar, communities, deliveries, outbox
from storage.activity import Activity
from storage.acts import Act
from storage.calendar import Plan, Quiet
from storage.challenges import (
    book,
    checkins,
    disputes,
    freezing,
    judging,
    live,
    results,
)
from storage.challenges.signing import Because
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.outbox import Parcel

BOARD, THANKS, SUMMARY = "standings:board:", "standings:thanks:", "standings:summary:"
"""What the keys of the board, of the thanks at the end and of the last word in the
thread begin with; the challenge's id follows."""

ANNOUNCED = "challenges:post:"
"""What the key of the announcement begins with, in whose thread all is said."""

ON_WALL = (THANKS,)
"""What waits for a wall that is gone, and follows to the next one; as keys begin."""

FREEZE, FINAL = "standings.freeze", "standings.final"
"""Kinds of the occurrences. Each payload holds the id of the challenge."""

DECIDED = ("challenges.judged", "challenges.refused", "challenges.taken-back")
"""Kinds of activity that change what somebody's days count for, also after the end."""

PATIENCE = timedelta(hours=72)
"""How long the result waits for moderators to look at what was checked in."""

MOST_BOARDS = 100
"""Of each state, the newest first, that are drawn anew when somebody hides."""


def started(tx: Transaction, entry: Activity) -> None:
    """Put the board up."""
    community, challenge = _meant(tx, entry)
    key = f"{BOARD}{entry.fact.ref.rpartition(':')[2]}"
    if challenge is None or deliveries.is_known(tx, community, key):
        return
    terms = challenge.terms
    under = f"{ANNOUNCED}{challenge.id}" if terms.thread else None
    parcel = Parcel(terms.channel, key, None, (), entry.fact.source, under=under)
    outbox.put(tx, community, parcel, entry.at)


def changed(tx: Transaction, entry: Activity) -> None:
    """Have the board follow what happened, and the result what was decided late."""
    community, challenge = _meant(tx, entry)
    if challenge is None:
        return
    live.touch(tx, community, f"{BOARD}{challenge.id}", entry.at)
    if challenge.state is not State.REVIEW:
        return
    member = entry.fact.subject
    if results.latest(tx, community, challenge.id) is None:
        _freeze_once_judged(tx, community, challenge, entry.at)
    elif entry.fact.kind in DECIDED and member is not None:
        why = Because(None, entry.at)
        freezing.count_anew(tx, community, challenge, member, why)


def ended(tx: Transaction, entry: Activity) -> None:
    """Freeze the result, at once where nothing waits to be looked at."""
    community, challenge = _meant(tx, entry)
    if challenge is None or challenge.state is not State.REVIEW:
        return
    live.touch(tx, community, f"{BOARD}{challenge.id}", entry.at)
    if not _freeze_once_judged(tx, community, challenge, entry.at):
        _plan(tx, community, FREEZE, challenge, (entry.at, PATIENCE))


def freeze(tx: Transaction, occurrence: Occurrence) -> None:
    """Freeze the result as it is: it has waited long enough."""
    challenge = _planned(tx, occurrence)
    if challenge is not None and challenge.state is State.REVIEW:
        _freeze(tx, occurrence.community, challenge, occurrence.now)


def final(tx: Transaction, occurrence: Occurrence) -> None:
    """Have the result stand; where a dispute keeps it from that, tell moderators."""
    challenge = _planned(tx, occurrence)
    if challenge is not None:
        by = Act(None, occurrence.key, occurrence.now)
        if not settle(tx, occurrence.community, challenge, by):
            _remind(tx, occurrence.community, challenge, by)


def settle(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> bool:
    """Have the result stand once its time is over and no dispute waits.

    Returns whether that is so now.
    """
    first = results.first(tx, community, challenge.id)
    if challenge.state is not State.REVIEW or first is None:
        return False
    if by.at < first.at + DISPUTABLE_FOR:
        return False
    if disputes.waiting(tx, community, challenge.id):
        live.touch(tx, community, f"{BOARD}{challenge.id}", by.at)
        return False
    done = book.move(tx, community, challenge, State.FINAL, by)
    live.touch(tx, community, f"{BOARD}{challenge.id}", by.at)
    _thank(tx, community, done, by)
    return True


def hidden(tx: Transaction, entry: Activity) -> None:
    """Have what names somebody be drawn anew who may not be named any more.

    Boards that move follow whatever anybody chose. Whoever is erased waits for no
    answer either.
    """
    community = communities.by_id(tx, entry.community)
    for challenge in book.listed(tx, community, (State.RUNNING, State.REVIEW)):
        live.touch(tx, community, f"{BOARD}{challenge.id}", entry.at)
        if entry.fact.kind == "members.erased":
            settle(tx, community, challenge, Act(None, entry.fact.source, entry.at))
    over = (State.FINAL, State.CALLED_OFF)
    for challenge in book.listed(tx, community, over, MOST_BOARDS):
        for told in (BOARD, THANKS, SUMMARY):
            key = f"{told}{challenge.id}"
            if live.names(tx, community, key, entry.fact.actor):
                outbox.redraw(tx, community, key, entry.at)


def _freeze_once_judged(
    tx: Transaction, community: Community, challenge: Challenge, at: datetime
) -> bool:
    if judging.count(tx, community, challenge.id):
        return False
    # What is followed late may have happened before the end.
    _freeze(tx, community, challenge, max(at, challenge.ended_at or at))
    return True


def _freeze(
    tx: Transaction, community: Community, challenge: Challenge, at: datetime
) -> None:
    made = freezing.freeze(tx, community, challenge, Because(None, at))
    if made is not None:
        live.touch(tx, community, f"{BOARD}{challenge.id}", at)
        _plan(tx, community, FINAL, challenge, (at, DISPUTABLE_FOR))


def _remind(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> None:
    """Tell moderators how many disputes wait, now and again until none does."""
    count = len(disputes.waiting(tx, community, challenge.id))
    if challenge.state is not State.REVIEW or not count:
        return
    settings = community.settings
    if settings.moderators is not None:
        said = wire.encode(cards.overdue(challenge.terms.title, count))
        key = f"standings:overdue:{challenge.id}:{by.call}"
        outbox.put(
            tx, community, Parcel(settings.moderators, key, said, (), by.call), by.at
        )
    again = timedelta(days=settings.escalate_after_d)
    _plan(tx, community, FINAL, challenge, (by.at, again))


def _thank(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> None:
    """Say on the wall what everybody did, and close the thread with a last word.

    Where there is no wall, the thanks are that last word.
    """
    channel, wall = challenge.terms.channel, community.settings.wall
    under = f"{ANNOUNCED}{challenge.id}" if challenge.terms.thread else None
    thanks = Parcel(wall or channel, f"{THANKS}{challenge.id}", None, (), by.call)
    if wall is None:
        thanks = replace(thanks, under=under)
    outbox.put(tx, community, thanks, by.at)
    if under is None:
        return
    if wall is not None:
        key = f"{SUMMARY}{challenge.id}"
        last = Parcel(channel, key, None, (), by.call, under=under)
        outbox.put(tx, community, last, by.at)
    outbox.close_thread(tx, community, under, by.at)


def _plan(
    tx: Transaction,
    community: Community,
    kind: str,
    challenge: Challenge,
    when: tuple[datetime, timedelta],
) -> None:
    """Have ``kind`` happen so long after an instant, at the next full minute."""
    since, after = when
    due = (since + after + timedelta(seconds=59)).replace(second=0, microsecond=0)
    rule = Rule(due.astimezone(ZoneInfo("UTC")).replace(tzinfo=None), ZoneInfo("UTC"))
    payload = wire.encode({"challenge": challenge.id})
    calendar.add(tx, community, Plan(kind, rule, payload, Quiet.IGNORE), since)


def _planned(tx: Transaction, occurrence: Occurrence) -> Challenge | None:
    body: Mapping[str, Any] = wire.decode(occurrence.entry.plan.payload)
    return book.get(tx, occurrence.community, int(body["challenge"]))


def _meant(tx: Transaction, entry: Activity) -> tuple[Community, Challenge | None]:
    """Return the challenge that an entry of the log is about."""
    community = communities.by_id(tx, entry.community)
    table, _, row = entry.fact.ref.partition(":")
    number = int(row)
    if table == "checkins":
        checkin = checkins.get(tx, community, number)
        if checkin is None:
            return community, None
        number = checkin.challenge
    return community, book.get(tx, community, number)
