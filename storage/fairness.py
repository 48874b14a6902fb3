"""What a report on fairness is made of, and who waits for one.

The facts are read by a process of their own, over a million of them if need be, off the
one that members wait for. Who waits is kept, so that nobody is forgotten by a restart.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from bot.domain.community import Community
from bot.domain.fairness import PERIOD, Met, Queue
from bot.domain.people import Role
from bot.domain.rings import Pair
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

MONTHLY = "fairness.month"
"""The kind of the entry of the calendar that asks for the monthly report."""

TOPIC = "fairness"
"""What is woken where somebody asks."""

# By the index of when shoutouts were given, so that what is older costs nothing.
_THANKS = """
SELECT r.giver, r.receiver
FROM shoutouts AS s JOIN shoutout_receivers AS r ON r.shoutout = s.id
WHERE s.community = :community AND s.given_at > :since AND s.given_at <= :until
  AND r.public = 1
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = s.id)
"""

# Earlier thanks are looked for in the index alone, and only what is found is looked at:
# a tenth of the time where there are none.
_MET = """
SELECT m.key, m.role, coalesce(m.joined_at, m.met_at) AS since,
  EXISTS (SELECT 1 FROM shoutout_receivers AS e
          CROSS JOIN shoutout_receivers AS r
            ON r.shoutout = e.shoutout AND r.receiver = e.receiver
          WHERE e.community = :community AND e.receiver = m.key
            AND e.given_at <= :since AND r.public = 1
            AND NOT EXISTS (SELECT 1 FROM retractions AS x
                            WHERE x.shoutout = r.shoutout)) AS known
FROM members AS m WHERE m.community = :community AND m.bot = 0
"""

_WAITING = """
SELECT opened_at FROM candidacies
WHERE community = :community AND state = 'open' ORDER BY opened_at
"""

_ASK = """
INSERT INTO fairness_asked (community, asker, asked_at, call)
VALUES (:community, :asker, :at, :call)
ON CONFLICT DO NOTHING
"""

# Whoever sent Laurel away is told once they are back, if they come back.
_FIRST = """
SELECT a.community FROM fairness_asked AS a
JOIN communities AS c ON c.id = a.community AND c.left_at IS NULL
ORDER BY a.id LIMIT 1
"""

_OF_COMMUNITY = "SELECT * FROM fairness_asked WHERE community = :community ORDER BY id"

_ANSWERED = """
DELETE FROM fairness_asked WHERE community = :community AND id <= :last RETURNING *
"""

_MONTH = """
SELECT id, state FROM calendar_entries
WHERE community = :community AND kind = :kind ORDER BY id DESC LIMIT 1
"""

CLAIMS = (
    Claim(
        "fairness_asked",
        "community = :community AND asker = :member",
        Delete(),
        {"asker": Shown.MEMBER},
    ),
)


class Monthly(StrEnum):
    """Whether moderators are told every month.

    ``UNPLANNED``: nobody has planned or declined it yet.
    """

    UNPLANNED = "unplanned"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who waits for a report.

    Attributes:
        community: Laurel's id of it.

        asker: Key of the member; None for the moderators' channel.

        call: Id of the call that asked.
    """

    id: int
    community: int
    asker: int | None
    asked_at: datetime
    call: str


def thanks(tx: Transaction, community: int, until: datetime) -> Iterator[Pair]:
    """Yield giver and receiver of each thanks of the period, one after the other."""
    # A row is unpacked like a pair, and a million tuples more would take half a second.
    rows = tx.each(_THANKS, community=community, **_period(until))
    return cast("Iterator[Pair]", rows)


def met(tx: Transaction, community: int, until: datetime) -> Sequence[Met]:
    """Return the people whom Laurel has met, as they were in the period."""
    since = _period(until)["since"]
    return [
        Met(
            key=row["key"],
            moderates=row["role"] >= Role.MODERATOR,
            is_new=row["since"] > since,
            known=bool(row["known"]),
        )
        for row in tx.each(_MET, community=community, since=since)
    ]


def queue(tx: Transaction, community: int) -> Queue:
    """Return what waits to be decided."""
    since = [row["opened_at"] for row in tx.all(_WAITING, community=community)]
    if not since:
        return Queue(0, None, None)
    middle = since[(len(since) - 1) // 2]
    return Queue(len(since), from_ms(since[0]), from_ms(middle))


def ask(
    tx: Transaction, community: Community, asker: int | None, call: str, at: datetime
) -> bool:
    """Have a member wait for a report, or with None the moderators' channel.

    Returns False where they do already.
    """
    tx.wake(TOPIC)
    asked = tx.run(_ASK, community=community.id, asker=asker, call=call, at=to_ms(at))
    return bool(asked)


def waiting(tx: Transaction) -> Sequence[Asked]:
    """Return who waits in the community where somebody waits the longest, in order."""
    row = tx.one(_FIRST)
    if row is None:
        return ()
    rows = tx.all(_OF_COMMUNITY, community=row["community"])
    return [_asked(row) for row in rows]


def answered(tx: Transaction, last: Asked) -> Sequence[Asked]:
    """Return who waited there up to ``last``, and waits no more."""
    rows = tx.all(_ANSWERED, community=last.community, last=last.id)
    return sorted((_asked(row) for row in rows), key=lambda each: each.id)


def monthly(tx: Transaction, community: Community) -> tuple[Monthly, int | None]:
    """Return whether moderators are told every month, and the entry that says so."""
    row = tx.one(_MONTH, community=community.id, kind=MONTHLY)
    if row is None:
        return Monthly.UNPLANNED, None
    return Monthly.ON if row["state"] == "active" else Monthly.OFF, row["id"]


def _period(until: datetime) -> dict[str, int]:
    return {"since": to_ms(until - PERIOD), "until": to_ms(until)}


def _asked(row: sqlite3.Row) -> Asked:
    return Asked(
        id=row["id"],
        community=row["community"],
        asker=row["asker"],
        asked_at=from_ms(row["asked_at"]),
        call=row["call"],
    )
