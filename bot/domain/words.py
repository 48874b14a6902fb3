"""What is left of members' words once nothing in them can deceive."""

from __future__ import annotations

import re
import unicodedata

_KEPT_FORMATS = frozenset("\u200c\u200d\ufe0f\U000e0020\U000e007f") | frozenset(
    chr(code) for code in range(0xE0020, 0xE0080)
)
"""Format characters that scripts and emoji are spelled with: joiners, tags."""

_INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
"""Letters and marks that show nothing, used to pose as an empty name."""

_DECEIVING = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Controls, formats, surrogates, private use. What is merely unassigned stays: it may
be an emoji that is younger than this Python."""

_MAX_MARKS = 4
"""Combining marks kept on one letter; no language stacks more."""

_PIECE = re.compile(
    rf"(?:[ -~]|[^\W{''.join(sorted(_INVISIBLE_LETTERS))}])+|.", re.DOTALL
)
"""Letters and digits in one piece, since they all stay, and anything else by itself."""


def clean(text: str, *, multiline: bool = False) -> str:
    """Return ``text`` without what cannot be seen and what turns text around.

    NUL and other controls, surrogates, private-use code points,
    direction overrides and isolates, and stacks of marks go; white space is folded;
    what is left is in normal form C. Line breaks stay where ``multiline``, at most
    two in a row.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    lines = unicodedata.normalize("NFC", text).splitlines() if multiline else [text]
    kept = [" ".join(_visible(line).split()) for line in lines]
    while "" in kept and (kept[0] == "" or kept[-1] == ""):
        kept = kept[1:] if kept[0] == "" else kept[:-1]
    folded = [
        line
        for before, line in zip([None, *kept], kept, strict=False)
        if line or before
    ]
    return "\n".join(folded)


def is_blank(text: str) -> bool:
    """Return whether a reader would see nothing at all in cleaned text."""
    return not any(
        unicodedata.category(char)[0] in "LNPSC" and char not in _KEPT_FORMATS
        for char in text
    )


def _visible(line: str) -> str:
    kept: list[str] = []
    marks = 0
    for char in _PIECE.findall(unicodedata.normalize("NFC", line)):
        if len(char) > 1:
            marks = 0
            kept.append(char)
            continue
        category = unicodedata.category(char)
        if category[0] == "M" and char not in _KEPT_FORMATS:
            marks += 1
            if marks > _MAX_MARKS:
                continue
        else:
            marks = 0
        if category in {"Zs", "Zl", "Zp", "Cc"} and char.isspace():
            kept.append(" ")
        elif char in _KEPT_FORMATS or (
            category not in _DECEIVING and char not in _INVISIBLE_LETTERS
        ):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))
