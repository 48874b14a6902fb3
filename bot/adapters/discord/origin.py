"""Where on Discord something happens."""

from __future__ import annotations

from bot.adapters.discord.people import DISCORD
from bot.adapters.discord.raw import (
    Json,
    id_in,
    maybe_object_in,
    number_in,
    object_in,
)
from bot.domain.refs import ChannelRef, CommunityRef

_THREADS = frozenset({10, 11, 12})
"""Channels that are threads of another: of announcements, public and private."""


def community_of(raw: Json) -> CommunityRef:
    """Return the guild where an interaction happens.

    Raises:
        MalformedError: If it happens in none.
    """
    return CommunityRef(DISCORD, id_in(raw, "guild_id"))


def channel_of(raw: Json) -> ChannelRef:
    """Return the channel or thread where an interaction happens.

    Raises:
        MalformedError: If it is not as Discord documents it, or not from a guild.
    """
    if raw.get("channel_id") is not None:
        return ChannelRef(community_of(raw), id_in(raw, "channel_id"))
    return ChannelRef(community_of(raw), id_in(object_in(raw, "channel"), "id"))


def above_of(raw: Json) -> ChannelRef | None:
    """Return the channel that a thread hangs in; None where nobody acts in a thread.

    Raises:
        MalformedError: If it is not as Discord documents it, or not from a guild.
    """
    channel = maybe_object_in(raw, "channel")
    if channel is None or channel.get("parent_id") is None:
        return None
    if number_in(channel, "type") not in _THREADS:
        return None
    return ChannelRef(community_of(raw), id_in(channel, "parent_id"))
