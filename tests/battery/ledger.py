"""What Laurel's file says was given, against what stands on the walls."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.refs import CommunityRef
from storage import audit, communities
from storage.boards import recount
from storage.database import Transaction
from storage.file import connect


@dataclass(frozen=True, slots=True)
class Wall:
    """Where a community is thanked for all to see.

    Attributes:
        place: The platform's id of it.

        stands: The numbers of the thanks that stand there, in order.
    """

    community: CommunityRef
    place: str
    stands: Sequence[str]


def faults(
    file: Path, walls: Iterable[Wall], acknowledged: Sequence[str]
) -> Counter[str]:
    """Return how much is wrong of what, once nothing waits.

    Args:
        file: What Laurel remembers.
        walls: Every one that there is.
        acknowledged: Words of which somebody was told that they are in.
    """
    laurel = connect(file, "ro")
    tx = Transaction(laurel)
    kept = {row["body"] for row in tx.all(_WORDS)}
    found: Counter[str] = Counter()
    for wall in walls:
        order = [row["body"] for row in tx.all(_ORDER, place=wall.place)]
        found["said and not posted"] += len(set(order) - set(wall.stands))
        found["posted and not said"] += len(set(wall.stands) - set(order))
        found["out of order"] += list(dict.fromkeys(wall.stands)) != order
        here = communities.get(tx, wall.community)
        found["the chain is broken"] += audit.first_broken(tx, here) is not None
    found["acknowledged and lost"] = len(set(acknowledged) - kept)
    found["integrity"] = tx.all("PRAGMA integrity_check")[0][0] != "ok"
    found["drift"] = recount.drift(tx)
    found["parked"] = int(tx.all(_PARKED)[0][0])
    laurel.close()
    return found


_WORDS = "SELECT w.body FROM shoutouts AS s JOIN words AS w ON w.id = s.words"
_ORDER = """
SELECT w.body FROM shoutouts AS s JOIN words AS w ON w.id = s.words
JOIN outbox AS o ON o.key = 'shoutouts:wall:' || s.id
WHERE o.state = 'sent' AND o.place = :place ORDER BY o.id
"""
_PARKED = "SELECT count(*) FROM outbox WHERE state = 'parked'"
