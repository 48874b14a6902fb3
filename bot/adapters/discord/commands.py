"""What the bot can do as Discord's application commands.

A command is called the same in every language: members tell each other what to type,
and so do Laurel's sentences. All else that is shown of it is in the reader's language.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from bot.adapters.discord.questions import Questions, Tongues, option_names
from bot.adapters.discord.raw import Json
from bot.chat import fields
from bot.chat.catalogue import Catalogue
from bot.chat.clip import clip
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.people import Role

__all__ = ["asks_in_form", "fingerprint", "option_names", "publish"]

_CHAT_INPUT, _ON_MESSAGE = 1, 3
_SUBCOMMAND = 1
_MAX_NAME_CHARS = 32
_MAX_DESCRIPTION_CHARS = 100

_OFFERED_TO = {
    Role.MEMBER: None,
    Role.MODERATOR: str(1 << 13),  # MANAGE_MESSAGES
    Role.ADMIN: str(1 << 5),  # MANAGE_GUILD
}
"""Permissions of those who see a command, unless a server's admin chooses others."""

_KEPT = frozenset({
    "autocomplete", "channel_types", "choices", "default_member_permissions",
    "description", "description_localizations", "max_length", "max_value", "min_length",
    "min_value", "name", "name_localizations", "options", "required", "type", "value",
})  # fmt: skip
"""What makes a command what it is; the rest is what Discord notes about it.

Where it can be used is the same for all of them, and Discord forgets it of commands
that a single server has.
"""


def publish(table: RouteTable, catalogue: Catalogue) -> list[Json]:
    """Return every command and every entry of a message's menu, in every language."""
    tongues = Tongues(catalogue)
    grouped = groupby(table.commands, key=lambda each: (each.command or "").split()[0])
    return [
        *(_command(name, list(routes), tongues) for name, routes in grouped),
        *(_menu_entry(route, tongues) for route in table.message_actions),
    ]


def asks_in_form(route: RouteSpec) -> bool:
    """Return whether the command of ``route`` opens a form, as not all can be typed.

    What can be typed is offered as options all the same, none of them required, and
    the form holds what was typed.
    """
    return route.command is not None and any(
        isinstance(asked, fields.Checks) for asked in route.fields
    )


def fingerprint(commands: Iterable[Json]) -> str:
    """Return the same text for the same commands, be they ours or as Discord has them.

    Ask Discord for them with their localizations, or they seem to have none.
    """
    bare = sorted((_bare(each) for each in commands), key=_place)
    written = json.dumps(bare, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def _command(name: str, routes: Sequence[RouteSpec], tongues: Tongues) -> Json:
    """Return the command ``name``, or the group of the commands that begin with it."""
    least = min(route.role for route in routes)
    top = {"type": _CHAT_INPUT, "name": name, **_reach(least)}
    if routes[0].command == name:
        return top | _asked(routes[0], tongues)
    words = [(route.command or "").split()[1] for route in routes]
    inner = [
        {"type": _SUBCOMMAND, "name": word, **_asked(route, tongues)}
        for word, route in zip(words, routes, strict=True)
    ]
    # Discord shows what is in a group and never the group, but wants it described.
    described = clip(" · ".join(words), _MAX_DESCRIPTION_CHARS)
    return top | {"description": described, "options": inner}


def _asked(route: RouteSpec, tongues: Tongues) -> Json:
    help_ = tongues.said(f"{route.key}.help", _MAX_DESCRIPTION_CHARS)
    options = Questions(route, tongues, needed=not asks_in_form(route)).drawn()
    return {
        **tongues.everywhere("description", help_),
        **({"options": options} if options else {}),
    }


def _menu_entry(route: RouteSpec, tongues: Tongues) -> Json:
    title = tongues.said(f"{route.key}.title", _MAX_NAME_CHARS)
    named = tongues.everywhere("name", title)
    return {"type": _ON_MESSAGE, **named, **_reach(route.role)}


def _reach(role: Role) -> Json:
    """Return who is offered a command and where: in servers alone, by the server."""
    permissions = _OFFERED_TO[role]
    offered = {"default_member_permissions": permissions} if permissions else {}
    return {**offered, "contexts": [0], "integration_types": [0]}


def _bare(raw: Json) -> Json:
    """Return a command or an option without what goes without saying."""
    kept = {
        key: _bare_value(key, value)
        for key, value in raw.items()
        if key in _KEPT and value not in (None, False, "", [], {})
    }
    return {"type": 1, **kept}


def _bare_value(key: str, value: Any) -> Any:
    if key in {"options", "choices"}:
        return [_bare(each) for each in value]
    if key == "channel_types":
        return sorted(value)
    return str(value) if key == "default_member_permissions" else value


def _place(bare: Json) -> tuple[int, str]:
    return bare["type"], bare["name"]
