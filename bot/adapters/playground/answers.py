"""What came back with a form, as the neutral answers that cogs understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import assert_never

from bot.adapters.playground.durations import parse_duration
from bot.adapters.playground.records import Directory
from bot.chat import fields
from bot.chat.answers import check_answers
from bot.chat.limits import MAX_OPTION_VALUE_CHARS
from bot.chat.text import Phrase, phrase
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


class AnswerError(Exception):
    """An answer that cannot be what was asked for."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.key)
        self.reason = reason


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
        except AnswerError as error:
            errors[each.name] = error.reason
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
            AnswerError: If what was answered is not what was asked for.
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
                return _integer(word)
            case fields.Date():
                return _date(word)
            case fields.Time():
                return _time(word)
            case fields.Duration():
                return _duration(word)
            case fields.Channel():
                return self._channel(name)
            case fields.Role():
                return self._role(word)
            case fields.YesNo():
                return _yes_no(word)
            case fields.FileUpload():
                return self.filled.files.get(name)
            case _ as never:
                assert_never(never)

    def _people(self, name: str, *, single: bool) -> tuple[Person, ...]:
        found: dict[str, Person] = {}
        for member_id in self.filled.words.get(name, ()):
            if member_id:
                person = self._person_with(member_id)
                found[person.ref.id] = person
        typed = self.filled.first(name + TYPED).strip()
        if typed and not (found and single):
            person = self._person_called(typed)
            found[person.ref.id] = person
        return tuple(found.values())

    def _person_with(self, member_id: str) -> Person:
        try:
            return self.known.person(member_id)
        except KeyError:
            raise AnswerError(phrase("playground.error-nobody")) from None

    def _person_called(self, typed: str) -> Person:
        wanted = typed.removeprefix("@").strip().casefold()
        found = [
            each.person
            for each in self.known.people.values()
            if each.person.here and each.person.name.casefold() == wanted
        ]
        if wanted == "laurel":
            found.append(self.known.person("laurel"))
        if len(found) != 1:
            raise AnswerError(phrase("playground.error-nobody"))
        return found[0]

    def _channel(self, name: str) -> ChannelRef | None:
        room_id = self.filled.first(name).strip()
        typed = self.filled.first(name + TYPED).strip().removeprefix("#").casefold()
        if not room_id and not typed:
            return None
        for room in self.known.channels_of(self.who):
            if room.id == room_id or (not room_id and room.name.casefold() == typed):
                return room.ref
        raise AnswerError(phrase("playground.error-no-channel"))

    def _choice(self, name: str, value: str) -> str | None:
        if value or not self.filled.first(name + TYPED).strip():
            return value[: MAX_OPTION_VALUE_CHARS + 1] or None
        raise AnswerError(phrase("playground.error-no-option"))

    def _role(self, group_id: str) -> RoleRef | None:
        if not group_id:
            return None
        if group_id not in self.known.groups:
            raise AnswerError(phrase("playground.error-no-option"))
        return RoleRef(self.known.community, group_id)


def _integer(word: str) -> int | None:
    try:
        return int(word) if word else None
    except ValueError:
        raise AnswerError(phrase("playground.error-no-number")) from None


def _date(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if word else None
    except ValueError:
        raise AnswerError(phrase("playground.error-no-date")) from None


def _time(word: str) -> time | None:
    try:
        found = time.fromisoformat(word) if word else None
    except ValueError:
        raise AnswerError(phrase("playground.error-no-time")) from None
    return found.replace(second=0, microsecond=0, tzinfo=None) if found else None


def _duration(word: str) -> timedelta | None:
    if not word:
        return None
    length = parse_duration(word)
    if length is None:
        raise AnswerError(phrase("playground.error-no-duration"))
    return length


def _yes_no(word: str) -> bool | None:
    if word not in {"", "yes", "no"}:
        raise AnswerError(phrase("playground.error-no-option"))
    return None if not word else word == "yes"
