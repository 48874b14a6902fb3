"""The nodes of a message laid out as Discord's components."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Self, TypeVar, assert_never
from urllib.parse import urlsplit

from bot.adapters.discord.raw import Json
from bot.adapters.discord.text import Markdown
from bot.chat.clip import clip
from bot.chat.limits import MAX_ALT_CHARS, MAX_URL_CHARS
from bot.chat.message import (
    MAX_ACTION_CHARS,
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Line,
    LinkButton,
    Message,
    Option,
    Picture,
    Select,
    Tone,
)
from bot.chat.text import Phrase, phrase

_ACTION_ROW, _BUTTON, _STRING_SELECT = 1, 2, 3
TEXT, _GALLERY, _FILE, _SEPARATOR, _CONTAINER = 10, 12, 13, 14, 17

_MAX_BUTTON_CHARS = 80
_MAX_OPTION_CHARS = 100
_MAX_PLACEHOLDER_CHARS = 150
_PER_ROW = 5
_PER_SELECT = 25

_COLOURS = {
    Tone.PLAIN: None,
    Tone.JOY: 0xE8AE2E,
    Tone.MAIN: 0x3D9A70,
    Tone.WARNING: 0xC94A6D,
}
"""Gold, laurel and berry, each to be told from both light and dark grounds."""

_SECONDARY, _LINK = 2, 5
_BUTTON_STYLES = {Tone.PLAIN: _SECONDARY, Tone.MAIN: 1, Tone.JOY: 3, Tone.WARNING: 4}

_BAR_CELLS = 10
_NAMELESS = "…"
_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")

T = TypeVar("T")


class Layout:
    """Components in the making.

    Attributes:
        parts: The components so far.

        files: What has to be attached.
    """

    def __init__(
        self, markdown: Markdown, pictures: Mapping[int, str], *, dense: bool
    ) -> None:
        self.parts: list[Json] = []
        self.files: list[File] = []
        self._markdown = markdown
        self._pictures = pictures
        self._dense = dense
        self._taken: set[str] = set()
        self._names: set[str] = set(pictures.values())
        self._under = self.parts

    def filled(self, message: Message) -> Self:
        """Add the nodes of ``message``, from top to bottom.

        What can be pressed stands in the frame of the card above it, where that is
        the only one; else it is about them all and stands beneath.
        """
        cards = sum(isinstance(node, Card) for node in message.nodes)
        for index, node in enumerate(message.nodes):
            match node:
                case Card():
                    self._add_card(node, index, inside=cards == 1)
                case Buttons(items=items):
                    for row in _chunks(items, _PER_ROW):
                        self._add_row([self._press(item) for item in row])
                case Select():
                    for number, few in enumerate(_chunks(node.options, _PER_SELECT)):
                        self._add_row([self._select(node, few, f"{index}.{number}")])
                case File():
                    self._under = self.parts
                    self.parts.append(self._file(node))
                case _ as never:
                    assert_never(never)
        if not self.parts:
            self.parts.append(_text(_NAMELESS))
        return self

    def _add_card(self, card: Card, index: int, *, inside: bool) -> None:
        # What is celebrated, and what comes first, has the larger title.
        large = card.tone is Tone.JOY or not self.parts
        blocks = list(self._blocks(card, index, "##" if large else "###"))
        if self._dense:
            blocks = _joined(blocks)
        if not blocks:
            return
        if card.tone is Tone.PLAIN and replace(card, body=()) == Card():
            self.parts += blocks
            self._under = self.parts
            return
        frame: Json = {"type": _CONTAINER, "components": blocks}
        if (colour := _COLOURS[card.tone]) is not None:
            frame["accent_color"] = colour
        self.parts.append(frame)
        self._under = blocks if inside else self.parts

    def _blocks(self, card: Card, index: int, level: str) -> Iterator[Json]:
        """Yield what is in the frame of a card, with a rule between its parts."""
        heading, body = self._heading(card), self._body(card)
        facts = "\n".join(map(self._fact, card.facts))
        texts = [each for each in (body, facts, self._lines(card.lines)) if each]
        if heading:  # right above what it is the title of
            texts[:1] = ["\n".join([f"{level} {heading}", *texts[:1]])]
        for number, content in enumerate(texts):
            if number and not self._dense:
                yield {"type": _SEPARATOR}
            yield _text(content)
        if card.picture:
            yield self._picture(card.picture, self._pictures.get(index))
        if card.footer and (words := self._markdown.line(card.footer)):
            yield _text(f"-# {words}")

    def _heading(self, card: Card) -> str:
        return self._markdown.line(card.title) if card.title else ""

    def _body(self, card: Card) -> str:
        """Return the paragraphs, with a line between them."""
        drawn = [self._markdown.inline(each).strip("\n") for each in card.body]
        return "\n\n".join(filter(None, drawn))

    def _fact(self, fact: Fact) -> str:
        label, value = (
            self._markdown.strong(fact.label),
            self._markdown.inline(fact.value),
        )
        return f"{label}\n{value}" if "\n" in value else f"{label} · {value}"

    def _lines(self, lines: Sequence[Line]) -> str:
        """Return a ranked list, aligned by rank, bar and amount."""
        if not lines:
            return ""
        most = max(1, *(line.amount for line in lines))
        number = self._markdown.number
        ranks = _padded([number(line.rank) for line in lines])
        amounts = _padded([number(line.amount, line.per) for line in lines])
        return "\n".join(
            f"`{rank} {_bar(line.amount, most)} {amount}` {self._name(line)}"
            for line, rank, amount in zip(lines, ranks, amounts, strict=True)
        )

    def _name(self, line: Line) -> str:
        if not line.yours:
            return self._markdown.line(line.text)
        you = self._markdown.strong(phrase("common.you"))
        return f"{self._markdown.strong(line.text)} · {you}"

    def _picture(self, picture: Picture, name: str | None) -> Json:
        alt = clip(self._markdown.plain(picture.alt), MAX_ALT_CHARS)
        if name is None:
            return _text(f"-# {self._markdown.line(picture.alt) or _NAMELESS}")
        shown: Json = {"media": {"url": f"attachment://{name}"}}
        if alt:
            shown["description"] = alt
        return {"type": _GALLERY, "items": [shown]}

    def _add_row(self, parts: list[Json]) -> None:
        self._under.append({"type": _ACTION_ROW, "components": parts})

    def _press(self, item: Button | LinkButton) -> Json:
        label = self._label(item.label, _MAX_BUTTON_CHARS)
        drawn: Json = {"type": _BUTTON, "style": _SECONDARY, "label": label}
        match item:
            case Button(action=action, tone=tone):
                wire = self._only(action, self._taken)
                return drawn | {"style": _BUTTON_STYLES[tone], "custom_id": wire}
            case LinkButton(url=url) if _opens(url):
                return drawn | {"style": _LINK, "url": url}
            case LinkButton():  # Discord would refuse the whole message
                dead = f"nowhere#{len(self._taken)}"
                self._taken.add(dead)
                return drawn | {"custom_id": dead, "disabled": True}
            case _ as never:
                assert_never(never)

    def _select(self, select: Select, few: Sequence[Option], place: str) -> Json:
        taken: set[str] = set()
        options = [
            {
                "label": self._label(option.label, _MAX_OPTION_CHARS),
                "value": self._only(option.action, taken),
            }
            for option in few
        ]
        drawn: Json = {
            "type": _STRING_SELECT,
            "custom_id": f"select#{place}",
            "options": options,
        }
        if asks := clip(
            self._markdown.plain(select.placeholder), _MAX_PLACEHOLDER_CHARS
        ):
            drawn["placeholder"] = asks
        return drawn

    def _label(self, spoken: Phrase, most: int) -> str:
        return clip(self._markdown.plain(spoken), most) or _NAMELESS

    @staticmethod
    def _only(action: Action, taken: set[str]) -> str:
        """Return the wire form, told apart from the same one elsewhere in the message.

        Raises:
            ValueError: If it is there already and too long to be told apart.
        """
        wire = only = action.encode()
        while only in taken:
            only = f"{wire}#{len(taken)}"
        if len(only) > MAX_ACTION_CHARS:
            raise ValueError(f"action {action.route!r} stands twice and is too long")
        taken.add(only)
        return only

    def _file(self, file: File) -> Json:
        """Return the file's place, under a name that Discord leaves as it is."""
        stem, dot, ending = _FILE_NAME.sub("-", file.name).strip(".-").rpartition(".")
        name = f"{stem}{dot}{ending}" or "file"
        while name in self._names:
            stem = f"{stem or ending}-{len(self._names) + 1}"
            name = f"{stem}{dot}{ending}" if dot else stem
        self._names.add(name)
        self.files.append(replace(file, name=name))
        return {"type": _FILE, "file": {"url": f"attachment://{name}"}}


def _text(content: str) -> Json:
    return {"type": TEXT, "content": content}


def _joined(blocks: list[Json]) -> list[Json]:
    """Return the blocks with all text in one."""
    texts = [block["content"] for block in blocks if block["type"] == TEXT]
    others = [block for block in blocks if block["type"] != TEXT]
    return [*([_text("\n".join(texts))] if texts else []), *others]


def _padded(words: list[str]) -> list[str]:
    width = max(map(len, words))
    return [word.rjust(width) for word in words]


def _bar(amount: int, most: int) -> str:
    """Return a bar in which whoever has anything has one cell at least."""
    share = round(_BAR_CELLS * min(max(amount, 0), most) / most)
    cells = max(share, 1) if amount > 0 else 0
    return "█" * cells + "░" * (_BAR_CELLS - cells)


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while few := list(islice(rest, size)):
        yield few


def _opens(url: str) -> bool:
    """Return whether Discord takes ``url``: it leads to the web, and is short."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return host and url.isascii() and url.isprintable() and len(url) <= MAX_URL_CHARS
