"""A board, against grouping every shoutout for it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from storage import communities, file, tallies
from storage.database import Transaction
from storage.tallies import Place, Side
from tests.bench.figure import Figure, in_ms, middle, timed
from tests.bench.size import Size
from tests.harness import COMMUNITY

PLACES = 10

_COLUMNS = {Side.RECEIVED: "receiver", Side.GIVEN: "giver"}

# The same definition from the facts alone: public, standing, of who may be shown, and
# ties go to whoever got there first.
_GROUPED = """
SELECT m.platform_id, r.{who} AS member, count(*) AS amount
FROM shoutout_receivers AS r JOIN members AS m ON m.key = r.{who}
WHERE r.community = :community AND r.public = 1
  AND m.on_boards = 1 AND m.here = 1 AND m.level IN ('public', 'channel')
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
GROUP BY r.{who}
ORDER BY amount DESC, max(r.given_at), member LIMIT :most
"""


async def board(_folder: Path, size: Size, past: Path) -> list[Figure]:
    """The board of who received and of who gave, as a share of the grouping query."""
    connection = file.connect(past, "ro")
    tx = Transaction(connection)
    here = communities.get(tx, COMMUNITY)
    figures = []
    for side in Side:
        grouped = partial(_grouped, tx, here.id, side)
        kept = partial(tallies.board, tx, here, side, PLACES)
        slow: list[float] = []
        quick: list[float] = []
        for _ in range(min(size.rounds, 3)):
            slow.append(timed(grouped))
            quick += [timed(kept) for _ in range(20)]
        wrong = sum(a != b for a, b in zip(grouped(), kept(), strict=True))
        what = f"a board of who has {side} of {size.history:,} shoutouts"
        figures += [
            Figure(
                f"{what} by {size.members:,} members, as a share of grouping them",
                middle(quick) / middle(slow),
                f"{in_ms(middle(quick))} of {in_ms(middle(slow))}",
                most=1 / 50,
            ),
            Figure(
                f"{what}, places that differ from grouping them",
                wrong,
                f"the first {PLACES}",
                least=0,
                most=0,
            ),
        ]
    connection.close()
    return figures


def _grouped(tx: Transaction, community: int, side: Side) -> Sequence[Place]:
    rows = tx.all(_GROUPED.format(who=_COLUMNS[side]), community=community, most=PLACES)
    return [
        Place(rank, row["platform_id"], row["member"], row["amount"])
        for rank, row in enumerate(rows, 1)
    ]
