"""What each member's credits come to, kept as they come.

A row holds what counts in all, and in the season, month, week and day that the member's
last credit is in. So that last credit tells which of them are of today: whoever has
none this week has a row of an earlier week, and a board of this week passes it by.
Keeping nothing of past periods is what makes it cheap to add a credit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from storage.boards import credited, seasons
from storage.boards.credited import Credit
from storage.boards.sides import Side
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction

_NEVER = 1 << 22
"""Later than any day: a season that begins then holds nothing."""


class Began(NamedTuple):
    """The days on which the periods began that a day is in."""

    season: int
    month: int
    week: int
    day: int


_PEOPLE = """
(SELECT 2 AS lot, :receiver AS member UNION ALL SELECT 0, :giver) AS whose
"""
# Of those who are erased there are few: to look there is quicker than among members.
_STAYS = """
whose.member IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM erased_members AS e WHERE e.key = whose.member)
"""

_SEASON_FROM = """
(SELECT first_day << {bits} FROM seasons
 WHERE community = :community AND starts_on <= :on
   AND (ends_on IS NULL OR ends_on >= :on))
"""

# All rows at once, and whether anybody is erased: one statement for each takes twice as
# long, and so does a look-up before. What holds something later is left as it is. A
# period that began since the last credit starts with this one.
_INTO = """
INSERT INTO totals (
  community, lot, member, part, reached, times, amount, season, month, week, day
)
SELECT :community, whose.lot + which.lot, whose.member, which.part, :reached, :times,
  :amount, CASE WHEN {season_from} IS NULL THEN 0 ELSE :amount END, :amount, :amount,
  :amount
FROM {people} CROSS JOIN (
  SELECT 0 AS lot, '' AS part
  UNION ALL SELECT 1, 'value:' || :value
  UNION ALL SELECT 1, 'channel:' || :channel
) AS which
WHERE which.part IS NOT NULL AND {stays}
ON CONFLICT (community, lot, member, part) DO UPDATE SET
  times = times + :times,
  amount = amount + :amount,
  season = CASE WHEN reached >= {season_from} THEN season ELSE 0 END + excluded.season,
  month = CASE WHEN reached >= :month_from THEN month ELSE 0 END + :amount,
  week = CASE WHEN reached >= :week_from THEN week ELSE 0 END + :amount,
  day = CASE WHEN reached >= :day_from THEN day ELSE 0 END + :amount,
  reached = :reached
WHERE totals.reached < :reached
"""
_ADD = _INTO.format(
    people=_PEOPLE,
    stays=_STAYS,
    season_from=_SEASON_FROM.format(bits=credited.ID_BITS),
)

# What counts nothing changes nobody's place.
_TIMES = """
INSERT INTO totals (
  community, lot, member, part, reached, times, amount, season, month, week, day
)
SELECT :community, whose.lot, whose.member, '', 0, :times, 0, 0, 0, 0, 0
FROM {people} WHERE {stays}
ON CONFLICT (community, lot, member, part) DO UPDATE SET times = times + :times
"""
_ADD_TIMES = _TIMES.format(people=_PEOPLE, stays=_STAYS)

_REACHED = """
SELECT reached FROM totals
WHERE community = :community AND lot = :lot AND member = :member AND part = :part
"""

_CHANGE = """
UPDATE totals SET times = times + :times, amount = amount + :amount,
  season = season + :season, month = month + :month, week = week + :week,
  day = day + :day
WHERE community = :community AND lot = :lot AND member = :member AND part = :part
"""

_LAST = """
SELECT day, id FROM credits AS c
WHERE c.{who} = :member AND c.amount <> 0
  AND (:part = '' OR :part = 'value:' || c.value OR :part = 'channel:' || c.channel)
  AND c.returns IS NULL
  AND NOT EXISTS (SELECT 1 FROM credits AS x WHERE x.returns = c.id)
ORDER BY c.day DESC, c.id DESC LIMIT 1
"""

_SET = """
UPDATE totals SET times = times + :times, amount = amount + :amount,
  reached = :reached, (season, month, week, day) = (
    SELECT
      coalesce(sum(CASE WHEN c.day >= :season THEN c.amount END), 0),
      coalesce(sum(CASE WHEN c.day >= :month THEN c.amount END), 0),
      coalesce(sum(CASE WHEN c.day >= :week THEN c.amount END), 0),
      coalesce(sum(CASE WHEN c.day >= :day THEN c.amount END), 0)
    FROM credits AS c
    WHERE c.{who} = :member AND c.day >= min(:season, :month, :week)
      AND (:part = '' OR :part = 'value:' || c.value
           OR :part = 'channel:' || c.channel))
