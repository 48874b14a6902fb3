"""What a member did on Discord, told neutrally: from the raw interaction alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Literal

from bot.adapters.discord.answers import by_field, read_answers
from bot.adapters.discord.message import wire_of
from bot.adapters.discord.origin import above_of, channel_of, community_of
from bot.adapters.discord.people import DISCORD, person_of
from bot.adapters.discord.raw import (
    Json,
    MalformedError,
    id_in,
    maybe_object_in,
    maybe_text_in,
    number_in,
    object_in,
    objects_in,
    text_in,
)
from bot.adapters.discord.targets import target_of
from bot.chat import fields
from bot.chat.catalogue import Catalogue
from bot.chat.handed import Attached, Values
from bot.chat.message import Action, UnknownActionError
from bot.chat.responses import Call
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.errors import RuleError
from bot.domain.refs import CommunityRef


class _Kind(IntEnum):
    """Types of interactions."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


_SLASH, _MESSAGE_MENU = 1, 3
_NESTED = frozenset({1, 2})  # a subcommand, and a group of them
_ACTION_ROW, _BUTTON, _LABEL = 1, 2, 18


@dataclass(frozen=True, slots=True)
class Asked:
    """A route that a member wants run.

    Attributes:
        action: Key of a route of the table, and the arguments carried, as text.

        answers: In the fields' neutral types, but for an `Attached` that stands for
            an `Upload`; None where a button or a menu entry was chosen and nothing
            has been asked yet.

        errors: What is to be said beside a field whose words nobody understood.

        typed: Those words, by field.
    """

    action: Action
    answers: Mapping[str, object] | None = None
    errors: Mapping[str, RuleError] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def draft(self) -> Mapping[str, object]:
        """What the form holds when it is opened again, without its files."""
        given = self.answers or {}
        kept = {n: v for n, v in given.items() if not isinstance(v, Attached)}
        return {**kept, **self.typed}


@dataclass(frozen=True, slots=True)
class Typing:
    """A member types, and wants options.

    Attributes:
        lookup: Key of a lookup of the table.
    """

    lookup: str
    typed: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing of the table: another version drew it, or nobody did.

    Attributes:
        name: The command's name, or the custom id.
    """

    what: Literal["command", "button", "form"]
    name: str


Incoming = Asked | Typing | Unknown


def id_of(raw: Json) -> str:
    """Return the interaction's own id, for logs; ``?`` where it has none."""
    try:
        return id_in(raw, "id")
    except MalformedError:
        return "?"


def in_guild(raw: Json) -> bool:
    """Return whether a member did this in a guild, and not a user in messages."""
    return isinstance(raw.get("guild_id"), str) and isinstance(raw.get("member"), dict)


def read(raw: Json, table: RouteTable, catalogue: Catalogue) -> Incoming:
    """Return what the interaction ``raw`` asks for.

    ``catalogue`` knows what the entries of a message's menu are called.

    Raises:
        MalformedError: If it is not as Discord documents it, or not from a guild.
    """
    community, data = community_of(raw), object_in(raw, "data")
    match number_in(raw, "type"):
        case _Kind.COMMAND if number_in(data, "type") == _SLASH:
            return _command(data, table, community)
        case _Kind.COMMAND:
            return _entry(data, table, catalogue)
        case _Kind.COMPONENT:
            return _press(data, table)
        case _Kind.AUTOCOMPLETE:
            return _typing(data, table)
        case _Kind.MODAL:
            return _form(data, table, community)
        case other:
            raise MalformedError(f"an interaction of type {other}")


def call_of(raw: Json, catalogue: Catalogue, at: datetime) -> Call:
    """Return who did this, where, and on which message.

    The call's id is the interaction's, which tells nothing of who acted.

    Raises:
        MalformedError: If it is not as Discord documents it, or not from a guild.
    """
    community = community_of(raw)
    member = object_in(raw, "member")
    locale = maybe_text_in(raw, "locale")
    spoken_here = catalogue.choose(maybe_text_in(raw, "guild_locale"))
    return Call(
        id=f"{DISCORD}:{id_in(raw, 'id')}",
        actor=person_of(community, object_in(member, "user"), member, locale),
        channel=channel_of(raw),
        at=at,
        locale=catalogue.choose(locale, spoken_here),
        target=target_of(raw, community),
        above=above_of(raw),
    )


