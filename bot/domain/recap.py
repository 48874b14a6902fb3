"""What a community reads of a week or a month of thanks, and how it is chosen.

A recap is warm rather than competitive. Highlights are not the most thanked: each one
brings somebody who is in none before it, and who is thanked for the first time comes
first. Then come, in this order, givers who are not shown yet, values that are not shown
yet, people who were thanked less often in the time, and what was said earlier. Nobody
is ranked, and nobody is shown for having been thanked most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.community import Level
from bot.domain.recurrence import instant
from bot.domain.refs import MemberRef

MAX_HIGHLIGHTS = 5

REST_AFTER = 2
"""Recaps in a row with nothing to tell, after which none is posted until there is."""

NONE_YET = -1
"""In place of the id of a shoutout, before there was any."""

MAX_WORDS_CHARS = 300
"""Longest words of a moderator's own on a recap, of each of the two kinds."""


class Period(StrEnum):
    """What a recap is of: the time since the last one, or the calendar month before."""

    WEEK = "week"
    MONTH = "month"


class Audience(StrEnum):
    """Who reads: members in chat, or whoever has the address of a page or feed."""

    CHAT = "chat"
    PAGES = "pages"

    @property
    def levels(self) -> frozenset[Level]:
        """The levels of privacy at which somebody may be named."""
        pages = {Level.PUBLIC}
        return frozenset(pages if self is Audience.PAGES else {*pages, Level.CHANNEL})


@dataclass(frozen=True, slots=True)
class Highlight:
    """Thanks that a recap tells of.

    Attributes:
        shoutout: Its id.

        giver: None where they may not be named.

        receivers: Those who may be named, one at least.

        value: The value tag's label; None for none.
    """

    shoutout: int
    giver: MemberRef | None
    receivers: tuple[MemberRef, ...]
    reason: str
    value: str | None


@dataclass(frozen=True, slots=True)
class ValueCount:
    """How many thanks were for one value."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Totals:
    """How much thanks there was, as far as everybody may know.

    Attributes:
        thanks: Shoutouts that name somebody in public.
    """

    thanks: int = 0
    givers: int = 0
    receivers: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when a recap tells.

    Attributes:
        since: Thanks later than this are in it.

        until: Thanks up to this are in it.

        after: Id of the last shoutout that the recap before it knew of, or `NONE_YET`;
            0 where there was no recap before it. What was given a moment before that
            one was posted, and kept a moment after, is in this one.
    """

    since: datetime
    until: datetime
    after: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is no time in it."""
        return self.until <= self.since

    def dates(self, zone: ZoneInfo) -> tuple[date, date]:
        """Return its first and its last local date."""
        last = max(self.until - timedelta(seconds=1), self.since)
        return self.since.astimezone(zone).date(), last.astimezone(zone).date()


@dataclass(frozen=True, slots=True)
class Series:
    """Who is in a series out of recaps, as all of them wished.

    Attributes:
        number: Counted from 1, apart for weeks and for months.
    """

    number: int
    people: tuple[MemberRef, ...]


@dataclass(frozen=True, slots=True)
class Recap:
    """A recap as it may be read now.

    Attributes:
        number: Counted from 1 in the community; None for one that is not posted.

        since_on: Its first local date.

        until_on: Its last.

        highlights: At most `MAX_HIGHLIGHTS`.

        first_timers: Who was thanked for the first time.

        values: The most frequent first.

        intro: A moderator's own words at the top; None for Laurel's.

        word: A moderator's own word of thanks; None for none.

        posted_at: None for one that is not posted.

        series: None where nobody of it is in the series.
    """

    id: int
    number: int | None
    period: Period
    since_on: date
    until_on: date
    totals: Totals
    highlights: tuple[Highlight, ...]
    first_timers: tuple[MemberRef, ...]
    values: tuple[ValueCount, ...]
    intro: str | None
    word: str | None
    posted_at: datetime | None
    series: Series | None = None

    @property
    def thanks(self) -> int:
        """How many shoutouts were given."""
        return self.totals.thanks

    @property
    def givers(self) -> int:
        """How many people gave them."""
        return self.totals.givers

    @property
    def receivers(self) -> int:
        """How many people were thanked."""
        return self.totals.receivers


class Candidate(NamedTuple):
    """Thanks that may become a highlight. People are members' keys.

    A tuple, since a month may bring very many of them.

    Attributes:
        receivers: Those who may be named, one at least.

        value: Id of the value tag; None for none.

        is_first: Whether one of them was thanked for the first time.

        times: How often the one of them who was thanked most was, in the time.
    """

    shoutout: int
    giver: int
    receivers: tuple[int, ...]
    value: int | None
    is_first: bool
    times: int
    given_at: int


def choose(
    candidates: Iterable[Candidate], chosen: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Return ``chosen`` with as many more as make a recap, by the rule above."""
    picked = list(chosen)[:MAX_HIGHLIGHTS]
    shown = {one for each in picked for one in each.receivers}
    givers = {each.giver for each in picked}
    values = {each.value for each in picked if each.value is not None}
    waiting = sorted(candidates, key=_standing)
    while len(picked) < MAX_HIGHLIGHTS:
        best = _best(waiting, shown, givers, values)
        if best is None:
            break
        picked.append(best)
        shown.update(best.receivers)
        givers.add(best.giver)
        if best.value is not None:
            values.add(best.value)
    return picked


def _standing(each: Candidate) -> tuple[bool, int, int, int]:
    return not each.is_first, each.times, each.given_at, each.shoutout


def _best(
    waiting: Sequence[Candidate],
    shown: Collection[int],
    givers: Collection[int],
    values: Collection[int | None],
) -> Candidate | None:
    """Return the first of the least repetitive that brings somebody new."""
    found: Candidate | None = None
    least = (True, True, True)
    for each in waiting:
        if all(map(shown.__contains__, each.receivers)):
            continue
        repeats = (not each.is_first, each.giver in givers, each.value in values)
        if found is None or repeats < least:
            found, least = each, repeats
        is_fresh = not (least[1] or least[2])
        # Those who are thanked for the first time stand before all others.
        if is_fresh or (found.is_first and not each.is_first):
            break
    return found


def end_of(
    period: Period, zone: ZoneInfo, planned: datetime, now: datetime
) -> datetime:
    """Return up to when a recap tells that is posted ``now``.

    A week's tells of all until now; a month's of all until the month began in which it
    was ``planned``, so that it is about whole months.
    """
    if period is Period.WEEK:
        return now
    first = planned.astimezone(zone).date().replace(day=1)
    return min(now, _midnight(first, zone))


def one_before(period: Period, zone: ZoneInfo, planned: datetime) -> datetime:
    """Return from when the first recap tells, where there was none before it."""
    on = planned.astimezone(zone).date()
    if period is Period.WEEK:
        return planned - timedelta(days=7)
    last_month = on.replace(day=1) - timedelta(days=1)
    return _midnight(last_month.replace(day=1), zone)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(on, time()), zone).astimezone(UTC)
