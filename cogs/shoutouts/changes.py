"""How a shoutout is undone, taken back or made private: units of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member
from bot.domain.errors import RuleError
from bot.domain.people import Person, Role
from bot.domain.refs import MemberRef
from cogs.shoutouts.service import note_key, wall_key
from storage import (
    activity,
    allowances,
    audit,
    communities,
    members,
    outbox,
    retractions,
    shoutouts,
    words,
)
from storage.database import Transaction
from storage.retractions import Retraction
from storage.shoutouts import Kept

UNDO = "undo"
RETRACT = "retract"

_SEEN = frozenset({Level.PUBLIC, Level.CHANNEL})

RETRACTABLE_FOR = timedelta(days=90)
"""How far back the list of what can be taken back goes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody sees of a shoutout that stands.

    Attributes:
        giver: None where they are not named.

        receivers: Those who may be named, one at least.

        value: The value tag's label; None for none.
    """

    giver: MemberRef | None
    receivers: tuple[MemberRef, ...]
    reason: str
    value: str | None
    given_at: datetime


def undo(tx: Transaction, call: Call, shoutout: int) -> None:
    """Take back what the actor gave minutes ago, as if it had not been.

    Raises:
        RuleError: If it is not theirs, is taken back already, or time is over.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    kept = _standing(tx, community, shoutout)
    if kept.giver != member.key:
        raise RuleError("shoutouts.refused-not-yours")
    if call.at > kept.given_at + timedelta(minutes=community.settings.undo_minutes):
        raise RuleError(
            "shoutouts.refused-undo-late", minutes=community.settings.undo_minutes
        )
    taken = Retraction(call.id, member.key, UNDO, None, call.at)
    _take_back(tx, community, kept, taken)
    allowances.give_back(tx, community, kept.giver, kept.given_on, len(kept.receivers))


def retract(tx: Transaction, call: Call, shoutout: int, reason: str) -> None:
    """Take a shoutout back for good, with a reason that only the audit knows.

    Raises:
        RuleError: If the actor neither gave nor received it and is no moderator, or
            it is taken back already.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    kept = _standing(tx, community, shoutout)
    if not may_retract(member, kept):
        raise RuleError("shoutouts.refused-not-yours")
    why, digest = words.add(tx, community, member.key, reason)
    taken = Retraction(call.id, member.key, RETRACT, why, call.at)
    _take_back(tx, community, kept, taken, digest)


def may_retract(member: Member, kept: Kept) -> bool:
    """Return whether ``member`` gave it, received it, or is a moderator."""
    involved = member.key in (kept.giver, *kept.receivers)
    return involved or member.role >= Role.MODERATOR


def of_post(tx: Transaction, call: Call) -> int:
    """Return the shoutout whose public post a message action was chosen on.

    Raises:
        RuleError: If that message is no shoutout.
    """
    community = communities.get(tx, call.community)
    if call.target is not None:
        channel, message_id = call.target.channel, call.target.message_id
        key = outbox.key_of(tx, community, channel, message_id) or ""
        number = key.rpartition(":")[2]
        if number.isdecimal() and key == wall_key(int(number)):
            return int(number)
    raise RuleError("shoutouts.refused-no-shoutout")


def retractable(
    tx: Transaction, call: Call
) -> list[tuple[Kept, tuple[MemberRef, ...]]]:
    """Return what the actor may take back, newest first, each with its receivers."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    found = shoutouts.retractable(
        tx,
        community,
        None if member is None else member.key,
        call.at - RETRACTABLE_FOR,
        # As the platform says today: a moderator may be new here.
        anybodys=call.actor.role >= Role.MODERATOR,
    )
    return [(kept, _refs(tx, community, kept.receivers, call.at)) for kept in found]


def shown(tx: Transaction, call: Call, shoutout: int) -> Shown:
    """Return what everybody sees of what the actor gave.

    Raises:
        RuleError: If it is not theirs, or nothing of it is to be seen any more.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    kept = _standing(tx, community, shoutout)
    if kept.giver != member.key:
        raise RuleError("shoutouts.refused-not-yours")
    found = (members.by_key(tx, community, k, call.at) for k in kept.public_receivers)
    named = tuple(m.ref for m in found if m and m.here and m.privacy.level in _SEEN)
    if not named or kept.reason is None:
        raise RuleError("shoutouts.refused-unseen")
    giver = member.ref if member.privacy.level in _SEEN else None
    return Shown(giver, named, kept.reason, kept.value, kept.given_at)


def thanked(tx: Transaction, call: Call, shoutout: int) -> tuple[Person, ...]:
    """Return whom a shoutout was for in public, but the actor.

    Raises:
        RuleError: If it is taken back, or there is nobody else to thank.
    """
    community = communities.get(tx, call.community)
    kept = _standing(tx, community, shoutout)
    found = (members.by_key(tx, community, k, call.at) for k in kept.public_receivers)
    people = tuple(
        Person(member.ref, member.name, member.role, member.bot, member.here)
        for member in found
        if member and member.ref != call.actor.ref
    )
    if not people:
        raise RuleError("shoutouts.refused-self")
    return people


def _refs(
    tx: Transaction, community: Community, keys: tuple[int, ...], at: datetime
) -> tuple[MemberRef, ...]:
    found = (members.by_key(tx, community, key, at) for key in keys)
    return tuple(member.ref for member in found if member)


def _standing(tx: Transaction, community: Community, shoutout: int) -> Kept:
    kept = shoutouts.get(tx, community, shoutout)
    if kept is None:
        raise RuleError("shoutouts.refused-unknown")
    if kept.retracted:
        raise RuleError("shoutouts.refused-gone")
    return kept


def _take_back(
    tx: Transaction,
    community: Community,
    kept: Kept,
    taken: Retraction,
    digest: bytes | None = None,
) -> None:
    retractions.add(tx, community, kept.id, taken)
    for receiver in kept.receivers:
        fact = activity.Fact(
            f"shoutouts.{taken.way}",
            taken.member,
            receiver,
            -1,
            taken.operation,
            f"shoutouts:{kept.id}",
        )
        activity.add(tx, community, fact, taken.at)
    action = f"shoutouts.{taken.way}"
    entry = audit.Entry(taken.member, action, f"shoutouts:{kept.id}", digest=digest)
    audit.add(tx, community, entry, taken.at)
    outbox.remove(tx, community, wall_key(kept.id), taken.at)
    for receiver in kept.receivers:
        outbox.remove(tx, community, note_key(kept.id, receiver), taken.at)
