"""Instants as a Slack client writes them for who looks."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta

from bot.chat.speech import Speech
from bot.chat.text import phrase

_NEAR = {-1: "preview.yesterday", 0: "preview.today", 1: "preview.tomorrow"}
_TOKEN = re.compile(r"\{(\w+)\}")


class Instants:
    """Writes instants for one reader."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._reader = speech.reader
        self._locale = Locale.parse(self._reader.locale, sep="-")

    def at(self, second: int, pattern: str) -> tuple[str, str] | None:
        """Return the instant ``second`` of Unix time for machines, and as ``pattern``.

        None where no calendar has it, or Slack knows no such pattern.
        """
        try:
            moment = datetime.fromtimestamp(second, UTC)
            local = moment.astimezone(self._reader.zone)
            words = _TOKEN.sub(lambda found: self._written(found[1], local), pattern)
        except (OverflowError, OSError, ValueError, KeyError):
            return None
        return local.isoformat(timespec="minutes"), words

    def _written(self, token: str, local: datetime) -> str:
        day, pretty = token.removesuffix("_pretty"), token.endswith("_pretty")
        if pretty and (near := self._near(local)):
            return near
        match day:
            case "time" | "time_secs":
                style = "short" if day == "time" else "medium"
                return str(format_time(local.time(), style, locale=self._locale))
            case "ago":
                away = local - self._reader.now
                return str(
                    format_timedelta(away, add_direction=True, locale=self._locale)
                )
            case "date_num":
                return local.date().isoformat()
            case _:
                return self._day(day, local)

    def _day(self, day: str, local: datetime) -> str:
        """Return a civil date.

        Raises:
            KeyError: If Slack has no such way to write one.
        """
        if day == "date_slash":
            return str(format_date(local.date(), "short", self._locale))
        long = {"date": "yMMMMd", "date_short": "yMMMd", "date_long": "yMMMMEEEEd"}
        return str(format_skeleton(long[day], local, locale=self._locale))

    def _near(self, local: datetime) -> str | None:
        """Return yesterday, today or tomorrow, as a word of the reader's."""
        today = self._reader.now.astimezone(self._reader.zone).date()
        key = _NEAR.get((local.date() - today).days)
        return self._speech.plain(phrase(key)) if key else None
