"""Messages as JSON text, for the outbox and for drafts.

Every value is an object tagged with its class's name, so that a closed union comes
back as what it was; what has its default is left out. What a released version wrote
stays readable: fields may be added with a default, never renamed or taken away.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any

import msgspec

from bot.chat import message as m
from bot.chat import text as t
from bot.domain import people, refs

_VERSION = 1
_TAG = "$"

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
    return msgspec.json.encode([_VERSION, _pack(value)]).decode()


def decode(text: str) -> Any:
    """Return the value that `encode` wrote.

    Raises:
        UnreadableError: If it is not of this version or an older one.
    """
    try:
        version, packed = msgspec.json.decode(text)
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


_PLAIN = frozenset({str, int, bool, type(None)})
"""What JSON holds as it is; most of a message, so asked for first."""


def _pack(value: object) -> Any:
    kind = type(value)
    if kind in _PLAIN:
        return value
    if (packer := _PACKERS.get(kind)) is not None:
        return packer(value)
    match value:
        case str():  # a rule's own word, such as a level in a button
            return str(value)
        case Mapping():
            return _pack_map(value)
        case _:
            raise TypeError(f"{kind.__name__} does not travel")


def _packer(kind: type[Any]) -> Callable[[Any], Any]:
    """Return what packs objects of ``kind``: what has its default does not travel."""
    tag = kind.__name__
    named = tuple((field.name, _default(field)) for field in fields(kind))

    def pack(value: object) -> dict[str, Any]:
        packed: dict[str, Any] = {_TAG: tag}
        for name, default in named:
            held = getattr(value, name)
            if held is not default and (held or default is not _EMPTY):
                packed[name] = held if type(held) in _PLAIN else _pack(held)
        return packed

    return pack


def _default(field: Field[Any]) -> object:
    """Return what need not travel; a mapping that is made anew each time is empty."""
    return field.default if field.default_factory is MISSING else _EMPTY


def _tagged(tag: str, plain_of: Callable[[Any], str | float]) -> Callable[[Any], Any]:
    return lambda value: {_TAG: tag, "value": plain_of(value)}


def _pack_map(value: Mapping[str, object]) -> dict[str, Any]:
    return {_TAG: "map", "value": {k: _pack(v) for k, v in value.items()}}


_EMPTY = object()

_PACKERS: Mapping[type, Callable[[Any], Any]] = {
    **{kind: _packer(kind) for kind in _CLASSES.values()},
    **{kind: _tagged(tag, lambda value: value.value) for tag, kind in _ENUMS.items()},
    tuple: lambda value: [_pack(item) for item in value],
    dict: _pack_map,
    datetime: _tagged("datetime", datetime.isoformat),
    date: _tagged("date", date.isoformat),
    time: _tagged("time", time.isoformat),
    timedelta: _tagged("seconds", timedelta.total_seconds),
    bytes: _tagged("bytes", lambda value: base64.b64encode(value).decode()),
}
"""By exact class: asking a value what it is, one class after the other, is slow."""


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
        case "time":
            return time.fromisoformat(value)
        case "seconds":
            return timedelta(seconds=value)
        case "bytes":
            return base64.b64decode(value)
        case "map":
            return {k: _unpack(v) for k, v in value.items()}
        case _:
            return _ENUMS[tag](value)
