"""What can be pressed or picked in a message, as Slack's elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar, assert_never
from urllib.parse import urlsplit

from bot.adapters.slack.text import Words, plain_text
from bot.chat.limits import MAX_PLACEHOLDER_CHARS
from bot.chat.message import Action, Button, LinkButton, Option, Select, Tone
from bot.chat.raw import Json
from bot.chat.text import Phrase

NAMELESS = "…"
"""Where something has to stand and there is nothing to say."""

PER_ROW = 25
PER_SELECT = 100

_MAX_LABEL_CHARS = 75
_MAX_URL_CHARS = 3_000

_STYLES = {Tone.MAIN: "primary", Tone.JOY: "primary", Tone.WARNING: "danger"}

T = TypeVar("T")


class Controls:
    """Draws controls, each with an ``action_id`` of its own.

    What a control does stands in the ``value`` of the button or of the option.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._count = 0

    def press(self, item: Button | LinkButton) -> Json | None:
        """Return a button; None for a link that Slack would refuse the message for."""
        if isinstance(item, LinkButton) and not _opens(item.url):
            return None
        drawn: Json = {
            "type": "button",
            "action_id": self._id("press"),
            "text": self.label(item.label),
        }
        match item:
            case Button(action=action, tone=tone):
                drawn["value"] = action.encode()
                if style := _STYLES.get(tone):
                    drawn["style"] = style
            case LinkButton(url=url):
                drawn["url"] = url
            case _ as never:
                assert_never(never)
        return drawn

    def select(self, select: Select, few: Sequence[Option]) -> Json:
        """Return a list of ``few`` of the options of ``select``."""
        taken: set[str] = set()
        drawn: Json = {
            "type": "static_select",
            "action_id": self._id("pick"),
            "options": [
                {
                    "text": self.label(option.label),
                    "value": _only(option.action, taken),
                }
                for option in few
            ],
        }
        if asks := self._words.plain(select.placeholder):
            drawn["placeholder"] = plain_text(asks, MAX_PLACEHOLDER_CHARS)
        return drawn

    def label(self, spoken: Phrase) -> Json:
        """Return what stands on a control."""
        return plain_text(self._words.plain(spoken) or NAMELESS, _MAX_LABEL_CHARS)

    def _id(self, kind: str) -> str:
        self._count += 1
        return f"{kind}.{self._count}"


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while few := list(islice(rest, size)):
        yield few


def _only(action: Action, taken: set[str]) -> str:
    """Return the wire form, told apart from the same one in the same list."""
    wire = only = action.encode()
    while only in taken:
        only = f"{wire}#{len(taken)}"
    taken.add(only)
    return only


def _opens(url: str) -> bool:
    """Return whether Slack takes ``url``: it leads to the web, and is short."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    host = parts.scheme in {"http", "https"} and bool(parts.netloc)
    return host and url.isascii() and url.isprintable() and len(url) <= _MAX_URL_CHARS
