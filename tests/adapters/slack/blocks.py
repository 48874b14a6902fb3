"""What Slack's clients make of blocks: what a person reads, and what of it is alive.

Written from Slack's reference of Block Kit and of mrkdwn, and stricter than its
clients: where they differ, what any of them takes for alive is alive here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.chat.raw import Json

_UNSEEN = re.compile("[\u2060\u2068\u2069]")
_EMOJI = re.compile(r":[^\s:\u2060]+:")
_ENTITY = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_MARK = re.compile(r"<([^<>]*)>")
_STYLES = {
    "bold": re.compile(r"(?<![\w*])\*(?=\S)[^*\n]+(?<=\S)\*(?![\w*])"),
    "italic": re.compile(r"(?<![\w_])_(?=\S)[^_\n]+(?<=\S)_(?![\w_])"),
    "struck": re.compile(r"(?<![\w~])~(?=\S)[^~\n]+(?<=\S)~(?![\w~])"),
    "code": re.compile(r"`[^`\n]+`"),
    "quote": re.compile(r"^(?:>|&gt;)", re.MULTILINE),
    "link": re.compile(r"\b(?:https?://|mailto:)\S+|\bwww\.\S+"),
}


@dataclass
class Read:
    """What somebody reads.

    Attributes:
        lines: Each block, list entry or control.

        alive: Kinds of what is more than text, with what they stand for, in order.
    """

    lines: list[str] = field(default_factory=list)
    alive: list[tuple[str, str]] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All of it, without marks that nobody sees."""
        return _UNSEEN.sub("", "\n".join(self.lines))

    @property
    def kinds(self) -> list[str]:
        return [kind for kind, _ in self.alive]


def read(blocks: list[Json], names: Mapping[str, str]) -> Read:
    """Return what a reader makes of ``blocks``; ``names`` of whoever is mentioned."""
    found = Read()
    for block in blocks:
        _Block(found, names).read(block)
    return found


def read_text(text: str) -> Read:
    """Return what becomes of mrkdwn, such as the ``text`` of a message.

    With ``mrkdwn`` off, or where blocks are drawn in its place, no style is drawn; a
    mark between ``<`` and ``>`` is taken for one everywhere.
    """
    found = Read()
    found.lines.append(_mrkdwn(text, found, styled=False))
    return found


def leaves(blocks: list[Json]) -> Iterator[Json]:
    """Yield every element of rich text."""
    for block in blocks:
        if block["type"] == "rich_text":
            for element in block["elements"]:
                inner = element["elements"]
                if element["type"] == "rich_text_list":
                    inner = [leaf for entry in inner for leaf in entry["elements"]]
                yield from inner


def controls(blocks: list[Json]) -> list[Json]:
    """Return what can be pressed or picked."""
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return [control for row in rows for control in row]


@dataclass
class _Block:
    found: Read
    names: Mapping[str, str]

    def read(self, block: Json) -> None:
        match block["type"]:
            case "header":
                self.say(self.plain(block["text"]))
            case "rich_text":
                for element in block["elements"]:
                    self.element(element)
            case "context":
                self.say(" ".join(map(self.small, block["elements"])))
            case "actions":
                for control in block["elements"]:
                    self.control(control)
            case "image":
                self.say(block["alt_text"])
            case "divider":
                pass
            case kind:
                raise AssertionError(f"nobody reads a {kind} here")

    def say(self, words: str) -> None:
        self.found.lines.append(words)

    def element(self, element: Json) -> None:
        if element["type"] == "rich_text_section":
            self.say("".join(map(self.leaf, element["elements"])))
            return
        assert element["type"] == "rich_text_list"
        assert element["style"] == "ordered"
        for number, entry in enumerate(element["elements"], element["offset"] + 1):
            self.say(f"{number}. {''.join(map(self.leaf, entry['elements']))}")

    def leaf(self, leaf: Json) -> str:
        kind = leaf["type"]
        if leaf.get("style"):
            self.found.alive.append((next(iter(leaf["style"])), ""))
        if kind == "text":
            return str(leaf["text"])
        key = {"user": "user_id", "channel": "channel_id", "date": "timestamp"}[kind]
        self.found.alive.append((kind, str(leaf[key])))
        return str(leaf["fallback"]) if kind == "date" else self.names[leaf[key]]

    def plain(self, text: Json) -> str:
        assert text["type"] == "plain_text"
        if text["emoji"]:
            self.found.alive += [
                ("emoji", each) for each in _EMOJI.findall(text["text"])
            ]
        return str(text["text"])

    def small(self, text: Json) -> str:
        if text["type"] == "plain_text":
            return self.plain(text)
        assert text["verbatim"]
        return _mrkdwn(text["text"], self.found, styled=True)

    def control(self, control: Json) -> None:
        if control["type"] == "button":
            self.say(self.plain(control["text"]))
            return
        assert control["type"] == "static_select"
        if "placeholder" in control:
            self.say(self.plain(control["placeholder"]))
        for option in control["options"]:
            self.say(self.plain(option["text"]))


def _mrkdwn(text: str, found: Read, *, styled: bool) -> str:
    def marked(mark: re.Match[str]) -> str:
        inner, _, shown = mark[1].partition("|")
        kind = {"@": "user", "#": "channel", "!": "special"}.get(inner[:1], "link")
        if inner.startswith("!date^"):
            kind, inner = "date", inner.split("^")[1]
        found.alive.append((kind, inner.lstrip("@#!")))
        return shown or inner

    if styled:
        for kind, pattern in _STYLES.items():
            found.alive += [
                (kind, each) for each in pattern.findall(_MARK.sub("", text))
            ]
    found.alive += [("emoji", each) for each in _EMOJI.findall(_MARK.sub("", text))]
    shown = _MARK.sub(marked, text)
    return re.sub("&(?:amp|lt|gt);", lambda each: _ENTITY[each[0]], shown)
