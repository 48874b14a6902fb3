"""Whom and what the front of a typed line names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.chat import fields

_WORD = re.compile(r"\w{2,}")


@dataclass(frozen=True, slots=True)
class Found:
    """What the front of a line means.

    Attributes:
        value: An id, or the value of an option.

        chars: How much of the line says so.
    """

    value: str
    chars: int


class Names(Protocol):
    """Knows whom and what the front of a line names; it never starts with a space."""

    def person(self, text: str) -> Found | None:
        """Return whom ``text`` begins with."""

    def channel(self, text: str) -> Found | None:
        """Return the channel that ``text`` begins with."""

    def role(self, text: str) -> Found | None:
        """Return the group that ``text`` begins with."""

    def option(self, asked: fields.Choice | fields.YesNo, text: str) -> Found | None:
        """Return the option that ``text`` begins with, with or without a ``#``."""

    def nobody(self, text: str) -> int:
        """Return how much of the front of ``text`` is meant to name a person.

        Asked where it names none; 0 where it is not meant to.
        """

    def plain(self, text: str) -> str:
        """Return ``text`` as its writer read it."""


def called(sign: str, names: Mapping[str, str], text: str) -> Found | None:
    """Return which of ``names`` follows ``sign`` at the front of ``text``.

    The longest one that is written whole; else the only one that begins with the
    word, of at least two letters, that is written. Case does not matter.

    Args:
        sign: What stands before a name.
        names: Values by name.
        text: A line.
    """
    rest = text.removeprefix(sign)
    if rest == text or not rest:
        return None
    initial = rest[0].casefold()
    near = [name for name in names if name[:1].casefold() == initial]
    if whole := [name for name in near if begins(rest, name)]:
        name = max(whole, key=len)
        return Found(names[name], len(sign + name))
    word = _WORD.match(rest)
    if word is None:
        return None
    wanted = word[0].casefold()
    begun = {names[name] for name in near if name.casefold().startswith(wanted)}
    return Found(begun.pop(), len(sign) + word.end()) if len(begun) == 1 else None


def option(labels: Mapping[str, str], text: str) -> Found | None:
    """Return which of ``labels`` begins ``text``, with or without a ``#``.

    Behind the sign, the beginning of a label is enough where it is only one's.

    Args:
        labels: Values by label.
        text: A line.
    """
    if text.startswith("#"):
        return called("#", labels, text)
    whole = [label for label in labels if label and begins(text, label)]
    if not whole:
        return None
    label = max(whole, key=len)
    return Found(labels[label], len(label))


def begins(text: str, word: str) -> bool:
    """Return whether ``text`` begins with ``word``, whole and in any case."""
    after = text[len(word) : len(word) + 1]
    return text[: len(word)].casefold() == word.casefold() and not after.isalnum()
