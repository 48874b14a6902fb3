"""What is coming, in words, day by day for one reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.chat.speech import Speech
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.domain.recurrence import instant
from bot.pages.feeds.words import Words, typed, words

_HALF_A_DAY = timedelta(hours=12)
_LONGEST_DAY = timedelta(hours=26)
_NOON = time(12)


@dataclass(frozen=True, slots=True)
class Time:
    """One time of something on the calendar.

    Attributes:
        name: What it is called, in its planner's words or in Laurel's.

        until: The same as ``at`` for what only begins.

        on: The day that it begins on where it fills whole days; None where it is at a
            time.
    """

    name: Quote | Phrase
    about: str
    at: datetime
    until: datetime
    on: date | None = None

    @property
    def last(self) -> datetime:
        """An instant on its last day."""
        return self.until - _HALF_A_DAY if self.on else self.until

    def day(self, zone: ZoneInfo) -> date:
        """Return the day that it is listed under in ``zone``."""
        return self.on or self.at.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Entry:
    """A time in words.

    Attributes:
        when: The time of the day, and until when; empty for whole days.
    """

    name: Words
    about: str
    when: Words


@dataclass(frozen=True, slots=True)
class Day:
    """The entries of one day, at least one."""

    name: Words
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is on, and what is coming.

    Attributes:
        on_now: What has begun and is not over.
    """

    on_now: tuple[Entry, ...]
    days: tuple[Day, ...]


def agenda(speech: Speech, on_now: Iterable[Time], ahead: Iterable[Time]) -> Agenda:
    """Return both in words, what fills a day before what has a time in it."""
    zone = speech.reader.zone
    begun = tuple(_entry(speech, one, _until(one)) for one in on_now)
    coming = sorted(ahead, key=lambda each: (each.day(zone), not each.on, each.at))
    days = groupby(coming, key=lambda each: each.day(zone))
    return Agenda(begun, tuple(_day(speech, on, alike) for on, alike in days))


def _day(speech: Speech, on: date, times: Iterable[Time]) -> Day:
    noon = instant(datetime.combine(on, _NOON), speech.reader.zone)
    name = words(speech, phrase("feeds.day", day=When(noon, Style.DATE)))
    return Day(name, tuple(_entry(speech, each, _when(speech, each)) for each in times))


def _entry(speech: Speech, each: Time, when: Phrase | None) -> Entry:
    said = each.name
    name = typed(said.text) if isinstance(said, Quote) else words(speech, said)
    return Entry(name, each.about, words(speech, when) if when else ())


def _until(each: Time) -> Phrase:
    """Return until when something goes on that has begun."""
    style = Style.DATE if each.on else Style.MOMENT
    return phrase("feeds.until", until=When(each.last, style))


def _when(speech: Speech, each: Time) -> Phrase | None:
    zone = speech.reader.zone
    if each.on:
        return _until(each) if each.until - each.at > _LONGEST_DAY else None
    several = each.at.astimezone(zone).date() != each.until.astimezone(zone).date()
    at = When(each.at, Style.TIME)
    if each.until == each.at:
        return phrase("feeds.at", at=at)
    until = When(each.until, Style.MOMENT if several else Style.TIME)
    return phrase("feeds.from-to", since=at, until=until)
