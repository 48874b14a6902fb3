"""Messages as JSON text, for the outbox and for drafts.

Every value is an object tagged with its class's name, so that a closed union comes
back as what it was; what has its default is left out. What a released version wrote
stays readable: fields may be added with a default, never renamed or taken away.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from typing import Any

from bot.chat import message as m
from bot.chat import text as t
from bot.domain import people, refs

_VERSION = 1
_TAG = "$"

_JSON = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), check_circular=False
)
"""Kept, since `json.dumps` makes one for each call."""

_CLASSES: Mapping[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        m.Message, m.Card, m.Fact, m.Line, m.Picture, m.Button, m.LinkButton,
        m.Buttons, m.Option, m.Select, m.File, m.Action,
        t.Phrase, t.Quote, t.When, t.Day,
        refs.CommunityRef, refs.MemberRef, refs.ChannelRef, refs.RoleRef,
        people.Person,
    )
}  # fmt: skip
_ENUMS: Mapping[str, type[Enum]] = {
    kind.__name__: kind for kind in (m.Tone, t.Style, people.Role)
}


class UnreadableError(ValueError):
    """Text that no version of the bot wrote, or a newer one did."""


def encode(value: object) -> str:
    """Return ``value``, made of the vocabulary's own classes, as JSON text.

    Raises:
        TypeError: If something in it is of another class.
    """
    return _JSON.encode([_VERSION, _pack(value)])


def decode(text: str) -> Any:
    """Return the value that `encode` wrote.

    Raises:
        UnreadableError: If it is not of this version or an older one.
    """
    try:
        version, packed = json.loads(text)
        if version != _VERSION:
            raise UnreadableError(f"wire version {version!r}")
        return _unpack(packed)
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError(str(error)) from error


def decode_message(text: str) -> m.Message:
    """Return the message that `encode` wrote.

    Raises:
        UnreadableError: If it is not a message of this version or an older one.
    """
    value = decode(text)
    if not isinstance(value, m.Message):
        raise UnreadableError(f"a {type(value).__name__}, not a message")
    return value


_FIELDS: Mapping[type[Any], tuple[tuple[str, object], ...]] = {
    kind: tuple((field.name, field.default) for field in fields(kind))
    for kind in _CLASSES.values()
}
"""What an object holds, with the default that need not travel."""


_PLAIN = frozenset({str, int, bool, type(None)})
"""What JSON holds as it is; most of a message, so asked for first."""


def _pack(value: object) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if (named := _FIELDS.get(kind)) is not None:
        return _pack_object(value, named)
    match value:
        case Enum() if _ENUMS.get(kind.__name__) is kind:
            return {_TAG: kind.__name__, "value": value.value}
        case str():  # a rule's own word, such as a level in a button
            return str(value)
        case tuple():
            return [_pack(item) for item in value]
        case datetime():
            return {_TAG: "datetime", "value": value.isoformat()}
        case date():
            return {_TAG: "date", "value": value.isoformat()}
        case bytes():
            return {_TAG: "bytes", "value": base64.b64encode(value).decode()}
        case Mapping():
            return {_TAG: "map", "value": {k: _pack(v) for k, v in value.items()}}
        case _:
            raise TypeError(f"{kind.__name__} does not travel")


def _pack_object(
    value: object, named: tuple[tuple[str, object], ...]
) -> dict[str, Any]:
    packed: dict[str, Any] = {_TAG: type(value).__name__}
    for name, default in named:
        held = getattr(value, name)
        if held is not default:
            packed[name] = _pack(held)
    return packed


def _unpack(packed: Any) -> Any:
    if isinstance(packed, list):
        return tuple(_unpack(item) for item in packed)
    if not isinstance(packed, dict):
        return packed
    tag = packed[_TAG]
    if tag in _CLASSES:
        values = {k: _unpack(v) for k, v in packed.items() if k != _TAG}
        return _CLASSES[tag](**values)
    value = packed["value"]
    match tag:
        case "datetime":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "bytes":
            return base64.b64decode(value)
        case "map":
            return {k: _unpack(v) for k, v in value.items()}
        case _:
            return _ENUMS[tag](value)
