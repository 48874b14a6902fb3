"""The nodes of a message laid out as Slack's blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Self, assert_never

from bot.adapters.slack.controls import (
    NAMELESS,
    PER_ROW,
    PER_SELECT,
    Controls,
    chunks,
)
from bot.adapters.slack.text import Words, add_text, plain_text
from bot.chat.clip import clip
from bot.chat.limits import MAX_TITLE_CHARS
from bot.chat.message import (
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Line,
    LinkButton,
    Message,
    Picture,
    Select,
    Tone,
)
from bot.chat.raw import Json
from bot.chat.text import Phrase, phrase

_MAX_ALT_CHARS = 2_000
_MAX_FILE_NAME_CHARS = 255

_SIGNS = {Tone.PLAIN: "", Tone.JOY: "🌿 ", Tone.MAIN: "", Tone.WARNING: "⚠️ "}
"""Slack gives a card no colour, so its tone is told by a sign."""

_BAR_CELLS = 8
_FIGURE_SPACE, _EN_SPACE = "\u2007", "\u2002"
_UPLOADED = re.compile(r"F[A-Z0-9]+")


class Layout:
    """Blocks in the making.

    Attributes:
        blocks: The blocks so far.

        files: What has to be uploaded.
    """

    def __init__(
        self, words: Words, pictures: Mapping[int, str], *, dense: bool = False
    ) -> None:
        self.blocks: list[Json] = []
        self.files: list[File] = []
        self._words = words
        self._pictures = pictures
        self._dense = dense
        self._controls = Controls(words)

    def filled(self, message: Message) -> Self:
        """Add the nodes of ``message``, from top to bottom, and who is to be told."""
        for index, node in enumerate(message.nodes):
            match node:
                case Card():
                    self._add_card(node, index)
                case Buttons(items=items):
                    self._add_buttons(items)
                case Select():
                    for few in chunks(node.options, PER_SELECT):
                        self._add_row([self._controls.select(node, few)])
                case File():
                    name = clip(node.name, _MAX_FILE_NAME_CHARS) or NAMELESS
                    self._add_small(plain_text(f"📎 {name}"))
                    self.files.append(node)
                case _ as never:
                    assert_never(never)
        if left := self._words.not_yet(message.mentions):
            self._add_rich([_section(_spaced(map(self._words.mention, left)))])
        if not self.blocks:
            self._add_rich([_section([{"type": "text", "text": NAMELESS}])])
        return self

    def divided(self) -> Self:
        """Add a line between what was said and what follows."""
        if self.blocks and self.blocks[-1]["type"] != "divider":
            self.blocks.append({"type": "divider"})
        return self

    def _add_card(self, card: Card, index: int) -> None:
        if self.blocks and self.blocks[-1]["type"] != "divider" and card.title:
            self.divided()
        texts = list(self._texts(card))
        if self._dense:
            texts = [[each for text in texts for each in text]] if any(texts) else []
        for text in texts:
            self._add_rich(text)
        if card.picture:
            self._add_picture(card.picture, self._pictures.get(index))
        if card.footer and (small := self._words.small(card.footer)):
            self._add_small(small)

    def _texts(self, card: Card) -> Iterator[list[Json]]:
        """Yield what is written on a card, in pieces with some air between them."""
        sign = _SIGNS[card.tone]
        heading: list[Json] = []
        if card.title:
            heading = self._heading(card.title, sign, large=self._is_large(card))
        elif sign and card.body:
            heading = [{"type": "text", "text": sign}]
        for paragraph in self._body(card.body):
            if heading and card.title:
                add_text(heading, "\n")
            yield [_section(heading + paragraph)]
            heading = []
        if heading and card.title:
            yield [_section(heading)]
        if card.facts:
            yield [_section(self._facts(card.facts))]
        if card.lines:
            yield list(self._lists(card.lines))

    def _is_large(self, card: Card) -> bool:
        """Return whether a title is a header: what is celebrated, what comes first."""
        return card.tone is Tone.JOY or not self.blocks

    def _heading(self, title: Phrase, sign: str, *, large: bool) -> list[Json]:
        """Return the title as rich text; empty where it has a block of its own."""
        if large:
            header = plain_text(sign + self._words.plain(title))
            if 0 < len(header["text"]) <= MAX_TITLE_CHARS:
                self.blocks.append({"type": "header", "text": header})
                return []
        drawn: list[Json] = []
        add_text(drawn, sign, strong=True)
        return [*drawn, *self._words.inline(title, strong=True)]

    def _body(self, paragraphs: Sequence[Phrase]) -> Iterator[list[Json]]:
        for paragraph in paragraphs:
            if leaves := _stripped(self._words.inline(paragraph)):
                yield leaves

    def _facts(self, facts: Sequence[Fact]) -> list[Json]:
        drawn: list[Json] = []
        for fact in facts:
            value = _stripped(self._words.inline(fact.value))
            long = any("\n" in leaf.get("text", "") for leaf in value)
            if drawn:
                add_text(drawn, "\n")
            drawn += self._words.inline(fact.label, strong=True)
            add_text(drawn, "\n" if long else " · ")
            drawn += value
        return drawn

    def _lists(self, lines: Sequence[Line]) -> Iterator[Json]:
        """Yield ranked lists: Slack counts on by itself, so a gap begins another."""
        most = max(1, *(line.amount for line in lines))
        number = self._words.number
        amounts = _padded([number(line.amount, line.per) for line in lines])
        placed = [(line.rank - at, at) for at, line in enumerate(lines)]
        for _, run in groupby(placed, key=lambda each: each[0]):
            places = [at for _, at in run]
            yield {
                "type": "rich_text_list",
                "style": "ordered",
                "offset": max(0, lines[places[0]].rank - 1),
                "elements": [
                    _section(self._line(lines[at], most, amounts[at])) for at in places
                ],
            }

    def _line(self, line: Line, most: int, amount: str) -> list[Json]:
        bar: Json = {"type": "text", "text": _bar(line.amount, most) + _EN_SPACE}
        count = {"type": "text", "text": amount, "style": {"bold": True}}
        name = self._words.inline(line.text, strong=line.yours)
        drawn = [bar, count, {"type": "text", "text": _EN_SPACE}, *name]
        if line.yours:
            drawn.append({"type": "text", "text": " · "})
            drawn += self._words.inline(phrase("common.you"), strong=True)
        return drawn

    def _add_picture(self, picture: Picture, uploaded: str | None) -> None:
        alt = self._words.plain(picture.alt)
        if uploaded is None:
            if small := self._words.small(picture.alt):
                self._add_small(small)
            return
        shown = {"id": uploaded} if _UPLOADED.fullmatch(uploaded) else {"url": uploaded}
        described = clip(alt, _MAX_ALT_CHARS) or NAMELESS
        image = {"type": "image", "slack_file": shown, "alt_text": described}
        self.blocks.append(image)

    def _add_buttons(self, items: Iterable[Button | LinkButton]) -> None:
        drawn = [(self._controls.press(item), item) for item in items]
        for element, item in drawn:
            if element is None:
                self._add_small(self._controls.label(item.label))
        for row in chunks([each for each, _ in drawn if each], PER_ROW):
            self._add_row(row)

    def _add_row(self, elements: list[Json]) -> None:
        self.blocks.append({"type": "actions", "elements": elements})

    def _add_rich(self, elements: list[Json]) -> None:
        self.blocks.append({"type": "rich_text", "elements": elements})

    def _add_small(self, element: Json) -> None:
        self.blocks.append({"type": "context", "elements": [element]})


def _section(leaves: list[Json]) -> Json:
    return {"type": "rich_text_section", "elements": leaves}


def _spaced(elements: Iterable[Json]) -> list[Json]:
    drawn: list[Json] = []
    for element in elements:
        if drawn:
            drawn.append({"type": "text", "text": " "})
        drawn.append(element)
    return drawn


def _stripped(leaves: list[Json]) -> list[Json]:
    """Return ``leaves`` without line breaks around them."""
    if leaves and leaves[0]["type"] == "text":
        leaves[0]["text"] = leaves[0]["text"].lstrip("\n")
    if leaves and leaves[-1]["type"] == "text":
        leaves[-1]["text"] = leaves[-1]["text"].rstrip("\n")
    return [leaf for leaf in leaves if leaf.get("text") != ""]


def _padded(words: list[str]) -> list[str]:
    width = max(map(len, words))
    return [word.rjust(width, _FIGURE_SPACE) for word in words]


def _bar(amount: int, most: int) -> str:
    """Return a bar in which whoever has anything has one cell at least."""
    share = round(_BAR_CELLS * min(max(amount, 0), most) / most)
    cells = max(share, 1) if amount > 0 else 0
    return "▰" * cells + "▱" * (_BAR_CELLS - cells)
