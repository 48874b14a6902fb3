"""What a season that begins or ends changes about the totals."""

from __future__ import annotations

from bot.domain.community import Community
from storage.boards import credited
from storage.boards.periods import Season
from storage.boards.sides import Side
from storage.database import Transaction

# One look-up by index for each of those on whom something counts in it.
_COUNT = """
UPDATE totals SET season = (
  SELECT coalesce(sum(c.amount), 0) FROM credits AS c
  WHERE c.{who} = totals.member AND c.day >= :first
    AND (totals.part = '' OR totals.part = 'value:' || c.value
         OR totals.part = 'channel:' || c.channel))
WHERE community = :community AND lot IN (:lot, :lot + 1) AND reached >= :since
"""

_LEAVE = (
    "UPDATE totals SET season = 0 WHERE community = :community AND reached >= :since"
)


def began(tx: Transaction, community: Community, season: Season) -> None:
    """Count what was given in ``season`` before it was said to begin."""
    first = credited.day_of(season.starts_on)
    last = credited.last_day(tx, community.id)
    if last is None or last < first:
        return
    for side in Side:
        tx.run(
            _COUNT.format(who=side.who),
            community=community.id,
            lot=side.lot,
            first=first,
            since=credited.first_place(first),
        )


def ended(tx: Transaction, community: Community, season: Season) -> None:
    """Have whose last credit is later than ``season`` be in none."""
    assert season.ends_on is not None  # noqa: S101  it has just been set
    since = credited.first_place(credited.day_of(season.ends_on) + 1)
    tx.run(_LEAVE, community=community.id, since=since)
