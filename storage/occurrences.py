"""What became of each time of each calendar entry.

An occurrence is claimed by entry, local date and slot, in the unit that does its work.
So it happens once, whatever the clock does and however often that unit begins.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.community import Community
from bot.domain.missed import Missed
from bot.domain.recurrence import Happening, between, next_after
from storage import communities
from storage.calendar import Entry
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

CATCH_UP = timedelta(days=366)
"""What fell due longer ago than this is passed by without a trace."""

_CLAIM = """
INSERT INTO occurrences (entry, day, slot, at, claimed_at, outcome, reason)
VALUES (:entry, :day, :slot, :at, :now, :outcome, :reason)
ON CONFLICT (entry, day, slot) DO NOTHING
"""

# One at most for each day and slot, so the last ones stand near the end of the key.
_LAST_DONE = """
SELECT at FROM occurrences
WHERE entry = :entry AND day <= :day AND at < :at AND outcome = 'done'
ORDER BY day DESC, slot DESC LIMIT 1
"""

_CLAIMED = "SELECT day, slot FROM occurrences WHERE entry = :entry AND day >= :day"

_ADVANCE = """
UPDATE calendar_entries SET
  covered_at = :covered_at, due_at = :due_at, put_off = 0, attempts = 0,
  state = CASE WHEN :due_at IS NULL THEN 'over' ELSE 'active' END
WHERE id = :id
"""

CLAIMS = (
    Impersonal(
        "occurrences",
        "when something planned happened, and the name of what stopped it",
        ("day", "outcome", "reason"),
    ),
)


class Outcome(StrEnum):
    """What became of an occurrence.

    ``FOLDED``: a newer one was told of it. ``SKIPPED``: it was stale, or nobody was
    there. ``PARKED``: its unit failed `MAX_ATTEMPTS` times.
    """

    DONE = "done"
    FOLDED = "folded"
    SKIPPED = "skipped"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Policy:
    """What is done about times that were missed.

    Attributes:
        stale_after: How late something may be done, where the policy is `Missed.SKIP`.
    """

    missed: Missed
    stale_after: timedelta = CATCH_UP


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of an entry, for the unit that does its work.

    Attributes:
        since: When the one before it was due that was done; None for the first.

        until: When this one was due.

        folded: How many others lie between the two that were missed.

        now: When it is done.
    """

    community: Community
    entry: Entry
    happening: Happening
    since: datetime | None
    folded: int
    now: datetime

    @property
    def until(self) -> datetime:
        """When it was due."""
        return self.happening.at

    @property
    def key(self) -> str:
        """What no other occurrence is called, for what its unit writes."""
        return f"{self.entry.id}:{self.happening.on}:{self.happening.slot}"


def claimed(tx: Transaction, entry: int, since: date) -> Collection[tuple[date, int]]:
    """Return the dates from ``since`` on, with their slots, that an entry had."""
    rows = tx.all(_CLAIMED, entry=entry, day=since.isoformat())
    return {(date.fromisoformat(row["day"]), row["slot"]) for row in rows}


def claim(
    tx: Transaction,
    entry: Entry,
    policy: Policy,
    now: datetime,
    failed: str | None = None,
) -> Occurrence | None:
    """Claim the time of ``entry`` that is to be done now, and have the next come after.

    With ``failed``, the name of what stopped it, it is set aside instead. None where
    there is nothing to do: it was stale, or done before.
    """
    missed = _missed(entry, now)
    outcome = Outcome.PARKED if failed else Outcome.DONE
    claims = _Claims(tx, entry, now)
    fresh = claims.skip_stale(missed, policy)
    newest_first = policy.missed is Missed.FOLD
    order = reversed(fresh) if newest_first else fresh
    free = (each for each in order if claims.put(each, outcome, failed))
    chosen = next(free, None)
    folded = 0
    if newest_first:
        folded = sum(claims.put(each, Outcome.FOLDED) for each in fresh)
    covered = chosen if chosen and not newest_first else next(reversed(missed), None)
    _advance(tx, entry, covered.at if covered else now)
    if chosen is None:
        return None
    community = communities.by_id(tx, entry.community)
    since = _last_done(tx, entry, chosen)
    return Occurrence(community, entry, chosen, since, folded, now)


def pass_by(tx: Transaction, entry: Entry, now: datetime, reason: str = "away") -> None:
    """Leave out what is due, as in a community that Laurel is not in."""
    claims = _Claims(tx, entry, now)
    for each in _missed(entry, now):
        claims.put(each, Outcome.SKIPPED, reason)
    _advance(tx, entry, now)


@dataclass(frozen=True, slots=True)
class _Claims:
    """Writes the rows of one entry."""

    tx: Transaction
    entry: Entry
    now: datetime

    def put(
        self, happening: Happening, outcome: Outcome, reason: str | None = None
    ) -> bool:
        """Return whether nobody had claimed it."""
        claimed = self.tx.run(
            _CLAIM,
            entry=self.entry.id,
            day=happening.on.isoformat(),
            slot=happening.slot,
            at=to_ms(happening.at),
            now=to_ms(self.now),
            outcome=outcome,
            reason=reason,
        )
        return bool(claimed)

    def skip_stale(self, missed: list[Happening], policy: Policy) -> list[Happening]:
        """Leave out what may no longer be done, and return the rest."""
        if policy.missed is not Missed.SKIP:
            return missed
        fresh = [each for each in missed if each.at >= self.now - policy.stale_after]
        for each in missed[: len(missed) - len(fresh)]:
            self.put(each, Outcome.SKIPPED, "stale")
        return fresh


def _missed(entry: Entry, now: datetime) -> list[Happening]:
    since = max(entry.covered_at, now - CATCH_UP)
    return list(between(entry.plan.rule, since, now))


def _advance(tx: Transaction, entry: Entry, covered: datetime) -> None:
    following = next_after(entry.plan.rule, covered)
    tx.run(
        _ADVANCE,
        id=entry.id,
        covered_at=to_ms(covered),
        due_at=to_ms(following.at) if following else None,
    )


def _last_done(tx: Transaction, entry: Entry, chosen: Happening) -> datetime | None:
    day, at = chosen.on.isoformat(), to_ms(chosen.at)
    row = tx.one(_LAST_DONE, entry=entry.id, day=day, at=at)
    return from_ms(row["at"]) if row else None
