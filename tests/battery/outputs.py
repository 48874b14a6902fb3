"""A message as each platform draws it, and what in it is more than words.

Nothing is sent: these are the projections that the adapters send, read as the
platforms' clients read them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from bot.adapters.discord import message as discord
from bot.adapters.discord.threads import name_of
from bot.adapters.playground.draw import Brush
from bot.adapters.slack import message as slack
from bot.cards.showing import shown
from bot.chat.message import Message, picture_of
from bot.chat.speech import Reader, Speech
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from tests.adapters.discord import markdown
from tests.adapters.slack import blocks
from tests.adapters.slack.speaking import on_slack
from tests.fakes.discord.rules import walk
from tests.fakes.slack import pings
from tests.harness import COMMUNITY, START, words

Alive = tuple[str, ...]
Output = Callable[[Message], Alive]
"""Tells what of a message is more than words, in order."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ue000-\uf8ff]")


class _Anybody(dict[str, str]):
    """Knows everybody by their id."""

    def __missing__(self, key: str) -> str:
        return f"somebody {key}"


def _name(ref: MemberRef | ChannelRef | RoleRef) -> str:
    return ref.id


SPEECH = Speech(words(), Reader("en", ZoneInfo("UTC"), START), _name)


def on_discord(message: Message) -> Alive:
    """Return what is alive in markdown, and whom the message may ping."""
    body = discord.draw(message, SPEECH).body
    texts = [part["content"] for part in walk(body["components"]) if part["type"] == 10]
    asked = body["allowed_mentions"]
    assert [] == asked["parse"]
    pinged = [f"pings {who}" for who in asked["users"]]
    return (*markdown.read("\n".join(texts)).alive, *pinged)


def in_thread_names(message: Message) -> Alive:
    """Return what is no letter in what a thread under it is called on Discord."""
    return tuple(map(ascii, CONTROL.findall(name_of(message, SPEECH))))


def in_slack(message: Message) -> Alive:
    """Return what is alive in blocks and in the notification, and who is called."""
    body = slack.draw(on_slack(message), SPEECH).body
    read = blocks.read(body["blocks"], _Anybody())
    called = [f"calls {who}" for who in sorted(pings(body))]
    return (*read.kinds, *blocks.read_text(body["text"]).kinds, *called)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(" ".join((tag, *sorted(name for name, _ in attrs))))

    def handle_comment(self, _data: str) -> None:
        self.found.append("comment")


def on_pages(message: Message) -> Alive:
    """Return the elements of a page, each with the names of its attributes."""
    return elements(Brush, message)


def elements(brush: type[Brush], message: Message) -> Alive:
    """Return the elements that a brush draws."""
    reader = MemberRef(COMMUNITY, "reader")
    found = _Elements()
    for block in brush(SPEECH, reader).blocks(message, {}):
        found.feed(_markup(block))
    return tuple(found.found)


def _markup(block: object) -> str:
    """Return what a template puts into a page as it is; it escapes all else."""
    told = vars_of(block)
    return "".join(each for each in told if hasattr(each, "__html__"))


def vars_of(value: object) -> Iterator[str]:
    """Yield every string in a value."""
    match value:
        case str():
            yield value
        case tuple() | list():
            for each in value:
                yield from vars_of(each)
        case _ if hasattr(value, "__slots__"):
            for name in value.__slots__:
                yield from vars_of(getattr(value, name))


def on_pictures(message: Message) -> Alive:
    """Return the shape of what drawings are given, and what is no letter in it."""
    language = words().languages["en"].babel
    pictures = filter(None, map(picture_of, message.nodes))
    found: list[str] = []
    for each in pictures:
        given = json.loads(shown(each, SPEECH, language))
        found += _shape(given)
    return tuple(found)


def _shape(given: object) -> Iterator[str]:
    match given:
        case dict():
            for key, value in given.items():
                yield from (f"{key}.{each}" for each in _shape(value))
        case list():
            for value in given:
                yield from _shape(value)
        case str():
            yield "text" + "".join(map(ascii, CONTROL.findall(given)))
        case _:
            yield "value"


OUTPUTS: Mapping[str, Output] = {
    "Discord": on_discord,
    "names of threads": in_thread_names,
    "Slack": in_slack,
    "pages": on_pages,
    "pictures": on_pictures,
}
