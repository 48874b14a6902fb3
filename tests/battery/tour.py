"""A tour of all that Laurel says: everybody tries everything once.

It takes seconds, so a process of tests takes it once. It can be read as well in a
language of its own, whose every sentence can be told from a word in the code. Whatever
asks for it is in the group ``tour``, which one of several processes runs alone where
they are told to keep groups together: ``--dist loadgroup``.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fluent.syntax import FluentParser, FluentSerializer, ast
from fluent.syntax.visitor import Transformer

from bot.chat.catalogue import Catalogue
from bot.chat.message import Message
from bot.chat.responses import Ask, Refuse, Replace, Say
from bot.chat.text import Phrase
from bot.features import LOCALES
from storage.members import MAX_NAME_CHARS
from tests.battery.matrix import TABLE, act, named, scene
from tests.battery.rows import COLUMNS, PAGES, YES
from tests.harness import Reply, community, words
from tests.reading import texts_of

FAMILY = "👩‍👩‍👧‍👦"

ENDING = {
    "awards.open",
    "awards.open-it",
    "awards.save",
    "privacy.erase",
    "setup.cancel",
    "setup.restart",
    "setup.save",
    "templates.drop",
    "templates.save",
    "shoutouts.drop",
    "shoutouts.post",
    "shoutouts.retract",
    "shoutouts.undo",
}
"""Routes that use up what they act on, and so come last."""


@dataclass
class Tour:
    """What was said on the way."""

    language: Catalogue
    commands: Sequence[str]
    messages: list[tuple[str, Message]] = field(default_factory=list)
    refusals: list[tuple[str, Phrase]] = field(default_factory=list)

    def take(self, route: str, reply: Reply) -> None:
        """Keep what was answered; a form says nothing but its labels."""
        match reply.response:
            case Say(message=message) | Replace(message=message):
                self.messages.append((route, message))
            case Refuse(reason=reason):
                self.refusals.append((route, reason))
            case Ask():
                pass

    def kinds(self) -> Sequence[Message]:
        """Return one message of each kind: what says the same is drawn alike."""
        found = {tuple(p.key for p in texts_of(m)): m for _, m in self.messages}
        return list(found.values())

    def phrases(self) -> Iterator[tuple[str, Phrase]]:
        """Yield everything that can be read, with the route that said it."""
        for route, message in self.messages:
            for text in texts_of(message):
                yield route, text
        yield from self.refusals


@cache
def taken() -> Tour:
    """Return what was said on the tour, with the longest names there are."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_take(Path(folder)))


@cache
def taken_in_disguise() -> Tour:
    """Return the same in the language of its own.

    What was put together from a catalogue while it was said stays as it was, and can
    be told from what a reader's language says like any other word in the code.
    """
    with TemporaryDirectory() as folder:
        return replace(taken(), language=disguised(Path(folder) / "locales"))


async def _take(folder: Path) -> Tour:
    async with community(folder / "laurel.sqlite3", link=PAGES) as home:
        await home.settings(moderators=home.channel("moderators"))
        names = [route.command or "" for route in home.laurel.table.commands]
        found = Tour(words(), names)
        numbers = itertools.count()
        for column in COLUMNS:
            there = await scene(home, next(numbers), long_name)
            for route in sorted(TABLE.keys() - ENDING):
                found.take(route, await act(there, route, column))
        for route in sorted(ENDING):
            column = next(c for c, out in TABLE[route].outcomes.items() if out == YES)
            there = await scene(home, next(numbers), long_name)
            found.take(route, await act(there, route, column))
        found.messages += [("outbox", post.message) for post in home.platform.posts]
        return found


def long_name(column: str, number: int) -> str:
    """Return a name of 80 code points, none of which may be cut off from its like."""
    plain = named(column, number) + " "
    return plain + FAMILY * ((MAX_NAME_CHARS - len(plain)) // len(FAMILY))


class _Disguise(Transformer):
    """Writes every word with other letters, in brackets."""

    LETTERS = str.maketrans(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβξδεφγηιϳκλμνοπϙρστυνωχψζΑΒΞΔΕΦΓΗΙϴΚΛΜΝΟΠϘΡΣΤΥϜΩΧΨΖ",
    )

    def visit_TextElement(self, node: ast.TextElement) -> ast.TextElement:  # noqa: N802
        node.value = node.value.translate(self.LETTERS)
        return node

    def visit_Message(self, node: ast.Message) -> ast.Message:  # noqa: N802
        self.generic_visit(node)
        patterns = [each.value for each in node.attributes]
        for pattern in [*patterns, *([node.value] if node.value else [])]:
            pattern.elements = [
                ast.TextElement("⟦"),
                *pattern.elements,
                ast.TextElement("⟧"),
            ]
        return node


def disguised(folder: Path) -> Catalogue:
    """Return a language whose every sentence can be told from a word in the code."""
    target = folder / "en"
    target.mkdir(parents=True)
    for path in (LOCALES / "en").glob("*.ftl"):
        resource = FluentParser().parse(path.read_text("utf-8"))
        _Disguise().visit(resource)
        written = FluentSerializer().serialize(resource)
        (target / path.name).write_text(written, "utf-8")
    return Catalogue.load(folder)
