"""What years of thanks count for, and what that comes to, filled in within minutes."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.damping import Counting
from storage.boards.credited import day_in, first_place
from storage.boards.sides import Side
from storage.boards.totals import Began, first_days
from storage.database import Transaction

_LOGGED = """
SELECT a.id, a.subject AS receiver, a.actor AS giver, a.amount, s.id AS shoutout,
  s.value, s.channel, s.given_at / 86400000 AS day
FROM activity AS a
JOIN shoutouts AS s ON s.id = CAST(substr(a.ref, 11) AS INTEGER)
JOIN shoutout_receivers AS r ON r.shoutout = s.id AND r.receiver = a.subject
WHERE r.public = 1 ORDER BY a.id
"""

_CREDIT = """
INSERT INTO credits (
  community, day, id, receiver, giver, shoutout, returns, value, channel, times, amount
) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

# The latest first: so the last that stands says where the periods of a total begin.
_COUNTED = """
SELECT day, id, receiver, giver, value, channel, times, amount, returns IS NULL
  AND id NOT IN (SELECT returns FROM credits WHERE returns IS NOT NULL) AS stands
FROM credits WHERE community = 1 ORDER BY day DESC, id DESC
"""

_PARTS = """
SELECT 'value:' || id FROM community_values
UNION SELECT DISTINCT 'channel:' || channel FROM credits WHERE channel IS NOT NULL
ORDER BY 1
"""

_TOTAL = """
INSERT INTO totals (
  community, lot, member, part, reached, times, amount, season, month, week, day
) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

_Row = tuple[object, ...]


def credit(connection: sqlite3.Connection) -> None:
    """Have everything that the log holds count, in UTC."""
    connection.executemany(_CREDIT, _credits(connection))


def _credits(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    rules, given = Counting(), dict[int, tuple[int, int]]()
    for row in connection.execute(_LOGGED):
        day, giver, shoutout = row["day"], row["giver"], row["shoutout"]
        returns, times = None, 1
        if row["amount"] > 0:
            amount = rules.give(row["id"], giver, row["receiver"], day)
            given[shoutout] = row["id"], amount
        else:
            returns, amount = given[shoutout]
            rules.take_back(returns, giver)
            times, amount = -1, -amount
        people = row["receiver"], giver
        about = row["value"], row["channel"]
        yield (day, row["id"], *people, shoutout, returns, *about, times, amount)


def total(connection: sqlite3.Connection) -> None:
    """Have the totals hold what the credits come to."""
    members = [key for (key,) in connection.execute("SELECT key FROM members")]
    parts = ["", *(part for (part,) in connection.execute(_PARTS))]
    sums = _Sums(sorted(members), parts)
    sums.count(connection)
    connection.executemany(_TOTAL, sums.rows())


class _Sums:
    """Every total that there may be, column by column, since they are millions.

    Laurel keeps them as credits come, and counts them anew member by member. This is a
    third way, so that the bench does not compare one of those with itself.
    """

    def __init__(self, members: Sequence[int], parts: Sequence[str]) -> None:
        self._members, self._parts = members, parts
        self._one_side = len(members) * len(parts)
        none = array("q", bytes(16 * self._one_side))
        self._held = bytearray(2 * self._one_side)
        self._reached, self._since = none[:], none[:]
        self._sums = [none[:] for _ in ("times", "amount", *Began._fields)]

    def count(self, connection: sqlite3.Connection) -> None:
        """Go through all credits, the latest first."""
        tx, spans = Transaction(connection), dict[int, Began]()
        places = {key: n * len(self._parts) for n, key in enumerate(self._members)}
        values, channels = self._columns("value:"), self._columns("channel:")
        rows = connection.cursor()
        rows.row_factory = None
        for row in rows.execute(_COUNTED):
            day, entry, receiver, giver, value, channel, times, amount, stands = row
            if day not in spans:
                spans[day] = first_days(tx, 1, day)
            mine = places[receiver], self._one_side + places[giver]
            cells = [*mine]
            if amount and value is not None:
                cells += (cell + values[str(value)] for cell in mine)
            if amount and channel is not None:
                cells += (cell + channels[channel] for cell in mine)
            if stands:
                place = first_place(day) + entry
                self._add(cells, place, times, amount, spans)
            else:  # what was given back comes to nothing, but is held
                for cell in cells:
                    self._held[cell] = 1

    def rows(self) -> Iterator[_Row]:
        """Yield them as the table holds them, in its order."""
        width = len(self._parts)
        for first, side in ((self._one_side, Side.GIVEN), (0, Side.RECEIVED)):
            for lot, columns in enumerate((range(1), range(1, width)), side.lot):
                for number, key in enumerate(self._members):
                    start = first + number * width
                    for column in columns:
                        cell = start + column
                        if self._held[cell]:
                            sums = (each[cell] for each in self._sums)
                            part = self._parts[column]
                            yield lot, key, part, self._reached[cell], *sums

    def _columns(self, kind: str) -> Mapping[str, int]:
        """Return where the parts of a kind are, by what comes behind the colon."""
        return {
            part.removeprefix(kind): column
            for column, part in enumerate(self._parts)
            if part.startswith(kind)
        }

    def _add(
        self,
        cells: Sequence[int],
        place: int,
        times: int,
        amount: int,
        spans: Mapping[int, Began],
    ) -> None:
        """Add a credit that is earlier than all that was added before."""
        day, reached, since = day_in(place), self._reached, self._since
        all_times, all_amount, *of_kinds = self._sums
        for cell in cells:
            self._held[cell] = 1
            all_times[cell] += times
            if not amount:
                continue
            all_amount[cell] += amount
            if not reached[cell]:
                reached[cell], since[cell] = place, min(spans[day])
            if day >= since[cell]:
                began = spans[day_in(reached[cell])]
                for first, sums in zip(began, of_kinds, strict=True):
                    if day >= first:
                        sums[cell] += amount
