"""What can be read in a message, for tests."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat.message import Buttons, Card, File, Message, Select
from bot.chat.text import Phrase


def texts_of(message: Message) -> list[Phrase]:
    """Return everything in ``message`` that can be read, from top to bottom."""
    texts: list[Phrase] = []
    for node in message.nodes:
        match node:
            case Card():
                texts += [t for t in (node.title, *node.body, node.footer) if t]
                texts += [t for fact in node.facts for t in (fact.label, fact.value)]
                texts += [line.text for line in node.lines]
            case Buttons(items=items):
                texts += [item.label for item in items]
            case Select(options=options):
                texts += [option.label for option in options]
            case File():
                pass
    return texts


def once(plain: Callable[[Phrase], str]) -> Callable[[Phrase], str]:
    """Return ``plain`` for the texts of one message, each of which it speaks once."""
    spoken: dict[int, tuple[Phrase, str]] = {}  # with the phrase, or its id is reused

    def known(text: Phrase) -> str:
        if id(text) not in spoken:
            spoken[id(text)] = text, plain(text)
        return spoken[id(text)][1]

    return known
