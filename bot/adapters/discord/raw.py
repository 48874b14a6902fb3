"""What Discord's own JSON has and other platforms' has not: ids and bits.

Ids stay the decimal strings that Discord writes.
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
    "bits_in",
    "checked_id",
    "flag_in",
    "id_in",
    "ids_in",
    "maybe_object_in",
    "maybe_text_in",
    "number_in",
    "object_in",
    "objects_in",
    "text_in",
]

_SNOWFLAKE = re.compile(r"[0-9]{1,20}")
_BITS = re.compile(r"[0-9]{1,40}")


def id_in(raw: Json, key: str) -> str:
    """Return the id under ``key``.

    Raises:
        MalformedError: If there is none.
    """
    return checked_id(raw.get(key))


def ids_in(raw: Json, key: str) -> tuple[str, ...]:
    """Return the ids listed under ``key``; none where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    found = raw.get(key)
    if found is None:
        return ()
    if not isinstance(found, list):
        raise MalformedError(f"{key!r} is no list of ids")
    return tuple(map(checked_id, found))


def checked_id(value: object) -> str:
    """Return ``value``, which is an id.

    Raises:
        MalformedError: If it is not.
    """
    if not isinstance(value, str) or not _SNOWFLAKE.fullmatch(value):
        raise MalformedError("this is no id")
    return value


def bits_in(raw: Json, key: str) -> int | None:
    """Return the bits of the decimal number under ``key``, as permissions are written.

    None where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    found = maybe_text_in(raw, key)
    if found is None:
        return None
    if not _BITS.fullmatch(found):
        raise MalformedError(f"{key!r} is no number")
    return int(found)