def _command(data: Json, table: RouteTable, community: CommunityRef) -> Incoming:
    name, options = _spoken(data)
    route = _route_called(name, table)
    if route is None:
        return Unknown("command", name)
    given: dict[str, Values] = {
        text_in(each, "name"): (each.get("value"),) for each in options
    }
    return _answered(Action(route.key), route, given, _Place(data, community))


def _entry(data: Json, table: RouteTable, catalogue: Catalogue) -> Incoming:
    """Return what an entry of a message's menu does; members' menus have none."""
    name = text_in(data, "name")
    words = catalogue.languages[catalogue.fallback]
    if number_in(data, "type") == _MESSAGE_MENU:
        for route in table.message_actions:
            if words.plain(f"{route.key}.title") == name:
                return Asked(Action(route.key))
    return Unknown("command", name)


def _press(data: Json, table: RouteTable) -> Incoming:
    """Return what a button does, or the option that was picked from a select."""
    custom_id = text_in(data, "custom_id")
    if number_in(data, "component_type") != _BUTTON:
        values = _values(data)
        custom_id = values[0] if values and isinstance(values[0], str) else custom_id
    action = _decoded(wire_of(custom_id))
    if action is None or action.route not in table.routes:
        return Unknown("button", custom_id)
    return Asked(action)


def _typing(data: Json, table: RouteTable) -> Incoming:
    name, options = _spoken(data)
    route = _route_called(name, table)
    asked = {} if route is None else {f.name.replace("_", "-"): f for f in route.fields}
    for option in options:
        found = asked.get(text_in(option, "name").replace("_", "-"))
        lookup = found.lookup if isinstance(found, fields.Choice) else ""
        if lookup and option.get("focused") is True:
            return Typing(lookup, text_in(option, "value"))
    return Unknown("command", name)


def _form(data: Json, table: RouteTable, community: CommunityRef) -> Incoming:
    custom_id = text_in(data, "custom_id")
    action = _decoded(custom_id)
    route = table.routes.get(action.route) if action else None
    if action is None or route is None:
        return Unknown("form", custom_id)
    given = {text_in(each, "custom_id"): _values(each) for each in _inputs(data)}
    return _answered(action, route, given, _Place(data, community))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where answers came from: what Discord sent along with them, and which guild."""

    data: Json
    community: CommunityRef


def _answered(
    action: Action, route: RouteSpec, given: Mapping[str, Values], place: _Place
) -> Asked:
    resolved = maybe_object_in(place.data, "resolved") or {}
    answered = by_field(route.fields, given)
    found = read_answers(route.fields, answered, resolved, place.community)
    return Asked(action, found.values, found.errors, found.typed)


def _spoken(data: Json) -> tuple[str, list[Json]]:
    """Return the command as it is typed, with its group, and its options."""
    name, options = text_in(data, "name"), objects_in(data, "options")
    while options and number_in(options[0], "type") in _NESTED:
        name = f"{name} {text_in(options[0], 'name')}"
        options = objects_in(options[0], "options")
    return name, options


def _route_called(name: str, table: RouteTable) -> RouteSpec | None:
    return next((route for route in table.commands if route.command == name), None)


def _inputs(data: Json) -> Iterator[Json]:
    """Yield what was filled in, out of the labels and rows around it."""
    for each in objects_in(data, "components"):
        kind = number_in(each, "type")
        if kind == _LABEL:
            yield object_in(each, "component")
        elif kind == _ACTION_ROW:
            yield from objects_in(each, "components")


def _values(component: Json) -> Values:
    """Return what a component holds, whether it can hold one thing or several."""
    if component.get("values") is None:
        return (component.get("value"),)
    found = component["values"]
    if not isinstance(found, list):
        raise MalformedError("'values' is no list")
    return tuple(found)


def _decoded(wire: str) -> Action | None:
    try:
        return Action.decode(wire)
    except UnknownActionError:
        return None
