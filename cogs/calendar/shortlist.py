"""What a window lists when it closes: who was thanked while it was open.

The rule, which is said beside the list: those come first whom most different people
thanked, then who was thanked first. Of each, the first shoutout with one of the
community's values is shown, or else the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community, Level, Member
from storage import members, windows
from storage.database import Transaction
from storage.shoutouts import Kept

MOST = 5

_SEEN = frozenset({Level.PUBLIC, Level.CHANNEL})


@dataclass(frozen=True, slots=True)
class Listed:
    """One who was thanked.

    Attributes:
        givers: How many different people did.

        giver: Who gave the one that is shown; None where they are not named.
    """

    member: Member
    givers: int
    kept: Kept
    giver: Member | None


@dataclass(frozen=True, slots=True)
class Shortlist:
    """What was given in a window, from when it opened to when it closed.

    Attributes:
        title: Empty where whoever wrote it was erased.
    """

    title: str
    since: datetime
    until: datetime
    listed: Sequence[Listed]

    @property
    def named(self) -> tuple[int, ...]:
        """Keys of everybody whom it names."""
        givers = (each.giver for each in self.listed)
        found = (*(each.member for each in self.listed), *givers)
        return tuple(sorted({member.key for member in found if member}))


def listed(
    tx: Transaction,
    community: Community,
    since: datetime,
    until: datetime,
    now: datetime,
) -> Sequence[Listed]:
    """Return whom to list of a window, at most `MOST`, by the rule above."""
    found: list[Listed] = []
    for each in windows.thanked(tx, community, since, until, MOST):
        member = members.by_key(tx, community, each.member, now)
        giver = members.by_key(tx, community, each.kept.giver, now)
        shown = giver if giver and giver.privacy.level in _SEEN else None
        if member is not None:
            found.append(Listed(member, each.givers, each.kept, shown))
    return found
