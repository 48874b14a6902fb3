"""What a board can be broken down by: values, channels and teams."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.community import Community
from storage.boards import sources
from storage.boards.periods import Period
from storage.boards.sides import Side
from storage.boards.sources import ByKind
from storage.database import Transaction

_BY_TEAMS = """
WITH counted AS {counted}
SELECT m.groups, sum(c.amount) AS amount, count(*) AS people
FROM counted AS c JOIN members AS m ON m.key = c.member
WHERE c.amount > 0 AND m.groups <> ''
  AND m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')
GROUP BY m.groups
"""

# The few who are not shown are left out: joining all the others would take far longer.
_BY_PARTS = """
WITH counted AS {counted}
SELECT part, sum(amount) AS amount, count(*) AS people FROM counted
WHERE amount > 0 AND member NOT IN (
  SELECT key FROM members
  WHERE community = :community
    AND NOT (on_boards = 1 AND here = 1 AND level IN ('public', 'channel')))
GROUP BY part ORDER BY amount DESC, part
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What one value, channel or team comes to.

    Attributes:
        id: A value's id as text, or the platform's id of a channel or role.

        amount: In thousandths of a point.

        people: How many members who may be shown it is of.
    """

    id: str
    amount: int
    people: int


def teams(
    tx: Transaction, community: Community, side: Side, period: Period
) -> Sequence[Part]:
    """Return the role groups that anybody on the board is in, the most first.

    Empty where the platform tells of none, as Slack does: say so, and do not show an
    empty board. Who is in several counts in each.
    """
    source = sources.source(tx, community, side, period, None)
    if source is None:
        return []
    amounts: Counter[str] = Counter()
    people: Counter[str] = Counter()
    for row in tx.all(_BY_TEAMS.format(counted=source.once), **source.values):
        for group in row["groups"].split():
            amounts[group] += row["amount"]
            people[group] += row["people"]
    found = (Part(group, amount, people[group]) for group, amount in amounts.items())
    return sorted(found, key=lambda part: (-part.amount, part.id))


def channels(
    tx: Transaction, community: Community, side: Side, period: Period
) -> Sequence[Part]:
    """Return the channels in which anything counts, the most first."""
    return _parts(tx, community, side, period, ByKind.CHANNEL)


def values(
    tx: Transaction, community: Community, side: Side, period: Period
) -> Sequence[Part]:
    """Return the community's values for which anything counts, the most first."""
    return _parts(tx, community, side, period, ByKind.VALUE)


def _parts(
    tx: Transaction, community: Community, side: Side, period: Period, kind: ByKind
) -> Sequence[Part]:
    source = sources.parted(tx, community, side, period, kind)
    if source is None:
        return []
    rows = tx.all(_BY_PARTS.format(counted=source.once), **source.values)
    return [Part(str(row["part"]), row["amount"], row["people"]) for row in rows]
