"""How fairly thanks are spread: figures with how much they rest on, and no verdict.

All are of public thanks that stand, given in the last `PERIOD`; somebody who thanked
three people at once thanked three times.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.domain import rings
from bot.domain.rings import LEAST_TIMES, Group, Pair

PERIOD = timedelta(days=90)
"""How far back is counted, and for how long somebody is new."""

LEAST_THANKS = 30
"""Of fewer thanks, a share says more about chance than about the community."""

LEAST_PEOPLE = 10
"""The same of people."""

TOP = 10
"""The percentage of people whose share is told; at least one person."""

MOST_GROUPS = 50
"""Groups that are told of one by one, those of most evidence."""

_OTHER = 0xFFFF_FFFF
"""Where the receiver stands in the code of a pair; above it stands the giver."""


@dataclass(frozen=True, slots=True)
class Met:
    """A member whom Laurel has met, and who is no bot.

    Attributes:
        is_new: Whether they joined within the period.

        known: Whether they were thanked before it, and it stands.
    """

    key: int
    moderates: bool
    is_new: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """Who thanked whom how often.

    Attributes:
        given: By whoever gave any.

        received: By whoever received any.

        often: By pair, where it is at least `LEAST_TIMES`.
    """

    given: Mapping[int, int]
    received: Mapping[int, int]
    often: Mapping[Pair, int]

    @property
    def thanks(self) -> int:
        """How many there are."""
        return sum(self.given.values())

    @property
    def people(self) -> frozenset[int]:
        """Whoever gave or received any."""
        return frozenset(self.given.keys() | self.received.keys())


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole.

    Attributes:
        least: The smallest whole of which the part says anything.
    """

    part: int
    whole: int
    least: int = LEAST_THANKS

    @property
    def percent(self) -> int | None:
        """The part in percent, rounded; None where the whole is too small."""
        if self.whole < self.least or self.whole == 0:
            return None
        return round(100 * self.part / self.whole)


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly something is spread over those who took part.

    Attributes:
        gini: From 0, where all have the same, to almost 1, where one has all.

        people: Over how many it is spread.

        top: How many people the first `TOP` percent are.

        top_share: What these have of all.
    """

    gini: float
    people: int
    top: int
    top_share: Share

    @property
    def enough(self) -> bool:
        """Whether there are people and thanks enough for it to say anything."""
        return self.people >= LEAST_PEOPLE and self.top_share.percent is not None


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits to be decided.

    Attributes:
        oldest_at: Since when the first waits; None where none does.

        middle_at: Since when at least half of them wait; None where none does.
    """

    waiting: int
    oldest_at: datetime | None
    middle_at: datetime | None


@dataclass(frozen=True, slots=True)
class Report:
    """What there is to say.

    Attributes:
        thanks: How many were counted.

        first_time: Of the people who were thanked, those who never were before.

        newcomers: Of the thanks, those to people who joined within the period.

        new_people: Of the people who took part, those who joined within it.

        moderators_gave: Of the thanks, those by moderators.

        moderators_got: Of the thanks, those to moderators.

        moderators: Of the people who took part, the moderators.

        groups: At most `MOST_GROUPS`, those of most evidence first.

        groups_found: How many there are.
    """

    since: datetime
    until: datetime
    thanks: int
    givers: int
    receivers: int
    received: Spread
    given: Spread
    first_time: Share
    newcomers: Share
    new_people: Share
    moderators_gave: Share
    moderators_got: Share
    moderators: Share
    groups: tuple[Group, ...]
    groups_found: int
    queue: Queue


def count(thanks: Iterable[Pair]) -> Counts:
    """Count ``thanks``, one giver and one receiver each.

    A million of them are kept as as many whole numbers, whatever the keys are like.
    """
    numbers: dict[int, int] = {}
    codes = array("Q")
    for giver, receiver in thanks:
        one = numbers.setdefault(giver, len(numbers))
        other = numbers.setdefault(receiver, len(numbers))
        codes.append(one << 32 | other)
    keys = tuple(numbers)
    given = Counter(code >> 32 for code in codes)
    received = Counter(code & _OTHER for code in codes)
    rising = sorted(codes)
    later = islice(rising, LEAST_TIMES - 1, None)
    frequent = {code for code, same in zip(rising, later, strict=False) if code == same}
    often = Counter(code for code in rising if code in frequent)
    return Counts(
        {keys[one]: times for one, times in given.items()},
        {keys[one]: times for one, times in received.items()},
        {(keys[code >> 32], keys[code & _OTHER]): n for code, n in often.items()},
    )


def report(counts: Counts, met: Sequence[Met], queue: Queue, until: datetime) -> Report:
    """Return what there is to say of ``counts``, in the period up to ``until``.

    Whoever gave or received and is not among ``met`` was erased since: they count as
    people, and nothing is said of what they were.
    """
    people, thanks = counts.people, counts.thanks
    part = [each for each in met if each.key in people]
    thanked = [each for each in part if each.key in counts.received]
    got = sum(counts.received[each.key] for each in thanked)
    new = [each.key for each in part if each.is_new]
    moderators = [each.key for each in part if each.moderates]
    found = _by_evidence(tied(counts))
    return Report(
        since=until - PERIOD,
        until=until,
        thanks=thanks,
        givers=len(counts.given),
        receivers=len(counts.received),
        received=spread(counts.received, len(people)),
        given=spread(counts.given, len(people)),
        first_time=_of_people(sum(not each.known for each in thanked), len(thanked)),
        newcomers=Share(_held(counts.received, new), got),
        new_people=_of_people(len(new), len(part)),
        moderators_gave=Share(_held(counts.given, moderators), thanks),
        moderators_got=Share(_held(counts.received, moderators), thanks),
        moderators=_of_people(len(moderators), len(part)),
        groups=tuple(found[:MOST_GROUPS]),
        groups_found=len(found),
        queue=queue,
    )


def tied(counts: Counts) -> Sequence[Group]:
    """Return who thank each other more than their totals suggest."""
    edges = rings.frequent(counts.often, counts.given, counts.received)
    return rings.groups(edges, len(counts.given.keys() & counts.received.keys()))


def spread(amounts: Mapping[int, int], people: int) -> Spread:
    """Return how ``amounts`` are spread over so many people, the others having none."""
    rising = [*([0] * (people - len(amounts))), *sorted(amounts.values())]
    total = sum(rising)
    top = -(-people * TOP // 100)
    share = Share(sum(rising[people - top :]), total)
    return Spread(_gini(rising, total), people, top, share)


def _gini(rising: Sequence[int], total: int) -> float:
    """Return the mean difference of any two, as a share of twice the mean."""
    if total == 0:
        return 0.0
    weighed = sum(place * amount for place, amount in enumerate(rising, 1))
    return 2 * weighed / (len(rising) * total) - (len(rising) + 1) / len(rising)


def _by_evidence(groups: Iterable[Group]) -> list[Group]:
    """Return those first that go furthest beyond what is to be expected."""
    return sorted(groups, key=lambda each: (each.expected - each.times, each.members))


def _of_people(some: int, people: int) -> Share:
    return Share(some, people, LEAST_PEOPLE)


def _held(amounts: Mapping[int, int], keys: Iterable[int]) -> int:
    return sum(amounts.get(key, 0) for key in keys)
