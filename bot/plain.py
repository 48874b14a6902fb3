"""Words that a log or a terminal shows, and never obeys."""

from __future__ import annotations

import re

# What ends a line, moves the cursor, turns the reading direction or cannot be encoded.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    """The text with everything escaped that could end a line or disguise one."""
    return _UNPRINTABLE.sub(lambda found: _escaped(found[0]), text)


def lines(words: object) -> str:
    """The same, in the lines that the words have."""
    return "\n".join(map(one_line, str(words).split("\n")))


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
