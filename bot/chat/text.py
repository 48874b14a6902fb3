"""Text that is translated and escaped late, when the reader is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.refs import ChannelRef, MemberRef, RoleRef


@dataclass(frozen=True, slots=True)
class Quote:
    """Words a member typed. Renderers escape them and never parse markup in them."""

    text: str


class Style(StrEnum):
    """How an instant is written."""

    MOMENT = "moment"
    DATE = "date"
    TIME = "time"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class When:
    """An aware instant, shown in the reader's own time zone where the platform can."""

    at: datetime
    style: Style = Style.MOMENT


@dataclass(frozen=True, slots=True)
class Day:
    """A civil date, the same in every zone."""

    on: date


Atom = Quote | When | Day | MemberRef | ChannelRef | RoleRef
"""What a renderer draws by itself, apart from plain text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A catalogue key and the values its placeholders take.

    Attributes:
        key: ``slice.message`` or ``slice.message.attribute``: message and attribute
            in ``locales/<tag>/<slice>.ftl``.

        values: One entry per placeholder, named with underscores here and the same
            in the catalogue. Integers also choose the plural form.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


Value = str | int | Atom | Phrase | tuple[Atom | Phrase, ...]
"""What a placeholder takes. A tuple is written as a list in the reader's language;
a string is Laurel's own word, for a translator to select by."""


def phrase(key: str, /, **values: Value) -> Phrase:
    """Return the phrase ``key`` filled with ``values``."""
    return Phrase(key, values)


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a spoken phrase: plain text, or a value for the renderer to draw."""

    content: str | Atom
    strong: bool = False
