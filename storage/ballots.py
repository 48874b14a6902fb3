"""Ballots: which rounds a committee votes about, and until when."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.awards import Round
from bot.domain.committees import BallotState
from bot.domain.community import Community
from storage.claims import Impersonal
from storage.committees import Committee
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_BEGIN = """
INSERT INTO ballots (community, award, round, state, made_at)
VALUES (:community, :award, :round, 'waiting', :at)
ON CONFLICT (round) DO NOTHING
RETURNING *
"""

_OPEN = """
UPDATE ballots SET state = 'open', committee = :committee, closes_at = :closes_at
WHERE id = :id AND state = 'waiting'
RETURNING *
"""

_EXTEND = """
UPDATE ballots SET extended = 1, closes_at = :closes_at
WHERE id = :id AND state = 'open' AND extended = 0
RETURNING *
"""

_END = """
UPDATE ballots SET state = :state, closed_at = :at
WHERE id = :id AND closed_at IS NULL
"""

_ANNOUNCE = "UPDATE ballots SET announced = 1 WHERE id = :id AND announced = 0"

_GET = "SELECT * FROM ballots WHERE community = :community AND id = :id"

_OF_ROUND = "SELECT * FROM ballots WHERE community = :community AND round = :round"

_UNCLOSED = """
SELECT * FROM ballots WHERE community = :community AND closed_at IS NULL ORDER BY id
"""

_UNTOLD = """
SELECT * FROM ballots
WHERE community = :community AND state = 'counted' AND announced = 0 ORDER BY id
"""

_UNBALLOTED = """
SELECT r.id FROM award_rounds AS r
WHERE r.community = :community AND r.award = :award AND r.closed_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM ballots AS b WHERE b.round = r.id)
ORDER BY r.id
"""

CLAIMS = (
    Impersonal("ballots", "which rounds are voted about, and until when", ("state",)),
)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What a committee votes about: the candidacies of one round.

    Attributes:
        round: Id of the round.

        committee: Id of it; None while it waits for one.

        extended: Whether it was given more time already.

        closes_at: None while it waits for a committee.

        announced: Whether it may be said who won.
    """

    id: int
    award: int
    round: int
    committee: int | None
    state: BallotState
    extended: bool
    made_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    announced: bool

    def takes_votes_at(self, instant: datetime) -> bool:
        """Return whether somebody with a seat can vote at ``instant``."""
        is_open = self.state is BallotState.OPEN and self.closes_at is not None
        return is_open and self.closes_at is not None and instant < self.closes_at


def begin(
    tx: Transaction, community: Community, round_: Round, at: datetime
) -> Ballot | None:
    """Have a round be voted about; None where it is already, or was."""
    told = {"community": community.id, "award": round_.award, "round": round_.id}
    return _maybe(tx.one(_BEGIN, at=to_ms(at), **told))


def rounds_without(tx: Transaction, community: Community, award: int) -> Sequence[int]:
    """Return the rounds of an award that have closed and were never voted about."""
    rows = tx.all(_UNBALLOTED, community=community.id, award=award)
    return [row["id"] for row in rows]


def open_for(
    tx: Transaction, ballot: Ballot, committee: Committee, closes_at: datetime
) -> Ballot | None:
    """Have ``committee`` vote; None where another one does."""
    told = {"committee": committee.id, "closes_at": to_ms(closes_at)}
    return _maybe(tx.one(_OPEN, id=ballot.id, **told))


def extend(tx: Transaction, ballot: Ballot, closes_at: datetime) -> Ballot | None:
    """Give more time, once; None where it was given, or the ballot is closed."""
    return _maybe(tx.one(_EXTEND, id=ballot.id, closes_at=to_ms(closes_at)))


def end(tx: Transaction, ballot: Ballot, state: BallotState, at: datetime) -> bool:
    """Close a ballot for good; False where somebody was faster."""
    return bool(tx.run(_END, id=ballot.id, state=state, at=to_ms(at)))


def announce(tx: Transaction, ballot: Ballot) -> bool:
    """Let it be said who won; False where it may be already."""
    return bool(tx.run(_ANNOUNCE, id=ballot.id))


def get(tx: Transaction, community: Community, ballot: int) -> Ballot | None:
    """Return a ballot, None where the community has none with this id."""
    return _maybe(tx.one(_GET, community=community.id, id=ballot))


def of_round(tx: Transaction, community: Community, round_id: int) -> Ballot | None:
    """Return the ballot about a round, whatever became of it."""
    return _maybe(tx.one(_OF_ROUND, community=community.id, round=round_id))


def unclosed(tx: Transaction, community: Community) -> Sequence[Ballot]:
    """Return the ballots that are open or wait for a committee, the oldest first."""
    return [_ballot(row) for row in tx.all(_UNCLOSED, community=community.id)]


def untold(tx: Transaction, community: Community) -> Sequence[Ballot]:
    """Return the ballots that are counted and of which nobody may tell yet."""
    return [_ballot(row) for row in tx.all(_UNTOLD, community=community.id)]


def moderators_decide(tx: Transaction, community: Community, round_id: int) -> bool:
    """Return whether the committee has had its say about a round, or cannot have it.

    What of the round is still open then is decided by the moderators: after a ballot
    without a quorum, where nobody could vote, and after an appeal.
    """
    ballot = of_round(tx, community, round_id)
    return ballot is not None and ballot.closed_at is not None


def _maybe(row: sqlite3.Row | None) -> Ballot | None:
    return _ballot(row) if row else None


def _ballot(row: sqlite3.Row) -> Ballot:
    return Ballot(
        id=row["id"],
        award=row["award"],
        round=row["round"],
        committee=row["committee"],
        state=BallotState(row["state"]),
        extended=bool(row["extended"]),
        made_at=from_ms(row["made_at"]),
        closes_at=None if row["closes_at"] is None else from_ms(row["closes_at"]),
        closed_at=None if row["closed_at"] is None else from_ms(row["closed_at"]),
        announced=bool(row["announced"]),
    )
