"""What a ballot comes to: counted from the votes, and who has still to vote."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.committees import Tally
from bot.domain.community import Community
from storage.ballots import Ballot
from storage.database import Transaction
from storage.instants import from_ms

# Who votes is who sits, so whoever is recused but out counts for nothing.
_TALLIES = """
SELECT c.id, c.nominee,
  (SELECT count(*) FROM votes AS v
   WHERE v.ballot = b.id AND v.candidacy = c.id AND v.choice = 'yes') AS yes,
  (SELECT count(*) FROM votes AS v
   WHERE v.ballot = b.id AND v.candidacy = c.id AND v.choice = 'no') AS no,
  (SELECT count(*) FROM votes AS v
   WHERE v.ballot = b.id AND v.candidacy = c.id AND v.choice = 'abstain') AS abstain,
  (SELECT count(*) FROM candidacies AS w
   WHERE w.community = c.community AND w.nominee = c.nominee AND w.state = 'won')
    AS earlier_wins,
  coalesce((SELECT min(n.made_at) FROM nominations AS n
            WHERE n.candidacy = c.id AND n.ended_at IS NULL), c.opened_at) AS first_at,
  (SELECT count(*) FROM recusals AS r
   JOIN committee_seats AS s ON s.committee = b.committee AND s.member = r.member
   WHERE r.ballot = b.id AND r.candidacy = c.id AND s.state = 'seated') AS recused
FROM ballots AS b JOIN candidacies AS c ON c.round = b.round
WHERE b.id = :ballot AND b.community = :community AND c.state IN ('open', 'asked')
ORDER BY c.id
"""

_COUNTED = """
SELECT c.id, c.nominee,
  sum(v.choice = 'yes') AS yes, sum(v.choice = 'no') AS no,
  sum(v.choice = 'abstain') AS abstain
FROM ballots AS b
JOIN candidacies AS c ON c.round = b.round
JOIN votes AS v ON v.ballot = b.id AND v.candidacy = c.id
WHERE b.id = :ballot AND c.state = 'won' AND c.decided_at = b.closed_at
GROUP BY c.id, c.nominee ORDER BY yes DESC, c.seat
"""

_LOST = """
SELECT count(*) AS n FROM ballots AS b JOIN candidacies AS c ON c.round = b.round
WHERE b.id = :ballot AND c.state = 'lost' AND c.decided_at = b.closed_at
"""

_TAKEN_BACK = """
SELECT count(*) AS n FROM ballots AS b JOIN candidacies AS c ON c.round = b.round
WHERE b.id = :ballot AND c.state <> 'won' AND EXISTS (
  SELECT 1 FROM decisions AS d
  WHERE d.candidacy = c.id AND d.state = 'won' AND d.at = b.closed_at)
"""

# By random keys: nobody is looked at first for having been nominated first.
_ON_BALLOT = """
SELECT c.id, c.nominee FROM candidacies AS c
WHERE c.round = :round AND c.state IN ('open', 'asked')
ORDER BY c.nominee LIMIT :most OFFSET :skip
"""

_COUNT = """
SELECT count(*) AS n FROM candidacies
WHERE round = :round AND state IN ('open', 'asked')
"""

_LEFT = """
c.round = b.round AND c.state IN ('open', 'asked')
  AND NOT EXISTS (SELECT 1 FROM votes AS v
    WHERE v.ballot = b.id AND v.candidacy = c.id AND v.voter = s.member)
  AND NOT EXISTS (SELECT 1 FROM recusals AS r
    WHERE r.ballot = b.id AND r.candidacy = c.id AND r.member = s.member)
"""

_NEXT = f"""
SELECT c.id FROM ballots AS b
JOIN committee_seats AS s ON s.committee = b.committee AND s.member = :voter
JOIN candidacies AS c ON {_LEFT}
WHERE b.id = :ballot ORDER BY c.nominee LIMIT 1
"""  # noqa: S608  made of this module's own words, as what follows

_DONE = """
SELECT
  (SELECT count(*) FROM votes AS v JOIN candidacies AS c ON c.id = v.candidacy
   WHERE v.voter = :voter AND v.ballot = :ballot AND c.state IN ('open', 'asked'))
  +
  (SELECT count(*) FROM recusals AS r JOIN candidacies AS c ON c.id = r.candidacy
   WHERE r.member = :voter AND r.ballot = :ballot AND c.state IN ('open', 'asked'))
  AS n
