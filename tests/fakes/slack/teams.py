"""A team, and what becomes of it; the app hears of it where it is installed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tests.fakes.slack import events
from tests.fakes.slack.places import (
    PRIVATE,
    PUBLIC,
    Channel,
    Grant,
    Json,
    Message,
    User,
    UserGroup,
)
from tests.fakes.slack.world import EVERY_SCOPE, World

if TYPE_CHECKING:
    from tests.fakes.slack.actors import Actor

_HISTORY: Final = frozenset({"channels:history", "groups:history", "im:history"})


@dataclass(eq=False, slots=True, repr=False)
class Team:
    """A workspace.

    Attributes:
        org_id: The organisation it belongs to; None for none.

        org_wide: Whether the app was installed for the whole organisation.
    """

    world: World
    name: str
    id: str
    org_id: str | None = None
    bot_token: str = ""
    bot_user_id: str = ""
    bot_id: str = ""
    installed: bool = False
    org_wide: bool = False
    general: Channel = field(init=False)

    def __post_init__(self) -> None:
        self.world.teams[self.id] = self
        self.general = self.add_channel("general", bot_in=False)

    @property
    def domain(self) -> str:
        """Its part of the address."""
        return self.name.lower().replace(" ", "-")

    def brief(self) -> Json:
        """Return it as interactions name it."""
        return {"id": self.id, "domain": self.domain}

    def org(self) -> Json | None:
        """Return its organisation as interactions name it."""
        return {"id": self.org_id, "name": "Organisation"} if self.org_id else None

    def install(
        self, scopes: Iterable[str] | None = None, *, org_wide: bool = False
    ) -> Grant:
        """Let the app in, without anybody's clicks; return its grant.

        Args:
            scopes: What it may do; None for what the manifest asks for, or everything.
            org_wide: Whether into every team of the organisation, with one token.
        """
        if not self.bot_user_id:
            bot = User(self.world.mint.make("U"), "Laurel", self.id, bot=True)
            self.world.users[bot.id] = bot
            self.bot_user_id, self.bot_id = bot.id, self.world.mint.make("B")
        whose = self.org_id if org_wide and self.org_id else self.id
        grant = self._grant(self.world.secret("xoxb", whose), whose, scopes)
        every = [each for each in self.world.teams.values() if each.org_id == whose]
        for team in every or [self]:
            team.installed, team.org_wide = True, bool(every)
            team.bot_user_id, team.bot_id = self.bot_user_id, self.bot_id
            team.bot_token = grant.token
            team.general.members.add(self.bot_user_id)
        return grant

    def _grant(self, token: str, whose: str, scopes: Iterable[str] | None) -> Grant:
        asked = self._asked() if scopes is None else frozenset(scopes)
        if self.world.profile_history == "none":
            asked -= _HISTORY
        now = self.world.clock()
        made = Grant(token, whose, self.bot_user_id, self.bot_id, asked, now)
        self.world.grants[token] = made
        return made

    def _asked(self) -> frozenset[str]:
        if self.world.manifest is None:
            return EVERY_SCOPE
        told = self.world.manifest.get("oauth_config", {}).get("scopes", {})
        return frozenset(told.get("bot", ())) | frozenset(told.get("bot_optional", ()))

    def uninstall(self) -> None:
        """Take the app out; its token is gone, and it is told."""
        tokens = {"oauth": [], "bot": [self.bot_user_id]}
        self.revoke()
        events.tell(self, {"type": "tokens_revoked", "tokens": tokens})
        events.tell(self, {"type": "app_uninstalled"})
        self.installed = False

    def revoke(self) -> None:
        """Take its token from the app."""
        self.world.revoked.add(self.bot_token)

    @property
    def channels(self) -> list[Channel]:
        """Its channels, in order of age."""
        return [c for c in self.world.channels.values() if c.team_id == self.id]

    def add_member(  # noqa: PLR0913  what a person is, one word each
        self,
        name: str,
        *,
        admin: bool = False,
        owner: bool = False,
        tz: str = "Europe/Lisbon",
        locale: str = "en-US",
        guest: bool = False,
        bot: bool = False,
    ) -> Actor:
        """Let somebody in, guests not into #general; the first owner is the founder."""
        from tests.fakes.slack.actors import Actor  # noqa: PLC0415  they need each other

        user = User(self.world.mint.make("U"), name, self.id, tz, locale)
        user.admin, user.owner, user.guest, user.bot = admin, owner, guest, bot
        here = [each for each in self.world.users.values() if each.team_id == self.id]
        user.primary = owner and not any(each.primary for each in here)
        self.world.users[user.id] = user
        if not guest:
            self.general.members.add(user.id)
        return Actor(self.world, user, self)

    def remove_member(self, who: Actor) -> None:
        """Deactivate somebody's account."""
        who.user.deleted = True
        told = who.user.json(self.id)
        events.tell(self, {"type": "user_change", "user": told})

    def add_channel(
        self,
        name: str,
        *,
        private: bool = False,
        members: Iterable[Actor] | None = None,
        bot_in: bool = True,
        creator: Actor | None = None,
    ) -> Channel:
        """Open a channel.

        Args:
            name: What it is called, without the #.
            private: Whether only its members know of it.
            members: Who is in it; None for everybody but guests.
            bot_in: Whether the bot is.
            creator: Who opened it.
        """
        kind, letter = (PRIVATE, "G") if private else (PUBLIC, "C")
        made = Channel(self.world.mint.make(letter), name, self.id, kind)
        made.creator = creator.id if creator else ""
        if members is not None:
            made.members = {actor.id for actor in members}
        else:
            everybody = self.world.users.values()
            here = [each for each in everybody if each.team_id == self.id]
            made.members = {u.id for u in here if not u.guest and not u.bot}
        if bot_in and self.bot_user_id:
            made.members.add(self.bot_user_id)
        self.world.channels[made.id] = made
        return made

    def share(self, channel: Channel, other: Team, *members: Actor) -> None:
        """Share a channel with another team's members."""
        channel.guests.add(other.id)
        channel.members |= {actor.id for actor in members}

    def invite(self, channel: Channel, *who: Actor) -> None:
        """Let people into a channel; the bot where nobody is named."""
        for user_id in [actor.id for actor in who] or [self.bot_user_id]:
            channel.members.add(user_id)
            event = {"type": "member_joined_channel", "user": user_id}
            event |= {"channel": channel.id, "team": self.id}
            event["channel_type"] = "G" if channel.kind == PRIVATE else "C"
            events.tell(self, event, channel)

    def kick(self, channel: Channel, *who: Actor) -> None:
        """Take people out of a channel; the bot where nobody is named."""
        kind = "group_left" if channel.kind == PRIVATE else "channel_left"
        for actor in who:
            channel.members.discard(actor.id)
        if not who:
            channel.members.discard(self.bot_user_id)
            events.tell(self, {"type": kind, "channel": channel.id})

    def archive(self, channel: Channel) -> None:
        """Close a channel to writing."""
        channel.archived = True
        self._changed(channel, "archive", channel.id)

    def unarchive(self, channel: Channel) -> None:
        """Open it to writing again."""
        channel.archived = False
        self._changed(channel, "unarchive", channel.id)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel and all that stood in it."""
        self._changed(channel, "deleted", channel.id)
        self.world.channels.pop(channel.id, None)
        self.world.gone.add(channel.id)

    def rename_channel(self, channel: Channel, name: str) -> None:
        """Give a channel another name."""
        channel.name = name
        told = {"id": channel.id, "name": name, "created": 1_700_000_000}
        self._changed(channel, "rename", told)

    def _changed(self, channel: Channel, what: str, told: str | Json) -> None:
        kind = "group" if channel.kind == PRIVATE else "channel"
        event = {"type": f"{kind}_{what}", "channel": told}
        events.tell(self, event, channel)

    def add_usergroup(self, handle: str, members: Iterable[Actor]) -> UserGroup:
        """Call people together by one handle."""
        made = UserGroup(self.world.mint.make("S"), handle, self.id, [])
        made.users = [actor.id for actor in members]
        self.world.groups[made.id] = made
        return made

    def delete_message(self, message: Json) -> None:
        """Delete a message, as an admin of the team can."""
        for channel in self.channels:
            channel.messages.pop(message["ts"], None)

    def wrote(self, message: Message) -> None:
        """Tell of what a person wrote, where the app asked to hear it."""
        kinds = {"channel": "channels", "group": "groups", "im": "im"}
        channel = message.channel
        told = message.raw | {"channel": channel.id, "channel_type": channel.kind}
        told["event_ts"] = message.ts
        events.tell(self, told, channel, f"message.{kinds[channel.kind]}")
