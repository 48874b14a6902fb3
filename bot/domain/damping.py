"""What public thanks count for on boards, so that thanking in circles gains nothing.

Whole thanks count 1,000 thousandths of a point. In the order in which they were given:

- of one giver, five a day count, and the sixth and later ones count nothing;
- of one giver to one receiver, one a day counts;
- each time that thanks between the same two counted in the 30 days up to that day,
  whoever of them gave, halves what it counts for;
- and it is halved once more where it comes around: where thanks of the receiver to
  somebody else, and of them to the giver, counted in the 14 days up to that day.

A day is a civil day on the community's clocks. Thanks that were taken back before are
as if they had never been given; what is taken back later gives back exactly what it had
counted for, and changes nothing of what others counted for. Halves are rounded down, so
that from the eleventh time on nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

WHOLE = 1_000
"""What amounts are counted in: so many are a point."""

MOST_PER_DAY = 5
MOST_PER_PAIR = 1
REPEATS_DAYS = 30
AROUND_DAYS = 14

APART_DAYS = 2
"""How far the days of two that were given one after the other can lie the wrong way
round: between them, the community may have moved to clocks far behind."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What counted before, and stood.

    Attributes:
        today: How often the giver's thanks counted on the same day, to anybody.

        pair_today: How often they counted on the same day to the same receiver.

        repeats: How often thanks between the two counted within `REPEATS_DAYS`,
            whoever of them gave.

        around: Whether thanks of the receiver to somebody else, and of them to the
            giver, counted within `AROUND_DAYS`.
    """

    today: int
    pair_today: int
    repeats: int
    around: bool


def counts_for(earlier: Earlier) -> int:
    """Return what thanks count for, in thousandths of a point."""
    if earlier.today >= MOST_PER_DAY or earlier.pair_today >= MOST_PER_PAIR:
        return 0
    return WHOLE >> (earlier.repeats + earlier.around)


@dataclass(slots=True)
class Counting:
    """Judges thanks one after the other, in the order in which they were given."""

    _given: dict[int, dict[int, tuple[int, int]]] = field(default_factory=dict)

    def give(self, entry: int, giver: int, receiver: int, day: int) -> int:
        """Return what thanks count for that were given on ``day``.

        Args:
            entry: What they are taken back by.
            giver: Key of a member.
            receiver: Likewise.
            day: Days since whenever, on the community's clocks.
        """
        mine = list(self._since(giver, day - REPEATS_DAYS))
        back = [to for _, to in self._since(receiver, day - REPEATS_DAYS)]
        amount = counts_for(
            Earlier(
                today=sum(on == day for on, _ in mine),
                pair_today=mine.count((day, receiver)),
                repeats=[to for _, to in mine].count(receiver) + back.count(giver),
                around=self._comes_around(giver, receiver, day - AROUND_DAYS),
            )
        )
        if amount:
            self._forget(giver, day - REPEATS_DAYS)
            self._given.setdefault(giver, {})[entry] = (day, receiver)
        return amount

    def take_back(self, entry: int, giver: int) -> None:
        """Have what was given be as if it never had been, from now on."""
        self._given.get(giver, {}).pop(entry, None)

    def _comes_around(self, giver: int, receiver: int, day: int) -> bool:
        """Return whether somebody thanked ``giver`` whom ``receiver`` thanked."""
        between = {to for _, to in self._since(receiver, day)} - {giver}
        return any(to == giver for each in between for _, to in self._since(each, day))

    def _since(self, giver: int, day: int) -> Iterator[tuple[int, int]]:
        """Yield what ``giver`` gave after ``day``, the latest first."""
        for each in reversed(self._given.get(giver, {}).values()):
            if each[0] <= day - APART_DAYS:
                return
            if each[0] > day:
                yield each

    def _forget(self, giver: int, day: int) -> None:
        """Forget what ``giver`` gave up to ``day``, which no rule looks at any more."""
        mine = self._given.get(giver, {})
        old = takewhile(lambda entry: mine[entry][0] <= day - APART_DAYS, mine)
        for entry in list(old):
            del mine[entry]
