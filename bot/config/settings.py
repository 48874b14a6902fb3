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

# Platforms add theirs here as they are built: the variable's name, and what it is.
SECRETS: Mapping[str, str] = MappingProxyType(
    {
        DISCORD: "The bot's token, from the page Bot of its application",
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
    api: Annotated[
        str, _words("address", "Where Discord's API is", r"^https?://[^\s]+\Z")
    ] = "https://discord.com/api/v10"
    gateway: Annotated[
        str, _words("address", "Where Discord's gateway is", r"^wss?://[^\s]+\Z")
    ] = "wss://gateway.discord.gg/"


@dataclass(frozen=True, slots=True)
class WebSettings:
    """What `laurel run` serves on this machine alone: /healthz and /readyz."""

    port: Annotated[
        int, _whole(0, 65_535, "port number", "Where it is found; 0 takes any free one")
    ] = 8080


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
    discord: DiscordSettings = field(default_factory=DiscordSettings)
    web: WebSettings = field(default_factory=WebSettings)
    log: LogSettings = field(default_factory=LogSettings)
    locale: LocaleSettings = field(default_factory=LocaleSettings)
    shoutouts: ShoutoutSettings = field(default_factory=ShoutoutSettings)
    secrets: Mapping[str, Secret] = field(default_factory=dict)
