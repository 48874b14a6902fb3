"""Plain words for one reader: in their language, in their zone, at this moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never
from zoneinfo import ZoneInfo

from babel.dates import (
    format_date,
    format_skeleton,
    format_time,
    format_timedelta,
    get_datetime_format,
)

from bot.chat.catalogue import Catalogue
from bot.chat.text import Atom, Day, Part, Phrase, Quote, Style, When
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

NameOf = Callable[[MemberRef | ChannelRef | RoleRef], str]


_A_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads.

    Attributes:
        locale: A language that the catalogue speaks.
    """

    locale: str
    zone: ZoneInfo
    now: datetime


class Speech:
    """Speaks phrases to one reader."""

    def __init__(self, catalogue: Catalogue, reader: Reader, name_of: NameOf) -> None:
        self._catalogue = catalogue
        self._babel = catalogue.languages[reader.locale].babel
        self._name_of = name_of
        self.reader = reader

    def has(self, key: str) -> bool:
        """Return whether there are words for ``key``, in this and every language."""
        return self._catalogue.has(key)

    def parts(self, spoken: Phrase) -> tuple[Part, ...]:
        """Return ``spoken`` in inline parts."""
        return self._catalogue.speak(spoken, self.reader.locale)

    def plain(self, spoken: Phrase) -> str:
        """Return ``spoken`` as text alone, for where nothing else can be drawn."""
        return "".join(self.word(part.content) for part in self.parts(spoken))

    def word(self, content: str | Atom) -> str:
        """Return one part as text alone."""
        match content:
            case str():
                return content
            case Quote(text=text):
                return text
            case When():
                return self.instant(content)
            case Day(on=on):
                return str(format_date(on, "long", locale=self._babel))
            case MemberRef() | RoleRef():
                return "@" + self._name_of(content)
            case ChannelRef():
                return "#" + self._name_of(content)
            case _ as never:
                assert_never(never)

    def instant(self, when: When) -> str:
        """Return an instant as the reader would say it."""
        local = when.at.astimezone(self.reader.zone)
        match when.style:
            case Style.RELATIVE:
                away = when.at - self.reader.now
                if abs(away) < _A_SECOND:  # else it would be "in 0 seconds"
                    away = -_A_SECOND
                return str(
                    format_timedelta(away, add_direction=True, locale=self._babel)
                )
            case Style.DATE:
                return self._date(local)
            case Style.TIME:
                return str(format_time(local, "short", locale=self._babel))
            case Style.MOMENT:
                return self._moment(local)
            case _ as never:
                assert_never(never)

    def _moment(self, local: datetime) -> str:
        """Return the time alone for today, else the day with it."""
        time = str(format_time(local, "short", locale=self._babel))
        if local.date() == self._today():
            return time
        joined = get_datetime_format("medium", locale=self._babel)
        return str(joined).replace("'", "").format(time, self._date(local))

    def _date(self, local: datetime) -> str:
        """Return the day; the year only where it is another one."""
        skeleton = "MMMEd" if local.year == self._today().year else "yMMMEd"
        return str(format_skeleton(skeleton, local, locale=self._babel))

    def _today(self) -> date:
        return self.reader.now.astimezone(self.reader.zone).date()
