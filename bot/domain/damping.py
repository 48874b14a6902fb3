"""What public thanks count for on boards, so that thanking in circles gains nothing.

Whole thanks count 1,000 thousandths of a point. In the order in which they were given:

- of one giver, five a day count, and the sixth and later ones count nothing;
- of one giver to one receiver, one a day counts;
- each time that the same giver's thanks to the same receiver counted in the 30 days up
  to that day halves what it counts for;
- and it is halved once more where the receiver's thanks to the giver counted in the
  seven days up to that day.

A day is a civil day on the community's clocks. Thanks that were taken back before are
as if they had never been given; what is taken back later gives back exactly what it had
counted for, and changes nothing of what others counted for. Halves are rounded down, so
that from the eleventh time on nothing is left.
"""

from __future__ import annotations

from dataclasses import dataclass, field

WHOLE = 1_000
"""What amounts are counted in: so many are a point."""

MOST_PER_DAY = 5
MOST_PER_PAIR = 1
REPEATS_DAYS = 30
RETURNS_DAYS = 7


@dataclass(frozen=True, slots=True)
class Earlier:
    """What counted before, and stood.

    Attributes:
        today: How often the giver's thanks counted on the same day, to anybody.

        pair_today: How often they counted on the same day to the same receiver.

        repeats: How often they counted to the same receiver within `REPEATS_DAYS`.

        returned: Whether the receiver's thanks to the giver counted within
            `RETURNS_DAYS`.
    """

    today: int
    pair_today: int
    repeats: int
    returned: bool


def counts_for(earlier: Earlier) -> int:
    """Return what thanks count for, in thousandths of a point."""
    if earlier.today >= MOST_PER_DAY or earlier.pair_today >= MOST_PER_PAIR:
        return 0
    return WHOLE >> (earlier.repeats + earlier.returned)


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
        mine = self._since(giver, day - REPEATS_DAYS)
        theirs = self._since(receiver, day - RETURNS_DAYS)
        amount = counts_for(
            Earlier(
                today=sum(on == day for on, _ in mine),
                pair_today=mine.count((day, receiver)),
                repeats=sum(to == receiver for _, to in mine),
                returned=any(to == giver for _, to in theirs),
            )
        )
        if amount:
            self._given.setdefault(giver, {})[entry] = (day, receiver)
        return amount

    def take_back(self, entry: int, giver: int) -> None:
        """Have what was given be as if it never had been, from now on."""
        self._given.get(giver, {}).pop(entry, None)

    def _since(self, giver: int, day: int) -> list[tuple[int, int]]:
        """Return what ``giver`` gave after ``day``, and forget what is long ago."""
        mine = self._given.get(giver, {})
        for entry in [e for e, (on, _) in mine.items() if on < day - REPEATS_DAYS]:
            del mine[entry]
        return [each for each in mine.values() if each[0] > day]
