"""What Discord's client makes of markdown: what is read, and what of it is alive.

Written from Discord's help pages and its client's behaviour, and stricter than it:
where clients differ, what any of them takes for alive is alive here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_BLOCKS = {
    "heading": re.compile(r"[ \t]*#{1,3}\s+\S.*"),
    "small": re.compile(r"[ \t]*-#\s+\S.*"),
    "quote": re.compile(r"[ \t]*(>>>|>)\s.*"),
    "list": re.compile(r"[ \t]*(?:[*+-]|\d+\.)(?:\s+\S.*|\s*)"),
}
_PREFIX = re.compile(r"[ \t]*(?:#{1,3}|-#|>>>|>)\s+")

_INLINE = {
    "escape": re.compile(r"\\([^0-9A-Za-z\s])"),
    "code": re.compile(r"(`+)([\s\S]+?)\1"),
    "mention": re.compile(r"<(?:@[!&]?|#)(\d+)>"),
    "ping": re.compile(r"@(everyone|here|Ana|Laurel)"),
    "instant": re.compile(r"<t:(-?\d+)(?::[a-zA-Z])?>"),
    "emoji": re.compile(r"<a?:\w+:\d+>|:[^\s:]+:"),
    "command": re.compile(r"</[^:>\n]+:\d+>|<id:\w+>"),
    "masked link": re.compile(r"\[(?:\\.|[^\]\\])+\]\([^)\n]+\)"),
    "link": re.compile(
        r"<[^:\s>]+:[^>\s]+>|(?:https?|steam|discord)://[^\s<]+", re.IGNORECASE
    ),
    "bold": re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*"),
    "underline": re.compile(r"__((?:\\[\s\S]|[^\\])+?)__"),
    "italic": re.compile(r"([*_])((?:\\[\s\S]|[^\\])+?)\1"),
    "struck": re.compile(r"~~((?:\\[\s\S]|[^\\])+?)~~"),
    "spoiler": re.compile(r"\|\|((?:\\[\s\S]|[^\\])+?)\|\|"),
}
_INVITE = re.compile(r"discord(?:\.gg|(?:app)?\.com/invite)/\w+", re.IGNORECASE)
_ISOLATES = re.compile("[\u2068\u2069]")


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader sees.

    Attributes:
        words: The text, with what Discord draws for itself left as it was written.

        alive: Kinds of markup that were found, in order.
    """

    words: str
    alive: tuple[str, ...]


def read(markdown: str) -> Read:
    """Return what becomes of ``markdown``; marks of direction are not seen."""
    alive = ["invite"] if _INVITE.search(markdown) else []
    lines = []
    for line in _ISOLATES.sub("", markdown).split("\n"):
        block = next(
            (b for b, pattern in _BLOCKS.items() if pattern.fullmatch(line)), ""
        )
        if block:
            alive.append(block)
            line = _PREFIX.sub("", line, count=1)  # noqa: PLW2901
        lines.append(line)
    return Read(_inline("\n".join(lines), alive), tuple(alive))


def _inline(text: str, alive: list[str]) -> str:
    words, at = "", 0
    while at < len(text):
        kind, found = _first(text, at)
        if found is None:
            words += text[at]
            at += 1
            continue
        at = found.end()
        if kind == "escape":
            words += found[1]
            continue
        alive.append(kind)
        inner = kind in {"bold", "underline", "struck", "spoiler", "italic"}
        words += _inline(found[found.lastindex or 0], alive) if inner else found[0]
    return words


def _first(text: str, at: int) -> tuple[str, re.Match[str] | None]:
    for kind, pattern in _INLINE.items():
        if found := pattern.match(text, at):
            return kind, found
    return "", None
