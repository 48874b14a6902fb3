"""What the bot says: cards, buttons, selects and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias
from urllib.parse import quote, unquote

from bot.chat.text import Atom, Phrase
from bot.domain.refs import MemberRef

MAX_ACTION_CHARS = 100
"""Discord's ``custom_id`` limit, the smallest of the platforms."""

_WIRE_VERSION = "1"


class Tone(StrEnum):
    """What a card or button means. Renderers pick the colour, and never only that."""

    PLAIN = "plain"
    JOY = "joy"
    MAIN = "main"
    WARNING = "warning"


class UnknownActionError(ValueError):
    """A button that another version of the bot drew, or that nobody did."""


@dataclass(frozen=True, slots=True)
class Action:
    """What a button does, small enough to travel on the wire and outlive a restart."""

    route: str
    args: tuple[str | int, ...] = ()

    def encode(self) -> str:
        """Return the wire form, ``1:route:arg:arg``.

        Raises:
            ValueError: If it is longer than `MAX_ACTION_CHARS`.
        """
        args = (quote(str(arg), safe="") for arg in self.args)
        wire = ":".join((_WIRE_VERSION, self.route, *args))
        if len(wire) > MAX_ACTION_CHARS:
            raise ValueError(f"action {self.route!r} needs {len(wire)} characters")
        return wire

    @classmethod
    def decode(cls, wire: str) -> Action:
        """Return the action that `encode` wrote; every argument as text.

        Raises:
            UnknownActionError: If this version cannot have written it.
        """
        version, *rest = wire.split(":")
        if version != _WIRE_VERSION or not rest or len(wire) > MAX_ACTION_CHARS:
            raise UnknownActionError(wire[:MAX_ACTION_CHARS])
        route, *args = rest
        return cls(route, tuple(map(unquote, args)))


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled value on a card."""

    label: Phrase
    value: Phrase


@dataclass(frozen=True, slots=True)
class Line:
    """One place on a ranked list.

    Attributes:
        rank: Counted from 1. Who ties comes in the order in which they got there.

        amount: What the rank is decided by; drawn as a bar beside the first line's.

        yours: Whether the reader stands here; only private lists know.

        per: How many of `amount` make one, where there are parts: 1,500 per 1,000 is
            written as 1.5.
    """

    rank: int
    text: Phrase
    amount: int
    yours: bool = False
    per: int = 1


Datum: TypeAlias = (
    "Phrase | Atom | str | int | tuple[Datum, ...] | Mapping[str, Datum] | None"
)
"""What a drawing shows: words and people as elsewhere, spoken and named at delivery."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture to be drawn when the message is delivered.

    Where it cannot be drawn in time, the message goes without it and says ``alt``.

    Attributes:
        kind: Which drawing.

        alt: What it shows, in words.

        data: What the drawing shows, as `bot.chat.pictures` makes it for each kind.
    """

    kind: str
    alt: Phrase
    data: Mapping[str, Datum] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """A titled block. Every platform shows one, each in its own dress.

    Attributes:
        body: Paragraphs.
    """

    title: Phrase | None = None
    body: tuple[Phrase, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[Line, ...] = ()
    picture: Picture | None = None
    footer: Phrase | None = None
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Button:
    """A labelled action under a card."""

    label: Phrase
    action: Action
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class LinkButton:
    """A labelled address; the platform opens it, and the bot does not hear of it."""

    label: Phrase
    url: str


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of at most five buttons."""

    items: tuple[Button | LinkButton, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One entry of a select."""

    label: Phrase
    action: Action


@dataclass(frozen=True, slots=True)
class Select:
    """A list of at most 25 actions, of which the reader picks one."""

    placeholder: Phrase
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class File:
    """Something to keep. Goes by direct message where no private file can be shown."""

    name: str
    media_type: str
    content: bytes


Node = Card | Buttons | Select | File
"""A part of a message. Renderers match it and end in ``assert_never``."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said at one time.

    Attributes:
        mentions: Members who are to be told of it. Nobody else is ever pinged,
            whatever the words say.
    """

    nodes: tuple[Node, ...]
    mentions: tuple[MemberRef, ...] = ()

    def actions(self) -> Iterator[Action]:
        """Yield what can be pressed or picked."""
        for node in self.nodes:
            match node:
                case Buttons(items=items):
                    yield from (b.action for b in items if isinstance(b, Button))
                case Select(options=options):
                    yield from (option.action for option in options)
                case _:
                    pass


def picture_of(node: Node) -> Picture | None:
    """Return the picture that a part of a message holds."""
    return node.picture if isinstance(node, Card) else None


def say(*nodes: Node, mentions: tuple[MemberRef, ...] = ()) -> Message:
    """Return a message of ``nodes``, from top to bottom."""
    return Message(nodes, mentions)
