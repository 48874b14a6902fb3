"""What people mean by what they type where a platform has no better input.

A reader takes the words and the name of the field that they are the answer to.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from bot.domain.errors import RuleError

_INTEGER = re.compile(r"[+-]?(?:\d{1,18}|\d{1,3}(?:[ ']\d{3}){1,5})")
_DATE = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_TIME = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2})(?::[0-5]\d)?)?\s*h?\s*([ap])?(?(3)\.?\s?m\.?)"
)
_YES = frozenset({"yes", "y", "true", "sí", "si", "s"})
_NO = frozenset({"no", "n", "false"})

_UNITS = {
    word: minutes
    for minutes, words in (
        (60 * 24 * 7, "w wk wks week weeks sem semana semanas"),
        (60 * 24, "d day days día días dia dias"),
        (60, "h hr hrs hour hours hora horas"),
        (1, "m min mins minute minutes minuto minutos"),
    )
    for word in words.split()
}
_PIECE = re.compile(r"(\d{1,7}(?:[.,]\d{1,3})?)\s*([^\W\d_]+)\.?\s*(?:,|and\b|y\b)?\s*")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)")
_BARE = re.compile(r"\d{1,7}")
_MAX_MINUTES = 60 * 24 * 366 * 100
_NOON = 12


def read_integer(typed: str, field: str) -> int:
    """Return the whole number that ``typed`` is: "7", "-3", "12 000".

    Raises:
        RuleError: If it is none.
    """
    words = _folded(typed)
    if not _INTEGER.fullmatch(words):
        raise RuleError("forms.error-no-number", field)
    return int(re.sub(r"[ ']", "", words))


def read_date(typed: str, field: str) -> date:
    """Return the date that ``typed`` is, year first: "2026-03-09", "2026/3/9".

    With the year last, nobody could tell the day from the month.

    Raises:
        RuleError: If it is none.
    """
    found = _DATE.fullmatch(_folded(typed))
    try:
        if found:
            return date(int(found[1]), int(found[3]), int(found[4]))
    except ValueError:
        pass
    raise RuleError("forms.error-no-date", field)


def read_time(typed: str, field: str) -> time:
    """Return the time of day that ``typed`` is: "9:30", "21.15", "18 h", "9 pm".

    Raises:
        RuleError: If it is none.
    """
    found = _TIME.fullmatch(_folded(typed))
    try:
        if found:
            return time(_hour(int(found[1]), found[3]), int(found[2] or 0))
    except ValueError:
        pass
    raise RuleError("forms.error-no-time", field)


def read_duration(typed: str, field: str) -> timedelta:
    """Return the length of time that ``typed`` is, as `parse_duration` does.

    Raises:
        RuleError: If it is none.
    """
    length = parse_duration(typed)
    if length is None:
        raise RuleError("forms.error-no-duration", field)
    return length


def read_yes_no(typed: str, field: str) -> bool:
    """Return whether ``typed`` is a yes, in a language that Laurel speaks.

    Raises:
        RuleError: If it is neither that nor a no.
    """
    word = _folded(typed)
    if word in _YES or word in _NO:
        return word in _YES
    raise RuleError("forms.error-no-option", field)


def parse_duration(typed: str) -> timedelta | None:
    """Return what ``typed`` means, to the minute; a bare number is minutes.

    "2 h 30 min", "1,5 horas", "2:15". None where it means nothing, or nothing is
    left of it.
    """
    words = _folded(typed)
    if clock := _CLOCK.fullmatch(words):
        return _positive(int(clock[1]) * 60 + int(clock[2]))
    if _BARE.fullmatch(words):
        return _positive(int(words))
    minutes, end = 0.0, 0
    while piece := _PIECE.match(words, end):
        if piece[2] not in _UNITS:
            return None
        minutes += float(piece[1].replace(",", ".")) * _UNITS[piece[2]]
        end = piece.end()
    return _positive(round(minutes)) if end == len(words) else None


def starts_with_duration(typed: str) -> str:
    """Return the longest beginning of ``typed``, whole words, that is a duration."""
    words = typed.split()
    for count in range(min(len(words), 8), 0, -1):
        beginning = " ".join(words[:count])
        if parse_duration(beginning) is not None:
            return beginning
    return ""


def write_duration(length: timedelta) -> str:
    """Return ``length`` as `parse_duration` reads it."""
    hours, minutes = divmod(length // timedelta(minutes=1), 60)
    days, hours = divmod(hours, 24)
    pieces = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{count} {unit}" for count, unit in pieces if count)


def _folded(typed: str) -> str:
    """Return ``typed`` without case, and with every wide or raised sign made plain."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def _hour(hour: int, half: str | None) -> int:
    """Return the hour of the day, from 0; ``half`` is ``a`` or ``p`` on a 12 h clock.

    Raises:
        ValueError: If a clock of 12 hours does not have it.
    """
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        raise ValueError(hour)
    return hour % _NOON + (_NOON if half == "p" else 0)


def _positive(minutes: int) -> timedelta | None:
    return timedelta(minutes=minutes) if 0 < minutes <= _MAX_MINUTES else None
