"""What members hand in through a platform: answers to fields, and files it keeps."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import filterfalse
from pathlib import PurePath
from urllib.parse import urlsplit

from bot.chat import fields
from bot.domain.errors import RuleError
from bot.domain.words import clean

Values = tuple[object, ...]
"""What was answered to one field, as the platform gives it."""

_TYPED = (
    fields.Integer, fields.Date, fields.Time, fields.Duration, fields.YesNo,
)  # fmt: skip
"""What can be typed in words."""

_MAX_FILE_NAME_CHARS = 120


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that a member handed in and the platform keeps; nobody fetched it yet.

    Attributes:
        size_bytes: As the platform says.

        url: Where to fetch it; only where `may_fetch` allows it.
    """

    name: str
    media_type: str
    size_bytes: int
    url: str


@dataclass(frozen=True, slots=True)
class Given:
    """Neutral answers by field.

    Attributes:
        values: What was answered; an `Attached` stands for an `Upload`.

        errors: What is to be said beside a field.

        typed: The words, by field, that nobody could understand, as they were typed.
    """

    values: Mapping[str, object]
    errors: Mapping[str, RuleError]
    typed: Mapping[str, str]


def read_all(
    asked: Sequence[fields.AnyField],
    answered: Mapping[str, Values],
    read: Callable[[fields.AnyField, Values], object],
) -> Given:
    """Return the answers to ``asked``; what was not answered is left out.

    Args:
        asked: The route's fields.
        answered: By the name of a field.
        read: Returns one answer; raises `RuleError` for what nobody can understand.
    """
    values: dict[str, object] = {}
    errors: dict[str, RuleError] = {}
    typed: dict[str, str] = {}
    for each in asked:
        blank = _is_nothing if isinstance(each, fields.Text) else _is_blank
        given = tuple(filterfalse(blank, answered.get(each.name, ())))
        if not given:
            continue
        try:
            values[each.name] = read(each, given)
        except RuleError as rule:
            errors[each.name] = rule
            if isinstance(each, _TYPED) and isinstance(given[0], str | int):
                typed[each.name] = str(given[0])
    return Given(values, errors, typed)


def may_fetch(url: str, api: str, hosts: Collection[str]) -> bool:
    """Return whether a file may be fetched from ``url``, without following redirects.

    Only over ``https`` from the platform's own file ``hosts``, or from where ``api``
    itself is, in the way that ``api`` is spoken to: whatever else is named there,
    Laurel does not call.
    """
    if "\\" in url or " " in url or not url.isprintable():
        return False  # libraries differ in what they make of these
    try:
        there, home = urlsplit(url), urlsplit(api)
    except ValueError:
        return False
    if there.scheme == "https" and there.netloc in hosts:
        return True
    served = home.scheme in {"http", "https"} and home.netloc != ""
    return served and (there.scheme, there.netloc) == (home.scheme, home.netloc)


def file_name(written: str) -> str:
    """Return the name alone, without folders and without what cannot be seen."""
    name = clean(PurePath(written.replace("\\", "/")).name)
    return name[:_MAX_FILE_NAME_CHARS] or "file"


def _is_nothing(value: object) -> bool:
    return value is None or value == ""


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
