"""What an installation can set: every key with its unit, its range and its default."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, NoReturn, final

from msgspec import Meta

DISCORD = "LAUREL_DISCORD_TOKEN"
SLACK_BOT = "LAUREL_SLACK_BOT_TOKEN"
SLACK_APP = "LAUREL_SLACK_APP_TOKEN"
SLACK_SIGNING = "LAUREL_SLACK_SIGNING_SECRET"
SLACK_CLIENT = "LAUREL_SLACK_CLIENT_ID"
SLACK_CLIENT_SECRET = "LAUREL_SLACK_CLIENT_SECRET"  # noqa: S105  a variable's name
SLACK_KEY = "LAUREL_SLACK_KEY"

# Platforms add theirs here as they are built: the variable's name, and what it is.
SECRETS: Mapping[str, str] = MappingProxyType(
    {
        DISCORD: "The bot's token, from the page Bot of its application",
        SLACK_BOT: "Of the one workspace that is served: the bot's token, xoxb-…",
        SLACK_APP: "For Socket Mode: the app's token, xapp-…",
        SLACK_SIGNING: "For HTTP: what Slack signs with",
        SLACK_CLIENT: "For many workspaces: the app's client id",
        SLACK_CLIENT_SECRET: "The client secret that belongs to it",
        SLACK_KEY: "Seals the tokens of many workspaces: `openssl rand -base64 32`",
    }
)


@final
class Secret:
    """A value that must not be seen: printing or storing it shows nothing."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the one call that needs it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"

    def __eq__(self, other: object) -> bool:
        # Comparing takes as long however much of a guess is right.
        return isinstance(other, Secret) and hmac.compare_digest(
            self._value.encode(), other._value.encode()
        )

    __hash__ = None  # type: ignore[assignment]  # a hash could be looked up

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is never stored")


def _whole(low: int, high: int, unit: str, meaning: str) -> Meta:
    return Meta(ge=low, le=high, description=meaning, extra={"unit": unit})


def _words(unit: str, meaning: str, pattern: str | None = None) -> Meta:
    return Meta(pattern=pattern, description=meaning, extra={"unit": unit})


