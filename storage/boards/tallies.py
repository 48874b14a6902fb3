"""How often each member was thanked in public and thanked others, counted afterwards.

`count` follows the activity log, so that no member waits for it, and every row can be
recomputed from the facts, which `laurel check` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.community import Community
from bot.domain.damping import WHOLE, counts_for
from storage.activity import Activity
from storage.boards import credited, totals
from storage.boards.credited import Credit
from storage.communities import zone_of
from storage.database import Transaction
from storage.instants import from_ms

COUNTER = "boards.count"
"""The follower that counts: its cursor says how far the totals have come."""

COUNTED = (
    "shoutouts.given",
    "shoutouts.undo",
    "shoutouts.retract",
    "points.added",
    "points.reversed",
)
"""The kinds of activity that count, or give back what counted."""

_SHOUTOUT = """
SELECT s.value, s.channel, s.given_at, c.zone
FROM shoutouts AS s JOIN communities AS c ON c.id = s.community
WHERE s.id = :id
"""

_POINTS = "SELECT * FROM points WHERE id = :id"

_OF = """
SELECT
  (SELECT times FROM totals WHERE community = :community AND lot = 2
     AND part = '' AND member = :member) AS received,
  (SELECT times FROM totals WHERE community = :community AND lot = 0
     AND part = '' AND member = :member) AS given
"""

_IN_PRIVATE = """
SELECT count(*) AS times FROM shoutout_receivers AS r
WHERE r.community = :community AND r.receiver = :member AND r.public = 0
  AND NOT EXISTS (SELECT 1 FROM retractions AS x WHERE x.shoutout = r.shoutout)
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one member was thanked in public, and thanked others: undamped."""

    received: int
    given: int


def count(tx: Transaction, entries: Sequence[Activity]) -> None:
    """Count entries of `COUNTED` kinds, which come in the order of the log."""
    kept: list[tuple[int, Credit]] = []
    for entry in entries:
        if (credit := credit_of(tx, entry)) is None:
            continue
        credited.add(tx, entry.community, credit)
        if credit.returns is None:
            kept.append((entry.community, credit))
            continue
        _add(tx, kept)  # so that what is taken back is in them
        totals.take(tx, entry.community, credit.given_back(credit.returns))
    _add(tx, kept)


def _add(tx: Transaction, kept: list[tuple[int, Credit]]) -> None:
    """Have the totals hold what is kept: all at once, since it lies on other pages."""
    for community, credit in kept:
        totals.add(tx, community, credit)
    kept.clear()


def credit_of(tx: Transaction, entry: Activity) -> Credit | None:
    """Return what ``entry`` counts for; None where that is nothing to anybody.

    What was given in private counted for nobody, so there is nothing to give back.
    """
    table, _, number = entry.fact.ref.partition(":")
    if table == "points":
        return _of_points(tx, entry, int(number))
    if entry.fact.amount > 0:  # only what is public is given under this kind
        return _of_thanks(tx, entry, int(number))
    receiver = entry.fact.subject
    assert receiver is not None  # noqa: S101  somebody was thanked
    row = tx.one(_SHOUTOUT, id=int(number))
    assert row is not None  # noqa: S101  facts are never deleted
    given = _day(row["given_at"], row["zone"])
    counted = credited.of_shoutout(tx, receiver, int(number), given)
    return counted.given_back(entry.id) if counted else None


def _of_thanks(tx: Transaction, entry: Activity, shoutout: int) -> Credit:
    fact = entry.fact
    row = tx.one(_SHOUTOUT, id=shoutout)
    assert row is not None  # noqa: S101  facts are never deleted
    assert fact.subject is not None  # noqa: S101  somebody was thanked
    day = _day(row["given_at"], row["zone"])
    earlier = credited.earlier(tx, fact.actor, fact.subject, day)
    return Credit(
        day=day,
        entry=entry.id,
        receiver=fact.subject,
        giver=fact.actor,
        shoutout=shoutout,
        points=None,
        returns=None,
        value=row["value"],
        channel=row["channel"],
        times=1,
        amount=counts_for(earlier),
    )


def _of_points(tx: Transaction, entry: Activity, points: int) -> Credit | None:
    row = tx.one(_POINTS, id=points)
    assert row is not None  # noqa: S101  facts are never deleted
    day = credited.day_of(date.fromisoformat(row["received_on"]))
    if entry.fact.kind == "points.reversed":
        counted = credited.of_points(tx, row["member"], points, day)
        return counted.given_back(entry.id) if counted else None
    return Credit(
        day=day,
        entry=entry.id,
        receiver=row["member"],
        giver=row["giver"],
        shoutout=None,
        points=points,
        returns=None,
        value=row["value"],
        channel=row["channel"],
        times=0,
        amount=row["amount"] * WHOLE,
    )


def _day(at_ms: int, zone: str) -> int:
    """Return the community's civil day, as its clocks go now."""
    return credited.day_of(from_ms(at_ms).astimezone(zone_of(zone)).date())


def of(tx: Transaction, community: Community, member: int) -> Tally:
    """Return how often ``member`` was thanked and thanked, whatever it counts for."""
    row = tx.one(_OF, community=community.id, member=member)
    return Tally(row["received"] or 0, row["given"] or 0) if row else Tally(0, 0)


def in_private(tx: Transaction, community: Community, receiver: int) -> int:
    """Return how often ``receiver`` was thanked by direct message alone."""
    row = tx.one(_IN_PRIVATE, community=community.id, member=receiver)
    return int(row["times"]) if row else 0
