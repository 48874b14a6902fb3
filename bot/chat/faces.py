"""What stands for a person where there is no picture of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import regex

HUES = 12
"""How many soft colours faces have, counted from 0."""

_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Face:
    """Initials on a soft colour."""

    initials: str
    hue: int


def face_of(member_id: str, name: str) -> Face:
    """Return the face of a person; the same one always."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    picked = words[:1] + (words[-1:] if len(words) > 1 else [])
    firsts = [_GRAPHEME.findall(word)[0] for word in picked]
    if firsts and not (firsts[0][0].isascii() or firsts[0][0].isupper()):
        firsts = firsts[:1]  # one sign says enough in scripts without capitals
    return Face("".join(firsts).upper(), zlib.crc32(member_id.encode()) % HUES)
