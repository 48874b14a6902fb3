"""Lengths of time as people type them: "2 h 30 min", "1,5 horas", "90"."""

from __future__ import annotations

import re
from datetime import timedelta

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


def parse_duration(typed: str) -> timedelta | None:
    """Return what ``typed`` means, to the minute; a bare number is minutes.

    None where it means nothing, or nothing is left of it.
    """
    words = typed.strip().casefold()
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


def _positive(minutes: int) -> timedelta | None:
    return timedelta(minutes=minutes) if 0 < minutes <= 60 * 24 * 366 * 100 else None
