"""Servers, channels and roles, as the gateway told of them."""

from __future__ import annotations

from collections.abc import Callable

import discord
from discord.abc import GuildChannel

from bot.adapters.discord.permissions import (
    CREATE_EVENTS,
    CREATE_PUBLIC_THREADS,
    PIN_MESSAGES,
    missing,
)
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    RoleRef,
    Spot,
    ThreadRef,
)


class Places:
    """What is known of where Laurel is; of what nobody told, nothing is said."""

    def __init__(self, client: Callable[[], discord.Client | None]) -> None:
        self._client = client

    def guild(self, community: CommunityRef) -> discord.Guild | None:
        """Return a server."""
        client = self._client()
        return client.get_guild(int(community.id)) if client else None

    def name_of(self, ref: ChannelRef | RoleRef) -> str | None:
        """Return what a channel or role is called; None where nobody knows."""
        if isinstance(ref, ChannelRef):
            place = self._place(ref)
            return None if place is None else place.name
        guild = self.guild(ref.community)
        role = guild.get_role(int(ref.id)) if guild else None
        return None if role is None else role.name

    def missing(self, channel: ChannelRef) -> tuple[str, ...]:
        """Return what Laurel may not do in a channel, though it has to.

        The names are those of `permissions.NAMES`; none where nobody knows the channel.
        """
        place = self._place(channel)
        if place is None:
            return ()
        granted = place.permissions_for(place.guild.me).value
        return tuple(missing(granted, thread=isinstance(place, discord.Thread)))

    def may_pin(self, to: Spot) -> bool:
        """Return whether Laurel may pin there, as far as anybody told."""
        return self._may(to, PIN_MESSAGES)

    def may_begin_threads(self, channel: ChannelRef) -> bool:
        """Return whether Laurel may begin threads there, as far as anybody told."""
        return self._may(channel, CREATE_PUBLIC_THREADS)

    def may_create_events(self, community: CommunityRef) -> bool:
        """Return whether Laurel may create events there, as far as anybody told."""
        guild = self.guild(community)
        if guild is None:
            return True
        return bool(guild.me.guild_permissions.value & CREATE_EVENTS)

    def _may(self, to: Spot, permission: int) -> bool:
        place = None if isinstance(to, MemberRef) else self._place(spoken_in(to))
        if place is None:
            return True
        return bool(place.permissions_for(place.guild.me).value & permission)

    def _place(self, ref: ChannelRef) -> GuildChannel | discord.Thread | None:
        guild = self.guild(ref.community)
        return guild.get_channel_or_thread(int(ref.id)) if guild else None


def spoken_in(spot: ChannelRef | ThreadRef) -> ChannelRef:
    """Return what Discord takes for the channel: a thread is one of its own.

    One that was begun from a message has the message's id.
    """
    if isinstance(spot, ThreadRef):
        return ChannelRef(spot.community, spot.root)
    return spot


def wanted(*names: str) -> list[str]:
    """Return the catalogue keys of permissions, which are named as in `NAMES`."""
    return [f"discord.permission-{name}" for name in names if name]
