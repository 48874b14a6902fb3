"""Neutral messages as what the page's templates show.

Words leave here escaped: what a member typed is never markup, and its direction
cannot reach beyond itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from bot.adapters.playground.pictures import Size
from bot.chat import directions
from bot.chat.clip import clip
from bot.chat.limits import MAX_OPTION_CHARS, MAX_QUOTE_CHARS
from bot.chat.message import (
    Button,
    Buttons,
    Card,
    File,
    Line,
    LinkButton,
    Message,
    Option,
    Select,
)
from bot.chat.speech import Speech
from bot.chat.text import Atom, Day, Part, Phrase, Quote, Style, When
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

_RIGHT_TO_LEFT = {
    "ar",
    "ckb",
    "dv",
    "fa",
    "he",
    "ks",
    "nqo",
    "ps",
    "sd",
    "ug",
    "ur",
    "yi",
}


def direction(locale: str | None) -> str:
    """Return which way ``locale`` is written, as HTML says it."""
    language = (locale or "").partition("-")[0]
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


@dataclass(frozen=True, slots=True)
class Place:
    """One line of a ranked list, ready to be shown."""

    rank: str
    text: Markup
    amount: str
    share: int
    yours: bool


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture that can be looked at.

    Attributes:
        node: Where its card stands among the message's nodes, counted from 0.

        width: In CSS pixels, of which each has two of the picture's.
    """

    node: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CardBlock:
    """A card, ready to be shown.

    Attributes:
        alt: What its picture shows, in words; None where it has none.

        drawn: The picture; None where there are but the words.
    """

    tone: str
    title: Markup | None
    body: tuple[Markup, ...]
    facts: tuple[tuple[Markup, Markup], ...]
    places: tuple[Place, ...]
    alt: str | None
    footer: Markup | None
    drawn: Drawn | None = None
    kind: str = "card"


@dataclass(frozen=True, slots=True)
class Press:
    """A button, or a link where ``url`` is set; neither where both are empty."""

    label: Markup
    tone: str
    wire: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ButtonsBlock:
    """A row of buttons, ready to be shown."""

    items: tuple[Press, ...]
    kind: str = "buttons"


@dataclass(frozen=True, slots=True)
class SelectBlock:
    """A select, ready to be shown; each option has its action's wire form."""

    placeholder: str
    options: tuple[tuple[str, str], ...]
    kind: str = "select"


@dataclass(frozen=True, slots=True)
class FileBlock:
    """A file, ready to be shown.

    Attributes:
        node: Where the file stands among the message's nodes, counted from 0.
    """

    name: str
    bytes: int
    node: int
    kind: str = "file"


Block = CardBlock | ButtonsBlock | SelectBlock | FileBlock


class Brush:
    """Draws for one reader."""

    def __init__(self, speech: Speech, reader: MemberRef) -> None:
        self._speech = speech
        self._reader = reader

    def inline(self, spoken: Phrase) -> Markup:
        """Return ``spoken`` as inline HTML."""
        return Markup("").join(map(self._part, self._speech.parts(spoken)))

    def plain(self, spoken: Phrase) -> str:
        """Return ``spoken`` as text, for where no element can stand."""
        return self._speech.plain(spoken)

    def blocks(self, message: Message, drawn: Mapping[int, Size]) -> Iterator[Block]:
        """Yield each node of ``message``, ready to be shown, and its ``drawn``."""
        for index, node in enumerate(message.nodes):
            match node:
                case Card():
                    yield self._card(node, _drawn(index, drawn.get(index)))
                case Buttons(items=items):
                    yield ButtonsBlock(tuple(map(self._press, items)))
                case Select(placeholder=placeholder, options=options):
                    yield SelectBlock(
                        self.plain(placeholder),
                        tuple((o.action.encode(), self._option(o)) for o in options),
                    )
                case File(name=name, content=content):
                    yield FileBlock(name, len(content), index)
                case _ as never:
                    assert_never(never)

    def number(self, value: int, per: int = 1) -> str:
        """Return ``value`` as the reader writes numbers, ``per`` of it being one."""
        return directions.number(value, self._speech.reader.locale, per)

    def when(self, when: When) -> Markup:
        """Return an instant in the reader's words and zone."""
        local = when.at.astimezone(self._speech.reader.zone)
        full = self._speech.instant(When(when.at, Style.DATE))
        clock = self._speech.instant(When(when.at, Style.TIME))
        return Markup('<time datetime="{}" title="{}, {}">{}</time>').format(
            local.isoformat(timespec="minutes"), full, clock, self._speech.instant(when)
        )

    def _card(self, card: Card, drawn: Drawn | None) -> CardBlock:
        return CardBlock(
            tone=card.tone.value,
            title=self._maybe(card.title),
            body=tuple(map(self.inline, card.body)),
            facts=tuple(
                (self.inline(f.label), self.inline(f.value)) for f in card.facts
            ),
            places=tuple(self._places(card.lines)),
            alt=self.plain(card.picture.alt) if card.picture else None,
            footer=self._maybe(card.footer),
            drawn=drawn,
        )

    def _maybe(self, spoken: Phrase | None) -> Markup | None:
        return None if spoken is None else self.inline(spoken)

    def _places(self, lines: tuple[Line, ...]) -> Iterator[Place]:
        most = max((line.amount for line in lines), default=0) or 1
        for line in lines:
            yield Place(
                rank=self.number(line.rank),
                text=self.inline(line.text),
                amount=self.number(line.amount, line.per),
                share=max(0, round(100 * line.amount / most)),
                yours=line.yours,
            )

    def _option(self, option: Option) -> str:
        return clip(self.plain(option.label), MAX_OPTION_CHARS)

    def _press(self, item: Button | LinkButton) -> Press:
        match item:
            case Button(label=label, action=action, tone=tone):
                return Press(self.inline(label), tone.value, wire=action.encode())
            case LinkButton(label=label, url=url):
                return Press(self.inline(label), "link", url=url if _safe(url) else "")
            case _ as never:
                assert_never(never)

    def _part(self, part: Part) -> Markup:
        drawn = self._content(part.content)
        return Markup("<strong>{}</strong>").format(drawn) if part.strong else drawn

    def _content(self, content: str | Atom) -> Markup:
        match content:
            case str():
                return escape(content)
            case Quote(text=text):
                words = clip(text, MAX_QUOTE_CHARS)
                return Markup('<bdi class="quote">{}</bdi>').format(words)
            case When():
                return self.when(content)
            case Day(on=on):
                return Markup('<time datetime="{}">{}</time>').format(
                    on.isoformat(), self._speech.word(content)
                )
            case MemberRef():
                kind = "mention me" if content == self._reader else "mention"
                return self._named(content, kind)
            case ChannelRef() | RoleRef():
                return self._named(content, "mention")
            case _ as never:
                assert_never(never)

    def _named(self, ref: MemberRef | ChannelRef | RoleRef, kind: str) -> Markup:
        return Markup('<bdi class="{}">{}</bdi>').format(kind, self._speech.word(ref))


def _drawn(node: int, size: Size | None) -> Drawn | None:
    return None if size is None else Drawn(node, size.width // 2, size.height // 2)


def _safe(url: str) -> bool:
    """Return whether a browser may be sent to ``url``: to the web, nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
