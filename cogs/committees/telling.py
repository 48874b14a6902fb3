"""Who is told what: everybody, moderators, and those who sit in a committee."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Message
from bot.domain.committees import Leaving, SeatState
from bot.domain.community import Community
from bot.domain.recap import Audience
from bot.domain.refs import ChannelRef, MemberRef
from storage import deliveries, members, outbox, seats
from storage.committees import Committee
from storage.database import Transaction
from storage.outbox import Parcel
from storage.seen import Seen


@dataclass(frozen=True, slots=True)
class Roster:
    """Who sits in a committee, as everybody may see it.

    Attributes:
        seated: Those who may be named, in the order of the draw.

        keys: Theirs.

        taken: How many seats are taken, also by who may not be named.

        backups: How many would move up.
    """

    committee: Committee
    seated: Sequence[MemberRef]
    keys: Sequence[int]
    taken: int
    backups: int


def place_of(community: Community) -> ChannelRef | None:
    """Return where draws and results are posted; None where there is no channel."""
    return community.settings.wall or community.settings.moderators


def roster(tx: Transaction, community: Community, committee: Committee) -> Roster:
    """Return who sits in ``committee`` at this moment."""
    seen = Seen(tx, community, Audience.CHAT)
    told = seats.seats(tx, committee.id)
    seated = [each.member for each in told if each.state is SeatState.SEATED]
    named = [(ref, key) for key in seated if (ref := seen.of(key)) is not None]
    return Roster(
        committee,
        tuple(ref for ref, _ in named),
        tuple(key for _, key in named),
        len(seated),
        sum(each.state is SeatState.BACKUP for each in told),
    )


def direct(
    tx: Transaction,
    community: Community,
    member: int,
    key: str,
    message: Message,
    now: datetime,
) -> None:
    """Write to somebody who takes messages; once for each ``key``."""
    to = members.by_key(tx, community, member, now)
    if to is None or not to.here or not to.privacy.takes_dms:
        return
    if not deliveries.is_known(tx, community, key):
        parcel = Parcel(to.ref, key, wire.encode(message), (), key)
        outbox.put(tx, community, parcel, now)


def moderators(
    tx: Transaction, community: Community, key: str, message: Message, now: datetime
) -> None:
    """Tell the moderators, where they have a channel; once for each ``key``."""
    place = community.settings.moderators
    if place is not None and not deliveries.is_known(tx, community, key):
        parcel = Parcel(place, key, wire.encode(message), (), key)
        outbox.put(tx, community, parcel, now)


def correct(
    tx: Transaction, community: Community, key: str, message: Message, now: datetime
) -> None:
    """Have something that was told say something else, if it was told."""
    outbox.edit(tx, community, key, wire.encode(message), now)


def unfit(
    tx: Transaction, community: Community, member: int, now: datetime
) -> Leaving | None:
    """Return why somebody can neither sit nor win at this moment; None if they can."""
    found = members.by_key(tx, community, member, now)
    if found is None:
        return Leaving.ERASED
    if not found.here:
        return Leaving.LEFT
    return None if found.privacy.level in Audience.CHAT.levels else Leaving.HIDDEN
