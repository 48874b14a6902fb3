"""What is set aside, seen, tried again and told of: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.refs import ChannelRef, MemberRef
from cogs.mail import cards
from storage import (
    activity,
    audit,
    communities,
    deliveries,
    drafts,
    members,
    outbox,
    set_aside,
)
from storage.activity import Fact
from storage.database import Transaction
from storage.delivery import Delivery
from storage.pins import Pin
from storage.ringing import Stuck
from storage.set_aside import Parked

SHOWN = 10
"""Messages listed at once, the oldest: the most facts that a card has."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """What is set aside in a community.

    Attributes:
        parked: The oldest, at most `SHOWN`.

        count: How many there are.

        unseen: How many posts of late may stand twice, since nobody may look.
    """

    parked: Sequence[Parked]
    count: int
    unseen: int


def undelivered(tx: Transaction, call: Call) -> Undelivered:
    """Return what is set aside here."""
    community = communities.get(tx, call.community)
    parked = set_aside.parked(tx, community, SHOWN)
    return Undelivered(
        parked,
        set_aside.parked_count(tx, community),
        set_aside.unseen(tx, community, call.at - timedelta(days=cards.RECENT_DAYS)),
    )


def replay(tx: Transaction, call: Call, row: int) -> bool:
    """Queue a message again; False where it is no longer set aside."""
    community = communities.get(tx, call.community)
    if not set_aside.replay(tx, community, row, call.at):
        return False
    moderator = members.meet(tx, community, call.actor, call.at)
    entry = audit.Entry(moderator.key, "mail.replay", f"outbox:{row}")
    audit.add(tx, community, entry, call.at)
    return True


def note_parked(tx: Transaction, delivery: Delivery, reason: str, at: datetime) -> None:
    """Tell the moderators that ``delivery`` was set aside, once for each place.

    Or that it had to go to its channel itself, once for each thread.

    Whoever is there no more is noted as gone. The moderators are not told where they
    chose no channel, where that very channel is what fails, and where they know already
    that something for this place is set aside.
    """
    community = communities.get(tx, delivery.to.community)
    if reason.startswith(deliveries.NO_THREAD):
        _note_unthreaded(tx, community, delivery, reason, at)
        return
    if reason == "member-gone" and isinstance(delivery.to, MemberRef):
        _note_left(tx, community, delivery.to, delivery.call, at)
    moderators = community.settings.moderators
    if moderators is None or delivery.to == moderators:
        return
    if not set_aside.is_first_parked(tx, community, delivery):
        return
    place = delivery.to if isinstance(delivery.to, ChannelRef) else None
    note = outbox.Parcel(
        to=moderators,
        # One message may be set aside again after it was tried again.
        key=f"mail:parked:{drafts.new_id()}",
        body=wire.encode(cards.note(place, reason, stands=delivery.gone)),
        names=(),
        call=delivery.call,
    )
    outbox.put(tx, community, note, at)


def note_unpinned(tx: Transaction, pin: Pin, reason: str, at: datetime) -> None:
    """Tell the moderators, where there are any, that a message stands unpinned."""
    community = communities.get(tx, pin.to.community)
    moderators = community.settings.moderators
    if moderators is None:
        return
    place = pin.to if isinstance(pin.to, ChannelRef) else None
    note = outbox.Parcel(
        to=moderators,
        key=f"mail:unpinned:{pin.id}:{drafts.new_id()}",
        body=wire.encode(cards.unpinned(place, reason)),
        names=(),
        call=pin.call,
    )
    outbox.put(tx, community, note, at)


def note_unshown(
    tx: Transaction, community: Community, reason: str, at: datetime
) -> None:
    """Tell the moderators, where there are any, that no events show the calendar."""
    moderators = community.settings.moderators
    if moderators is None:
        return
    key = f"mail:unshown:{drafts.new_id()}"
    note = outbox.Parcel(
        to=moderators,
        key=key,
        body=wire.encode(cards.unshown(reason)),
        names=(),
        call=key,
    )
    outbox.put(tx, community, note, at)


def note_stuck(tx: Transaction, stuck: Stuck, at: datetime) -> None:
    """Tell the moderators, where there are any, what the calendar set aside."""
    moderators = stuck.community.settings.moderators
    if moderators is None:
        return
    key = f"mail:stuck:{stuck.entry}:{drafts.new_id()}"
    note = outbox.Parcel(
        to=moderators,
        key=key,
        body=wire.encode(cards.stuck(stuck.due_at)),
        names=(),
        call=key,
    )
    outbox.put(tx, stuck.community, note, at)


def _note_unthreaded(
    tx: Transaction,
    community: Community,
    delivery: Delivery,
    reason: str,
    at: datetime,
) -> None:
    """Tell the moderators, where there are any, that no thread could be begun.

    Once for each message that one was to be under, such as a challenge's announcement.
    """
    moderators, thread = community.settings.moderators, delivery.thread
    if moderators is None or thread is None or isinstance(delivery.to, MemberRef):
        return
    key = f"mail:unthreaded:{thread.row}"
    if deliveries.is_known(tx, community, key):
        return
    body = wire.encode(cards.unthreaded(delivery.to, reason))
    note = outbox.Parcel(moderators, key, body, (), delivery.call)
    outbox.put(tx, community, note, at)


def _note_left(
    tx: Transaction, community: Community, ref: MemberRef, call: str, at: datetime
) -> None:
    """Note that somebody is there no more, and tell the log the first time."""
    member = members.find(tx, community, ref, at)
    members.leave(tx, community, ref)
    if member is not None and member.here:
        about = f"members:{member.key}"
        fact = Fact("members.left", member.key, None, 0, call, about)
        activity.add(tx, community, fact, at)
