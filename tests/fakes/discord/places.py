"""People, channels and messages as Discord keeps them, and as it writes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

Json = dict[str, Any]

TEXT: Final = 0
DIRECT: Final = 1
VOICE: Final = 2
CATEGORY: Final = 4
ANNOUNCEMENTS: Final = 5
THREADS: Final = (10, 11, 12)
FORUM: Final = 15
MEDIA: Final = 16

EPHEMERAL: Final = 1 << 6
LOADING: Final = 1 << 7
COMPONENTS_V2: Final = 1 << 15


@dataclass(eq=False, slots=True)
class User:
    """An account."""

    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False
    closed: bool = False

    def json(self) -> Json:
        """Return the user as Discord shows it to others."""
        return {
            "id": self.id,
            "username": self.name if self.bot else _handle(self.name),
            "global_name": None if self.bot else self.name,
            "discriminator": "4242" if self.bot else "0",
            "avatar": None,
            "avatar_decoration_data": None,
            "banner": None,
            "accent_color": None,
            "bot": self.bot,
            "public_flags": 0,
            "flags": 0,
            "primary_guild": None,
        }


def _handle(name: str) -> str:
    return name.lower().replace(" ", ".")


@dataclass(eq=False, slots=True)
class Member:
    """A user's place in one guild."""

    user: User
    joined_at: datetime
    roles: list[str] = field(default_factory=list)
    nick: str | None = None

    def json(self) -> Json:
        """Return the member without the user."""
        return {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "flags": 0,
            "joined_at": self.joined_at.isoformat(),
            "nick": self.nick,
            "pending": False,
            "premium_since": None,
            "roles": list(self.roles),
        }

    def whole(self) -> Json:
        """Return the member with the user."""
        return {**self.json(), "user": self.user.json(), "mute": False, "deaf": False}


@dataclass(eq=False, slots=True)
class Role:
    """A role of a guild."""

    id: str
    name: str
    permissions: int
    position: int
    managed: bool = False

    def json(self) -> Json:
        """Return the role as Discord writes it."""
        colours = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": self.id,
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": colours,
            "hoist": False,
            "managed": self.managed,
            "mentionable": False,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }


@dataclass(eq=False, slots=True)
class Message:
    """A message.

    Attributes:
        raw: As Discord answers with it.

        reader: Who alone sees it; None where everybody in the channel does.
    """

    raw: Json
    channel: Channel = field(repr=False)
    reader: str | None = None

    @property
    def id(self) -> str:
        """The message's id."""
        return str(self.raw["id"])


@dataclass(eq=False, slots=True)
class Channel:
    """A channel, a thread, or somebody's direct messages with the bot.

    Attributes:
        guild_id: None in direct messages.

        parent_id: What a thread belongs to.

        recipient: Who the direct messages are with.
    """

    id: str
    name: str
    kind: int
    guild_id: str | None = None
    parent_id: str | None = None
    position: int = 0
    overwrites: list[Json] = field(default_factory=list)
    owner_id: str = ""
    archived: bool = False
    locked: bool = False
    made_at: datetime | None = None
    recipient: User | None = None
    messages: dict[str, Message] = field(default_factory=dict, repr=False)

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread."""
        return self.kind in THREADS

    @property
    def takes_messages(self) -> bool:
        """Whether messages stand in it, and not only threads."""
        return self.kind not in {CATEGORY, FORUM, MEDIA}

    def override(
        self, who: str, *, member: bool, allow: int = 0, deny: int = 0
    ) -> None:
        """Set what a role or a member may do here beside what they may anywhere."""
        kept = [each for each in self.overwrites if each["id"] != who]
        kind = 1 if member else 0
        changed = {"id": who, "type": kind, "allow": str(allow), "deny": str(deny)}
        self.overwrites = [*kept, changed]

    def json(self) -> Json:
        """Return the channel as Discord writes it."""
        last = next(reversed(self.messages), None)
        base: Json = {"id": self.id, "type": self.kind, "flags": 0}
        base["last_message_id"] = last
        if self.recipient is not None:
            return {**base, "recipients": [self.recipient.json()]}
        base |= {"guild_id": self.guild_id, "name": self.name}
        base |= {"parent_id": self.parent_id, "rate_limit_per_user": 0}
        return base | (self._thread() if self.is_thread else self._guild())

    def _guild(self) -> Json:
        own: Json = {
            "position": self.position,
            "topic": None,
            "nsfw": False,
            "permission_overwrites": list(self.overwrites),
        }
        if self.kind in {FORUM, MEDIA}:
            own |= {"available_tags": [], "default_reaction_emoji": None}
            own |= {"default_sort_order": None, "default_forum_layout": 0}
        if self.kind == VOICE:
            own |= {"bitrate": 64000, "user_limit": 0, "rtc_region": None}
        return own

    def _thread(self) -> Json:
        made = self.made_at.isoformat() if self.made_at else None
        return {
            "owner_id": self.owner_id,
            "message_count": max(0, len(self.messages) - 1),
            "member_count": 1,
            "total_message_sent": len(self.messages),
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": made,
                "auto_archive_duration": 1440,
                "locked": self.locked,
                "create_timestamp": made,
            },
        }


PLAIN_GUILD: Final[Json] = {
    "icon": None,
    "description": None,
    "home_header": None,
    "splash": None,
    "discovery_splash": None,
    "banner": None,
    "application_id": None,
    "region": "deprecated",
    "afk_channel_id": None,
    "afk_timeout": 300,
    "system_channel_flags": 0,
    "widget_enabled": False,
    "widget_channel_id": None,
    "verification_level": 0,
    "default_message_notifications": 0,
    "mfa_level": 0,
    "explicit_content_filter": 0,
    "max_presences": None,
    "max_members": 500000,
    "max_stage_video_channel_users": 50,
    "max_video_channel_users": 25,
    "vanity_url_code": None,
    "premium_tier": 0,
    "premium_subscription_count": 0,
    "rules_channel_id": None,
    "safety_alerts_channel_id": None,
    "public_updates_channel_id": None,
    "premium_progress_bar_enabled": False,
    "nsfw": False,
    "nsfw_level": 0,
    "incidents_data": None,
}
"""What Discord says of every guild that nobody has changed."""
