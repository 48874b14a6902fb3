"""How times, lengths and repeats are said."""

from __future__ import annotations

from datetime import timedelta

from bot.chat.text import Day, Phrase, Quote, When, phrase
from bot.domain.cadence import (
    Cadence,
    Daily,
    MonthlyOnDate,
    MonthlyOnWeekday,
    Once,
    Weekly,
    Yearly,
    cadence_of,
)
from bot.domain.recurrence import Rule
from cogs.calendar.repeats import WEEKDAYS
from storage.moments import Upcoming

_NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def repeats(rule: Rule) -> Phrase:
    """Return how often something comes, and until when."""
    cadence, pattern = cadence_of(rule), rule.pattern
    if cadence is None:
        return phrase("calendar.every-own", rule=Quote(str(pattern)))
    every = _every(cadence)
    if pattern is None or pattern.until is None:
        return every
    return phrase("calendar.every-until", every=every, last=Day(pattern.until.date()))


def starts(rule: Rule) -> Phrase:
    """Return the wall time from which on something comes, with whose clock it is."""
    return phrase(
        "calendar.starts",
        on=Day(rule.start.date()),
        at=Quote(f"{rule.start:%H:%M}"),
        zone=Quote(rule.zone.key),
    )


def length(lasts: timedelta) -> Phrase:
    """Return a length of time in the largest unit that it is whole in."""
    minutes = round(lasts.total_seconds() / 60)
    if minutes % (24 * 60) == 0:
        return phrase("calendar.days", count=minutes // (24 * 60))
    if minutes % 60 == 0:
        return phrase("calendar.hours", count=minutes // 60)
    return phrase("calendar.minutes", count=minutes)


def when(time: Upcoming) -> Phrase:
    """Return when something is on, and where."""
    moment = time.moment
    said = phrase(
        "calendar.on",
        kind=str(moment.kind),
        begins=When(time.at),
        ends=When(time.until),
    )
    if moment.channel is None:
        return said
    return phrase("calendar.on-in", when=said, channel=moment.channel)


def weekday(number: int) -> Phrase:
    """Return the name of a day of the week, 0 for Monday."""
    return phrase("calendar.weekday", day=WEEKDAYS[number])


def _every(cadence: Cadence) -> Phrase:
    match cadence:
        case Once():
            return phrase("calendar.every-once")
        case Daily(every=every):
            return phrase("calendar.every-day", count=every)
        case Weekly(weekdays=weekdays, every=every):
            days = tuple(map(weekday, weekdays))
            return phrase("calendar.every-week", count=every, days=days)
        case MonthlyOnWeekday(nth=nth, weekday=on, every=every):
            which = phrase("calendar.nth", nth=_NTH[nth], day=weekday(on))
            return phrase("calendar.every-month", count=every, which=which)
        case MonthlyOnDate(day=day, every=every):
            key = "calendar.last-day" if day < 0 else "calendar.date"
            which = phrase(key, day=day) if day > 0 else phrase(key)
            return phrase("calendar.every-month", count=every, which=which)
        case Yearly():
            return phrase("calendar.every-year")
