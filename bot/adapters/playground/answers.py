"""What came back with a form, as the neutral answers that cogs understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.adapters.playground.records import Directory
from bot.chat import fields
from bot.chat.answers import check_answers
from bot.chat.limits import MAX_OPTION_VALUE_CHARS
from bot.chat.text import Phrase
from bot.chat.typed import (
    read_date,
    read_duration,
    read_integer,
    read_time,
    read_yes_no,
)
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef

TYPED = ".typed"
"""What the name of a picker's visible input ends in, beside the ids it chose."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came back, by the names of its inputs."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, fields.Upload] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """Return the first value under ``name``; empty where there is none."""
        return next(iter(self.words.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Answers:
    """Neutral answers by field, and what is to be said beside a field."""

    values: Mapping[str, object]
    errors: Mapping[str, Phrase]


def read(
    asked: tuple[fields.AnyField, ...], filled: Filled, known: Directory, who: Person
) -> Answers:
    """Return the answers in ``filled``; an optional field left empty is left out."""
    values: dict[str, object] = {}
    errors: dict[str, Phrase] = {}
    for each in asked:
        try:
            answer = _Reading(filled, known, who).answer(each)
            checked = check_answers((each,), {each.name: answer})
            values |= {name: value for name, value in checked.items() if value != ""}
        except RuleError as rule:
            errors[each.name] = Phrase(
                rule.code, {n: v for n, v in rule.values.items() if isinstance(v, int)}
            )
    return Answers(values, errors)


@dataclass(frozen=True, slots=True)
class _Reading:
    filled: Filled
    known: Directory
    who: Person

    def answer(self, asked: fields.AnyField) -> object | None:
        """Return one answer, or None where nothing was answered.

        Raises:
            RuleError: If what was answered is not what was asked for.
        """
        name = asked.name
        word = self.filled.first(name).strip()
        match asked:
            case fields.Person():
                return next(iter(self._people(name, single=True)), None)
            case fields.People():
                return self._people(name, single=False) or None
            case fields.Text():
                return self.filled.first(name) or None
            case fields.Choice():
                return self._choice(name, word)
            case fields.Checks():
                return self.filled.words.get(name, ()) or None
            case fields.Integer():
                return read_integer(word, name) if word else None
            case fields.Date():
                return read_date(word, name) if word else None
            case fields.Time():
                return read_time(word, name) if word else None
            case fields.Duration():
                return read_duration(word, name) if word else None
            case fields.Channel():
                return self._channel(name)
            case fields.Role():
                return self._role(name, word)
            case fields.YesNo():
                return read_yes_no(word, name) if word else None
            case fields.FileUpload():
                return self.filled.files.get(name)
            case _ as never:
                assert_never(never)

    def _people(self, name: str, *, single: bool) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        for member_id in self.filled.words.get(name, ()):
            if member_id:
                person = self._person_with(name, member_id)
                found[person.ref.id] = person
        typed = self.filled.first(name + TYPED).strip()
        if typed and not (found and single):
            person = self._person_called(name, typed)
            found[person.ref.id] = person
        return tuple(found.values())

    def _person_with(self, name: str, member_id: str) -> Person:
        try:
            return self.known.person(member_id)
        except KeyError:
            raise RuleError("forms.error-nobody", name) from None

    def _person_called(self, name: str, typed: str) -> Person:
        wanted = typed.removeprefix("@").strip().casefold()
        found = [
            each.person
            for each in self.known.people.values()
            if each.person.here and each.person.name.casefold() == wanted
        ]
        if wanted == "laurel":
            found.append(self.known.person("laurel"))
        if len(found) != 1:
            raise RuleError("forms.error-nobody", name)
        return found[0]

    def _channel(self, name: str) -> ChannelRef | None:
        room_id = self.filled.first(name).strip()
        typed = self.filled.first(name + TYPED).strip().removeprefix("#").casefold()
        if not room_id and not typed:
            return None
        for room in self.known.channels_of(self.who):
            if room.id == room_id or (not room_id and room.name.casefold() == typed):
                return room.ref
        raise RuleError("forms.error-no-channel", name)

    def _choice(self, name: str, value: str) -> str | None:
        if value or not self.filled.first(name + TYPED).strip():
            return value[: MAX_OPTION_VALUE_CHARS + 1] or None
        raise RuleError("forms.error-no-option", name)

    def _role(self, name: str, group_id: str) -> RoleRef | None:
        if not group_id:
            return None
        if group_id not in self.known.groups:
            raise RuleError("forms.error-no-option", name)
        return RoleRef(self.known.community, group_id)
