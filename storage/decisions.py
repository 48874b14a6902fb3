"""What was decided about each candidacy, in order. A decision is never changed.

What comes later, an appeal that opens it again among it, is a row of its own; the last
one holds. `storage.nominations` keeps what the candidacy is now; this tells how it came
to be that, by whom and why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.nominations import State
from storage import words
from storage.answers import Recorded
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO decisions (community, candidacy, state, decider, reason, at)
VALUES (:community, :candidacy, :state, :decider, :reason, :at)
"""

_OF = """
SELECT d.*, w.body FROM decisions AS d LEFT JOIN words AS w ON w.id = d.reason
WHERE d.community = :community AND d.candidacy = :candidacy ORDER BY d.id
"""

_GET = """
SELECT d.*, w.body FROM decisions AS d LEFT JOIN words AS w ON w.id = d.reason
WHERE d.community = :community AND d.id = :id
"""

_LATEST = """
SELECT d.*, w.body FROM decisions AS d LEFT JOIN words AS w ON w.id = d.reason
WHERE d.community = :community AND d.candidacy = :candidacy ORDER BY d.id DESC LIMIT 1
"""

# Whom a decision is about is handed it, and whoever made it.
CLAIMS = (
    Claim(
        "decisions",
        """decider = :member OR candidacy IN (
  SELECT id FROM candidacies WHERE community = :community AND nominee = :member)""",
        Keep("others are judged by the same rules, and can look back", ("state",)),
        {"decider": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is to be decided.

    Attributes:
        by: Key of the member who decides; None for a committee, or for a rule.

        reason: Their words; None for none. A ruling without a member has none.
    """

    candidacy: int
    state: State
    by: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a candidacy.

    Attributes:
        state: What the candidacy became by it.

        by: Key of the member who decided; None for a committee, or for a rule.

        reason: In their words; None where they gave none, or it is erased.
    """

    id: int
    candidacy: int
    state: State
    by: int | None
    reason: str | None
    at: datetime


def add(
    tx: Transaction, community: Community, ruling: Ruling, at: datetime
) -> Recorded:
    """Append a decision; the candidacy itself is settled by `storage.nominations`."""
    reason, digest = None, None
    if ruling.by is not None and ruling.reason is not None:
        reason, digest = words.add(tx, community, ruling.by, ruling.reason)
    made = tx.add(
        _ADD,
        community=community.id,
        candidacy=ruling.candidacy,
        state=ruling.state,
        decider=ruling.by,
        reason=reason,
        at=to_ms(at),
    )
    return Recorded(made, digest)


def of(tx: Transaction, community: Community, candidacy: int) -> Sequence[Decision]:
    """Return what was decided about a candidacy, in order."""
    found = tx.all(_OF, community=community.id, candidacy=candidacy)
    return [_decision(row) for row in found]


def get(tx: Transaction, community: Community, decision: int) -> Decision | None:
    """Return one decision, None where the community has none with this id."""
    row = tx.one(_GET, community=community.id, id=decision)
    return _decision(row) if row else None


def latest(tx: Transaction, community: Community, candidacy: int) -> Decision | None:
    """Return the last decision about a candidacy, None where there is none."""
    row = tx.one(_LATEST, community=community.id, candidacy=candidacy)
    return _decision(row) if row else None


def _decision(row: sqlite3.Row) -> Decision:
    return Decision(
        id=row["id"],
        candidacy=row["candidacy"],
        state=State(row["state"]),
        by=row["decider"],
        reason=row["body"],
        at=from_ms(row["at"]),
    )
