"""What Slack's own JSON has and other platforms' has not: its ids.

Ids stay as Slack writes them: a letter for the kind, then letters and digits.
"""

from __future__ import annotations

import re

from bot.chat.raw import (
    Json,
    MalformedError,
    flag_in,
    maybe_object_in,
    maybe_text_in,
    number_in,
    object_in,
    objects_in,
    text_in,
)

__all__ = [
    "Json",
    "MalformedError",
    "checked_id",
    "flag_in",
    "id_in",
    "is_channel_id",
    "is_direct",
    "is_group_id",
    "is_member_id",
    "is_ts",
    "maybe_id_in",
    "maybe_object_in",
    "maybe_text_in",
    "number_in",
    "object_in",
    "objects_in",
    "text_in",
]

_ID = re.compile(r"[A-Z][A-Z0-9]{1,31}")
_MEMBER = re.compile(r"[UW][A-Z0-9]{1,31}")
_GROUP = re.compile(r"S[A-Z0-9]{1,31}")
_CHANNEL = re.compile(r"[CGD][A-Z0-9]{1,31}")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,12}")


def id_in(raw: Json, key: str) -> str:
    """Return the id under ``key``, of whatever kind.

    Raises:
        MalformedError: If there is none.
    """
    return checked_id(raw.get(key))


def maybe_id_in(raw: Json, key: str) -> str | None:
    """Return the id under ``key``; None where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    return None if raw.get(key) is None else id_in(raw, key)


def checked_id(value: object) -> str:
    """Return ``value``, which is an id.

    Raises:
        MalformedError: If it is not.
    """
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise MalformedError("this is no id")
    return value


def is_member_id(value: object) -> bool:
    """Return whether ``value`` can be the id of a person."""
    return isinstance(value, str) and _MEMBER.fullmatch(value) is not None


def is_group_id(value: object) -> bool:
    """Return whether ``value`` can be the id of a user group."""
    return isinstance(value, str) and _GROUP.fullmatch(value) is not None


def is_channel_id(value: object) -> bool:
    """Return whether ``value`` can be the id of a place where messages stand."""
    return isinstance(value, str) and _CHANNEL.fullmatch(value) is not None


def is_ts(value: object) -> bool:
    """Return whether ``value`` can be what Slack calls a message by: when it came."""
    return isinstance(value, str) and _TS.fullmatch(value) is not None


def is_direct(channel_id: str) -> bool:
    """Return whether a place is somebody's direct messages."""
    return channel_id.startswith("D")
