"""What Laurel has stored about a community, told in terms of people and words.

It is the same whatever platform the people live on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.refs import CommunityRef
from storage import audit, communities
from storage.boards import recount
from storage.database import Transaction

_GIVEN = """
SELECT s.id, g.name AS giver, w.body AS reason, x.way AS way, s.given_on AS given_on
FROM shoutouts AS s
LEFT JOIN members AS g ON g.key = s.giver
LEFT JOIN words AS w ON w.id = s.words
LEFT JOIN retractions AS x ON x.shoutout = s.id
WHERE s.community = :community ORDER BY s.id
"""

_TO = """
SELECT m.name, r.public FROM shoutout_receivers AS r
LEFT JOIN members AS m ON m.key = r.receiver
WHERE r.shoutout = :id ORDER BY m.name
"""

# A channel is the platform's.
_COUNTS = """
SELECT m.name, t.lot, t.times, t.amount,
  CASE WHEN t.part LIKE 'channel:%' THEN 'channel' ELSE t.part END AS part
FROM totals AS t JOIN members AS m ON m.key = t.member
WHERE t.community = :community ORDER BY m.name, t.lot, part
"""

_LOGGED = "SELECT kind, amount FROM activity WHERE community = :community ORDER BY id"

_DECIDED = (
    "SELECT action, ref, detail FROM audit WHERE community = :community ORDER BY id"
)

_SAID = """
SELECT key, state, version, gone FROM outbox
WHERE community = :community AND key LIKE 'shoutouts:%' ORDER BY id
"""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Records:
    """What is stored."""

    given: Sequence[Row]
    counts: Sequence[Row]
    logged: Sequence[Row]
    decided: Sequence[Row]
    said: Sequence[tuple[object, ...]]


def kept(tx: Transaction, ref: CommunityRef) -> Records:
    """Return what is stored of a community."""
    own = {"community": communities.get(tx, ref).id}

    def rows(sql: str) -> list[Row]:
        return [tuple(row) for row in tx.all(sql, **own)]

    given = [
        (*tuple(row)[1:], *(tuple(to) for to in tx.all(_TO, id=row["id"])))
        for row in tx.all(_GIVEN, **own)
    ]
    # A note's key ends in its reader's, which is random.
    said = [(str(key).split(":")[:3], *rest) for key, *rest in rows(_SAID)]
    return Records(given, rows(_COUNTS), rows(_LOGGED), rows(_DECIDED), said)


def flaws(tx: Transaction, ref: CommunityRef) -> Sequence[str]:
    """Return what is wrong with what is stored; nothing, when all is well."""
    found = []
    if drift := recount.drift(tx):
        found.append(f"{drift} counts differ from a recount")
    if (row := audit.first_broken(tx, communities.get(tx, ref))) is not None:
        found.append(f"the audit is broken at {row}")
    return found
