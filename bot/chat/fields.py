"""The questions a command or a form asks. One vocabulary for both.

A field's name is its parameter's name, its label and hint come from the catalogue:
``<route>.<name>`` and ``<route>.<name>-hint``.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.text import Phrase, Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question.

    Attributes:
        name: Set from the parameter that the field annotates.

        required: False where the parameter has a default.
    """

    name: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Field):
    """A member. Answered with a `bot.domain.people.Person`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People(Field):
    """Several members, each once. Answered with a tuple of them."""

    max_people: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """Words. Answered with cleaned text.

    Attributes:
        min_chars: Shortest answer in Unicode code points, after cleaning.

        max_chars: Longest answer, at most 3,000 (Slack's limit).

        multiline: Whether line breaks are welcome.
    """

    min_chars: int = 1
    max_chars: int = 200
    multiline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a short list. Answered with its value.

    Attributes:
        options: Values known in advance; labelled ``<route>.<name>-<value>``.

        lookup: Key of the `lookup` that finds the options instead.
    """

    options: tuple[str, ...] = ()
    lookup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks(Field):
    """Any of at most ten boxes. Answered with a tuple of values.

    Attributes:
        options: As for `Choice`; labelled the same way.

        lookup: Key of the `lookup` that finds the boxes instead. Nobody types for
            them: it is handed the first thing that the form's action carries, such as
            an id. Where it finds none, nothing is asked; so it cannot be required.
    """

    options: tuple[str, ...] = ()
    lookup: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Integer(Field):
    """A whole number, both bounds included."""

    minimum: int = 0
    maximum: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Field):
    """A civil date. Answered with a `datetime.date`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Field):
    """A time of day, to the minute. Answered with a naive `datetime.time`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Field):
    """A length of time, such as "2 h 30 min". Answered with a `datetime.timedelta`.

    Attributes:
        max_minutes: Longest answer.
    """

    max_minutes: int = 60 * 24 * 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel(Field):
    """A channel. Answered with a `bot.domain.refs.ChannelRef`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Field):
    """A group of members. Answered with a `bot.domain.refs.RoleRef`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YesNo(Field):
    """Yes or no. Answered with a bool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUpload(Field):
    """A file. Answered with an `Upload`.

    Attributes:
        max_bytes: Largest file.
    """

    max_bytes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a member handed in; nothing about it is to be trusted."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One option that a lookup found.

    Attributes:
        value: At most 100 characters, Discord's limit.
    """

    value: str
    label: Quote | Phrase


AnyField = (
    Person
    | People
    | Text
    | Choice
    | Checks
    | Integer
    | Date
    | Time
    | Duration
    | Channel
    | Role
    | YesNo
    | FileUpload
)
"""Every kind of question. Adapters match it and end in ``assert_never``."""
