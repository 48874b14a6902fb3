"""The thanks of a span of time, as far as everybody may know of them now.

Whoever is hidden by now, has left or was erased is in none of it, and nothing that was
given in private or taken back is.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from bot.domain.community import Community
from bot.domain.recap import NONE_YET, Candidate, Span, Totals
from storage.database import Transaction
from storage.instants import to_ms

# By the index in time first, then by keys: the other way round, all that was ever
# given would be looked through.
_IN = """
SELECT s.id, s.giver, s.value, s.given_at, w.id AS words, r.receiver
FROM shoutouts AS s INDEXED BY shoutouts_in_time
CROSS JOIN shoutout_receivers AS r ON r.shoutout = s.id AND r.public = 1
CROSS JOIN members AS m
  ON m.key = r.receiver AND m.here = 1 AND m.level IN ('public', 'channel')
LEFT JOIN words AS w ON w.id = s.words
LEFT JOIN retractions AS x ON x.shoutout = s.id
WHERE s.community = :community AND s.given_at > :from AND s.given_at <= :until
  AND s.id > :after AND x.shoutout IS NULL
ORDER BY s.given_at, s.id
"""

# By its place a column is found three times as fast as by name.
_NUMBER, _GIVER, _RECEIVER = itemgetter(0), itemgetter(1), itemgetter(5)

_NEW = """
SELECT each.value AS member FROM json_each(:members) AS each
WHERE NOT EXISTS (
  SELECT 1 FROM shoutout_receivers AS r
  WHERE r.community = :community AND r.receiver = each.value AND r.public = 1
    AND CASE WHEN :after = 0 THEN r.given_at <= :from ELSE r.shoutout <= :after END
    AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout))
ORDER BY each.id
"""


_KNOWN = """
SELECT id FROM shoutouts INDEXED BY shoutouts_in_time
WHERE community = :community AND given_at <= :until
ORDER BY given_at DESC, id DESC LIMIT 1
"""

_LATE = timedelta(hours=1)
"""How long after it was given something may be kept, at the very most."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was given in a span.

    Attributes:
        candidates: What a recap could tell of, the earliest first.

        newcomers: Keys of those who were thanked for the first time, in that order.

        values: How many thanks were for each value, by its id.

        last: Id of the last of them, or else of the last before; `NONE_YET` where
            nothing was ever given.
    """

    totals: Totals
    candidates: Sequence[Candidate]
    newcomers: tuple[int, ...]
    values: Counter[int]
    last: int


def gather(
    tx: Transaction,
    community: Community,
    span: Span,
    left_out: Collection[int] = frozenset(),
) -> Gathered:
    """Return the thanks of ``span``.

    Args:
        tx: The transaction.
        community: Whose.
        span: When they were given.
        left_out: Keys of members who are to be named nowhere in it.
    """
    told: dict[str, int] = {
        "from": to_ms(span.since - _LATE if span.after else span.since),
        "after": span.after,
    }
    until = to_ms(span.until)
    rows = tx.all(_IN, community=community.id, until=until, **told)
    times = Counter(map(_RECEIVER, rows))
    listed = json.dumps(list(times))
    found = tx.all(_NEW, community=community.id, members=listed, **told)
    new = [row["member"] for row in found]
    values = {number: value for number, _, value, *_ in rows if value is not None}
    return Gathered(
        totals=Totals(
            len(set(map(_NUMBER, rows))), len(set(map(_GIVER, rows))), len(times)
        ),
        candidates=tuple(_candidates(rows, times, frozenset(new), left_out)),
        newcomers=tuple(one for one in new if one not in left_out),
        values=Counter(values.values()),
        last=max(map(_NUMBER, rows), default=span.after)
        or _last_before(tx, community, until),
    )


def _last_before(tx: Transaction, community: Community, until: int) -> int:
    row = tx.one(_KNOWN, community=community.id, until=until)
    return int(row["id"]) if row else NONE_YET


def _candidates(
    rows: Sequence[sqlite3.Row],
    times: Mapping[int, int],
    new: frozenset[int],
    left_out: Collection[int],
) -> Iterator[Candidate]:
    """Yield what has words still, and names somebody who is not left out.

    Each row has one receiver; those of a shoutout follow each other.
    """
    before: Candidate | None = None
    for number, giver, value, given_at, words, receiver in rows:
        if words is None or receiver in left_out or giver in left_out:
            continue
        people, is_first, often = (receiver,), receiver in new, times[receiver]
        if before is not None:
            if before.shoutout == number:
                people = (*before.receivers, receiver)
                is_first = is_first or before.is_first
                often = max(often, before.times)
            else:
                yield before
        before = Candidate(number, giver, people, value, is_first, often, given_at)
    if before is not None:
        yield before
