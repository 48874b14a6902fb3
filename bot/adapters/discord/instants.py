"""Instants as a Discord client writes them for who looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta

from bot.chat.speech import Reader

_FORMATS = {
    "t": ("", "short"),
    "T": ("", "medium"),
    "d": ("short", ""),
    "D": ("long", ""),
    "f": ("long", "short"),
    "F": ("full", "short"),
    "s": ("short", "short"),
    "S": ("short", "medium"),
}
"""Babel's formats of the day and of the time, by the letter in ``<t:…:letter>``."""


@dataclass(frozen=True, slots=True)
class Instant:
    """An instant in words.

    Attributes:
        iso: For machines.

        whole: The day and the time, which stand in the bubble over the words.
    """

    iso: str
    whole: str
    words: str


class Instants:
    """Writes instants for one reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._locale = Locale.parse(reader.locale, sep="-")

    def at(self, second: int, style: str) -> Instant | None:
        """Return the instant ``second`` of Unix time; None where no calendar has it."""
        try:
            moment = datetime.fromtimestamp(second, UTC)
            local = moment.astimezone(self._reader.zone)
        except (OverflowError, OSError, ValueError):
            return None
        whole = self._written(local, "F")
        if style == "R":
            away = moment - self._reader.now
            words = str(format_timedelta(away, add_direction=True, locale=self._locale))
        else:
            words = self._written(local, style)
        return Instant(local.isoformat(timespec="minutes"), whole, words)

    def _written(self, local: datetime, style: str) -> str:
        day, time = _FORMATS[style]
        said = [
            str(format_date(local.date(), day, self._locale)) if day else "",
            str(format_time(local.time(), time, locale=self._locale)) if time else "",
        ]
        if not (day and time):
            return "".join(said)
        return str(self._locale.datetime_formats[day]).format(said[1], said[0])
