"""What happens when a member thanks others: units of work, no chat and no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat import wire
from bot.chat.responses import Call
from bot.chat.text import Phrase, phrase
from bot.domain.community import Community
from bot.domain.days import next_midnight
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.refs import MemberRef
from bot.domain.shoutouts import (
    SAME_AGAIN,
    Given,
    Receipt,
    Shoutout,
    check_people,
    check_reason,
)
from cogs.shoutouts import cards
from cogs.shoutouts.digest import ANNOUNCEMENTS
from cogs.shoutouts.places import check_place, wall
from storage import (
    activity,
    allowances,
    audit,
    communities,
    members,
    outbox,
    shoutouts,
    words,
)
from storage.communities import ValueTag
from storage.database import Transaction
from storage.shoutouts import Between


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member typed.

    Attributes:
        value: Id of a value tag, as text; None for none.
    """

    to: tuple[Person, ...]
    why: str
    value: str | None
    private: bool

    def answers(self) -> Mapping[str, object]:
        """Return it as answers to the form."""
        return {
            "to": self.to,
            "why": self.why,
            "value": self.value,
            "private": self.private,
        }


def give(tx: Transaction, call: Call, wish: Wish) -> Receipt:
    """Record the shoutout that ``wish`` asks for and queue what announces it.

    Raises:
        RuleError: If a rule says no; nothing is recorded then.
    """
    community = communities.get(tx, call.community)
    shoutout, tag = check(tx, community, call, wish)
    return keep(tx, community, call, shoutout, tag)


def keep(
    tx: Transaction,
    community: Community,
    call: Call,
    shoutout: Shoutout,
    tag: ValueTag | None,
) -> Receipt:
    """Record ``shoutout``, which was checked in this unit, and queue what announces it.

    Raises:
        RuleError: If what was given before forbids it; nothing is recorded then.
    """
    last = _last_times(tx, community, shoutout)
    if (earlier := _said_already(tx, community, call, shoutout, last)) is not None:
        given = Given(earlier, shoutout, tag.label if tag else None)
        left = allowances.left(tx, community, shoutout.giver, call.at)
        return _receipt(community, call, given, left, again=True)
    _check_cooldown(community, shoutout, last)
    left = _spend(tx, community, shoutout)
    given = _record(tx, community, call, shoutout, tag)
    _announce(tx, community, call, given)
    return _receipt(community, call, given, left)


def check(
    tx: Transaction, community: Community, call: Call, wish: Wish
) -> tuple[Shoutout, ValueTag | None]:
    """Return the shoutout that ``wish`` asks for, and its value tag.

    Raises:
        RuleError: If nobody could give it, whatever they gave before.
    """
    giver = members.meet(tx, community, call.actor, call.at)
    receivers = [members.meet(tx, community, p, call.at) for p in wish.to]
    check_people(giver, receivers)
    reason = check_reason(wish.why, community.settings)
    tag = _tag(tx, community, wish.value)
    shoutout = Shoutout(
        giver=giver,
        receivers=tuple(receivers),
        reason=reason,
        value=tag.id if tag else None,
        private=wish.private,
        given_at=call.at,
        channel=call.channel if call.in_public else None,
    )
    check_place(community, call, shoutout)
    return shoutout, tag


def values(tx: Transaction, call: Call) -> tuple[ValueTag, ...]:
    """Return what the community values, as tags."""
    return communities.values(tx, communities.get(tx, call.community))


def upcoming(
    tx: Transaction, ref: MemberRef, now: datetime
) -> list[tuple[Phrase, datetime]]:
    """Return what falls due for a member: their allowance, and their last undo."""
    community = communities.get(tx, ref.community)
    member = members.find(tx, community, ref, now)
    zone = member.zone if member else community.settings.zone
    due = [(phrase("shoutouts.next-day"), next_midnight(zone, now))]
    undo = timedelta(minutes=community.settings.undo_minutes)
    last = shoutouts.last_given(tx, community, member.key) if member else None
    if last is not None and last + undo > now:
        due.append((phrase("shoutouts.next-undo"), last + undo))
    return due


def wall_key(shoutout: int) -> str:
    """Return the outbox's name for the public post of a shoutout."""
    return f"{ANNOUNCEMENTS.posts}{shoutout}"


def note_key(shoutout: int, receiver: int) -> str:
    """Return the outbox's name for the private note to one receiver."""
    return f"shoutouts:note:{shoutout}:{receiver}"


