"""How a result is signed: by a digest that its row and the audit hold.

It is the SHA-256 of the bytes that `lines` yields: one line of JSON for the result, and
one for each place in the order of the ranks.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.challenges import Challenge
from bot.domain.community import Community
from storage import audit
from storage.challenges.results import Placed, Result, latest, places, result_of
from storage.database import Transaction
from storage.instants import from_ms, to_ms

FROZEN, CORRECTED = "standings.freeze", "standings.correct"
"""What the audit calls the two acts that make a result."""

_JSON = json.JSONEncoder(separators=(",", ":"))

_ADD = """
INSERT INTO challenge_results (
  community, challenge, revision, terms, at, dispute, digest
) VALUES (:community, :challenge, :revision, :terms, :at, :dispute, :digest)
"""

_ADD_PLACE = """
INSERT INTO challenge_places (
  result, rank, member, team, points, days, best, finished, newcomer, reached_at
) VALUES (
  :result, :rank, :member, :team, :points, :days, :best, :finished, :newcomer,
  :reached_at
)
"""

_SIGNED = """
SELECT community, ref, digest FROM audit
WHERE action IN ('standings.freeze', 'standings.correct') ORDER BY community, id
"""

_EVERY = "SELECT * FROM challenge_results ORDER BY id"


@dataclass(frozen=True, slots=True)
class Because:
    """Why a result is made, and when.

    Attributes:
        actor: Key of the member who decided; None for Laurel itself.

        dispute: What it answers, if anything.
    """

    actor: int | None
    at: datetime
    dispute: int | None = None


def write(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    ended: Sequence[Placed],
    why: Because,
) -> Result:
    """Keep how everybody ended as the result that holds, and have the audit sign it."""
    before = latest(tx, community, challenge.id)
    ranked = _ranked(ended)
    unsigned = Result(
        id=0,
        challenge=challenge.id,
        revision=before.revision + 1 if before else 1,
        terms=challenge.terms.number,
        at=from_ms(to_ms(why.at)),
        dispute=why.dispute,
        digest=b"",
    )
    signed = replace(unsigned, digest=_digest(_lines(unsigned, ranked)))
    result = replace(signed, id=_keep(tx, community, signed, ranked))
    _sign(tx, community, result, len(ranked), why)
    return result


def _ranked(ended: Sequence[Placed]) -> list[Placed]:
    order = sorted(ended, key=lambda p: (-p.points, not p.days, p.reached_at, p.member))
    return [replace(each, rank=rank) for rank, each in enumerate(order, 1)]


def _keep(
    tx: Transaction, community: Community, result: Result, ended: Sequence[Placed]
) -> int:
    row = tx.add(
        _ADD,
        community=community.id,
        challenge=result.challenge,
        revision=result.revision,
        terms=result.terms,
        at=to_ms(result.at),
        dispute=result.dispute,
        digest=result.digest,
    )
    for each in ended:
        tx.run(
            _ADD_PLACE,
            result=row,
            rank=each.rank,
            member=each.member,
            team=each.team,
            points=each.points,
            days=each.days,
            best=each.best_streak,
            finished=int(each.finished),
            newcomer=int(each.newcomer),
            reached_at=to_ms(each.reached_at),
        )
    return row


def _sign(
    tx: Transaction, community: Community, result: Result, places: int, why: Because
) -> None:
    """Have the audit hold the digest, so that what it vouches for, that does too."""
    action = FROZEN if result.revision == 1 else CORRECTED
    detail = {
        "revision": result.revision,
        "places": places,
        "terms": result.terms,
        "dispute": result.dispute,
    }
    about = f"challenges:{result.challenge}"
    entry = audit.Entry(why.actor, action, about, detail, result.digest)
    audit.add(tx, community, entry, why.at)


def lines(tx: Transaction, result: Result) -> Iterator[bytes]:
    """Yield what the digest is of."""
    yield from _lines(result, places(tx, result))


def broken(tx: Transaction) -> int:
    """Return how many results are not as the audit signed them; 0 when all is well."""
    signed: dict[tuple[int, int], list[bytes | None]] = defaultdict(list)
    for row in tx.each(_SIGNED):  # the n-th of a challenge is of revision n
        number = int(row["ref"].rpartition(":")[2])
        signed[row["community"], number].append(row["digest"])
    wrong = 0
    for row in tx.all(_EVERY):
        result = result_of(row)
        digests = signed[row["community"], result.challenge]
        known = digests[result.revision - 1 : result.revision]
        digest = _digest(lines(tx, result))
        wrong += known != [digest] or result.digest != digest
    return wrong


def _lines(result: Result, ended: Iterable[Placed]) -> Iterator[bytes]:
    yield _line(
        {
            "challenge": result.challenge,
            "revision": result.revision,
            "terms": result.terms,
            "at": to_ms(result.at),
            "dispute": result.dispute,
        }
    )
    for each in ended:
        yield _line(
            {
                "rank": each.rank,
                "member": each.member,
                "team": each.team,
                "points": each.points,
                "days": each.days,
                "best": each.best_streak,
                "finished": each.finished,
                "newcomer": each.newcomer,
                "reached_at": to_ms(each.reached_at),
            }
        )


def _line(told: dict[str, int | bool | None]) -> bytes:
    return _JSON.encode(told).encode() + b"\n"


def _digest(told: Iterator[bytes]) -> bytes:
    hashed = hashlib.sha256()
    for line in told:
        hashed.update(line)
    return hashed.digest()
