"""The calendar as a message that stands in a channel: units of work.

It is edited in place and never posted again. When the calendar changes it is drawn
anew, and also when what it shows begins or ends: an entry of the calendar's own rings
at the first such instant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import ChannelRef
from cogs.calendar import posts
from storage import audit, calendar, communities, members, moments, outbox
from storage.calendar import Plan, Quiet
from storage.database import Transaction
from storage.moments import Upcoming
from storage.posted import Posted, posted

REFRESH = "calendar.refresh"
"""The kind of the entry that rings when what is shown is no longer so."""

PINNED = "calendar:pinned:"

MAX_PINNED = 10
"""Channels of one community in which a calendar stands."""

SHOWN = 8


class Pin(StrEnum):
    """What is in a channel.

    ``LOST``: it was there, and somebody deleted it.
    """

    NONE = "none"
    HERE = "here"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the pinned message shows."""

    running: Sequence[Upcoming]
    coming: Sequence[Upcoming]


def state(tx: Transaction, community: Community, channel: ChannelRef) -> Pin:
    """Return what is in ``channel``."""
    here = _in(tx, community, channel)
    if any(each.stands for each in here):
        return Pin.HERE
    return Pin.LOST if here and here[-1].taken_away else Pin.NONE


def pin(tx: Transaction, call: Call) -> None:
    """Put the calendar into the channel of ``call``, to stand there pinned.

    Raises:
        RuleError: If it stands there, or in too many channels, or nobody else reads it.
    """
    if not call.in_public:
        raise RuleError("calendar.refused-pin-here")
    community = communities.get(tx, call.community)
    here = _in(tx, community, call.channel)
    if any(each.stands for each in here):
        raise RuleError("calendar.refused-pinned")
    if len(_standing(tx, community)) >= MAX_PINNED:
        raise RuleError("calendar.refused-pins", most=MAX_PINNED)
    place = f"{PINNED}{call.channel.id}"
    parcel = outbox.Parcel(
        to=call.channel,
        # The first one's name is taken for good, also once it is deleted.
        key=f"{place}:{len(here) + 1}" if here else place,
        body=_body(_shown(tx, community, call.at)),
        names=(),
        call=call.id,
        pinned=True,
    )
    outbox.put(tx, community, parcel, call.at)
    _audit(tx, community, call, "calendar.pin")
    refresh(tx, community, call.at)


def unpin(tx: Transaction, call: Call) -> None:
    """Take the calendar out of the channel of ``call``, where it stands there."""
    community = communities.get(tx, call.community)
    for each in _in(tx, community, call.channel):
        if each.stands:
            outbox.remove(tx, community, each.key, call.at)
    _audit(tx, community, call, "calendar.unpin")
    refresh(tx, community, call.at)


def refresh(tx: Transaction, community: Community, now: datetime) -> None:
    """Draw what stands anew where it is no longer so, and ring when that will be."""
    standing = _standing(tx, community)
    if not standing:
        calendar.drop(tx, community, REFRESH)
        return
    shown = _shown(tx, community, now)
    body = _body(shown)
    for each in standing:
        if each.body != body:
            outbox.edit(tx, community, each.key, body, now)
    changes = [each.until for each in shown.running]
    changes += [each.at for each in shown.coming]
    if not changes:
        calendar.drop(tx, community, REFRESH)
        return
    rule = Rule(_whole_minute(min(changes)), zone_named("UTC"))
    plan = Plan(REFRESH, rule, wire.encode({}), Quiet.IGNORE)
    calendar.put_only(tx, community, plan, now)


def _shown(tx: Transaction, community: Community, now: datetime) -> Shown:
    running = moments.running(tx, community, now)[:SHOWN]
    return Shown(running, moments.ahead(tx, community, now, SHOWN))


def _body(shown: Shown) -> str:
    return wire.encode(posts.pinned(shown.running, shown.coming))


def _standing(tx: Transaction, community: Community) -> list[Posted]:
    return [each for each in posted(tx, community, PINNED) if each.stands]


def _in(tx: Transaction, community: Community, channel: ChannelRef) -> list[Posted]:
    found = posted(tx, community, f"{PINNED}{channel.id}")
    return [each for each in found if each.channel == channel]


def _whole_minute(at: datetime) -> datetime:
    """Return ``at`` or the next whole minute, as the clocks of UTC show it."""
    up = timedelta(seconds=-at.second % 60, microseconds=-at.microsecond)
    return (at + up).astimezone(UTC).replace(tzinfo=None)


def _audit(tx: Transaction, community: Community, call: Call, action: str) -> None:
    moderator = members.meet(tx, community, call.actor, call.at)
    about = f"communities:{community.id}"
    audit.add(tx, community, audit.Entry(moderator.key, action, about), call.at)
