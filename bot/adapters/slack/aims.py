"""What a payload is aimed at, before anybody knows who is who: a route, or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.adapters.slack.answers import state_of
from bot.adapters.slack.message import wire_of
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.raw import (
    Json,
    MalformedError,
    id_in,
    is_member_id,
    maybe_id_in,
    maybe_object_in,
    maybe_text_in,
    object_in,
    objects_in,
    text_in,
)
from bot.chat import fields
from bot.chat.handed import Values
from bot.chat.message import Action, UnknownActionError
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.refs import CommunityRef

_MAX_NAME_CHARS = 100
_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Aimed:
    """A route, and the answers as they came.

    Attributes:
        text: What follows a command's name; None for what is no command.

        held: What a form holds; None for what is no form.
    """

    route: RouteSpec
    action: Action
    text: str | None = None
    held: Mapping[str, Values] | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """A member types in a form, and wants options for this field."""

    asked: fields.Choice | fields.Role
    typed: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing to do but to acknowledge: a link was followed, a form was closed."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing of the table: another version drew it, or nobody did.

    Attributes:
        what: A ``word`` is one that follows the name of a group of commands.

        name: The command's name without the slash, or the id.

        instead: The commands of that group, for whoever gave none of its words.
    """

    what: Literal["command", "word", "button", "shortcut", "form"]
    name: str
    instead: tuple[str, ...] = ()


Aim = Aimed | Typing | Ignored | Unknown


def aim_of(raw: Json, table: RouteTable, prefix: str) -> Aim:
    """Return what ``raw`` is aimed at.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    if raw.get("type") is None:
        return _command(raw, table, prefix)
    match text_in(raw, "type"):
        case "block_actions":
            return _press(raw, table)
        case "view_submission":
            return _form(raw, table)
        case "view_closed":
            return Ignored()
        case "block_suggestion":
            return _typing(raw, table)
        case "shortcut" | "message_action":
            return _shortcut(raw, table)
        case other:
            raise MalformedError(f"a payload of type {other[:_MAX_NAME_CHARS]!r}")


def community_of(raw: Json) -> CommunityRef:
    """Return the workspace in which Laurel is spoken to.

    In a shared channel, that is not the one that the member is of.

    Raises:
        MalformedError: If it is none.
    """
    view = maybe_object_in(raw, "view") or {}
    team = raw.get("team")
    listed = objects_in(raw, "authorizations")
    first = listed[0] if listed else {}
    found = (
        maybe_id_in(view, "app_installed_team_id")
        or (maybe_id_in(team, "id") if isinstance(team, dict) else None)
        or maybe_id_in(first, "team_id")
        or maybe_id_in(raw, "team_id")
    )
    if found is None:  # installed for a whole organisation
        user = raw.get("user")
        found = id_in(user if isinstance(user, dict) else view, "team_id")
    return CommunityRef(SLACK, found)


def actor_id_of(raw: Json) -> str:
    """Return who did it.

    Raises:
        MalformedError: If nobody did.
    """
    user = maybe_object_in(raw, "user")
    found = raw.get("user_id") if user is None else user.get("id")
    if not is_member_id(found):
        raise MalformedError("nobody did this")
    return str(found)


def name_in(raw: Json) -> str:
    """Return what the payload calls who did it; empty where it does not."""
    user = maybe_object_in(raw, "user")
    if user is None:
        return maybe_text_in(raw, "user_name") or ""
    return maybe_text_in(user, "name") or maybe_text_in(user, "username") or ""


def channel_id_of(raw: Json) -> str | None:
    """Return where it was done; None where Slack does not say, as in forms.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    channel = maybe_object_in(raw, "channel")
    if channel is not None:
        return id_in(channel, "id")
    container = maybe_object_in(raw, "container") or {}
    return maybe_id_in(raw, "channel_id") or maybe_id_in(container, "channel_id")