"""

_SOMEBODY = f"""
SELECT 1 FROM ballots AS b
JOIN committee_seats AS s ON s.committee = b.committee AND s.state = 'seated'
JOIN candidacies AS c ON {_LEFT}
WHERE b.id = :ballot LIMIT 1
"""  # noqa: S608

# Who has a say: a seat, and somebody to vote about.
_ABLE = """
SELECT count(*) AS n FROM ballots AS b
JOIN committee_seats AS s ON s.committee = b.committee AND s.state = 'seated'
WHERE b.id = :ballot AND EXISTS (
  SELECT 1 FROM candidacies AS c
  WHERE c.round = b.round AND c.state IN ('open', 'asked')
    AND NOT EXISTS (SELECT 1 FROM recusals AS r
      WHERE r.ballot = b.id AND r.candidacy = c.id AND r.member = s.member))
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a candidacy stands, and whose it is.

    Attributes:
        nominee: Key of the member.
    """

    nominee: int
    tally: Tally


@dataclass(frozen=True, slots=True)
class Won:
    """What a candidacy won with."""

    candidacy: int
    nominee: int
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True, slots=True)
class Left:
    """What somebody has still to vote about.

    Attributes:
        next: Id of the first candidacy; None where nothing is left.

        count: How many there are.
    """

    next: int | None
    count: int


def standings(
    tx: Transaction, community: Community, ballot: Ballot
) -> Sequence[Standing]:
    """Return how undecided candidacies stand, which is secret until it is closed."""
    rows = tx.all(_TALLIES, community=community.id, ballot=ballot.id)
    return [Standing(row["nominee"], _tally(row)) for row in rows]


def won(tx: Transaction, ballot: Ballot) -> Sequence[Won]:
    """Return who won when a ballot was counted, the most approved first."""
    return [
        Won(row["id"], row["nominee"], row["yes"], row["no"], row["abstain"])
        for row in tx.all(_COUNTED, ballot=ballot.id)
    ]


def lost(tx: Transaction, ballot: Ballot) -> int:
    """Return how many were not chosen when a ballot was counted."""
    return _number(tx.one(_LOST, ballot=ballot.id))


def taken_back(tx: Transaction, ballot: Ballot) -> int:
    """Return how many won when a ballot was counted, and do not any more."""
    return _number(tx.one(_TAKEN_BACK, ballot=ballot.id))


def page(
    tx: Transaction, ballot: Ballot, most: int, skip: int
) -> Sequence[tuple[int, int]]:
    """Return candidacies to be voted about, each with its nominee's key."""
    rows = tx.all(_ON_BALLOT, round=ballot.round, most=most, skip=skip)
    return [(row["id"], row["nominee"]) for row in rows]


def count(tx: Transaction, ballot: Ballot) -> int:
    """Return how many candidacies of a ballot are undecided."""
    return _number(tx.one(_COUNT, round=ballot.round))


def left(tx: Transaction, ballot: Ballot, voter: int) -> Left:
    """Return what ``voter``, who has a seat, has still to vote about."""
    row = tx.one(_NEXT, ballot=ballot.id, voter=voter)
    if row is None:
        return Left(None, 0)
    done = _number(tx.one(_DONE, ballot=ballot.id, voter=voter))
    return Left(row["id"], count(tx, ballot) - done)


def is_complete(tx: Transaction, ballot: Ballot) -> bool:
    """Return whether everybody with a seat has voted about all that they may."""
    return tx.one(_SOMEBODY, ballot=ballot.id) is None


def able(tx: Transaction, ballot: Ballot) -> int:
    """Return how many have a seat and at least one candidacy to vote about."""
    return _number(tx.one(_ABLE, ballot=ballot.id))


def _number(row: sqlite3.Row | None) -> int:
    return int(row["n"]) if row else 0


def _tally(row: sqlite3.Row) -> Tally:
    return Tally(
        candidacy=row["id"],
        yes=row["yes"],
        no=row["no"],
        abstain=row["abstain"],
        earlier_wins=row["earlier_wins"],
        first_at=from_ms(row["first_at"]),
        recused=row["recused"],
    )
