"""What a member sees of their own, and what they choose there: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.responses import Call
from bot.domain.about import check_about
from bot.domain.community import About, Community, Member, ZoneChange
from bot.domain.days import next_midnight, zone_change
from bot.domain.quiet import QuietHours
from bot.domain.refs import MemberRef
from storage import (
    activity,
    allowances,
    audit,
    communities,
    members,
    shoutouts,
    silence,
)
from storage.boards import tallies
from storage.boards.tallies import Tally
from storage.database import Transaction
from storage.shoutouts import Kept

MAX_THANKS = 5
"""How many shoutouts are shown, newest first."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """A shoutout that the member received.

    Attributes:
        giver: None once they are erased.

        reason: None once it is erased.

        in_private: Whether it was between the two of them.
    """

    giver: MemberRef | None
    reason: str | None
    at: datetime
    in_private: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """What there is to say to a member about themselves.

    Attributes:
        in_private: How often they were thanked in private, which counts nowhere.

        left: How many people they may still thank today, of ``per_day``.

        renews_at: When that starts anew.

        next_zone: None where no other zone is to come.
    """

    member: Member
    tally: Tally
    in_private: int
    left: int
    per_day: int
    renews_at: datetime
    next_zone: ZoneChange | None
    thanks: Sequence[Thanks]


def look(tx: Transaction, call: Call) -> Mine:
    """Return what there is to say to the actor about themselves."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    coming = member.next_zone
    kept = shoutouts.about(tx, community, member.key, MAX_THANKS)
    return Mine(
        member=member,
        tally=tallies.of(tx, community, member.key),
        in_private=tallies.in_private(tx, community, member.key),
        left=allowances.left(tx, community, member, call.at),
        per_day=member.per_day,
        renews_at=next_midnight(member.zone, call.at),
        next_zone=coming if coming and coming.zone.key != member.zone.key else None,
        thanks=[_thanks(tx, community, member, one, call.at) for one in kept],
    )


def move(tx: Transaction, call: Call, zone: ZoneInfo) -> Mine:
    """Have ``zone`` be the actor's, from the later of the two midnights on."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    coming = member.next_zone
    if zone.key != (coming or member).zone.key or not member.own_zone:
        members.move(tx, member, zone_change(member, zone, call.at))
        _record(tx, community, member, call)
    return look(tx, call)


def preview(tx: Transaction, call: Call, *, on: bool) -> Mine:
    """Have shoutouts be shown to the actor before they are posted, or not."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    members.prefer(tx, member, member.privacy, previews=on)
    return look(tx, call)


def hush(tx: Transaction, call: Call, quiet: QuietHours | None) -> Mine:
    """Have nothing be sent to the actor in ``quiet`` that can wait; None for never."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    members.hush(tx, member, quiet)
    silence.look_again(tx, community, member.ref, call.at)
    return look(tx, call)


def tell(tx: Transaction, call: Call, about: About) -> Mine:
    """Have ``about`` be what stands beside thanks to the actor from now on.

    Raises:
        RuleError: If the link is no plain ``https`` address.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    members.tell(tx, member, check_about(about))
    return look(tx, call)


def near(tx: Transaction, call: Call) -> tuple[str, ...]:
    """Return the names of the zones that the actor is likeliest to look for."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    own = (member.zone.key,) if member else ()
    return (*own, community.settings.zone.key)


def _record(tx: Transaction, community: Community, member: Member, call: Call) -> None:
    ref = f"members:{member.key}"
    fact = activity.Fact("members.moved", member.key, None, 0, call.id, ref)
    activity.add(tx, community, fact, call.at)
    audit.add(tx, community, audit.Entry(member.key, "members.move", ref), call.at)


def _thanks(
    tx: Transaction, community: Community, member: Member, kept: Kept, at: datetime
) -> Thanks:
    giver = members.by_key(tx, community, kept.giver, at)
    return Thanks(
        giver=giver.ref if giver else None,
        reason=kept.reason,
        at=kept.given_at,
        in_private=member.key not in kept.public_receivers,
    )
