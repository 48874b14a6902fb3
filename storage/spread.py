"""How some members are spread over tenure and groups, in numbers that name nobody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Community
from storage.database import Transaction
from storage.instants import to_ms

NEW_WITHIN = timedelta(days=90)
"""Who came later than this is new."""

SETTLED_AFTER = timedelta(days=365)
"""Who came earlier than this has been there for long."""

_MEMBERS = """
SELECT key, ifnull(joined_at, met_at) AS since, groups FROM members
WHERE community = :community
"""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many of them have been there for how long, and in how many groups they are.

    Attributes:
        new: For less than `NEW_WITHIN`.

        between: For longer, and less than `SETTLED_AFTER`.

        long: For longer than that.

        groups: Of the platform, held by at least one of them.
    """

    new: int
    between: int
    long: int
    groups: int


def of(
    tx: Transaction, community: Community, keys: Collection[int], now: datetime
) -> Spread:
    """Return how those of these keys who are known are spread at ``now``."""
    wanted = frozenset(keys)
    new_since, long_since = to_ms(now - NEW_WITHIN), to_ms(now - SETTLED_AFTER)
    new = between = long = 0
    groups: set[str] = set()
    for row in tx.each(_MEMBERS, community=community.id):
        if row["key"] not in wanted:
            continue
        groups.update(row["groups"].split())
        if row["since"] > new_since:
            new += 1
        elif row["since"] > long_since:
            between += 1
        else:
            long += 1
    return Spread(new, between, long, len(groups))
