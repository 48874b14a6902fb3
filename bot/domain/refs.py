"""Names for people and places that mean the same on every platform."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NewType

PlatformName = NewType("PlatformName", str)


@dataclass(frozen=True, slots=True)
class CommunityRef:
    """One Discord guild, Slack workspace or playground room."""

    platform: PlatformName
    id: str


@dataclass(frozen=True, slots=True)
class MemberRef:
    """One person inside one community."""

    community: CommunityRef
    id: str


@dataclass(frozen=True, slots=True)
class ChannelRef:
    """One place in a community where messages can be posted."""

    community: CommunityRef
    id: str


@dataclass(frozen=True, slots=True)
class RoleRef:
    """One group of members that the platform knows by name."""

    community: CommunityRef
    id: str


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """What is said under one message of a channel, apart from the channel itself.

    Attributes:
        root: The platform's id of that message.
    """

    channel: ChannelRef
    root: str

    @property
    def community(self) -> CommunityRef:
        """Where it is."""
        return self.channel.community


Spot = ChannelRef | MemberRef | ThreadRef
"""Where a message stands: in a channel, in a thread, or in direct messages."""


def place_of(spot: Spot) -> ChannelRef | MemberRef:
    """Return the channel of a thread; any other spot as it is."""
    return spot.channel if isinstance(spot, ThreadRef) else spot
