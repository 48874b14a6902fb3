"""Every vote of a committee, and who may not vote about whom.

A vote stands once for each voter and candidacy, is changed by voting again, and not at
all once the ballot is closed: one statement sees to it that the voter has a seat, the
term runs, the ballot is open and nothing forbids it, and the schema holds the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.committees import Cast, Choice, Recused
from storage.ballots import Ballot
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import to_ms

_RECUSE = """
INSERT INTO recusals (ballot, candidacy, member, why, at)
VALUES (:ballot, :candidacy, :member, :why, :at)
ON CONFLICT (ballot, candidacy, member) DO NOTHING
"""

_RECUSALS_OF = """
SELECT candidacy, why FROM recusals WHERE ballot = :ballot AND member = :member
"""

_CAST = """
INSERT INTO votes (ballot, candidacy, voter, choice, salt, cast_at)
SELECT b.id, c.id, s.member, :choice, :salt, :at
FROM ballots AS b
JOIN committees AS t ON t.id = b.committee
JOIN committee_seats AS s ON s.committee = t.id
JOIN candidacies AS c ON c.round = b.round
WHERE b.id = :ballot AND b.state = 'open' AND b.closes_at > :at
  AND t.state = 'serving' AND t.ends_at > :at
  AND s.member = :voter AND s.state = 'seated'
  AND c.id = :candidacy AND c.state IN ('open', 'asked')
  AND NOT EXISTS (SELECT 1 FROM recusals AS r
                  WHERE r.ballot = b.id AND r.candidacy = c.id AND r.member = s.member)
ON CONFLICT (ballot, candidacy, voter) DO UPDATE SET
  choice = excluded.choice, salt = excluded.salt, cast_at = excluded.cast_at
"""

_TAKE_BACK = """
DELETE FROM votes
WHERE ballot = :ballot AND voter = :voter
  AND (:candidacy IS NULL OR candidacy = :candidacy)
"""

_VOTES = "SELECT * FROM votes WHERE ballot = :ballot ORDER BY candidacy, voter"

_OF_VOTER = """
SELECT candidacy, choice FROM votes WHERE ballot = :ballot AND voter = :voter
"""

_VOTERS = "SELECT count(DISTINCT voter) AS n FROM votes WHERE ballot = :ballot"

_KEPT = "who won rests on it; the key of somebody erased is nobody's"

CLAIMS = (
    Claim(
        "recusals", "member = :member", Keep(_KEPT, ("why",)), {"member": Shown.MEMBER}
    ),
    # With the salt, whoever voted can show that the digest is of their vote.
    Claim(
        "votes",
        "voter = :member",
        Keep(_KEPT, ("choice", "salt")),
        {"voter": Shown.MEMBER},
    ),
)


def recuse(
    tx: Transaction,
    ballot: Ballot,
    candidacy: int,
    member: int,
    why: Recused,
    at: datetime,
) -> bool:
    """Have somebody not vote about a candidacy, and drop their vote if they did.

    Returns False where they are recused already.
    """
    told = {"ballot": ballot.id, "candidacy": candidacy}
    tx.run(_TAKE_BACK, voter=member, **told)
    return bool(tx.run(_RECUSE, member=member, why=why, at=to_ms(at), **told))


def recusals_of(tx: Transaction, ballot: Ballot, member: int) -> Mapping[int, Recused]:
    """Return why somebody does not vote, by candidacy."""
    rows = tx.all(_RECUSALS_OF, ballot=ballot.id, member=member)
    return {row["candidacy"]: Recused(row["why"]) for row in rows}


def cast(tx: Transaction, ballot: Ballot, vote: Cast, at: datetime) -> bool:
    """Have ``vote`` replace the same voter's before; False where it cannot."""
    return bool(
        tx.run(
            _CAST,
            ballot=ballot.id,
            candidacy=vote.candidacy,
            voter=vote.voter,
            choice=vote.choice,
            salt=vote.salt,
            at=to_ms(at),
        )
    )


def take_back(tx: Transaction, ballot: Ballot, voter: int) -> int:
    """Drop what somebody has voted whose seat is another's; return how much it was."""
    return tx.run(_TAKE_BACK, ballot=ballot.id, voter=voter, candidacy=None)


def votes(tx: Transaction, ballot: Ballot) -> Sequence[Cast]:
    """Return every vote. It is for counting, and never for showing."""
    return [
        Cast(row["candidacy"], row["voter"], Choice(row["choice"]), row["salt"])
        for row in tx.all(_VOTES, ballot=ballot.id)
    ]


def of_voter(tx: Transaction, ballot: Ballot, voter: int) -> Mapping[int, Choice]:
    """Return what one member has voted, for themselves, by candidacy."""
    rows = tx.all(_OF_VOTER, ballot=ballot.id, voter=voter)
    return {row["candidacy"]: Choice(row["choice"]) for row in rows}


def voters(tx: Transaction, ballot: Ballot) -> int:
    """Return how many have voted about anything."""
    row = tx.one(_VOTERS, ballot=ballot.id)
    return int(row["n"]) if row else 0
