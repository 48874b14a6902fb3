"""Nominations: who is put forward for what, by whom, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.awards import Evidence, Standard
from bot.domain.community import Level, Member
from bot.domain.errors import RuleError

MAX_WHY_CHARS = 1_000
"""Longest words of one nominator, in code points after cleaning."""

MIN_WHY_CHARS = 20

HIDING = frozenset({Level.PRIVATE, Level.NONE})
"""Who chose one of these is never named in public, and so for no award."""


class State(StrEnum):
    """What became of a candidacy.

    ``OPEN``: it waits to be decided. ``ASKED``: its nominators are asked for more, and
    it waits all the same. The others are its end: ``WON``, ``LOST`` where others were
    chosen, ``DECLINED`` by a moderator, and ``WITHDRAWN`` where nobody stands behind
    it any more, or the nominee or the award is gone.
    """

    OPEN = "open"
    ASKED = "asked"
    WON = "won"
    LOST = "lost"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def undecided(self) -> bool:
        """Whether it can still become anything."""
        return self in {State.OPEN, State.ASKED}


@dataclass(frozen=True, slots=True)
class Nomination:
    """One nominator's words.

    Attributes:
        id: Another one once it is amended.

        nominator: Key of the member.

        words: None once they are erased.

        met: The criteria that the nominator ticked: their places in the standard,
            from 0, rising.

        links: Evidence, as `bot.domain.evidence` lets it through; none once erased.

        standard: Version of what the award asks for, by which it was made.

        made_at: When the nominator first nominated them; amending keeps it.

        withdrawn_at: None while it stands.

        amended_at: When these words replaced others; None where they are the first.
    """

    id: int
    candidacy: int
    nominator: int
    words: str | None
    met: tuple[int, ...]
    links: tuple[str, ...]
    standard: int
    made_at: datetime
    withdrawn_at: datetime | None = None
    amended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidacy:
    """Somebody put forward for one award in one round, by however many.

    Attributes:
        round: Id of the round.

        nominee: Key of the member.

        standard: Version by which it is judged: that of its round.

        opened_at: Since when it waits: when it began, or when it was opened again.

        decided_at: None while it is undecided.

        nominations: Those that stand, in the order in which they were first made.
    """

    id: int
    award: int
    round: int
    nominee: int
    standard: int
    state: State
    opened_at: datetime
    decided_at: datetime | None = None
    nominations: tuple[Nomination, ...] = ()

    @property
    def nominators(self) -> tuple[int, ...]:
        """Keys of the members who stand behind it."""
        return tuple(each.nominator for each in self.nominations)

    def by(self, member: int) -> Nomination | None:
        """Return what the member of this key said, if it stands."""
        mine = (each for each in self.nominations if each.nominator == member)
        return next(mine, None)


def check_people(nominator: Member, nominee: Member) -> None:
    """Check that ``nominator`` may put ``nominee`` forward for anything at all.

    Raises:
        RuleError: If they are the same, or the nominee is a bot, left, or is not to be
            named in public.
    """
    if nominee.key == nominator.key:
        raise RuleError("nominations.refused-self", "who")
    if nominee.bot:
        raise RuleError("nominations.refused-bot", "who", member=nominee.ref)
    if not nominee.here:
        raise RuleError("nominations.refused-left", "who", member=nominee.ref)
    if nominee.privacy.level in HIDING:
        raise RuleError("nominations.refused-not-now", "who", member=nominee.ref)


def check_claims(
    standard: Standard, met: Collection[int], links: Collection[str]
) -> None:
    """Check that something of what is asked for is ticked, with evidence if need be.

    Raises:
        RuleError: If nothing is ticked where there is something to tick, or what is
            ticked takes evidence and there is none.
    """
    if standard.criteria and not met:
        raise RuleError("nominations.refused-unticked", "met")
    for place in sorted(met):
        criterion = standard.criteria[place]
        if criterion.evidence is Evidence.REQUIRED and not links:
            told = criterion.text
            raise RuleError("nominations.refused-evidence", "links", criterion=told)
