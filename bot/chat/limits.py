"""The smallest of each pair of the platforms' limits.

Sources: Discord's API documentation of 2026-08-06 and docs.slack.dev; ``D`` and ``S``
below say which of the two is the smaller. All in Unicode code points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.chat.message import (
    Button,
    Buttons,
    Card,
    File,
    LinkButton,
    Message,
    Select,
)
from bot.chat.text import Phrase

COMMAND_NAME = re.compile(r"[a-z-]{1,32}")  # D
MAX_COMMAND_WORDS = 2  # Discord nests deeper, Slack has one word of text
MAX_COMMAND_HELP_CHARS = 100  # D
MAX_FORM_TITLE_CHARS = 24  # S
MAX_QUESTIONS = 5  # D
MAX_LABEL_CHARS = 45  # D
MAX_HINT_CHARS = 100  # D
MAX_TEXT_ANSWER_CHARS = 3_000  # S
MAX_OPTIONS = 25  # D
MAX_CHECKS = 10  # S
MAX_OPTION_CHARS = 75  # S
MAX_OPTION_VALUE_CHARS = 100  # D
MAX_BUTTONS = 5  # D
MAX_BUTTON_CHARS = 75  # S
MAX_URL_CHARS = 512  # D
MAX_MESSAGE_ACTIONS = 5  # D
MAX_MENU_ENTRY_CHARS = 24  # S: the name of a message shortcut
MAX_PLACEHOLDER_CHARS = 150  # D and S
MAX_TITLE_CHARS = 150  # S: header
MAX_FACTS = 10  # S: fields of a section
MAX_FACT_CHARS = 1_000  # D: 1,024 for an embed's field
MAX_PARAGRAPH_CHARS = 2_000  # with a margin below S: 3,000 for a section
MAX_PARAGRAPHS = 5
MAX_LINES = 25
MAX_LINE_CHARS = 100
MAX_FOOTER_CHARS = 300
MAX_ALT_CHARS = 1_000
MAX_MESSAGE_CHARS = 4_000  # D: all text of a message of components v2
MAX_NODES = 10
MAX_MENTIONS = 100  # D: allowed_mentions
MAX_QUOTE_CHARS = 1_500
"""Longest words of a member in one placeholder; renderers clip what is longer."""

SLACK_BUILT_INS = frozenset({
    "active", "apps", "archive", "away", "call", "collapse", "dm", "dnd", "expand",
    "feed", "feedback", "former", "giphy", "help", "invite", "join", "kick", "leave",
    "me", "msg", "mute", "open", "pro", "remind", "remove", "rename", "search",
    "shortcuts", "shrug", "star", "status", "topic", "unarchive", "who",
})  # fmt: skip
"""Names of Slack's own commands, from its help page on built-in slash commands."""

Measure = Callable[[Phrase], int]
"""How many code points a phrase has in the language in question."""


@dataclass(frozen=True, slots=True)
class Use:
    """How much of one limit a message uses."""

    what: str
    used: int
    limit: int

    @property
    def over(self) -> bool:
        """Whether no platform is sure to take it."""
        return self.used > self.limit


def uses_of(message: Message, measure: Measure) -> tuple[Use, ...]:
    """Return the limits that ``message`` touches and how much it uses of each.

    ``what`` is a word of the catalogue: ``limits.<what>``.
    """
    uses = [
        Use("nodes", len(message.nodes), MAX_NODES),
        Use("mentions", len(message.mentions), MAX_MENTIONS),
    ]
    total = 0
    for node in message.nodes:
        texts = list(_texts_of(node, measure))
        total += sum(use.used for use in texts)
        uses += texts
        uses += _counts_of(node)
    return (Use("text", total, MAX_MESSAGE_CHARS), *uses)


def _counts_of(node: object) -> Iterator[Use]:
    match node:
        case Card():
            yield Use("paragraphs", len(node.body), MAX_PARAGRAPHS)
            yield Use("facts", len(node.facts), MAX_FACTS)
            yield Use("lines", len(node.lines), MAX_LINES)
        case Buttons(items=items):
            yield Use("buttons", len(items), MAX_BUTTONS)
        case Select(options=options):
            yield Use("options", len(options), MAX_OPTIONS)
        case _:
            pass


def _texts_of(node: Card | Buttons | Select | File, measure: Measure) -> Iterator[Use]:
    match node:
        case Card():
            yield from _card_texts(node, measure)
        case Buttons(items=items):
            for item in items:
                yield Use("button", measure(item.label), MAX_BUTTON_CHARS)
                if isinstance(item, LinkButton):
                    yield Use("url", len(item.url), MAX_URL_CHARS)
                elif isinstance(item, Button):
                    item.action.encode()
        case Select(placeholder=placeholder, options=options):
            yield Use("placeholder", measure(placeholder), MAX_PLACEHOLDER_CHARS)
            for option in options:
                yield Use("option", measure(option.label), MAX_OPTION_CHARS)
                option.action.encode()
        case File():
            pass


def _card_texts(card: Card, measure: Measure) -> Iterator[Use]:
    if card.title:
        yield Use("title", measure(card.title), MAX_TITLE_CHARS)
    for paragraph in card.body:
        yield Use("paragraph", measure(paragraph), MAX_PARAGRAPH_CHARS)
    for fact in card.facts:
        yield Use("fact", measure(fact.label) + measure(fact.value), MAX_FACT_CHARS)
    for line in card.lines:
        yield Use("line", measure(line.text), MAX_LINE_CHARS)
    if card.picture:
        yield Use("alt", measure(card.picture.alt), MAX_ALT_CHARS)
    if card.footer:
        yield Use("footer", measure(card.footer), MAX_FOOTER_CHARS)
