"""What a digest vouches for besides: how it went, counted from the rows themselves.

Whoever has the audit counts the same: nothing here is known from anywhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.community import Community
from storage import audit
from storage.database import Transaction

POOL, SPREAD = "committees.pool", "committees.spread"

RECUSALS = ("committees.recuse", "review.recuse")

VOTES = "committees.count"

OVERRIDES = ("review.won", "review.declined", "review.taken-back")
"""Rows of moderators' decisions; those about a committee's award are overrides."""

_COUNTED = (POOL, SPREAD, VOTES, *RECUSALS, *OVERRIDES)


@dataclass(frozen=True, slots=True)
class Vouched:
    """What was done since the digest before.

    Attributes:
        people: How many could be drawn, of the last draw; None where there was none.

        spread: Of that list and of the committee; None where none was drawn.

        votes: That were counted.

        recused: How often somebody kept out, by rule or by wish.

        overrides: Decisions of moderators in a committee's place.
    """

    people: int | None
    spread: Mapping[str, int] | None
    votes: int
    recused: int
    overrides: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        drawn = self.people is not None or self.spread is not None
        return not (drawn or self.votes or self.recused or self.overrides)


def since(tx: Transaction, community: Community, after: int) -> Vouched:
    """Return what was done in the rows behind the one at ``after``."""
    people, spread = None, None
    counts = Counter[str]()
    for action, detail in audit.details(tx, community, after, _COUNTED):
        if action == POOL:
            people = int(detail["size"])
        elif action == SPREAD:
            spread = {name: int(value) for name, value in detail.items()}
        elif action == VOTES:
            counts["votes"] += int(detail["votes"])
        elif action in RECUSALS:
            counts["recused"] += 1
        else:
            counts["overrides"] += int(detail.get("override", 0))
    return Vouched(
        people, spread, counts["votes"], counts["recused"], counts["overrides"]
    )
