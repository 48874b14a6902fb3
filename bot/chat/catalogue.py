"""Turn phrases into inline parts in a reader's language.

Fluent returns one string, so every value that a renderer draws by itself goes in as a
sentinel from the private-use area and comes out as a part. Members' words never meet
the parser: they are behind a sentinel, and those code points are cleaned from what
members type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Self

from babel import Locale
from babel.lists import format_list
from fluent.runtime import FluentBundle
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from bot.chat.reading import read
from bot.chat.text import Atom, Part, Phrase, Value

_FIRST_SENTINEL = 0xE000
_PIECE = re.compile(r"(\*\*|[\ue000-\uf8ff])")

_COMMAND = re.compile(r"(?<![^\s(“«])/(?=[a-z]|\{ \$name \})")
"""The slash before a command: nothing else in Laurel's words begins with one."""

Slots = list["Atom | Phrase"]

Sentence = tuple[tuple[str, str | None], ...]
"""Pieces in order: words, or the name of the value that stands there."""


class Language:
    """Every sentence of one language."""

    def __init__(self, tag: str, texts: Mapping[str, str]) -> None:
        self.tag = tag
        self.babel = Locale.parse(tag, sep="-")
        self._texts = texts

    @classmethod
    def read(cls, tag: str, folder: Path) -> Self:
        """Return what the files in ``folder`` say."""
        files = sorted(folder.glob("*.ftl"))
        return cls(tag, {path.stem: path.read_text("utf-8") for path in files})

    def prefixed(self, prefix: str) -> Self:
        """Return the language with ``prefix`` before each command that it names."""
        changed = {
            name: _COMMAND.sub(f"/{prefix}", text) for name, text in self._texts.items()
        }
        return type(self)(self.tag, changed)

    @cached_property
    def _resources(self) -> Mapping[str, ast.Resource]:
        return {name: read(text) for name, text in self._texts.items()}

    @cached_property
    def slices(self) -> Mapping[str, FluentBundle]:
        """The parsed catalogue files, by slice."""
        found = {}
        for name, resource in self._resources.items():
            if junk := [e for e in resource.body if isinstance(e, ast.Junk)]:
                where = (junk[0].content or "").strip()[:60]
                raise ValueError(f"{self.tag}/{name}.ftl: {where!r}")
            bundle = FluentBundle([self.tag], use_isolating=False)
            bundle.add_resource(resource)
            found[name] = bundle
        return found

    def placeholders(self) -> Mapping[str, frozenset[str]]:
        """Return every key that has words, with the values that its words name."""
        return {
            key: frozenset(_named_in(words) if sentence is None else _names(sentence))
            for key, words in self._entries()
            for sentence in (self._sentences.get(key),)
        }

    def has(self, key: str) -> bool:
        """Return whether ``key`` has words here."""
        return self._pattern(key) is not None

    def plain(self, key: str) -> str | None:
        """Return words that name no value; None where there are none."""
        return self.format(Phrase(key), []) if self.has(key) else None

    def format(self, spoken: Phrase, slots: Slots) -> str | None:
        """Return ``spoken`` with a sentinel for each of ``slots``, which are added.

        Returns None where this language lacks the phrase.

        Raises:
            ValueError: If the translation asks for a value that the phrase lacks.
        """
        found = self._pattern(spoken.key)
        if found is None:
            return None
        bundle, pattern = found
        values = {
            name: self._placed(value, slots) for name, value in spoken.values.items()
        }
        joined = _joined(self._sentences.get(spoken.key), values)
        if joined is not None:
            return joined
        text, errors = bundle.format_pattern(pattern, values)
        if errors:
            raise ValueError(f"{self.tag} {spoken.key}: {errors[0]}")
        return str(text)

    def _entries(self) -> Iterator[tuple[str, ast.Pattern]]:
        for name, resource in self._resources.items():
            for entry in resource.body:
                if isinstance(entry, ast.Message):
                    if entry.value is not None:
                        yield f"{name}.{entry.id.name}", entry.value
                    for each in entry.attributes:
                        yield f"{name}.{entry.id.name}.{each.id.name}", each.value

    @cached_property
    def _sentences(self) -> Mapping[str, Sentence]:
        """What needs no rules of Fluent's: words with values between them, by key."""
        outlined = ((key, _outline(words)) for key, words in self._entries())
        return {key: sentence for key, sentence in outlined if sentence is not None}

    def _pattern(self, key: str) -> tuple[FluentBundle, Pattern] | None:
        name, _, rest = key.partition(".")
        message_id, _, attribute = rest.partition(".")
        bundle = self.slices.get(name)
        if bundle is None or not bundle.has_message(message_id):
            return None
        message = bundle.get_message(message_id)
        pattern = message.attributes.get(attribute) if attribute else message.value
        return None if pattern is None else (bundle, pattern)

    def _placed(self, value: Value, slots: Slots) -> str | int:
        if isinstance(value, str | int):
            return value
        if isinstance(value, tuple):
            listed = [self._slot(item, slots) for item in value]
            return format_list(listed, style="standard", locale=self.babel)
        return self._slot(value, slots)

    @staticmethod
    def _slot(value: Atom | Phrase, slots: Slots) -> str:
        slots.append(value)
        return chr(_FIRST_SENTINEL + len(slots) - 1)


