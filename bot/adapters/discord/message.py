"""Neutral messages as what Discord's API takes: components, files and mentions.

A message always fits: words of members are clipped, the longest first, until Discord
takes it all, since what is escaped is longer than what is read.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType

from bot.adapters.discord.layout import TEXT, Layout
from bot.adapters.discord.raw import Json
from bot.adapters.discord.text import Markdown
from bot.chat.limits import MAX_QUOTE_CHARS
from bot.chat.message import File, Message
from bot.chat.speech import Speech

COMPONENTS_V2 = 1 << 15
"""Flag of a message that is made of components alone."""

MAX_COMPONENTS = 40
"""Nested ones included. Source: Discord's component reference."""

MAX_TEXT_CHARS = 4_000
"""Of all text together. Source: discord.py, which counts as Discord does."""

_ELLIPSIS = "…"
_NO_PICTURES: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Payload:
    """A message as Discord takes it.

    Attributes:
        body: ``flags``, ``components`` and ``allowed_mentions``.

        files: What has to be attached, under the names that ``body`` uses.
    """

    body: Json
    files: tuple[File, ...] = ()


def draw(
    message: Message,
    speech: Speech,
    *,
    delivery_id: str | None = None,
    pictures: Mapping[int, str] = _NO_PICTURES,
) -> Payload:
    """Return ``message`` as it is said to one reader.

    Args:
        message: What is said.
        speech: To whom.
        delivery_id: What `carries` finds again; None for an answer, which nobody
            looks for.
        pictures: Names of the attached pictures, by where their card stands among
            the message's nodes, counted from 0. One that is not there is told in words.

    Raises:
        ValueError: If it has more parts than Discord takes however they are drawn.
    """
    layout = _fitted(message, speech, pictures)
    if delivery_id is not None:
        for part, mark in zip(_walk(layout.parts), _marks(delivery_id), strict=False):
            part["id"] = mark
    told = list(dict.fromkeys(member.id for member in message.mentions))
    body = {
        "flags": COMPONENTS_V2,
        "components": layout.parts,
        "allowed_mentions": {"parse": [], "users": told},
    }
    return Payload(body, tuple(layout.files))


def illustrated(
    message: Message,
    speech: Speech,
    pictures: Mapping[int, bytes],
    *,
    delivery_id: str | None = None,
) -> Payload:
    """Return ``message`` as `draw` does, with its pictures among the files."""
    named = {node: picture_name(node) for node in pictures}
    drawn = draw(message, speech, delivery_id=delivery_id, pictures=named)
    shown = (File(named[node], "image/png", png) for node, png in pictures.items())
    return replace(drawn, files=(*shown, *drawn.files))


def picture_name(node: int) -> str:
    """Return what the picture of a card is called, by where the card stands."""
    return f"picture-{node + 1}.png"


def carries(raw: Json, delivery_id: str) -> bool:
    """Return whether Discord's message ``raw`` was drawn with ``delivery_id``."""
    parts = raw.get("components")
    found = [part.get("id") for part in islice(_walk(parts), 2)]
    return bool(found) and list(_marks(delivery_id))[: len(found)] == found


def wire_of(custom_id: str) -> str:
    """Return the action in the custom id, or the value, of what was pressed."""
    return custom_id.partition("#")[0]


def _fitted(message: Message, speech: Speech, pictures: Mapping[int, str]) -> Layout:
    def paint(max_quote_chars: int) -> Layout:
        markdown = Markdown(speech, max_quote_chars)
        return Layout(markdown, pictures, dense=dense).filled(message)

    dense = False
    layout = paint(MAX_QUOTE_CHARS)
    count, chars = _measure(layout.parts)
    if count > MAX_COMPONENTS:
        dense = True
        layout = paint(MAX_QUOTE_CHARS)
        count, chars = _measure(layout.parts)
    if count > MAX_COMPONENTS:
        raise ValueError(f"{count} components, and {MAX_COMPONENTS} is the most")
    if chars <= MAX_TEXT_CHARS:
        return layout
    # Whoever is clipped to fewer characters is clipped last: the longest go first.
    sizes = range(1, MAX_QUOTE_CHARS)
    over = bisect_left(
        sizes, x=True, key=lambda most: _measure(paint(most).parts)[1] > MAX_TEXT_CHARS
    )
    layout = paint(max(1, over))
    _shorten(layout)
    return layout


def _shorten(layout: Layout) -> None:
    """Drop whole lines from the end of the longest text, until all of it fits.

    Only for messages whose own words are over the neutral limits already.
    """
    texts = [part for part in _walk(layout.parts) if part["type"] == TEXT]
    while _measure(layout.parts)[1] > MAX_TEXT_CHARS:
        longest = max(texts, key=lambda part: len(part["content"]))
        lines = longest["content"].removesuffix("\n" + _ELLIPSIS).split("\n")
        longest["content"] = "\n".join([*lines[:-1], _ELLIPSIS])


def _walk(parts: object) -> Iterator[Json]:
    """Yield components and what they hold, each before what is in it."""
    for part in parts if isinstance(parts, list) else ():
        if isinstance(part, dict):
            yield part
            yield from _walk(part.get("components"))


def _measure(parts: list[Json]) -> tuple[int, int]:
    """Return how many components there are, and how many characters of text."""
    count, chars = len(parts), 0
    for part in parts:
        if part["type"] == TEXT:
            chars += len(part["content"])
        elif "components" in part:
            inner, words = _measure(part["components"])
            count += inner
            chars += words
    return count, chars


def _marks(delivery_id: str) -> Iterable[int]:
    """Return ids for the first two components, which Discord keeps as they are."""
    digest = hashlib.sha256(delivery_id.encode()).digest()
    first = int.from_bytes(digest[:4], "big") >> 1 or 1
    second = int.from_bytes(digest[4:8], "big") >> 1 or 2
    return first, second if second != first else first ^ 1
