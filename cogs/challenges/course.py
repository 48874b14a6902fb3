"""How challenges open, ask, end and are called off: units of work.

What everybody reads stands where the challenge does, and is drawn anew when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.chat import wire
from bot.domain.challenge_rules import asked_so_far, flaws_of
from bot.domain.challenges import Challenge, State, Terms, day_number
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.challenges import differences, posts
from storage import communities, deliveries, members, outbox
from storage.activity import Activity
from storage.challenges import book, entrants, times
from storage.challenges.book import Act
from storage.challenges.given import given
from storage.database import Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence
from storage.outbox import Parcel

POSTS, DAYS = "challenges:post:", "challenges:day:"
CHANGES, ENDS = "challenges:changed:", "challenges:off:"
"""What the keys of posts begin with; the challenge's id follows, and what tells more
of one kind apart."""

JOINED, LEFT, MOVED = "challenges.joined", "challenges.left", "members.moved"
"""What changes whose clocks count."""

UNDER_WAY = frozenset({State.DRAFT, State.OPEN, State.RUNNING})


def under_way(tx: Transaction, community: Community, challenge: int) -> Challenge:
    """Return a challenge whose days are not over.

    Raises:
        RuleError: If there is none, or they are.
    """
    found = book.get(tx, community, challenge)
    if found is None:
        raise RuleError("challenges.refused-gone")
    if found.state not in UNDER_WAY:
        raise RuleError("challenges.refused-over")
    return found


def open_it(
    tx: Transaction, community: Community, challenge: int, by: Act
) -> Challenge:
    """Let people join, and say so; what begins today begins now.

    Raises:
        RuleError: If it is gone or open already, or its first day is past.
    """
    found = under_way(tx, community, challenge)
    if found.state is not State.DRAFT:
        raise RuleError("challenges.refused-open")
    today = by.at.astimezone(community.settings.zone).date()
    for rule in flaws_of(found.terms, found.state, today):
        raise RuleError(rule.code, None, **rule.values)
    opened = book.move(tx, community, found, State.OPEN, by)
    key = f"{POSTS}{opened.id}"
    parcel = Parcel(opened.terms.channel, key, None, (), by.call)
    outbox.put(tx, community, parcel, by.at)
    return catch_up(tx, community, opened, by)


def catch_up(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> Challenge:
    """Do at once what would have been done by now, had it been planned like this."""
    planned = times.course(tx, community, challenge)
    if challenge.state is State.OPEN and planned.begins_at <= by.at:
        challenge = _begin(tx, community, challenge, by)
    local = by.at.astimezone(community.settings.zone)
    today = asked_so_far(challenge, local)
    if today and local.date() <= challenge.ends_on:
        _ask(tx, community, challenge, today, by)
    return challenge


def call_off(
    tx: Transaction, community: Community, challenge: int, why: str, by: Act
) -> Challenge:
    """End a challenge before its time, and say so where it was announced.

    Raises:
        RuleError: If it is gone, or its days are over.
    """
    found = under_way(tx, community, challenge)
    over = book.call_off(tx, community, found, why, by)
    if found.state is State.DRAFT:
        return over
    said = f"{POSTS}{over.id}"
    place = said if over.terms.thread else None
    key = f"{ENDS}{over.id}"
    parcel = Parcel(over.terms.channel, key, None, (), by.call, under=place)
    outbox.put(tx, community, parcel, by.at)
    if place is not None:
        outbox.close_thread(tx, community, said, by.at)
    return over


def tell_changed(
    tx: Transaction, community: Community, before: Terms, after: Challenge, by: Act
) -> None:
    """Say aloud what changed of what people joined for, if anything did."""
    if not after.state.joinable or not differences.of(before, after.terms):
        return
    said = f"{POSTS}{after.id}"
    key = f"{CHANGES}{after.id}:{before.number}:{after.terms.number}"
    place = said if after.terms.thread else None
    parcel = Parcel(after.terms.channel, key, None, (), by.call, under=place)
    outbox.put(tx, community, parcel, by.at)


def begin(tx: Transaction, occurrence: Occurrence) -> None:
    """Have days be counted, from the first midnight of the first of them on."""
    found = planned_of(tx, occurrence)
    if found is not None and found.state is State.OPEN:
        _begin(tx, occurrence.community, found, by_itself(occurrence))


def ask(tx: Transaction, occurrence: Occurrence) -> None:
    """Post the prompt of a day.

    Where Laurel was away, one for a day that nobody can check in for any more is left
    out once the next is due.
    """
    found = planned_of(tx, occurrence)
    if found is None or not found.state.joinable:
        return
    community, by = occurrence.community, by_itself(occurrence)
    number = day_number(found.terms, occurrence.happening.on)
    if found.state is State.OPEN:
        found = _begin(tx, community, found, by)
    local = by.at.astimezone(community.settings.zone)
    is_newest = number is not None and asked_so_far(found, local) <= number
    if number is not None and (is_newest or found.terms.catch_up):
        _ask(tx, community, found, number, by)


def end(tx: Transaction, occurrence: Occurrence) -> None:
    """End a challenge, once its last day is over for everybody who takes part."""
    community, found = occurrence.community, planned_of(tx, occurrence)
    if found is None or not found.state.joinable:
        return
    by = by_itself(occurrence)
    if times.course(tx, community, found).ends_at > occurrence.now:
        book.settle_times(tx, community, found, by)
        return
    if found.state is State.OPEN:
        found = _begin(tx, community, found, by)
    book.move(tx, community, found, State.REVIEW, by)


def follow(tx: Transaction, entry: Activity) -> None:
    """Have the announcement say how far its challenge has come."""
    community = communities.by_id(tx, entry.community)
    challenge = _id_of(entry.fact.ref)
    outbox.redraw(tx, community, f"{POSTS}{challenge}", entry.at)


def reckon(tx: Transaction, entry: Activity) -> None:
    """Have a challenge begin and end by the clocks of all who take part by now."""
    community = communities.by_id(tx, entry.community)
    member = entry.fact.subject or entry.fact.actor
    ids = [_id_of(entry.fact.ref)]
    if entry.fact.kind == MOVED:
        ids = [each.challenge for each in entrants.of_member(tx, community, member)]
    by = Act(None, entry.fact.source, entry.at)
    for each in ids:
        found = book.get(tx, community, each)
        if found is None or not found.state.joinable:
            continue
        met = members.by_key(tx, community, member, entry.at)
        is_known = entry.fact.kind == JOINED and not (
            met and times.reaches_beyond(tx, community, found, met)
        )
        if not is_known:
            catch_up(tx, community, book.settle_times(tx, community, found, by), by)


def move_clocks(tx: Transaction, entry: Activity) -> None:
    """Have what is still to come be on the clocks that the community has now."""
    community = communities.by_id(tx, entry.community)
    by = Act(None, entry.fact.source, entry.at)
    for found in book.listed(tx, community, (State.OPEN, State.RUNNING)):
        catch_up(tx, community, book.settle_times(tx, community, found, by), by)


def announcement(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw what is said of a challenge from its opening to its end."""
    found = book.get(tx, community, _id_of(key))
    return Drawn(posts.announcement(found)) if found else None


