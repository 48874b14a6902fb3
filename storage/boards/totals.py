"""What each member's credits come to, kept as they come.

A row holds what counts in all, and in the season, month, week and day that the member's
last credit is in. So that last credit tells which of them are of today: whoever has
none this week has a row of an earlier week, and a board of this week passes it by.
Keeping nothing of past periods is what makes it cheap to add a credit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from storage.boards import credited, seasons
from storage.boards.credited import Credit
from storage.boards.periods import Kind
from storage.boards.sides import Side
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction, Value

_NEVER = 1 << 22
"""Later than any day: a season that begins then holds nothing."""

# A period that began since the last credit starts with this one.
INTO = """
INSERT INTO totals (
  community, side, lot, member, part, reached, times, amount, season, month, week, day
)
{rows}
ON CONFLICT (community, side, lot, member, part) DO UPDATE SET
  times = times + :times,
  amount = amount + :amount,
  season = CASE WHEN reached >= :season_from THEN season ELSE 0 END + :season,
  month = CASE WHEN reached >= :month_from THEN month ELSE 0 END + :amount,
  week = CASE WHEN reached >= :week_from THEN week ELSE 0 END + :amount,
  day = CASE WHEN reached >= :day_from THEN day ELSE 0 END + :amount,
  reached = :reached
"""

# Who is erased does not come back.
PEOPLE = """
(SELECT 'received' AS side, :receiver AS member UNION ALL SELECT 'given', :giver)
  AS whose
"""
KNOWN = "EXISTS (SELECT 1 FROM members AS m WHERE m.key = whose.member)"

_ADD_LAST = INTO.format(
    rows="""
VALUES (:community, :side, :lot, :member, :part, :reached, :times, :amount, :season,
  :amount, :amount, :amount)
"""
)

# What counts nothing changes nobody's place.
_TIMES = """
INSERT INTO totals (
  community, side, lot, member, part, reached, times, amount, season, month, week, day
)
SELECT :community, whose.side, 0, whose.member, '', 0, :times, 0, 0, 0, 0, 0
FROM {people} WHERE {known}
ON CONFLICT (community, side, lot, member, part) DO UPDATE SET times = times + :times
"""
_ADD_TIMES = _TIMES.format(people=PEOPLE, known=KNOWN)

_FROM = {kind: f"{kind}_from" for kind in Kind}

_REACHED = """
SELECT reached FROM totals
WHERE community = :community AND side = :side AND lot = :lot AND member = :member
  AND part = :part
"""

_CHANGE = """
UPDATE totals SET times = times + :times, amount = amount + :amount,
  season = season + :season, month = month + :month, week = week + :week,
  day = day + :day
WHERE community = :community AND side = :side AND lot = :lot AND member = :member
  AND part = :part
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
WHERE community = :community AND side = :side AND lot = :lot AND member = :member
  AND part = :part
"""

_ARE_KNOWN = "SELECT key FROM members WHERE key IN (:receiver, :giver)"

CLAIMS = (
    Claim(
        "totals",
        "community = :community AND member = :member",
        Delete(),
        {"member": Shown.MEMBER},
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
            "side": self.side,
            "lot": lot_of(part),
            "member": self.member,
            "part": part,
        }


def add(tx: Transaction, community: int, credit: Credit) -> None:
    """Add ``credit``, which is kept already, and is later than some, or than none."""
    if not credit.amount:
        add_times(tx, community, credit, credit.times)
        return
    began = first_days(tx, community, credit.day)
    for whose in _people(tx, community, credit):
        for part in _parts(credit):
            if (reached := _reached(tx, whose, part)) < credit.place:
                values = values_of(community, credit, began)
                tx.run(_ADD_LAST, **{**values, **whose.row(part)})
            else:
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


def values_of(
    community: int, credit: Credit, began: Mapping[Kind, int]
) -> dict[str, Value]:
    """Return what is added to each row of a credit that is later than what it holds."""
    return {
        "community": community,
        "reached": credit.place,
        "times": credit.times,
        "amount": credit.amount,
        "season": 0 if began[Kind.SEASON] == _NEVER else credit.amount,
        **{_FROM[kind]: credited.first_place(day) for kind, day in began.items()},
    }


def lot_of(part: str) -> int:
    """Return where rows of such a part lie: apart from those of everything."""
    return int(part != "")


def first_days(tx: Transaction, community: int, day: int) -> Mapping[Kind, int]:
    """Return on which day each period began that ``day`` is in."""
    on = credited.date_of(day)
    season_on = seasons.began(tx, community, on)
    return {
        Kind.SEASON: credited.day_of(season_on) if season_on else _NEVER,
        Kind.MONTH: credited.day_of(on.replace(day=1)),
        Kind.WEEK: day - on.weekday(),
        Kind.DAY: day,
    }


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


def _reached(tx: Transaction, whose: _Whose, part: str) -> int:
    row = tx.one(_REACHED, **whose.row(part))
    return row["reached"] if row else 0


def _change(
    tx: Transaction, whose: _Whose, part: str, credit: Credit, sign: int, reached: int
) -> None:
    """Add or take what is earlier than ``reached``, the last that a row holds."""
    amount = sign * credit.amount
    last = credited.day_in(reached)
    counted = {
        kind.value: amount if credit.day >= began else 0
        for kind, began in first_days(tx, whose.community, last).items()
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
    day = last["day"] if last else _NEVER
    began = (
        first_days(tx, whose.community, day)
        if last
        else dict.fromkeys((Kind.SEASON, Kind.MONTH, Kind.WEEK, Kind.DAY), _NEVER)
    )
    tx.run(
        _SET.format(who=who),
        **mine,
        times=-credit.times,
        amount=-credit.amount,
        reached=credited.first_place(day) + last["id"] if last else 0,
        **{kind.value: first for kind, first in began.items()},
    )
