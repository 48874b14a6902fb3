"""Where a board's amounts are read: kept totals, or the credits of a period gone by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self, TypedDict

from bot.domain.community import Community
from storage.boards import credited, seasons
from storage.boards.periods import Kind, Period
from storage.boards.sides import Side
from storage.database import Transaction, Value

_EVER = 1 << 22
"""A day that is later than any."""

_KEPT = """
(SELECT member, {amount} AS amount, reached FROM totals
 WHERE community = :community AND lot = :lot AND part = :part
   AND reached >= :since {of_team})
"""

# What stands is told apart one by one: of a period, most of what was given back is not.
# A plus keeps the members' index away, which would read the whole table at random.
_COUNTED = """
(SELECT {who} AS member, sum(amount) AS amount,
   max(CASE WHEN amount <> 0 AND returns IS NULL
         AND NOT EXISTS (SELECT 1 FROM credits AS x WHERE x.returns = credits.id)
       THEN (day << {bits}) + id ELSE 0 END) AS reached
 FROM credits
 WHERE community = :community AND day BETWEEN :first AND :last AND {who} IS NOT NULL
   {only}
 GROUP BY +{who}
 {of_team})
"""

_KEPT_PARTS = """
(SELECT substr(part, :skipped) AS part, member, {amount} AS amount FROM totals
 WHERE community = :community AND lot = :lot AND part > :prefix AND part < :beyond
   AND reached >= :since)
"""

_COUNTED_PARTS = """
(SELECT {kind} AS part, {who} AS member, sum(amount) AS amount FROM credits
 WHERE community = :community AND day BETWEEN :first AND :last AND {who} IS NOT NULL
   AND {kind} IS NOT NULL
 GROUP BY {kind}, +{who})
"""

# Totals lie in the order of the members, who so are read one after the other.
_OF_TEAM = """
{by} EXISTS (
  SELECT 1 FROM members AS m WHERE m.key = {whose}
    AND instr(' ' || m.groups || ' ', ' ' || :team || ' ') > 0)
"""


class Only(TypedDict, total=False):
    """What alone counts on a board, of which at most one is given.

    Attributes:
        value: Id of a community value that it was given for.

        channel: The platform's id of a channel that it was given in.

        team: The platform's id of a role: only who holds it is ranked.
    """

    value: int | None
    channel: str | None
    team: str | None


class ByKind(StrEnum):
    """What a board can be broken down by."""

    VALUE = "value"
    CHANNEL = "channel"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class By:
    """What alone counts: one of a kind.

    Attributes:
        id: The community's value as text, or the platform's id of a channel or role.
    """

    kind: ByKind
    id: str

    @classmethod
    def of(cls, only: Only) -> Self | None:
        """Return the one that is given; None where everything counts.

        Raises:
            ValueError: If there is more than one.
        """
        found = [
            cls(kind, str(only[kind.value]))
            for kind in ByKind
            if only.get(kind.value) is not None
        ]
        if len(found) > 1:
            raise ValueError(only)
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a period has.

    Attributes:
        first: 0 for all time, which has none.

        last: None while nobody knows.
    """

    first: int
    last: int | None


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of member, amount and place, as SQL.

    Attributes:
        once: To be read in one go.

        often: To be looked into again and again.

        values: What it is bound to.
    """

    once: str
    often: str
    values: Mapping[str, Value]


def source(
    tx: Transaction, community: Community, side: Side, period: Period, by: By | None
) -> Source | None:
    """Return where the board is read; None where nothing counts in that period."""
    days = days_of(tx, community, period)
    last = credited.last_day(tx, community.id)
    if days is None or last is None or last < days.first:
        return None
    if days.last is None or last <= days.last:
        return kept(community, side, period, days, by)
    return counted(community, side, days, by)


def parted(
    tx: Transaction, community: Community, side: Side, period: Period, kind: ByKind
) -> Source | None:
    """Return rows of part, member and amount, of each value or channel.

    Returns None where nothing counts in that period.
    """
    days = days_of(tx, community, period)
    last = credited.last_day(tx, community.id)
    if days is None or last is None or last < days.first:
        return None
    values: dict[str, Value] = {"community": community.id}
    if days.last is not None and last > days.last:
        sql = _COUNTED_PARTS.format(kind=kind, who=side.who)
        return Source(sql, sql, {**values, "first": days.first, "last": days.last})
    sql = _KEPT_PARTS.format(amount=_amount(period))
    return Source(
        sql,
        sql,
        {
            **values,
            "lot": side.lot + 1,
            "prefix": f"{kind}:",
            "beyond": f"{kind};",  # the next character
            "skipped": len(kind) + 2,
            "since": credited.first_place(days.first),
        },
    )


def days_of(tx: Transaction, community: Community, period: Period) -> Days | None:
    """Return the days of ``period``; None where there is no such season."""
    if period.kind is Kind.ALL:
        return Days(0, None)
    if period.season_id is not None:
        season = seasons.get(tx, community, period.season_id)
        if season is None:
            return None
        ends_on = season.ends_on
        last = credited.day_of(ends_on) if ends_on else None
        return Days(credited.day_of(season.starts_on), last)
    first, last_on = period.first_on, period.last_on
    assert first is not None  # noqa: S101  a day, a week or a month
    assert last_on is not None  # noqa: S101  likewise
    return Days(credited.day_of(first), credited.day_of(last_on))


def kept(
    community: Community, side: Side, period: Period, days: Days, by: By | None
) -> Source:
    """Return the totals of a period that the last credit is in."""
    team = by.id if by and by.kind is ByKind.TEAM else None
    sql = _KEPT.format(
        amount=_amount(period),
        of_team=_OF_TEAM.format(by="AND", whose="totals.member") if team else "",
    )
    values: dict[str, Value] = {
        "community": community.id,
        "lot": side.lot + int(by is not None and not team),
        "part": f"{by.kind}:{by.id}" if by and not team else "",
        "since": credited.first_place(days.first),
    }
    if team:
        values["team"] = team
    return Source(sql, f"NOT MATERIALIZED {sql}", values)


def counted(community: Community, side: Side, days: Days, by: By | None) -> Source:
    """Return the credits of a period, counted anew: the same, whatever was kept."""
    team = by.id if by and by.kind is ByKind.TEAM else None
    sql = _COUNTED.format(
        who=side.who,
        bits=credited.ID_BITS,
        only=f"AND {by.kind} = :only" if by and not team else "",
        of_team=_OF_TEAM.format(by="HAVING", whose=f"credits.{side.who}")
        if team
        else "",
    )
    values: dict[str, Value] = {
        "community": community.id,
        "first": days.first,
        "last": _EVER if days.last is None else days.last,
    }
    if team:
        values["team"] = team
    elif by:
        values["only"] = int(by.id) if by.kind is ByKind.VALUE else by.id
    return Source(sql, f"MATERIALIZED {sql}", values)


def _amount(period: Period) -> str:
    """Return the column that holds what counts in such a period."""
    return "amount" if period.kind is Kind.ALL else period.kind.value
