"""Check answers against the field they answer, whatever the platform let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any, get_origin

from bot.chat import fields
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef
from bot.domain.words import clean, is_blank

ANSWER_TYPES: Mapping[type[fields.Field], Any] = {
    fields.Person: Person,
    fields.People: tuple[Person, ...],
    fields.Text: str,
    fields.Choice: str,
    fields.Checks: tuple[str, ...],
    fields.Integer: int,
    fields.Date: date,
    fields.Time: time,
    fields.Duration: timedelta,
    fields.Channel: ChannelRef,
    fields.Role: RoleRef,
    fields.YesNo: bool,
    fields.FileUpload: fields.Upload,
}
"""What each kind of question is answered with."""


_MAX_TYPED_CHARS = 100_000
"""More than this is not even cleaned: no form takes as much."""


def check_answers(
    asked: Sequence[fields.AnyField], answers: Mapping[str, object]
) -> dict[str, object]:
    """Return the answers to ``asked``, cleaned; those not given are left out.

    Raises:
        RuleError: If a required one is missing, or one does not fit its field.
    """
    checked = {}
    for field in asked:
        answer = answers.get(field.name)
        if answer is None or answer in ("", ()):
            if field.required:
                raise RuleError("common.answer-missing", field.name)
            continue
        checked[field.name] = _check(field, answer)
    return checked


def _check(field: fields.AnyField, answer: object) -> object:
    """Return ``answer`` as a handler takes it."""
    expected = ANSWER_TYPES[type(field)]
    is_number = isinstance(answer, int) and not isinstance(answer, bool)
    if not isinstance(answer, get_origin(expected) or expected) or (
        expected is int and not is_number
    ):
        raise RuleError("common.answer-kind", field.name)
    match field, answer:
        case fields.Text(), str():
            return _check_text(field, answer)
        case fields.People(), tuple():
            return _check_people(field, answer)
        case fields.Integer(minimum=least, maximum=most), int():
            if not least <= answer <= most:
                raise RuleError(
                    "common.answer-range", field.name, least=least, most=most
                )
        case (fields.Choice(options=options), str() as chosen) | (
            fields.Checks(options=options),
            tuple() as chosen,
        ):
            picked = {chosen} if isinstance(chosen, str) else set(chosen)
            if options and not picked.issubset(options):
                raise RuleError("common.answer-unknown", field.name)
            if not all(isinstance(each, str) for each in picked):
                raise RuleError("common.answer-kind", field.name)
        case fields.Duration(max_minutes=most), timedelta():
            if not timedelta(0) < answer <= timedelta(minutes=most):
                raise RuleError("common.answer-duration", field.name)
        case fields.FileUpload(max_bytes=most), fields.Upload(content=content):
            if len(content) > most:
                raise RuleError("common.answer-file", field.name, most=most // 1000)
        case _:
            pass
    return answer


def _check_text(field: fields.Text, answer: str) -> str:
    if len(answer) > _MAX_TYPED_CHARS:
        raise RuleError(
            "common.answer-long", field.name, most=field.max_chars, count=len(answer)
        )
    words = clean(answer, multiline=field.multiline)
    if is_blank(words):
        if field.required:
            raise RuleError("common.answer-blank", field.name)
        return ""
    if len(words) < field.min_chars:
        raise RuleError(
            "common.answer-short", field.name, least=field.min_chars, count=len(words)
        )
    if len(words) > field.max_chars:
        raise RuleError(
            "common.answer-long", field.name, most=field.max_chars, count=len(words)
        )
    return words


def _check_people(field: fields.People, answer: tuple[object, ...]) -> object:
    people = [person for person in answer if isinstance(person, Person)]
    if len(people) < len(answer):
        raise RuleError("common.answer-kind", field.name)
    unique = {person.ref: person for person in people}
    if len(unique) > field.max_people:
        raise RuleError("common.answer-people", field.name, most=field.max_people)
    return tuple(unique.values())
