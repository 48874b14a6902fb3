"""Who is put forward, read with what stands behind each."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from bot.domain.awards import Round, Standard
from bot.domain.community import Community, Member
from bot.domain.nominations import Candidacy, Nomination, State
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms

UNDECIDED = frozenset({State.OPEN, State.ASKED})

_CANDIDACIES = "SELECT c.* FROM candidacies AS c WHERE {where}"

_IDS = "SELECT c.id FROM candidacies AS c WHERE {where}"

_SAID = """
SELECT n.*, w.body AS body, l.body AS addresses FROM nominations AS n
LEFT JOIN words AS w ON w.id = n.words
LEFT JOIN words AS l ON l.id = n.links
WHERE n.ended_at IS NULL AND n.candidacy IN ({ids})
ORDER BY n.candidacy, n.made_at, n.id
"""

_ONE = "c.community = :community AND c.id = :id"

_OF_ROUND = "c.community = :community AND c.round = :round AND c.state IN ({states})"

_OF_NOMINEE = "c.community = :community AND c.round = :round AND c.nominee = :nominee"

_ABOUT = "c.community = :community AND c.nominee = :nominee AND c.state IN ({states})"

_BY = """c.community = :community AND c.state IN ('open', 'asked') AND c.id IN (
  SELECT candidacy FROM nominations
  WHERE community = :community AND nominator = :nominator AND ended_at IS NULL)
"""

_WAITING = """c.community = :community AND c.state = 'open'
ORDER BY c.opened_at, c.id LIMIT :most
"""

# Of each candidacy the member's last words, whether or not they stand.
_OF_MEMBER = """
SELECT c.*, n.id AS nomination FROM nominations AS n
JOIN candidacies AS c ON c.id = n.candidacy
WHERE n.community = :community AND n.nominator = :nominator
  AND n.id = (SELECT max(x.id) FROM nominations AS x
              WHERE x.community = n.community AND x.nominator = n.nominator
                AND x.candidacy = n.candidacy)
ORDER BY n.made_at DESC, n.id DESC LIMIT :most
"""

_NOMINATION = """
SELECT n.*, w.body AS body, l.body AS addresses FROM nominations AS n
LEFT JOIN words AS w ON w.id = n.words
LEFT JOIN words AS l ON l.id = n.links
WHERE n.id = :id
"""

_AGAIN = """
SELECT candidacy FROM nominations
WHERE community = :community AND operation = :operation
"""

_STANDING = """
SELECT count(*) AS standing FROM nominations
WHERE round = :round AND nominator = :nominator AND ended_at IS NULL
"""

# Words and links are in `words`, and go from there. What others said of a nominee is
# for those who decide, and is not handed to them; nor that they are put forward, while
# it may still come to nothing.
CLAIMS = (
    Claim(
        "nominations",
        "community = :community AND nominator = :member",
        Keep(
            "others nominated, too, and what was decided stays explained",
            texts=("operation",),
        ),
        {"nominator": Shown.MEMBER},
    ),
    Claim(
        "candidacies",
        """community = :community AND nominee = :member
  AND state NOT IN ('open', 'asked')""",
        Keep("what was decided stays explained, also to others", texts=("state",)),
        {"nominee": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Terms:
    """For what somebody is nominated: a round, and what it is judged by."""

    round: Round
    standard: Standard


def get(tx: Transaction, community: Community, candidacy: int) -> Candidacy | None:
    """Return a candidacy with what stands behind it; None where there is none."""
    found = _read(tx, _ONE, community=community.id, id=candidacy)
    return found[0] if found else None


def of_round(
    tx: Transaction,
    community: Community,
    round_id: int,
    states: Collection[State] = UNDECIDED,
) -> Sequence[Candidacy]:
    """Return a round's candidacies in these states, the longest waiting first."""
    where = _in_states(_OF_ROUND, states)
    return _read(tx, where, community=community.id, round=round_id)