def _tag(tx: Transaction, community: Community, value: str | None) -> ValueTag | None:
    if value is None:
        return None
    for tag in communities.values(tx, community):
        if str(tag.id) == value:
            return tag
    raise RuleError("shoutouts.refused-value", "value")


def _last_times(
    tx: Transaction, community: Community, shoutout: Shoutout
) -> Sequence[Between | None]:
    """Return when the giver and each receiver last thanked each other, if of late."""
    cooldown = timedelta(hours=community.settings.pair_cooldown_h)
    since = shoutout.given_at - max(SAME_AGAIN, cooldown)
    giver = shoutout.giver.key
    return [
        shoutouts.last_between(tx, community, giver, receiver.key, since)
        for receiver in shoutout.receivers
    ]


def _said_already(
    tx: Transaction,
    community: Community,
    call: Call,
    shoutout: Shoutout,
    last: Sequence[Between | None],
) -> int | None:
    """Return the shoutout that this one repeats because its answer was lost.

    Either the platform delivered the same action twice, or the member typed it again
    within a minute.
    """
    if (same := shoutouts.of_operation(tx, community, call.id)) is not None:
        return same
    first = last[0]
    if first is None or first.giver != shoutout.giver.key:
        return None
    if first.at <= shoutout.given_at - SAME_AGAIN:
        return None
    kept = shoutouts.get(tx, community, first.shoutout)
    people = {receiver.key for receiver in shoutout.receivers}
    if kept and kept.reason == shoutout.reason and set(kept.receivers) == people:
        return kept.id
    return None


def _check_cooldown(
    community: Community, shoutout: Shoutout, last: Sequence[Between | None]
) -> None:
    cooldown = timedelta(hours=community.settings.pair_cooldown_h)
    if not cooldown:
        return  # what was kept just before may bear a later instant than this one
    for receiver, time in zip(shoutout.receivers, last, strict=True):
        if time is None or time.at <= shoutout.given_at - cooldown:
            continue
        mine = time.giver == shoutout.giver.key
        raise RuleError(
            "shoutouts.refused-cooldown" if mine else "shoutouts.refused-returned",
            "to",
            member=receiver.ref,
            frees=time.at + cooldown,
        )


def _spend(tx: Transaction, community: Community, shoutout: Shoutout) -> int:
    """Take what ``shoutout`` costs and return how many are left for the day."""
    giver, at, people = shoutout.giver, shoutout.given_at, len(shoutout.receivers)
    left = allowances.spend(tx, community, giver, people, at)
    if left is not None:
        return left
    raise RuleError(
        "shoutouts.refused-allowance",
        "to",
        left=allowances.left(tx, community, giver, at),
        most=giver.per_day,
        renews=next_midnight(giver.zone, at),
    )


def _record(
    tx: Transaction,
    community: Community,
    call: Call,
    shoutout: Shoutout,
    tag: ValueTag | None,
) -> Given:
    giver, at = shoutout.giver.key, shoutout.given_at
    reason, digest = words.add(tx, community, giver, shoutout.reason)
    kept = shoutouts.add(tx, community, shoutout, call.id, reason)
    for receiver in shoutout.receivers:
        public = shoutout.names_in_public(receiver)
        kind = "shoutouts.given" if public else "shoutouts.given-in-private"
        ref = f"shoutouts:{kept}"
        fact = activity.Fact(kind, giver, receiver.key, 1, call.id, ref)
        activity.add(tx, community, fact, at)
    entry = audit.Entry(giver, "shoutouts.give", f"shoutouts:{kept}", digest=digest)
    audit.add(tx, community, entry, at)
    return Given(kept, shoutout, tag.label if tag else None)


def _receipt(
    community: Community,
    call: Call,
    given: Given,
    left: int,
    *,
    again: bool = False,
) -> Receipt:
    giver = given.shoutout.giver
    return Receipt(
        given=given,
        wall=wall(community, call),
        left=left,
        renews_at=next_midnight(giver.zone, call.at),
        undo_until=call.at + timedelta(minutes=community.settings.undo_minutes),
        again=again,
    )


def _announce(tx: Transaction, community: Community, call: Call, given: Given) -> None:
    giver = given.shoutout.giver
    if given.shoutout.named_in_public:
        key = wall_key(given.id)
        post = outbox.Parcel(wall(community, call), key, None, (), call.id)
        outbox.put(tx, community, post, call.at)
    for receiver in given.told:
        note = outbox.Parcel(
            to=receiver.ref,
            key=note_key(given.id, receiver.key),
            body=wire.encode(cards.private_note(given)),
            names=(giver.key, receiver.key),
            call=call.id,
        )
        outbox.put(tx, community, note, call.at)
