"""A command typed whole, taken apart as far as it goes.

``/shoutout @Ana for the docs`` names a person and then words; each field takes what
fits it from the front, and what nobody could place is said so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from bot.adapters.playground.answers import Filled
from bot.adapters.playground.records import LAUREL, Directory
from bot.chat import fields
from bot.chat.routes import RouteSpec
from bot.chat.typed import starts_with_duration
from bot.domain.people import Person

LabelOf = Callable[[str, str], str]
"""The label of an option, by the field's name and the option's value."""

_QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')
_JOINED = re.compile(r"\s*(?:,|&|\band\b|\by\b)?\s*(?=@)", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?=\s|$)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?=\s|$)")
_TIME = re.compile(r"\d{1,2}:\d\d(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of a line, and the words that nothing could take."""

    filled: Filled
    rest: str


def route_of(line: str, routes: tuple[RouteSpec, ...]) -> tuple[RouteSpec, str] | None:
    """Return the command that ``line`` starts with, and what follows its name."""
    words = line.removeprefix("/").split(maxsplit=2)
    for count in (2, 1):
        name = " ".join(words[:count]).lower()
        for route in routes:
            if route.command == name and len(words) >= count:
                pattern = r"/\s*" + r"\s+".join([r"\S+"] * count) + r"\s*"
                return route, re.sub(pattern, "", line, count=1)
    return None


def parse(
    route: RouteSpec, text: str, known: Directory, who: Person, label_of: LabelOf
) -> Typed:
    """Return what ``text`` answers of ``route``'s fields, in their order."""
    reading = _Line(text.strip(), known, who, label_of)
    words: dict[str, tuple[str, ...]] = {}
    for index, asked in enumerate(route.fields):
        last = not any(isinstance(f, fields.Text) for f in route.fields[index + 1 :])
        words |= reading.take(asked, last=last)
    return Typed(Filled(words), reading.text)


@dataclass(slots=True)
class _Line:
    text: str
    known: Directory
    who: Person
    label_of: LabelOf

    def take(  # noqa: PLR0915  a line or two for each kind of field
        self, asked: fields.AnyField, *, last: bool
    ) -> dict[str, tuple[str, ...]]:
        """Take the answer to ``asked`` off the front of what is left."""
        found: tuple[str, ...] = ()
        match asked:
            case fields.Person():
                found = self._people(1)
            case fields.People(max_people=most):
                found = self._people(most)
            case fields.Text():
                found = self._text(last=last)
            case fields.Choice(options=options):
                found = self._option(asked.name, options)
            case fields.Integer():
                found = self._matched(_NUMBER)
            case fields.Date():
                found = self._matched(_DATE)
            case fields.Time():
                found = self._matched(_TIME)
            case fields.Duration():
                found = self._duration()
            case fields.Channel():
                found = self._channel()
            case fields.YesNo():
                found = self._option(asked.name, ("yes", "no"))
            case fields.Checks() | fields.Role() | fields.FileUpload():
                pass  # nobody types these; they are asked
            case _ as never:
                assert_never(never)
        return {asked.name: found} if found else {}

    def _people(self, most: int) -> tuple[str, ...]:
        names = {each.person.name: each.id for each in self.known.people.values()}
        names["Laurel"] = LAUREL
        found: list[str] = []
        while len(found) < most and (
            member_id := self._named("@", names, joined=bool(found))
        ):
            found.append(member_id)
        return tuple(dict.fromkeys(found))

    def _channel(self) -> tuple[str, ...]:
        names = {room.name: room.id for room in self.known.channels_of(self.who)}
        found = self._named("#", names)
        return (found,) if found else ()

    def _named(self, sign: str, names: dict[str, str], *, joined: bool = False) -> str:
        """Take the longest of ``names`` that follows ``sign``."""
        text = self.text
        if joined and (between := _JOINED.match(text)):
            text = text[between.end() :]
        for name in sorted(names, key=len, reverse=True):
            start = sign + name
            after = text[len(start) : len(start) + 1]
            if text.casefold().startswith(start.casefold()) and not after.isalnum():
                self.text = text[len(start) :].lstrip()
                return names[name]
        return self._begun(sign, text, names)

    def _begun(self, sign: str, text: str, names: dict[str, str]) -> str:
        """Take the only one of ``names`` that begins with the word after ``sign``."""
        word = re.match(re.escape(sign) + r"(\w{2,})(?!\w)", text)
        if word is None:
            return ""
        begun = [n for n in names if n.casefold().startswith(word[1].casefold())]
        if len(begun) != 1:
            return ""
        self.text = text[word.end() :].lstrip()
        return names[begun[0]]

    def _option(self, name: str, options: tuple[str, ...]) -> tuple[str, ...]:
        for value in sorted(options, key=len, reverse=True):
            for word in (self.label_of(name, value), value):
                if self._starts_with(word):
                    self.text = self.text[len(word) :].lstrip()
                    return (value,)
        return ()

    def _starts_with(self, word: str) -> bool:
        after = self.text[len(word) : len(word) + 1]
        starts = self.text.casefold().startswith(word.casefold())
        return starts and not after.isalnum()

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

    def _text(self, *, last: bool) -> tuple[str, ...]:
        """Take quoted words; or, where no other words are asked, all that is left."""
        quoted = _QUOTED.match(self.text)
        if quoted and (not last or quoted.end() == len(self.text)):
            self.text = self.text[quoted.end() :].lstrip()
            return (quoted[1] or quoted[2] or "",)
        if not last or not self.text:
            return ()
        found, self.text = self.text, ""
        return (found,)
