"""A platform's own JSON, read without trust: what is not as it should be is told.

What ids look like is each platform's own.
"""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
"""An object of a platform's API, as it came."""


class MalformedError(ValueError):
    """Something that the platform's documentation does not allow."""


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