WHERE community = :community AND lot = :lot AND member = :member AND part = :part
"""

_ARE_KNOWN = "SELECT key FROM members WHERE key IN (:receiver, :giver)"

CLAIMS = (
    Claim(
        "totals",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
        "CASE WHEN lot < 2 THEN 'given' ELSE 'received' END AS side, *",
    ),
)


@dataclass(frozen=True, slots=True)
class _Whose:
    """On which side, and of whom."""

    community: int
    side: Side
    member: int

    def row(self, part: str) -> Mapping[str, int | str]:
        """Return what a row is found by."""
        return {
            "community": self.community,
            "lot": self.side.lot + int(part != ""),
            "member": self.member,
            "part": part,
        }


def add(tx: Transaction, community: int, credit: Credit) -> None:
    """Add ``credit``, which is kept already, to what its people have."""
    if not credit.amount:
        add_times(tx, community, credit, credit.times)
        return
    on = credited.date_of(credit.day)
    changed = tx.run(
        _ADD,
        community=community,
        receiver=credit.receiver,
        giver=credit.giver,
        value=credit.value,
        channel=credit.channel,
        reached=credit.place,
        times=credit.times,
        amount=credit.amount,
        on=on.isoformat(),
        month_from=credited.first_place(credit.day - on.day + 1),
        week_from=credited.first_place(credit.day - on.weekday()),
        day_from=credited.first_place(credit.day),
    )
    if changed < _rows(credit):
        _add_earlier(tx, community, credit)


def _add_earlier(tx: Transaction, community: int, credit: Credit) -> None:
    """Add ``credit`` to the rows that hold something later."""
    for whose in _people(tx, community, credit):
        for part in _parts(credit):
            if (reached := _reached(tx, whose, part)) > credit.place:
                _change(tx, whose, part, credit, 1, reached)


def add_times(tx: Transaction, community: int, credit: Credit, times: int) -> None:
    """Add so many thanks, which count nothing, to what a credit's people have."""
    people = {"receiver": credit.receiver, "giver": credit.giver}
    tx.run(_ADD_TIMES, community=community, times=times, **people)


def take(tx: Transaction, community: int, credit: Credit) -> None:
    """Take ``credit``, which is given back already, from what its people have."""
    if not credit.amount:
        add_times(tx, community, credit, -credit.times)
        return
    for whose in _people(tx, community, credit):
        for part in _parts(credit):
            if (reached := _reached(tx, whose, part)) == credit.place:
                _take_last(tx, whose, part, credit)
            else:
                _change(tx, whose, part, credit, -1, reached)


def first_days(tx: Transaction, community: int, day: int) -> Began:
    """Return on which day each period began that ``day`` is in."""
    on = credited.date_of(day)
    season = seasons.first_day(tx, community, on)
    return Began(
        _NEVER if season is None else season,
        day - on.day + 1,
        day - on.weekday(),
        day,
    )


def _people(tx: Transaction, community: int, credit: Credit) -> Iterator[_Whose]:
    """Yield whose credit it is, of those who are not erased."""
    rows = tx.all(_ARE_KNOWN, receiver=credit.receiver, giver=credit.giver)
    known = {row["key"] for row in rows}
    if credit.receiver in known:
        yield _Whose(community, Side.RECEIVED, credit.receiver)
    if credit.giver is not None and credit.giver in known:
        yield _Whose(community, Side.GIVEN, credit.giver)


def _parts(credit: Credit) -> Iterator[str]:
    yield ""
    if credit.value is not None:
        yield f"value:{credit.value}"
    if credit.channel is not None:
        yield f"channel:{credit.channel}"


def _rows(credit: Credit) -> int:
    """Return how many rows a credit changes of people who are not erased."""
    parts = 1 + (credit.value is not None) + (credit.channel is not None)
    return parts * (1 if credit.giver is None else 2)


def _reached(tx: Transaction, whose: _Whose, part: str) -> int:
    row = tx.one(_REACHED, **whose.row(part))
    return row["reached"] if row else 0


def _change(
    tx: Transaction, whose: _Whose, part: str, credit: Credit, sign: int, reached: int
) -> None:
    """Add or take what is earlier than ``reached``, the last that a row holds."""
    amount = sign * credit.amount
    last = credited.day_in(reached)
    began = first_days(tx, whose.community, last)
    counted = {
        kind: amount if credit.day >= first else 0
        for kind, first in began._asdict().items()
    }
    changes = {"times": sign * credit.times, "amount": amount, **counted}
    tx.run(_CHANGE, **whose.row(part), **changes)


def _take_last(tx: Transaction, whose: _Whose, part: str, credit: Credit) -> None:
    """Take the last that a row holds, and count anew in whose periods it is then."""
    mine, who = whose.row(part), whose.side.who
    last = tx.one(
        _LAST.format(who=who),
        member=whose.member,
        part=part,
    )
    day, entry = (last["day"], last["id"]) if last else (_NEVER, 0)
    began = first_days(tx, whose.community, day) if last else Began(*[_NEVER] * 4)
    tx.run(
        _SET.format(who=who),
        **mine,
        times=-credit.times,
        amount=-credit.amount,
        reached=credited.first_place(day) + entry if last else 0,
        **began._asdict(),
    )