def of_nominee(
    tx: Transaction, community: Community, round_id: int, nominee: int
) -> Candidacy | None:
    """Return somebody's candidacy in a round, whatever became of it."""
    asked = {"community": community.id, "round": round_id, "nominee": nominee}
    found = _read(tx, _OF_NOMINEE, **asked)
    return found[0] if found else None


def of_member(
    tx: Transaction, community: Community, nominator: int, most: int
) -> Sequence[Candidacy]:
    """Return what somebody nominated, the newest first, withdrawn ones included.

    Each has their own last nomination alone.
    """
    asked = {"community": community.id, "nominator": nominator, "most": most}
    found = []
    for row in tx.all(_OF_MEMBER, **asked):
        said = tx.one(_NOMINATION, id=row["nomination"])
        assert said is not None  # noqa: S101  its id was read in this transaction
        found.append(_candidacy(row, (_nomination(said),)))
    return found


def about_member(
    tx: Transaction,
    community: Community,
    nominee: int,
    states: Collection[State] = UNDECIDED,
) -> Sequence[Candidacy]:
    """Return a nominee's candidacies in these states, the longest waiting first."""
    where = _in_states(_ABOUT, states)
    return _read(tx, where, community=community.id, nominee=nominee)


def by_member(
    tx: Transaction, community: Community, nominator: int
) -> Sequence[Candidacy]:
    """Return the undecided ones that somebody stands behind, longest waiting first."""
    return _read(tx, _BY, community=community.id, nominator=nominator)


def waiting(tx: Transaction, community: Community, most: int) -> Sequence[Candidacy]:
    """Return the candidacies that wait for a decision, the longest waiting first.

    Those whose nominators are asked for more wait for them, and are not among these.
    """
    return _read(tx, _WAITING, community=community.id, most=most)


def again(tx: Transaction, community: Community, call: str) -> int | None:
    """Return the candidacy that this very call made or amended; None for none."""
    row = tx.one(_AGAIN, community=community.id, operation=call)
    return int(row["candidacy"]) if row else None


def left(tx: Transaction, terms: Terms, nominator: Member) -> int:
    """Return how many people somebody can still nominate in a round, at least 0."""
    row = tx.one(_STANDING, round=terms.round.id, nominator=nominator.key)
    return max(0, terms.standard.per_member - (int(row["standing"]) if row else 0))


def _in_states(where: str, states: Collection[State]) -> str:
    return where.format(states=", ".join(f"'{State(state)}'" for state in states))


def _read(tx: Transaction, where: str, **values: Value) -> list[Candidacy]:
    """Return what fits, each with what stands behind it, in two statements."""
    rows = tx.all(_CANDIDACIES.format(where=where), **values)
    said = map(
        _nomination, tx.all(_SAID.format(ids=_IDS.format(where=where)), **values)
    )
    behind = {
        candidacy: tuple(nominations)
        for candidacy, nominations in groupby(said, attrgetter("candidacy"))
    }
    found = (_candidacy(row, behind.get(row["id"], ())) for row in rows)
    return sorted(found, key=lambda each: (each.opened_at, each.id))


def _candidacy(row: sqlite3.Row, nominations: tuple[Nomination, ...]) -> Candidacy:
    return Candidacy(
        id=row["id"],
        award=row["award"],
        round=row["round"],
        nominee=row["nominee"],
        standard=row["standard"],
        state=State(row["state"]),
        opened_at=from_ms(row["opened_at"]),
        decided_at=None if row["decided_at"] is None else from_ms(row["decided_at"]),
        nominations=nominations,
    )


def _nomination(row: sqlite3.Row) -> Nomination:
    made_at, said_at, ended_at = row["made_at"], row["said_at"], row["ended_at"]
    bits: int = row["met"]
    return Nomination(
        id=row["id"],
        candidacy=row["candidacy"],
        nominator=row["nominator"],
        words=row["body"],
        met=tuple(place for place in range(bits.bit_length()) if bits >> place & 1),
        links=tuple((row["addresses"] or "").splitlines()),
        standard=row["standard"],
        made_at=from_ms(made_at),
        withdrawn_at=None if ended_at is None else from_ms(ended_at),
        amended_at=None if said_at == made_at else from_ms(said_at),
    )