@dataclass(frozen=True, slots=True)
class PlaygroundSettings:
    """The chat in the browser; it answers on this machine alone (127.0.0.1)."""

    port: Annotated[
        int, _whole(0, 65_535, "port number", "Where it is found; 0 takes any free one")
    ] = 8080
    folder: Annotated[
        Path, _words("path", "Where it keeps its own messages and the demo's community")
    ] = Path("data/playground")


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Where everything that Laurel remembers is kept."""

    path: Annotated[
        Path, _words("path", "The SQLite file; backups are put beside it")
    ] = Path("data/laurel.sqlite3")


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """Verified copies of the database, made while Laurel runs."""

    every_h: Annotated[
        int, _whole(0, 720, "hours", "How often one is made; 0: never by itself")
    ] = 24
    keep: Annotated[
        int, _whole(1, 30, "backups", "How many of those are kept, the newest")
    ] = 7
    folder: Annotated[
        Path, _words("path", "Where they are put; best on another disk")
    ] = Path("data/backups")


@dataclass(frozen=True, slots=True)
class RetentionSettings:
    """What is dropped for its age; PRIVACY.md has what is dropped in any case."""

    messages_d: Annotated[
        int,
        _whole(0, 3_650, "days", "How long sent direct messages are kept; 0: always"),
    ] = 0
    words_y: Annotated[
        int,
        _whole(0, 50, "years", "How long what members wrote is kept; 0: always"),
    ] = 0
    departed_d: Annotated[
        int,
        _whole(1, 30, "days", "How long a community is kept that sent Laurel away"),
    ] = 30


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """Discord, which is served when .env has LAUREL_DISCORD_TOKEN."""

    shards: Annotated[
        int,
        _whole(0, 256, "connections", "More than 2,000 servers need several; 0: one"),
    ] = 0
    commands_in: Annotated[
        str,
        _words(
            "all, or a server id", "Where the commands are published", r"^(all|\d+)\Z"
        ),
    ] = "all"
    events: Annotated[
        bool,
        _words("true or false", "Whether the calendar is shown among Discord's events"),
    ] = False
    api: Annotated[
        str, _words("address", "Where Discord's API is", r"^https?://[^\s]+\Z")
    ] = "https://discord.com/api/v10"
    gateway: Annotated[
        str, _words("address", "Where Discord's gateway is", r"^wss?://[^\s]+\Z")
    ] = "wss://gateway.discord.gg/"


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """Slack, which is served when .env has a bot token, or a client id for many."""

    connect: Annotated[
        Literal["socket", "http"],
        _words(
            "socket or http", "Whether Laurel calls Slack, or Slack calls web.public"
        ),
    ] = "socket"
    prefix: Annotated[
        str,
        _words(
            "letters a to z and dashes, or none",
            "Before each command, where another app has one of these names",
            r"^[a-z][a-z-]{0,11}\Z",
        ),
    ] = "none"
    api: Annotated[
        str, _words("address", "Where Slack's API is", r"^https?://[^\s]+\Z")
    ] = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What `laurel run` serves: /healthz, /readyz, /feeds/, and for Slack /slack/."""

    host: Annotated[
        str,
        _words(
            "IP address of this machine",
            "Where it listens; 0.0.0.0 in a container, with nothing but a proxy there",
            r"^([0-9]{1,3}(\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)\Z",
        ),
    ] = "127.0.0.1"
    port: Annotated[
        int, _whole(0, 65_535, "port number", "Where it is found; 0 takes any free one")
    ] = 8080
    public: Annotated[
        str,
        _words(
            "https address, or none",
            "Where the port is reached from outside, through a proxy of yours",
            r"^(none|https?://[^\s/?#]+(/[^\s?#]*)?)\Z",
        ),
    ] = "none"


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What the process tells the people who run it."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"],
        _words(
            "debug, info, warning or error", "The least severity that is worth a line"
        ),
    ] = "info"
    format: Annotated[
        Literal["text", "json"],
        _words("text or json", "Lines for people, or one JSON object a line"),
    ] = "text"


@dataclass(frozen=True, slots=True)
class LocaleSettings:
    """The language of a community that has not chosen its own."""

    default: Annotated[
        str,
        _words(
            "language tag",
            "A folder of locales/, such as en or es",
            r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z",
        ),
    ] = "en"


@dataclass(frozen=True, slots=True)
class ShoutoutSettings:
    """Where a new community starts; its admins change these in /laurel setup."""

    allowance_per_day: Annotated[
        int, _whole(1, 100, "shoutouts a day", "How many a member can give")
    ] = 5
    pair_cooldown_h: Annotated[
        int, _whole(0, 720, "hours", "Before the same two can thank each other again")
    ] = 24
    undo_minutes: Annotated[
        int, _whole(0, 1_440, "minutes", "How long a giver can take one back")
    ] = 10
    reason_min_chars: Annotated[
        int, _whole(1, 500, "characters", "The shortest reason")
    ] = 20
    reason_max_chars: Annotated[
        int, _whole(1, 500, "characters", "The longest reason")
    ] = 500


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that is set for one installation. Paths are absolute once read."""

    playground: PlaygroundSettings = field(default_factory=PlaygroundSettings)
    database: DatabaseSettings = field(default_factory=DatabaseSettings)
    backups: BackupSettings = field(default_factory=BackupSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    discord: DiscordSettings = field(default_factory=DiscordSettings)
    slack: SlackSettings = field(default_factory=SlackSettings)
    web: WebSettings = field(default_factory=WebSettings)
    log: LogSettings = field(default_factory=LogSettings)
    locale: LocaleSettings = field(default_factory=LocaleSettings)
    shoutouts: ShoutoutSettings = field(default_factory=ShoutoutSettings)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
