"""What a template came to: words and values in a row, for a card to say.

Words leave as text and values as what they are, placed in sentences of the catalogue
that have nothing of their own. So a name is a mention on each platform, a number is
written as the reader writes numbers, and a quote stays a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.chat.clip import clip
from bot.chat.limits import MAX_PARAGRAPH_CHARS
from bot.chat.text import Phrase, Quote, Value
from bot.pages.variables import SENTINEL, Slots, size

_ELLIPSIS = "…"
_MORE = _ELLIPSIS * 2
"""Behind words that are to be cut, so that they are, however short."""

_PIECE = re.compile(rf"(\*\*|{SENTINEL.pattern})")
_WORD = re.compile(r"\s*\S+|\s+")

_PLACES = ("a", "b", "c", "d", "e", "f", "g", "h")
"""The placeholders of ``templates.passage``."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the template, or a value that it placed."""

    value: Value
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What can be said.

    Attributes:
        pieces: None of them is empty.

        cut: Whether there was more of it.
    """

    pieces: tuple[Piece, ...]
    cut: bool = False

    @property
    def chars(self) -> int:
        """About how many characters it takes once it is drawn, at most."""
        return _size(self.pieces)

    def paragraphs(self, max_chars: int = MAX_PARAGRAPH_CHARS) -> tuple[Phrase, ...]:
        """Return it in as few paragraphs of a card as it fits in.

        They end where lines do, and within a line only where it is longer than
        ``max_chars``.
        """
        packed: list[list[Piece]] = []
        room = 0
        for run in _runs(self.pieces, max_chars):
            needed = _size(run)
            if needed > room:
                packed.append([])
                room = max_chars
            packed[-1] += run
            room -= needed
        whole = (_merged(each) for each in packed)
        return tuple(_phrase(pieces) for pieces in whole if pieces)


def weight(drawn: str, slots: Slots) -> int:
    """Return about how many characters ``drawn`` takes, its spaces left out."""
    words = "".join(drawn.split())
    values = SENTINEL.findall(words)
    return len(words) - len(values) + sum(size(slots.of(each)) for each in values)


def put_together(drawn: str, slots: Slots, max_chars: int) -> Passage:
    """Return what Jinja has ``drawn``, with the values in their places.

    Spaces are folded, and of empty lines one is kept. ``**`` makes bold what is
    between two of them.
    """
    lines = (" ".join(line.split()) for line in drawn.split("\n"))
    folded = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    pieces: list[Piece] = []
    strong = False
    for each in _PIECE.split(folded):
        if each == "**":
            strong = not strong
        elif SENTINEL.fullmatch(each):
            pieces.append(Piece(slots.of(each), strong))
        elif each:
            pieces.append(Piece(each, strong))
    return _cut(pieces, max_chars)


def _cut(pieces: Sequence[Piece], max_chars: int) -> Passage:
    if _size(pieces) <= max_chars:
        return Passage(tuple(pieces))
    kept: list[Piece] = []
    left = max_chars
    for piece in pieces:
        needed = size(piece.value)
        if needed >= left:
            kept.append(_shortened(piece, left))
            break
        kept.append(piece)
        left -= needed
    return Passage(tuple(kept), cut=True)


def _shortened(piece: Piece, max_chars: int) -> Piece:
    """Return what is left of ``piece``, with an ellipsis behind it."""
    match piece.value:
        case str(text):
            return replace(piece, value=clip(text + _MORE, max_chars))
        case Quote(text=text):
            return replace(piece, value=Quote(clip(text + _MORE, max_chars)))
        case _:
            return Piece(_ELLIPSIS)


def _runs(pieces: Sequence[Piece], max_chars: int) -> Iterator[list[Piece]]:
    """Yield the lines, in parts where they are longer than ``max_chars``."""
    for line in _lines(pieces):
        if _size(line) <= max_chars:
            yield line
        else:
            yield from _parts(line, max_chars)


def _lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces of each line, with the break that ends it."""
    line: list[Piece] = []
    for piece in pieces:
        if not isinstance(piece.value, str):
            line.append(piece)
            continue
        for words in piece.value.splitlines(keepends=True):
            line.append(replace(piece, value=words))
            if words.endswith("\n"):
                yield line
                line = []
    if line:
        yield line


def _parts(line: Sequence[Piece], max_chars: int) -> Iterator[list[Piece]]:
    """Yield a long line in parts, between two words or values."""
    part: list[Piece] = []
    room = max_chars
    for piece in _words(line, max_chars):
        needed = size(piece.value)
        if part and needed > room:
            yield part
            part, room = [], max_chars
        part.append(piece)
        room -= needed
    yield part


def _words(line: Sequence[Piece], max_chars: int) -> Iterator[Piece]:
    for piece in line:
        if isinstance(piece.value, str):
            for word in _WORD.findall(piece.value):
                yield replace(piece, value=clip(word, max_chars))
        else:
            yield piece


def _size(pieces: Iterable[Piece]) -> int:
    return sum(size(each.value) for each in pieces)


def _merged(pieces: Sequence[Piece]) -> list[Piece]:
    """Return ``pieces`` with words in one, and without breaks around them."""
    whole: list[Piece] = []
    for piece in pieces:
        before = whole[-1] if whole else None
        if (
            before is not None
            and isinstance(before.value, str)
            and isinstance(piece.value, str)
            and before.strong == piece.strong
        ):
            whole[-1] = replace(before, value=before.value + piece.value)
        else:
            whole.append(piece)
    if whole and isinstance(words := whole[0].value, str):
        whole[0] = replace(whole[0], value=words.lstrip())
    if whole and isinstance(words := whole[-1].value, str):
        whole[-1] = replace(whole[-1], value=words.rstrip())
    return [each for each in whole if each.value != ""]


def _phrase(pieces: Sequence[Piece]) -> Phrase:
    """Return ``pieces`` as one sentence, which holds others where they are many."""
    values = [_value(each) for each in pieces]
    while len(values) > len(_PLACES):
        values = [
            _passage(values[at : at + len(_PLACES)])
            for at in range(0, len(values), len(_PLACES))
        ]
    return _passage(values)


def _value(piece: Piece) -> Value:
    if piece.strong:
        return Phrase("templates.strong", {"words": piece.value})
    return piece.value


def _passage(values: Sequence[Value]) -> Phrase:
    empty = [""] * (len(_PLACES) - len(values))
    return Phrase(
        "templates.passage", dict(zip(_PLACES, [*values, *empty], strict=True))
    )
