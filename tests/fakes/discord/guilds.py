"""A guild, as a test arranges it: members, channels, roles, and what becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from tests.fakes.discord.actors import Actor
from tests.fakes.discord.bits import (
    BITS,
    EVERYONE,
    EVERYTHING,
    INVITED,
    bits,
    reckon,
)
from tests.fakes.discord.places import (
    PLAIN_GUILD,
    Channel,
    Json,
    Member,
    Role,
    User,
)
from tests.fakes.discord.snowflakes import made_at
from tests.fakes.discord.world import World

_PUBLIC_THREAD: Final = 11


class Guild:
    """A Discord server."""

    def __init__(self, world: World, name: str, locale: str) -> None:
        self._world = world
        self.id = world.mint.make()
        self.name = name
        self.locale = locale
        self.bot_present = True
        self.unavailable = False
        self.roles: dict[str, Role] = {}
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.audit: list[Json] = []
        self.events: dict[str, Json] = {}
        self.owner_id = ""
        world.guilds[self.id] = self
        self.roles[self.id] = Role(self.id, "@everyone", EVERYONE, 0)

    def settle(self, owner: User, installer: User) -> None:
        """Move the owner, the installer, the bot and a first channel in."""
        self.owner_id = owner.id
        self._enter(owner)
        if installer.id not in self.members:
            self._enter(installer)
        managed = Role(self._world.mint.make(), "Laurel", INVITED, 1, managed=True)
        self.roles[managed.id] = managed
        self._enter(self._world.me).roles.append(managed.id)
        self.general = self.add_channel("general")
        self.audit.append(
            {
                "id": self._world.mint.make(),
                "action_type": 28,
                "user_id": installer.id,
                "target_id": self._world.me.id,
            }
        )

    @property
    def owner(self) -> Actor:
        """Who the guild belongs to."""
        return Actor(self._world, self._world.users[self.owner_id], self)

    def _enter(self, user: User) -> Member:
        member = Member(user, self._world.clock())
        self.members[user.id] = member
        return member

    def add_member(
        self,
        name: str | Actor,
        *,
        locale: str = "en-US",
        permissions: int | Collection[str] = 0,
        roles: Sequence[Role] = (),
        bot: bool = False,
    ) -> Actor:
        """Let somebody in, new or from another guild.

        Args:
            name: What they are called; or who it is, to have them in two guilds.
            permissions: What they may do beside what everybody may, as bits or names;
                a role of their own gives it to them.
        """
        if isinstance(name, Actor):
            user = name.user
        else:
            user = self._world.join(name, locale, bot=bot)
        member = self._enter(user)
        member.roles.extend(role.id for role in roles)
        wanted = permissions if isinstance(permissions, int) else bits(*permissions)
        if wanted:
            member.roles.append(self.add_role(f"{user.name}'s", wanted).id)
        self._tell("GUILD_MEMBER_ADD", {**member.whole(), "guild_id": self.id})
        return Actor(self._world, user, self)

    def remove_member(self, who: Actor) -> None:
        """Let somebody leave."""
        del self.members[who.id]
        gone = {"guild_id": self.id, "user": who.user.json()}
        self._tell("GUILD_MEMBER_REMOVE", gone)

    def add_role(self, name: str, permissions: int | Collection[str] = 0) -> Role:
        """Make a role."""
        wanted = permissions if isinstance(permissions, int) else bits(*permissions)
        role = Role(self._world.mint.make(), name, wanted, len(self.roles))
        self.roles[role.id] = role
        self._tell("GUILD_ROLE_CREATE", {"guild_id": self.id, "role": role.json()})
        return role

    def add_channel(
        self,
        name: str,
        *,
        kind: int = 0,
        hidden_from_bot: bool = False,
        denied: Sequence[str] = (),
        hidden_from: Sequence[Actor] = (),
        only: Sequence[Actor] | None = None,
    ) -> Channel:
        """Make a channel.

        Args:
            name: What it is called.
            kind: Discord's channel type: 0 text, 2 voice, 4 category, 5 announcements,
                15 forum, 16 media.
            hidden_from_bot: Whether the bot does not see it.
            denied: Permissions that the bot does not have here.
            hidden_from: Who does not see it.
            only: Who alone sees it, with the bot; None for everybody.
        """
        world = self._world
        channel = Channel(world.mint.make(), name, kind, self.id)
        channel.position = len(self.channels)
        hidden = BITS["VIEW_CHANNEL"]
        if only is not None:
            channel.override(self.id, member=False, deny=hidden)
            for each in (*only, Actor(world, world.me, self)):
                channel.override(each.id, member=True, allow=hidden)
        for each in hidden_from:
            channel.override(each.id, member=True, deny=hidden)
        refused = bits(*denied) | (hidden if hidden_from_bot else 0)
        if refused:
            channel.override(world.me.id, member=True, deny=refused)
        return self._open(channel, "CHANNEL_CREATE")

    def add_thread(self, parent: Channel, name: str, owner_id: str = "") -> Channel:
        """Open a public thread."""
        world = self._world
        thread = Channel(world.mint.make(), name, _PUBLIC_THREAD, self.id, parent.id)
        thread.owner_id = owner_id or self.owner_id
        thread.made_at = made_at(thread.id)
        return self._open(thread, "THREAD_CREATE")

    def _open(self, channel: Channel, event: str) -> Channel:
        self.channels[channel.id] = self._world.channels[channel.id] = channel
        self._tell(event, channel.json())
        return channel

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """Put a thread away; a locked one is not opened by a message."""
        thread.archived, thread.locked = True, locked
        self._tell("THREAD_UPDATE", thread.json())

    def deny(self, channel: Channel, *names: str) -> None:
        """Take permissions in a channel from the bot, in place of what was denied."""
        channel.override(self._world.me.id, member=True, deny=bits(*names))
        self._tell("CHANNEL_UPDATE", channel.json())

    def rename(self, name: str) -> None:
        """Give the guild another name."""
        self.name = name
        self._tell("GUILD_UPDATE", self.facts())

    def rename_channel(self, channel: Channel, name: str) -> None:
        """Give a channel another name."""
        channel.name = name
        self._tell("CHANNEL_UPDATE", channel.json())

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel and what stands in it."""
        gone = channel.json()
        for each in (channel, *self._threads(channel)):
            del self.channels[each.id]
            del self._world.channels[each.id]
        self._tell("THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE", gone)

    def restore_channel(self, channel: Channel) -> None:
        """Open a deleted channel again, under the id that it had.

        Discord does not, but a channel that the bot may see again comes to the same.
        """
        self._open(channel, "CHANNEL_CREATE")

    def _threads(self, parent: Channel) -> list[Channel]:
        return [each for each in self.channels.values() if each.parent_id == parent.id]

    def kick_bot(self) -> None:
        """Send the bot away."""
        self._tell("GUILD_DELETE", {"id": self.id})
        self.bot_present = False
        self.members.pop(self._world.me.id, None)

    def invite_bot(self) -> None:
        """Let the bot in again."""
        self.bot_present = True
        self._enter(self._world.me)
        self._tell("GUILD_CREATE", self.json())

    def outage(self) -> None:
        """Let the guild be out of reach on the gateway, as in an outage at Discord."""
        self._tell("GUILD_DELETE", {"id": self.id, "unavailable": True})
        self.unavailable = True

    def recover(self) -> None:
        """End the outage."""
        self.unavailable = False
        self._tell("GUILD_CREATE", self.json())

    def permissions(self, user_id: str, channel: Channel | None = None) -> int:
        """Return a member's permissions, in a channel or in the guild as a whole."""
        member = self.members.get(user_id)
        if member is None:
            return 0
        if user_id == self.owner_id:
            return EVERYTHING
        base = self.roles[self.id].permissions
        for role in member.roles:
            base |= self.roles[role].permissions
        if base & BITS["ADMINISTRATOR"]:
            return EVERYTHING
        if channel is None:
            return base
        place = channel
        if channel.is_thread and channel.parent_id:
            place = self.channels[channel.parent_id]
        return reckon(base, place.overwrites, (self.id, *member.roles, user_id))

    def may(self, user_id: str, channel: Channel, *names: str) -> bool:
        """Whether a member has all these permissions in a channel."""
        wanted = bits(*names)
        return self.permissions(user_id, channel) & wanted == wanted

    def _tell(self, event: str, data: Json) -> None:
        if self.bot_present and not self.unavailable:
            self._world.tell(event, data, guild=self.id)

    def facts(self) -> Json:
        """Return the guild as REST answers with it."""
        return {
            **PLAIN_GUILD,
            "id": self.id,
            "name": self.name,
            "owner_id": self.owner_id,
            "preferred_locale": self.locale,
            "system_channel_id": self._lobby(),
            "roles": [role.json() for role in self.roles.values()],
            "features": [],
            "emojis": [],
            "stickers": [],
        }

    def _lobby(self) -> str | None:
        lobby = getattr(self, "general", None)
        return lobby.id if lobby is not None and lobby.id in self.channels else None

    def json(self) -> Json:
        """Return the guild as the gateway tells of it."""
        places = list(self.channels.values())
        me = self.members[self._world.me.id]
        empty = ("voice_states", "presences", "stage_instances")
        more = ("guild_scheduled_events", "soundboard_sounds")
        return {
            **self.facts(),
            **{key: [] for key in empty + more},
            "joined_at": me.joined_at.isoformat(),
            "large": False,
            "unavailable": False,
            "member_count": len(self.members),
            "members": [me.whole()],
            "channels": [each.json() for each in places if not each.is_thread],
            "threads": [
                each.json() for each in places if each.is_thread and not each.archived
            ],
        }
