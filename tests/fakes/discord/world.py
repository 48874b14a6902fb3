"""All that Discord knows, whoever asks: the one state behind REST, gateway, actors."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, Protocol

from tests.fakes.discord.places import Channel, Json, Message, User
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.snowflakes import Mint

if TYPE_CHECKING:
    from tests.fakes.discord.deeds import Interaction
    from tests.fakes.discord.guilds import Guild

NONCE_MEMORY: Final = timedelta(minutes=3)


class Tell(Protocol):
    """The gateway's ear: what happened goes to the sessions that asked for it."""

    def __call__(self, event: str, data: Json, *, guild: str | None = None) -> None:
        """Send an event to the shard of the guild; to the first one without it."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody uploaded, as the content network hands it out."""

    name: str
    media_type: str
    content: bytes


@dataclass(eq=False, slots=True)
class Nonce:
    """That a message with this nonce was made, and when."""

    made_at: datetime
    message: Message


@dataclass(slots=True, repr=False)
class World:
    """Everything there is.

    Attributes:
        commands: By guild; None for the global ones.

        reads_everything: Whether the privileged intents are granted.

        excused: Whether the double itself is to blame for lateness now.

        tolerated: Error codes that a test brings about on purpose.

        findings: Rules broken by the bot, or by the double itself.
    """

    clock: Callable[[], datetime]
    mint: Mint
    me: User
    token: str
    owner: User
    tell: Tell
    site: str = ""
    gateway: str = ""
    shards: int = 1
    max_concurrency: int = 16
    revoked: bool = False
    reads_everything: bool = False
    excused: Callable[[], bool] = bool
    users: dict[str, User] = field(default_factory=dict)
    guilds: dict[str, Guild] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    directs: dict[str, Channel] = field(default_factory=dict)
    commands: dict[str | None, list[Json]] = field(default_factory=dict)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)
    nonces: dict[str, Nonce] = field(default_factory=dict)
    tolerated: set[int] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    created: dict[tuple[str | None, date], int] = field(default_factory=dict)

    @property
    def application_id(self) -> str:
        """The application's id; its bot's is the same."""
        return self.me.id

    def blame(self, line: str, code: int = 0) -> None:
        """Note that a rule was broken, unless a test broke it on purpose."""
        if code not in self.tolerated:
            self.findings.append(line)

    def join(self, name: str, locale: str = "en-US", *, bot: bool = False) -> User:
        """Make an account."""
        user = User(self.mint.make(), name, locale, bot)
        self.users[user.id] = user
        return user

    def channel(self, channel_id: str) -> Channel:
        """Return the channel that the bot names.

        Raises:
            RefusalError: If there is none, or the bot may not see it.
        """
        found = self.channels.get(channel_id)
        if found is None:
            raise RefusalError(10003)
        if found.guild_id is not None and not self.may(found, "VIEW_CHANNEL"):
            raise RefusalError(50001)
        return found

    def may(self, channel: Channel, *names: str) -> bool:
        """Whether the bot has these permissions in a channel."""
        if channel.guild_id is None:
            return True
        guild = self.guilds[channel.guild_id]
        return guild.bot_present and guild.may(self.me.id, channel, *names)

    def message(self, channel: Channel, message_id: str) -> Message:
        """Return a message that the bot can ask for.

        Raises:
            RefusalError: If there is none, or it is somebody's private answer.
        """
        found = channel.messages.get(message_id)
        if found is None or found.reader is not None:
            raise RefusalError(10008)
        return found

    def direct(self, user: User) -> Channel:
        """Return the direct messages between the bot and a user."""
        if user.id not in self.directs:
            made = Channel(self.mint.make(), user.name, 1, recipient=user)
            self.directs[user.id] = self.channels[made.id] = made
        return self.directs[user.id]

    def upload(self, name: str, media_type: str, content: bytes) -> tuple[str, str]:
        """Keep a file; return its id and where it can be fetched."""
        made = self.mint.make()
        path = f"/attachments/{made}/{secrets.token_hex(4)}/{name}"
        self.uploads[path] = Upload(name, media_type, content)
        return made, f"{self.site}{path}"

    def remembered(self, nonce: str) -> Message | None:
        """Return the message made with this nonce in the last three minutes."""
        found = self.nonces.get(nonce)
        if found is None or self.clock() - found.made_at > NONCE_MEMORY:
            return None
        return found.message

    def create_commands(self, scope: str | None, new: int, most: int) -> bool:
        """Count new commands of today; return whether they are few enough."""
        key = (scope, self.clock().date())
        self.created[key] = self.created.get(key, 0) + new
        return self.created[key] <= most

    def missed(self, interaction: str, data: Json) -> None:
        """Note that nobody answered in three seconds."""
        if not self.excused():
            what = data.get("name") or data.get("custom_id")
            self.blame(f"interaction {interaction} ({what}) was not answered", 10062)
