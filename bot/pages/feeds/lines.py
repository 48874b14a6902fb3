"""Lines of RFC 5545: escaped, folded, and ended as it asks for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

MAX_OCTETS = 75

Line = bytes
"""One content line, folded where it is long, with its end."""

_ESCAPES = {
    ord("\\"): "\\\\",
    ord(";"): "\\;",
    ord(","): "\\,",
    ord("\n"): "\\n",
}


def line(name: str, value: str, **parameters: str) -> Line:
    """Return a line whose value is written already; `text` writes words.

    Args:
        name: Of the property.
        value: What stands behind the colon.
        parameters: By name; of letters, digits and ``/_+-`` alone.
    """
    told = "".join(f";{key}={each}" for key, each in parameters.items())
    return _folded(f"{name}{told}:{value}".encode())


def text(words: str) -> str:
    """Return ``words`` as a value of type TEXT. No line of it can begin anew."""
    even = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in even if c == "\n" or unicodedata.category(c) not in _UNSEEN)
    return "".join(kept).translate(_ESCAPES)


_UNSEEN = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Controls, halves of characters, and separators that some take for a line's end."""


def written(lines: Iterable[Line]) -> bytes:
    """Return the lines as a file."""
    return b"".join(lines)


def _folded(whole: bytes) -> Line:
    """Return ``whole`` in pieces of at most 75 octets, never within a character."""
    pieces = []
    room = MAX_OCTETS
    while len(whole) > room:
        cut = room
        while whole[cut] & 0xC0 == 0x80:  # noqa: PLR2004  the inside of a character
            cut -= 1
        pieces.append(whole[:cut])
        whole = whole[cut:]
        room = MAX_OCTETS - 1  # for the space that a continued line begins with
    pieces.append(whole)
    return b"\r\n ".join(pieces) + b"\r\n"