def operation_of(raw: Json) -> str:
    """Return the id of what the member does, the same however often they send it.

    A form is one operation until it changes: sent again after an objection, and sent
    twice by an impatient finger, it takes effect once. It does not tell who acted.
    """
    view = raw.get("view")
    if raw.get("type") == "view_submission" and isinstance(view, dict):
        return _hashed("form", view.get("id"), view.get("hash"))
    return delivery_of(raw)


def delivery_of(raw: Json) -> str:
    """Return what is the same when Slack delivers this very payload again.

    A form that is sent again after an objection is another delivery of one operation.
    """
    if isinstance(trigger := raw.get("trigger_id"), str):
        return _hashed("trigger", trigger)
    # The token is Slack's own, and not ours to keep anywhere.
    return _hashed("whole", {k: v for k, v in raw.items() if k != "token"})


def _hashed(*parts: object) -> str:
    written = json.dumps(parts, sort_keys=True, default=str)
    digest = hashlib.sha256(written.encode("utf-8", "surrogatepass"))
    return f"{SLACK}:{digest.hexdigest()[:_DIGITS]}"


def _command(raw: Json, table: RouteTable, prefix: str) -> Aimed | Unknown:
    """Return a command, whose group is the name that Slack knows it by.

    With the prefix, or as an older manifest had it, without.
    """
    name = text_in(raw, "command").removeprefix("/").casefold()
    text = (maybe_text_in(raw, "text") or "").strip()
    by_name = {route.command or "": route for route in table.commands}
    for first in dict.fromkeys((name.removeprefix(prefix.casefold()), name)):
        if (route := by_name.get(first)) is not None:
            return Aimed(route, Action(route.key), text)
        if grouped := tuple(n for n in by_name if n.startswith(f"{first} ")):
            word, rest = [*text.split(maxsplit=1), "", ""][:2]
            called = f"{first} {word.casefold()}".strip()
            if (route := by_name.get(called)) is None:
                return Unknown("word", called[:_MAX_NAME_CHARS], grouped)
            return Aimed(route, Action(route.key), rest)
    return Unknown("command", name[:_MAX_NAME_CHARS])


def _press(raw: Json, table: RouteTable) -> Aimed | Ignored | Unknown:
    """Return what a button or an option does; a link does nothing here."""
    pressed = objects_in(raw, "actions")
    if not pressed:
        raise MalformedError("nothing was pressed")
    wire = wire_of(pressed[0])
    if wire is None:
        return Ignored()
    return _decoded(wire, table) or Unknown("button", wire[:_MAX_NAME_CHARS])


def _shortcut(raw: Json, table: RouteTable) -> Aimed | Unknown:
    wire = text_in(raw, "callback_id")
    return _decoded(wire, table) or Unknown("shortcut", wire[:_MAX_NAME_CHARS])


def _form(raw: Json, table: RouteTable) -> Aimed | Unknown:
    view = object_in(raw, "view")
    wire = text_in(view, "callback_id")
    aimed = _decoded(wire, table)
    if aimed is None:
        return Unknown("form", wire[:_MAX_NAME_CHARS])
    return Aimed(aimed.route, aimed.action, held=state_of(view))


def _typing(raw: Json, table: RouteTable) -> Typing | Unknown:
    wire = text_in(object_in(raw, "view"), "callback_id")
    aimed = _decoded(wire, table)
    name = text_in(raw, "action_id")
    for asked in aimed.route.fields if aimed else ():
        if asked.name == name and isinstance(asked, fields.Choice | fields.Role):
            return Typing(asked, maybe_text_in(raw, "value") or "")
    return Unknown("form", wire[:_MAX_NAME_CHARS])


def _decoded(wire: str, table: RouteTable) -> Aimed | None:
    try:
        action = Action.decode(wire)
    except UnknownActionError:
        return None
    route = table.routes.get(action.route)
    return None if route is None else Aimed(route, action)
