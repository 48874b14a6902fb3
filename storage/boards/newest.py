"""The newest credits, which come as fast as members thank: added together."""

from __future__ import annotations

from collections.abc import Mapping

from storage.boards import credited, totals
from storage.boards.credited import Credit
from storage.boards.periods import Kind
from storage.database import Transaction, Value

# One statement for all that a credit changes: one for each row takes twice as long.
_ROWS = """
SELECT :community, whose.side, which.lot, whose.member, which.part, :reached, :times,
  :amount, :season, :amount, :amount, :amount
FROM {people} CROSS JOIN (
  SELECT 0 AS lot, '' AS part
  UNION ALL SELECT 1, 'value:' || :value
  UNION ALL SELECT 1, 'channel:' || :channel
) AS which
WHERE which.part IS NOT NULL AND {known}
"""
_ADD = totals.INTO.format(rows=_ROWS.format(people=totals.PEOPLE, known=totals.KNOWN))


class Newest:
    """Credits that are later than all others, gathered and added in one go.

    It lasts for one unit of work, in which no season begins or ends.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._last_days: dict[int, int | None] = {}
        self._began: dict[tuple[int, int], Mapping[Kind, int]] = {}
        self._rows: list[Mapping[str, Value]] = []

    def takes(self, community: int, credit: Credit) -> bool:
        """Return whether ``credit``, which is not kept yet, is later than all."""
        if credit.returns is not None:
            return False
        if community not in self._last_days:
            self._last_days[community] = credited.last_day(self._tx, community)
        last = self._last_days[community]
        if last is not None and credit.day < last:
            return False
        self._last_days[community] = credit.day
        return True

    def add(self, community: int, credit: Credit) -> None:
        """Gather what it `takes`, and what is kept since."""
        if not credit.amount:
            totals.add_times(self._tx, community, credit, credit.times)
            return
        of = community, credit.day
        if (began := self._began.get(of)) is None:
            began = self._began[of] = totals.first_days(self._tx, *of)
        self._rows.append(
            {
                **totals.values_of(community, credit, began),
                "receiver": credit.receiver,
                "giver": credit.giver,
                "value": credit.value,
                "channel": credit.channel,
            }
        )

    def write(self) -> None:
        """Have the totals hold what was gathered."""
        for row in self._rows:
            self._tx.run(_ADD, **row)
        self._rows = []
