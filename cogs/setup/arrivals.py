"""Laurel comes to a community, leaves one, or loses a channel there: units of work."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from bot.chat import wire
from bot.chat.news import ChannelGone, Joined, Left, News
from bot.domain.community import Community, Settings
from bot.domain.refs import ChannelRef, MemberRef
from cogs.setup import cards
from storage import communities, deliveries, departures, drafts, outbox
from storage.communities import UnknownCommunityError
from storage.database import Transaction
from storage.delivery import Delivery
from storage.departures import Came

WELCOME = "setup:welcome:"
"""What the keys of welcomes begin with; the lobby follows."""

_NOT_TOLD = ("member-unreachable", "member-gone")


def note(tx: Transaction, news: News, fresh: Settings, at: datetime) -> None:
    """Take note of ``news``; a new community starts with ``fresh``."""
    match news:
        case Joined():
            _joined(tx, news, fresh, at)
        case Left(community=ref):
            departures.leave(tx, ref, at)
        case ChannelGone():
            _lost(tx, news, at)
        case _ as never:
            assert_never(never)


def welcome_in_lobby(
    tx: Transaction, delivery: Delivery, reason: str, at: datetime
) -> bool:
    """Say a welcome in the lobby that its reader could not be told directly.

    Returns whether ``delivery``, which was set aside, was a welcome: its call is its
    key, since no member's action caused it.
    """
    if not delivery.call.startswith(WELCOME):
        return False
    lobby = delivery.call.removeprefix(WELCOME).partition(":")[0]
    if lobby and delivery.body and reason in _NOT_TOLD:
        community = communities.get(tx, delivery.to.community)
        outbox.remove(tx, community, delivery.call, at)
        place = ChannelRef(community.ref, lobby)
        _put(tx, community, place, f"{WELCOME}:{drafts.new_id()}", delivery.body, at)
    return True


def _joined(tx: Transaction, news: Joined, fresh: Settings, at: datetime) -> None:
    arrival = departures.arrive(tx, news.community, fresh, at)
    if arrival.came is Came.STILL:
        return
    lobby = news.lobby.id if news.lobby else ""
    key = f"{WELCOME}{lobby}:{drafts.new_id()}"
    body = wire.encode(cards.welcome(news.name, arrival.came))
    _put(tx, arrival.community, news.owner, key, body, at)


def _lost(tx: Transaction, gone: ChannelGone, at: datetime) -> None:
    """Tell the moderators that the wall is gone, before anybody misses a post."""
    channel = gone.channel
    try:
        community = communities.get(tx, channel.community)
    except UnknownCommunityError:
        return
    wall, moderators = community.settings.wall, community.settings.moderators
    if channel == wall and moderators and moderators != channel:
        key = f"setup:lost:{channel.id}:{gone.sign or drafts.new_id()}"
        if deliveries.is_known(tx, community, key):
            return
        _put(tx, community, moderators, key, wire.encode(cards.lost_wall()), at)


def _put(
    tx: Transaction,
    community: Community,
    to: ChannelRef | MemberRef,
    key: str,
    body: str,
    at: datetime,
) -> None:
    outbox.put(tx, community, outbox.Parcel(to, key, body, (), key), at)
