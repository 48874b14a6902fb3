"""A command typed whole, taken apart as far as it goes.

``/shoutout @Ana for the docs #craft`` names a person, then says words, then names a
value. Each field takes what fits it from the front; what is asked after the words may
also stand at their end, behind its sign. What nobody could place is said so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import assert_never

from bot.chat import fields
from bot.chat.names import Found, Names
from bot.chat.typed import starts_with_duration

_QUOTED = re.compile(r'"([^"”]*)["”]|[“„]([^“”"]*)[“”"]|«([^»]*)»|「([^」]*)」')
_JOINED = re.compile(
    r"\s*(?:[,;]?\s*(?:and|y|&amp;|&|\+)(?!\w)|[,;])?\s*", re.IGNORECASE
)
_NUMBER = re.compile(r"[+-]?\d+(?=\s|$)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=\s|$)")
_TIME = re.compile(r"\d{1,2}:\d\d(?=\s|$)")
_AFTER_PEOPLE = " \t\n,;:"
_AFTER_TAG = " \t\n.!,;"
_SIGNS = re.compile(r"(?<!\S)[<#]")
_MENTIONS = re.compile(r"(?<!\w)<?@")
_MAX_NAMED = 25
"""People looked for in one line; whoever names more means none of them."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a line.

    Attributes:
        words: By field: ids, values of options, or words that `bot.chat.typed` reads.

        rest: The words that nothing could take.

        guessed: Names of fields whose answer was found where none was expected.
    """

    words: Mapping[str, tuple[str, ...]]
    rest: str
    guessed: frozenset[str] = frozenset()


def parse(asked: Sequence[fields.AnyField], text: str, names: Names) -> Understood:
    """Return what ``text`` answers of ``asked``, in their order."""
    line = _Line(text.strip(), names)
    for index, each in enumerate(asked):
        line.take(each, asked[index + 1 :])
    guessed = line.guess(asked)
    rest = " ".join((*line.left, line.text)).strip()
    return Understood(line.words, names.plain(rest), guessed)


@dataclass(slots=True)
class _Line:
    text: str
    names: Names
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def take(  # noqa: PLR0915  a line or two for each kind of field
        self, asked: fields.AnyField, later: Sequence[fields.AnyField]
    ) -> None:
        """Take the answer to ``asked`` off the front of what is left."""
        if asked.name in self.words:  # it stood beside the words
            return
        found: tuple[str, ...] = ()
        match asked:
            case fields.Person():
                found = self._people(1, last=not _asks_people(later))
            case fields.People(max_people=most):
                last = not _asks_people(later)  # who are too many is said beside them
                found = self._people(_MAX_NAMED if last else most, last=last)
            case fields.Text():
                found = self._text(later)
            case fields.Choice() | fields.YesNo():
                found = self._named(self.names.option(asked, self.text))
            case fields.Integer():
                found = self._matched(_NUMBER)
            case fields.Date():
                found = self._matched(_DATE)
            case fields.Time():
                found = self._matched(_TIME)
            case fields.Duration():
                found = self._duration()
            case fields.Channel():
                found = self._named(self.names.channel(self.text))
            case fields.Role():
                found = self._named(self.names.role(self.text))
            case fields.Checks() | fields.FileUpload():
                pass  # nobody types these; they are asked
            case _ as never:
                assert_never(never)
        if found:
            self.words[asked.name] = found

    def guess(self, asked: Sequence[fields.AnyField]) -> frozenset[str]:
        """Look for people whom nobody named up front among the words.

        They are only likely to be meant: «hats off to all who helped @Ana».
        """
        wanted = [each for each in asked if _is_people(each) and each.required]
        if len(wanted) != 1 or wanted[0].name in self.words:
            return frozenset()
        most = wanted[0].max_people if isinstance(wanted[0], fields.People) else 1
        found = [
            person.value
            for said in self.said
            for sign in islice(_MENTIONS.finditer(said), _MAX_NAMED)
            if (person := self.names.person(said[sign.start() :]))
        ]
        if not found:
            return frozenset()
        self.words[wanted[0].name] = tuple(dict.fromkeys(found))[:most]
        return frozenset({wanted[0].name})

    def _people(self, most: int, *, last: bool) -> tuple[str, ...]:
        """Take people, and put aside whom nobody knows and who are too many."""
        found: list[str] = []
        begun = False
        for _ in range(_MAX_NAMED):
            joined = _JOINED.match(self.text) if begun else None
            text = self.text[joined.end() if joined else 0 :]
            here = self.names.person(text)
            chars = here.chars if here else self.names.nobody(text)
            fits = here is not None and (here.value in found or len(found) < most)
            if chars == 0 or not (fits or last):
                break
            if here is None or not fits:
                self.left.append(text[:chars])
            elif here.value not in found:
                found.append(here.value)
            self.text = text[chars:].lstrip()
            begun = True
        if begun and last:
            self.text = self.text.lstrip(_AFTER_PEOPLE)
        return tuple(found)

    def _named(self, found: Found | None) -> tuple[str, ...]:
        if found is None:
            return ()
        self.text = self.text[found.chars :].lstrip()
        return (found.value,)

    def _matched(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        found = pattern.match(self.text)
        if found is None:
            return ()
        self.text = self.text[found.end() :].lstrip()
        return (found[0].rjust(5, "0") if ":" in found[0] else found[0],)

    def _duration(self) -> tuple[str, ...]:
        words = self.text.split()
        found = starts_with_duration(self.text)
        if not found:
            return ()
        self.text = " ".join(words[len(found.split()) :])
        return (found,)

    def _text(self, later: Sequence[fields.AnyField]) -> tuple[str, ...]:
        """Take quoted words; or, where no other words are asked, all that is left."""
        last = not any(isinstance(each, fields.Text) for each in later)
        if last:
            self._tags(later)
        quoted = _QUOTED.match(self.text)
        if quoted and (not last or quoted.end() == len(self.text)):
            self.text = self.text[quoted.end() :].lstrip()
            return self._spoken(next((g for g in quoted.groups() if g), ""))
        if not last or not self.text:
            return ()
        words, self.text = self.text, ""
        return self._spoken(words)

    def _spoken(self, words: str) -> tuple[str, ...]:
        self.said.append(words)
        return (self.names.plain(words),)

    def _tags(self, later: Sequence[fields.AnyField]) -> None:
        """Take what stands before or behind the words, for the fields after them."""
        while self._tag(later, 0) or self._tag(later, self._last_sign()):
            pass

    def _last_sign(self) -> int:
        signs = [sign.start() for sign in _SIGNS.finditer(self.text)]
        return signs[-1] if signs else -1

    def _tag(self, later: Sequence[fields.AnyField], at: int) -> bool:
        """Take a tag that begins the line, or that begins at ``at`` and ends it."""
        if at < 0 or not _SIGNS.match(self.text, at):
            return False
        tag = self.text[at:]
        for each in later:
            found = None if each.name in self.words else self._tagged(each, tag)
            if found is None:
                continue
            after = tag[found.chars :]
            if at == 0 and (not after or after[0].isspace()):
                self.text = after.lstrip()
            elif at > 0 and not after.strip(_AFTER_TAG):
                self.text = self.text[:at].rstrip()
            else:
                continue
            self.words[each.name] = (found.value,)
            return True
        return False

    def _tagged(self, asked: fields.AnyField, tag: str) -> Found | None:
        match asked:
            case fields.Choice():
                return self.names.option(asked, tag)
            case fields.Channel():
                return self.names.channel(tag)
            case fields.Role():
                return self.names.role(tag)
            case _:
                return None


def _is_people(asked: fields.AnyField) -> bool:
    return isinstance(asked, fields.Person | fields.People)


def _asks_people(asked: Sequence[fields.AnyField]) -> bool:
    return any(map(_is_people, asked))
