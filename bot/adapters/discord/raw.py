"""Discord's own JSON, read without trust: what is missing or of another type is told.

Ids stay the decimal strings that Discord writes.
"""

from __future__ import annotations

import re
from typing import Any

Json = dict[str, Any]
"""An object of Discord's API, as it came."""

_SNOWFLAKE = re.compile(r"[0-9]{1,20}")
_BITS = re.compile(r"[0-9]{1,40}")


class MalformedError(ValueError):
    """Something that Discord's documentation does not allow."""


def object_in(raw: Json, key: str) -> Json:
    """Return the object under ``key``.

    Raises:
        MalformedError: If there is none.
    """
    found = raw.get(key)
    if not isinstance(found, dict):
        raise MalformedError(f"{key!r} is no object")
    return found


def maybe_object_in(raw: Json, key: str) -> Json | None:
    """Return the object under ``key``; None where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    return None if raw.get(key) is None else object_in(raw, key)


def objects_in(raw: Json, key: str) -> list[Json]:
    """Return the objects listed under ``key``; none where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    found = raw.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not all(isinstance(x, dict) for x in found):
        raise MalformedError(f"{key!r} is no list of objects")
    return found


def text_in(raw: Json, key: str) -> str:
    """Return the text under ``key``.

    Raises:
        MalformedError: If there is none.
    """
    found = raw.get(key)
    if not isinstance(found, str):
        raise MalformedError(f"{key!r} is no text")
    return found


def maybe_text_in(raw: Json, key: str) -> str | None:
    """Return the text under ``key``; None where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    return None if raw.get(key) is None else text_in(raw, key)


def number_in(raw: Json, key: str) -> int:
    """Return the whole number under ``key``.

    Raises:
        MalformedError: If there is none.
    """
    found = raw.get(key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise MalformedError(f"{key!r} is no whole number")
    return found


def flag_in(raw: Json, key: str) -> bool:
    """Return the yes or no under ``key``; no where the key is absent or null.

    Raises:
        MalformedError: If something else is there.
    """
    found = raw.get(key)
    if found is None:
        return False
    if not isinstance(found, bool):
        raise MalformedError(f"{key!r} is neither true nor false")
    return found


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