class Catalogue:
    """Every sentence the bot can say, in every language it speaks.

    Attributes:
        languages: By BCP 47 tag.

        fallback: The tag of the language that has every sentence.
    """

    def __init__(self, languages: Mapping[str, Language], fallback: str) -> None:
        self.languages = languages
        self.fallback = fallback
        self._still: dict[tuple[str, str], tuple[Part, ...]] = {}

    @classmethod
    def load(cls, root: Path, fallback: str = "en") -> Self:
        """Read ``root/<tag>/<slice>.ftl``; parsing waits until a language is used."""
        folders = sorted(path for path in root.iterdir() if path.is_dir())
        spoken = [folder for folder in folders if any(folder.glob("*.ftl"))]
        return cls({f.name: Language.read(f.name, f) for f in spoken}, fallback)

    def prefixed(self, prefix: str) -> Self:
        """Return the same words with ``prefix`` before each command that they name.

        For where commands bear other names, since another app has theirs already.
        """
        if not prefix:
            return self
        changed = {tag: each.prefixed(prefix) for tag, each in self.languages.items()}
        return type(self)(changed, self.fallback)

    def choose(self, tag: str | None, fallback: str | None = None) -> str:
        """Return the language spoken that is nearest to ``tag``.

        ``es-MX`` is answered in ``es``; what is not spoken in ``fallback``, else in
        the catalogue's own.
        """
        if tag in self.languages:
            return str(tag)
        for wanted in ((tag or "").partition("-")[0], fallback):
            if wanted in self.languages:
                return str(wanted)
        return self.fallback

    def has(self, key: str) -> bool:
        """Return whether the fallback language, and so every one, has ``key``."""
        return self.languages[self.fallback].has(key)

    def speak(self, spoken: Phrase, locale: str) -> tuple[Part, ...]:
        """Return ``spoken`` in ``locale``, else in the fallback language.

        Raises:
            KeyError: If no language has the phrase; tests make this impossible.
        """
        tag = self.choose(locale)
        if spoken.values:
            return tuple(self._parts(spoken, tag, strong=False))
        still = self._still.get((tag, spoken.key))
        if still is None:  # the same every time, so put together once
            still = tuple(self._parts(spoken, tag, strong=False))
            self._still[tag, spoken.key] = still
        return still

    def _parts(self, spoken: Phrase, tag: str, *, strong: bool) -> Iterator[Part]:
        slots: Slots = []
        text = self._format(spoken, tag, slots)
        for piece in _PIECE.split(text):
            if piece == "**":
                strong = not strong
            elif _PIECE.fullmatch(piece):
                value = slots[ord(piece) - _FIRST_SENTINEL]
                if isinstance(value, Phrase):
                    yield from self._parts(value, tag, strong=strong)
                else:
                    yield Part(value, strong)
            elif piece:
                yield Part(piece, strong)

    def _format(self, spoken: Phrase, tag: str, slots: Slots) -> str:
        for language in (self.languages[tag], self.languages[self.fallback]):
            text = language.format(spoken, slots)
            if text is not None:
                return text
        raise KeyError(spoken.key)


def _outline(words: ast.Pattern) -> Sentence | None:
    """Return ``words`` in pieces; None where they count, choose or refer."""
    pieces: list[tuple[str, str | None]] = []
    for each in words.elements:
        if isinstance(each, ast.TextElement):
            pieces.append((each.value, None))
        elif isinstance(each.expression, ast.VariableReference):
            pieces.append(("", each.expression.id.name))
        else:
            return None
    return tuple(pieces)


def _joined(sentence: Sentence | None, values: Mapping[str, str | int]) -> str | None:
    """Return the sentence with its values; None where Fluent has to do it."""
    if sentence is None:
        return None
    found: list[str] = []
    for words, name in sentence:
        value = words if name is None else values.get(name)
        if not isinstance(value, str):  # a number, which each language writes its way
            return None
        found.append(value)
    return "".join(found)


def _names(sentence: Sentence) -> Iterator[str]:
    return (name for _, name in sentence if name is not None)


def _named_in(words: ast.Pattern) -> Iterator[str]:
    visitor = _Placeholders()
    visitor.visit(words)
    yield from visitor.names


class _Placeholders(Visitor):
    """Collects the values that a pattern names."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.append(node.id.name)
