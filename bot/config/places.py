"""Where in a file of settings something stands, as far as its lines tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

_HEADER = re.compile(r"""\s*\[\[?\s*["']?([\w-]+)["']?\s*([].])""")
_NAME = re.compile(r"""\s*["']?([\w-]+)["']?(?:\s*\.\s*["']?([\w-]+)["']?)?\s*=""")
_FENCES = ('"""', "'''")
"""Between two of these a text may have lines."""

_PIECE = re.compile(r"""\"{3}|'{3}|"(?:[^"\\]|\\.)*"|'[^']*'|\#.*""")
"""What a fence is not looked for in: a text of one line, and a comment."""

_MEANT = (
    ("Cannot declare", "a section begins a second time; keep one of the two"),
    ("Cannot redefine", "a section begins a second time; keep one of the two"),
    ("Cannot mutate", "a section begins a second time; keep one of the two"),
    ("Cannot overwrite", "a key is set a second time; keep one of the two"),
    ("Duplicate inline", "a key is set a second time; keep one of the two"),
    ("Invalid value", 'a value is missing or lacks its quotes, as in level = "info"'),
    ("Unterminated string", "a text lacks its closing quote"),
    ("Unescaped", "a text has a backslash; put it between 'single quotes'"),
    ("Invalid hex", "a text has a backslash; put it between 'single quotes'"),
    ("Escaped character", "a text has a backslash; put it between 'single quotes'"),
    ("Expected '='", "a key has no value; write key = value"),
    ("Expected newline", "something follows a value; put each key on its own line"),
    ("Expected ']", "the name of a section lacks its closing bracket"),
    ("Unclosed array", "a list lacks its closing bracket"),
    ("Unclosed inline", "a section in braces lacks its closing brace"),
    ("Invalid date", "a date is none; put texts between quotes"),
    ("Illegal character", "there is a character that may not stand there"),
    ("Found invalid", "there is a character that may not stand there"),
)
_ANYTHING = "what stands there is neither [section] nor key = value"


@dataclass(frozen=True, slots=True)
class Places:
    """The lines at which sections and keys are first named, counted from 1."""

    lines: Mapping[tuple[str, str], int]
    keys: Mapping[int, str]

    @classmethod
    def of(cls, text: str) -> Places:
        """Return where everything stands in a file."""
        lines: dict[tuple[str, str], int] = {}
        keys: dict[int, str] = {}
        for number, section, key in _named(text):
            lines.setdefault((section, key), number)
            keys[number] = ".".join(each for each in (section, key) if each)
        return cls(lines, keys)

    def line(self, section: str, key: str = "") -> int | None:
        """Return where a key stands, or else where its section begins."""
        tried = ((section, key), (section, ""), ("", section))
        return next((self.lines[each] for each in tried if each in self.lines), None)


def _named(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield number, section and key of each line that names one."""
    section, inside = "", ""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if not inside and (header := _HEADER.match(line)):
            section = header[1]
            yield number, section, ""
        elif not inside and (name := _NAME.match(line)):
            first, second = name[1], name[2] or ""
            if section:
                yield number, section, first
            else:
                yield number, first, second
        inside = _left_open(line, inside)


def _left_open(line: str, inside: str) -> str:
    """Return the fence of the text that is open behind ``line``, if any is.

    Args:
        line: The line.
        inside: The fence of the text that it begins in; empty for none.
    """
    at = 0
    while True:
        if inside:
            at = line.find(inside, at) + len(inside)
            if at < len(inside):
                return inside
            inside = ""
        if (piece := _PIECE.search(line, at)) is None:
            return ""
        at = piece.end()
        inside = piece[0] if piece[0] in _FENCES else ""


def meaning(message: str) -> str:
    """Return what a complaint of the TOML reader means, with nothing of the file."""
    return next((said for told, said in _MEANT if message.startswith(told)), _ANYTHING)
