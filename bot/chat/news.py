"""What a platform tells without anybody having asked for anything."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.refs import ChannelRef, CommunityRef, MemberRef


@dataclass(frozen=True, slots=True)
class Joined:
    """Laurel is in a community. Told at each connection; only the first is news.

    Attributes:
        name: What the community calls itself.

        owner: Who installed Laurel where the platform says so, else who owns the
            community; who is welcomed.

        lobby: Where to say hello if the owner cannot be written to; None for nowhere.

        locale: The community's own language, as a BCP 47 tag; None where unknown.
    """

    community: CommunityRef
    name: str
    owner: MemberRef
    lobby: ChannelRef | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """Laurel was sent away from a community, or the community is no more."""

    community: CommunityRef


@dataclass(frozen=True, slots=True)
class ChannelGone:
    """A channel was deleted, with what stood in it.

    Attributes:
        sign: What this is known by where a platform tells it again, even after a
            restart; empty where it never does.
    """

    channel: ChannelRef
    sign: str = field(default="", compare=False)


News = Joined | Left | ChannelGone
"""What a platform tells without anybody having asked for anything."""
