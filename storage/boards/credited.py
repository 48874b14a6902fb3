"""What each entry of the activity log counts for: rows that are never changed.

They stand in the order of the log. What was given back stands beside what gives it
back, on the same day, so that a day's sum is what stands of it now.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.damping import AROUND_DAYS, REPEATS_DAYS, Earlier
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction

_EPOCH = date(1970, 1, 1).toordinal()

ID_BITS = 40
"""So many low bits of a credit's place are the log's entry, the others its day."""

_ADD = """
INSERT INTO credits (
  community, day, id, receiver, giver, shoutout, points, returns, value, channel, times,
  amount
) VALUES (
  :community, :day, :id, :receiver, :giver, :shoutout, :points, :returns, :value,
  :channel, :times, :amount
)
"""

_LAST_DAY = """
SELECT day FROM credits WHERE community = :community ORDER BY day DESC LIMIT 1
"""

# Points count for themselves, and for nobody else's. A plus has what a giver gave of
# late looked through, which is little, and not what a receiver got, which may be much.
# Whoever a receiver thanks is looked at once, however often they were thanked.
_STOOD = """
{c}.amount > 0 AND {c}.shoutout IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM credits AS x WHERE x.returns = {c}.id)
"""

_EARLIER = """
SELECT count(CASE WHEN c.receiver = :receiver THEN 1 END) AS there,
  count(CASE WHEN c.day = :day THEN 1 END) AS today,
  count(CASE WHEN c.receiver = :receiver AND c.day = :day THEN 1 END) AS pair_today,
  (SELECT count(*) FROM credits AS c
   WHERE c.giver = :receiver AND c.day > :repeating AND +c.receiver = :giver
     AND {c}) AS back,
  EXISTS (SELECT 1 FROM (
     SELECT DISTINCT receiver FROM credits
     WHERE giver = :receiver AND day > :around AND +receiver <> :giver
   ) AS via CROSS JOIN credits AS d
   WHERE d.giver = via.receiver AND d.day > :around AND +d.receiver = :giver AND {d}
     AND EXISTS (SELECT 1 FROM credits AS c
       WHERE c.giver = :receiver AND c.day > :around AND +c.receiver = via.receiver
         AND {c})) AS around
FROM credits AS c
WHERE c.giver = :giver AND c.day > :repeating
  AND (+c.receiver = :receiver OR +c.day = :day) AND {c}
""".format(c=_STOOD.format(c="c"), d=_STOOD.format(c="d"))  # noqa: S608  our own words

# The zone may have changed since, so the day is known to two days either way.
_OF_SHOUTOUT = """
SELECT * FROM credits AS c
WHERE c.receiver = :receiver AND c.day BETWEEN :day - 2 AND :day + 2
  AND c.shoutout = :shoutout AND c.returns IS NULL
  AND NOT EXISTS (SELECT 1 FROM credits AS x WHERE x.returns = c.id)
"""

_OF_POINTS = """
SELECT * FROM credits AS c
WHERE c.receiver = :receiver AND c.day = :day
  AND c.points = :points AND c.returns IS NULL
  AND NOT EXISTS (SELECT 1 FROM credits AS x WHERE x.returns = c.id)
"""

CLAIMS = (
    Claim(
        "credits",
        "receiver = :member OR giver = :member",
        Keep("others' counts rest on it", texts=("channel",)),
        {"receiver": Shown.MEMBER, "giver": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Credit:
    """What one entry counts for.

    Attributes:
        day: Days since 1970-01-01, on the community's clocks.

        entry: The log's.

        receiver: The member's key.

        giver: Likewise; None where nobody is known.

        shoutout: What it is for, or `points`: one of the two is None.

        returns: The entry whose credit it gives back; None where it is one itself.

        value: Id of a community value; None for none.

        channel: The platform's id; None where it was given in none that others read.

        times: 1 of thanks, 0 of points, and with the other sign where given back.

        amount: In thousandths of a point.
    """

    day: int
    entry: int
    receiver: int
    giver: int | None
    shoutout: int | None
    points: int | None
    returns: int | None
    value: int | None
    channel: str | None
    times: int
    amount: int

    @property
    def place(self) -> int:
        """Its place in time: the later day first, then the later entry, is higher."""
        return first_place(self.day) + self.entry

    def given_back(self, entry: int) -> Credit:
        """Return what gives it back, exactly."""
        taken = -self.times, -self.amount
        return replace(
            self, entry=entry, returns=self.entry, times=taken[0], amount=taken[1]
        )


def day_of(on: date) -> int:
    """Return a civil date as days are counted."""
    return on.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """Return the civil date of a day."""
    return date.fromordinal(day + _EPOCH)


def first_place(day: int) -> int:
    """Return what no credit of ``day`` or later is below."""
    return day << ID_BITS


def day_in(place: int) -> int:
    """Return the day of a credit's place."""
    return place >> ID_BITS


def add(tx: Transaction, community: int, credit: Credit) -> None:
    """Keep ``credit``, which is of an entry that has none."""
    tx.run(
        _ADD,
        community=community,
        day=credit.day,
        id=credit.entry,
        receiver=credit.receiver,
        giver=credit.giver,
        shoutout=credit.shoutout,
        points=credit.points,
        returns=credit.returns,
        value=credit.value,
        channel=credit.channel,
        times=credit.times,
        amount=credit.amount,
    )


def last_day(tx: Transaction, community: int) -> int | None:
    """Return the last day of which there are credits; None where there are none."""
    row = tx.one(_LAST_DAY, community=community)
    return row["day"] if row else None


def earlier(tx: Transaction, giver: int, receiver: int, day: int) -> Earlier:
    """Return what counted before, for what is given now on ``day``."""
    row = tx.one(
        _EARLIER,
        giver=giver,
        receiver=receiver,
        day=day,
        repeating=day - REPEATS_DAYS,
        around=day - AROUND_DAYS,
    )
    assert row is not None  # noqa: S101  an aggregate is always one row
    return Earlier(
        today=row["today"],
        pair_today=row["pair_today"],
        repeats=row["there"] + row["back"],
        around=bool(row["around"]),
    )


def of_shoutout(
    tx: Transaction, receiver: int, shoutout: int, day: int
) -> Credit | None:
    """Return what stands of a shoutout, given around ``day``, to ``receiver``."""
    row = tx.one(_OF_SHOUTOUT, receiver=receiver, shoutout=shoutout, day=day)
    return _credit(row) if row else None


def of_points(tx: Transaction, receiver: int, points: int, day: int) -> Credit | None:
    """Return what stands of points, received on ``day``."""
    row = tx.one(_OF_POINTS, receiver=receiver, points=points, day=day)
    return _credit(row) if row else None


def _credit(row: sqlite3.Row) -> Credit:
    return Credit(
        day=row["day"],
        entry=row["id"],
        receiver=row["receiver"],
        giver=row["giver"],
        shoutout=row["shoutout"],
        points=row["points"],
        returns=row["returns"],
        value=row["value"],
        channel=row["channel"],
        times=row["times"],
        amount=row["amount"],
    )
