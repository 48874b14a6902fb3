"""What a Slack app is to be: its commands, shortcuts, scopes and events.

Limits are those of Slack's published schema of manifests, version 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.chat import fields
from bot.chat.catalogue import Catalogue, Language
from bot.chat.clip import clip
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.people import Role

EVENTS_PATH = "/slack/events"
"""Where everything that Slack sends arrives on the web port."""

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "commands": "to have its commands and shortcuts there",
        "chat:write": "to post shoutouts and what you set up",
        "files:write": "to hand over files and show pictures",
        "users:read": "to know names, time zones and who may set it up",
    }
)
"""What Laurel cannot do without, and why each."""

OPTIONAL_SCOPES: Mapping[str, str] = MappingProxyType(
    {
        "channels:read": "to know public channels by name, and when one is gone",
        "groups:read": "the same for private channels that it was invited to",
        "channels:history": (
            "to look, after a bad connection, whether a post arrived, so that none "
            "appears twice"
        ),
        "groups:history": "the same in private channels that it was invited to",
        "im:history": "the same in what it writes to members directly",
        "usergroups:read": "to know user groups, which are its roles",
        "im:write": "to write to members directly",
        "files:read": "to read files that members hand in",
        "pins:write": "to keep the calendar at the top of its channel",
    }
)
"""What makes Laurel better, and how each."""

EVENTS: Mapping[str, str | None] = MappingProxyType(
    {
        "app_home_opened": None,
        "app_uninstalled": None,
        "tokens_revoked": None,
        "team_access_granted": None,
        "team_access_revoked": None,
        "channel_archive": "channels:read",
        "channel_deleted": "channels:read",
        "group_archive": "groups:read",
        "group_deleted": "groups:read",
        "user_change": "users:read",
    }
)
"""What Laurel hears of, and the scope that each needs."""

_NAME = "Laurel"
_COLOR = "#1f6b4a"
_MAX_COMMAND_CHARS = 32
_MAX_GLOBAL_SHORTCUTS = 5

_OFTEN = ("shoutout", "checkin", "nominate", "leaderboard")
"""What members begin most, and so among the shortcuts first."""
_MAX_SHORTCUT_CHARS = 24
_MAX_SHORTCUT_HELP_CHARS = 150
_MAX_HINT_CHARS = 1_000


@dataclass(frozen=True, slots=True)
class Registered:
    """The names under which Slack knows what Laurel does.

    Attributes:
        commands: The first word of each command, by what is typed: with the slash and
            the prefix.

        global_shortcuts: Route keys by ``callback_id``, the action's wire form.

        message_shortcuts: The same, for those in the menu of a message.
    """

    commands: Mapping[str, str]
    global_shortcuts: Mapping[str, str]
    message_shortcuts: Mapping[str, str]
    events: frozenset[str]


def registered(table: RouteTable, prefix: str = "") -> Registered:
    """Return what Laurel listens to, and so what the manifest has to name.

    Raises:
        ValueError: If ``prefix`` makes a command longer than Slack takes.
    """
    words = sorted({(route.command or "").split()[0] for route in table.commands})
    commands = {f"/{prefix}{word}": word for word in words}
    if long := [typed for typed in commands if len(typed) > _MAX_COMMAND_CHARS]:
        raise ValueError(f"{long[0]} has more than {_MAX_COMMAND_CHARS} characters")
    asking = sorted(filter(_is_shortcut, table.commands), key=_how_seldom)
    return Registered(
        commands,
        {_wire(route): route.key for route in asking[:_MAX_GLOBAL_SHORTCUTS]},
        {_wire(route): route.key for route in table.message_actions},
        frozenset(EVENTS),
    )


def manifest(
    table: RouteTable, catalogue: Catalogue, *, prefix: str = "", url: str | None = None
) -> Json:
    """Return the manifest of the app.

    Args:
        table: What the cogs declare.
        catalogue: In whose first language everything is described, since a manifest
            has but one.
        prefix: Put before the name of each command, where another app has one already.
        url: Public address of the web port; None for Socket Mode.

    Raises:
        ValueError: If ``prefix`` makes a command longer than Slack takes.
    """
    said = _Said(catalogue.prefixed(prefix).languages[catalogue.fallback], url)
    names = registered(table, prefix)
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": _NAME,
            "description": said.words("slack.about"),
            "long_description": said.words("slack.about.more"),
            "background_color": _COLOR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": _NAME, "always_online": True},
            "shortcuts": [
                *said.shortcuts("global", names.global_shortcuts, table),
                *said.shortcuts("message", names.message_shortcuts, table),
            ],
            "slash_commands": [
                said.command(typed, word, table)
                for typed, word in names.commands.items()
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [said.at(REDIRECT_PATH)]} if url else {}),
            "scopes": {
                "bot": [*SCOPES, *OPTIONAL_SCOPES],
                "bot_optional": list(OPTIONAL_SCOPES),
            },
        },
        "settings": said.settings(),
    }


@dataclass(frozen=True, slots=True)
class _Said:
    """Writes what is said of the app, in one language, for one address."""

    language: Language
    url: str | None

    def words(self, key: str) -> str:
        return self.language.plain(key) or ""

    def at(self, path: str) -> str:
        return f"{(self.url or '').rstrip('/')}{path}"

    def command(self, typed: str, word: str, table: RouteTable) -> Json:
        """Return a command, or the group of those that begin with ``word``."""
        routes = [r for r in table.commands if (r.command or "").split()[0] == word]
        drawn: Json = {"command": typed, "should_escape": True}
        if self.url:
            drawn["url"] = self.at(EVENTS_PATH)
        if routes[0].command == word:
            drawn["description"] = self.words(f"{routes[0].key}.help")
            hint = self._typed(routes[0])
        else:
            rest = [(route.command or "").split()[1] for route in routes]
            about = self.words(f"slack.group-{word}")
            drawn["description"] = about or " · ".join(rest)
            hint = f"[{' | '.join(rest)}]"
        return drawn | ({"usage_hint": clip(hint, _MAX_HINT_CHARS)} if hint else {})

    def _typed(self, route: RouteSpec) -> str:
        """Return how a command goes on; empty where what it needs cannot be typed."""
        pieces = [(asked, self._piece(route, asked)) for asked in route.fields]
        if any(asked.required and not piece for asked, piece in pieces):
            return ""
        shown = [
            piece if asked.required else f"[{piece}]"
            for asked, piece in pieces
            if piece
        ]
        return " ".join(shown)

    def _piece(self, route: RouteSpec, asked: fields.AnyField) -> str:
        label = self.words(f"{route.key}.{asked.name}").lower().replace(" ", "-")
        match asked:
            case fields.Person() | fields.People():
                return f"@{label}"
            case fields.Text():
                return label
            case fields.Choice(options=()) if not asked.required:
                return f"#{label}"
            case fields.Choice(options=options):
                return " | ".join(options)
            case _:
                return ""

    def shortcuts(
        self, kind: str, wires: Mapping[str, str], table: RouteTable
    ) -> Iterator[Json]:
        """Yield what stands in a menu; what has no help of its own has its title."""
        for wire, key in wires.items():
            title = self.words(f"{key}.title")
            help_ = self.words(f"{key}.help") if table.routes[key].command else title
            yield {
                "type": kind,
                "name": clip(title, _MAX_SHORTCUT_CHARS),
                "callback_id": wire,
                "description": clip(help_, _MAX_SHORTCUT_HELP_CHARS),
            }

    def settings(self) -> Json:
        """Return where Slack sends what happens: to a socket, or to an address."""
        sent = {"request_url": self.at(EVENTS_PATH)} if self.url else {}
        options = {"message_menu_options_url": self.at(EVENTS_PATH)} if self.url else {}
        return {
            "event_subscriptions": {**sent, "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **sent, **options},
            "org_deploy_enabled": self.url is not None,
            "socket_mode_enabled": self.url is None,
            "token_rotation_enabled": False,
        }


def _is_shortcut(route: RouteSpec) -> bool:
    """Return whether it can be begun from anywhere: it asks, and anybody may."""
    alone = " " not in (route.command or " ")
    return alone and bool(route.fields) and route.role is Role.MEMBER


def _how_seldom(route: RouteSpec) -> tuple[int, str]:
    """Return what sorts first what is begun most often, where not all have room."""
    name = route.command or ""
    return (_OFTEN.index(name) if name in _OFTEN else len(_OFTEN), name)


def _wire(route: RouteSpec) -> str:
    return Action(route.key).encode()
