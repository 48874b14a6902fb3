"""How a candidacy moves from one state to the next, each time by one statement.

Of several who act at once, exactly one is told that it was them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.nominations import State
from storage import activity
from storage.activity import Fact
from storage.candidacies import Terms
from storage.database import Transaction
from storage.instants import to_ms

NOBODY = 0
"""Whom the activity log names where no member acted: a committee, or a rule."""

_SETTLE = """
UPDATE candidacies SET state = :state, decided_at = :at
WHERE community = :community AND id = :candidacy AND state IN ('open', 'asked')
RETURNING nominee
"""

# The lowest seat that is free: one that was given back comes before those never taken.
_WIN = """
UPDATE candidacies SET
  state = :state, decided_at = :at,
  seat = (
    SELECT min(free.seat) FROM (
      SELECT 1 AS seat
      UNION ALL
      SELECT w.seat + 1 FROM candidacies AS w
      WHERE w.round = candidacies.round AND w.seat IS NOT NULL
    ) AS free
    WHERE NOT EXISTS (SELECT 1 FROM candidacies AS t
                      WHERE t.round = candidacies.round AND t.seat = free.seat))
WHERE community = :community AND id = :candidacy AND state IN ('open', 'asked')
  AND (SELECT count(*) FROM candidacies AS w
       WHERE w.round = candidacies.round AND w.seat IS NOT NULL) < seats
  AND EXISTS (SELECT 1 FROM members AS m WHERE m.key = candidacies.nominee)
RETURNING nominee
"""

_END_ALL = """
UPDATE nominations SET ended_at = :at
WHERE candidacy = :candidacy AND ended_at IS NULL
"""

_ASK = """
UPDATE candidacies SET state = 'asked'
WHERE community = :community AND id = :candidacy AND state = 'open'
RETURNING nominee
"""

_REOPEN = """
UPDATE candidacies SET state = 'open', decided_at = NULL, opened_at = :at
WHERE community = :community AND id = :candidacy AND state IN ('lost', 'declined')
  AND EXISTS (SELECT 1 FROM members AS m
              WHERE m.key = candidacies.nominee AND m.here = 1
                AND m.level IN ('public', 'channel'))
RETURNING nominee
"""

_TAKE_BACK = """
UPDATE candidacies SET state = 'declined', seat = NULL, decided_at = :at
WHERE community = :community AND id = :candidacy AND state = 'won'
RETURNING nominee
"""

_TAKEN = """
SELECT count(*) AS taken FROM candidacies
WHERE community = :community AND round = :round AND seat IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class By:
    """Who acts on a candidacy, and by which call.

    Attributes:
        member: Key of the member; None for a committee, or for Laurel by a rule.

        call: Id of the call, or of whatever else caused it.
    """

    member: int | None = None
    call: str = ""


LAUREL = By()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a candidacy, for the log.

    Attributes:
        what: Behind ``nominations.`` in the log.

        amount: By how many the nominations grew that stand behind it.
    """

    what: str
    candidacy: int
    nominee: int
    by: By
    amount: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """From one state to the next: what the log calls it, and the statement."""

    what: str
    sql: str
    candidacy: int
    by: By


def settle(
    tx: Transaction,
    community: Community,
    candidacy: int,
    state: State,
    at: datetime,
    by: By = LAUREL,
) -> bool:
    """Have a candidacy that is undecided end as ``state``, and tell the log.

    One that wins takes a seat of its round in the same statement; one that is withdrawn
    ends what stands behind it. Returns False, and does nothing, where somebody was
    faster, all seats are taken (see `seats_left`), or the nominee is erased.
    """
    if state.undecided:
        raise ValueError(state)
    step = _Step(state, _WIN if state is State.WON else _SETTLE, candidacy, by)
    if not _take(tx, community, step, at):
        return False
    if state is State.WITHDRAWN:
        tx.run(_END_ALL, candidacy=candidacy, at=to_ms(at))
    return True


def ask(
    tx: Transaction,
    community: Community,
    candidacy: int,
    at: datetime,
    by: By = LAUREL,
) -> bool:
    """Note that its nominators are asked for more, and tell the log.

    Returns False where it is decided, or they are asked already.
    """
    return _take(tx, community, _Step(State.ASKED, _ASK, candidacy, by), at)


def reopen(
    tx: Transaction,
    community: Community,
    candidacy: int,
    at: datetime,
    by: By = LAUREL,
) -> bool:
    """Open anew what was lost or declined, and tell the log of ``reopened``.

    Returns False where it is neither, or the nominee is gone or not to be named.
    """
    return _take(tx, community, _Step("reopened", _REOPEN, candidacy, by), at)


def take_back(
    tx: Transaction,
    community: Community,
    candidacy: int,
    at: datetime,
    by: By = LAUREL,
) -> bool:
    """Have what won be declined after all; its seat is free, and the log tells of it.

    Returns False where it has not won, or somebody was faster.
    """
    return _take(tx, community, _Step("taken-back", _TAKE_BACK, candidacy, by), at)


def seats_left(tx: Transaction, community: Community, terms: Terms) -> int:
    """Return how many can still win in a round, at least 0."""
    row = tx.one(_TAKEN, community=community.id, round=terms.round.id)
    return max(0, terms.standard.winners - (int(row["taken"]) if row else 0))


def tell(tx: Transaction, community: Community, change: Change, at: datetime) -> None:
    """Have the log tell of ``change``."""
    fact = Fact(
        kind=f"nominations.{change.what}",
        actor=NOBODY if change.by.member is None else change.by.member,
        subject=change.nominee,
        amount=change.amount,
        source=change.by.call,
        ref=f"candidacies:{change.candidacy}",
    )
    activity.add(tx, community, fact, at)


def _take(tx: Transaction, community: Community, step: _Step, at: datetime) -> bool:
    row = tx.one(
        step.sql,
        community=community.id,
        candidacy=step.candidacy,
        state=step.what,
        at=to_ms(at),
    )
    if row is None:
        return False
    change = Change(step.what, step.candidacy, row["nominee"], step.by)
    tell(tx, community, change, at)
    return True