def day_post(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw the prompt of a day."""
    challenge, number = map(int, key.removeprefix(DAYS).split(":"))
    found = book.get(tx, community, challenge)
    return Drawn(posts.day(found, number)) if found else None


def change_post(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw what changed from one version to another."""
    told = key.removeprefix(CHANGES).split(":")
    challenge, before, after = map(int, told)
    if book.get(tx, community, challenge) is None:
        return None
    old, new = (book.terms(tx, challenge, number) for number in (before, after))
    return Drawn(posts.changed(new, differences.of(old, new)))


def end_post(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw that a challenge was called off, and why."""
    found = book.get(tx, community, _id_of(key))
    if found is None:
        return None
    why = book.reason_of(tx, found.id)
    points = given(tx, found.id).points
    names = (why.author,) if why else ()
    return Drawn(posts.called_off(found, why.words if why else "", points), names)


def _begin(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> Challenge:
    return book.move(tx, community, challenge, State.RUNNING, by)


def _ask(
    tx: Transaction, community: Community, challenge: Challenge, number: int, by: Act
) -> None:
    """Post the prompt of a day, unless it or the next was posted."""
    key = f"{DAYS}{challenge.id}:{number}"
    following = f"{DAYS}{challenge.id}:{number + 1}"
    if any(deliveries.is_known(tx, community, each) for each in (key, following)):
        return
    place = f"{POSTS}{challenge.id}" if challenge.terms.thread else None
    parcel = Parcel(challenge.terms.channel, key, None, (), by.call, under=place)
    outbox.put(tx, community, parcel, by.at)


def planned_of(tx: Transaction, occurrence: Occurrence) -> Challenge | None:
    """Return the challenge that an entry of the calendar is for."""
    body: Mapping[str, Any] = wire.decode(occurrence.entry.plan.payload)
    return book.get(tx, occurrence.community, int(body["challenge"]))


def by_itself(occurrence: Occurrence) -> Act:
    """Return that Laurel does what was planned."""
    return Act(None, occurrence.key, occurrence.now)


def _id_of(named: str) -> int:
    """Return the id at the end of a key or a reference."""
    return int(named.rpartition(":")[2])
