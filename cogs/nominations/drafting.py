"""Nominations that are begun and not sent: what a sheet shows, kept for a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from bot.chat import wire
from bot.domain.awards import Award, Standard
from bot.domain.community import Community, Member
from bot.domain.nominations import Nomination
from bot.domain.people import Person
from storage import drafts
from storage.database import Transaction
from storage.drafts import DraftRef

KIND = "nomination"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a member is about to say.

    Attributes:
        who: As they were seen when it was begun.

        award: Its id.

        round: Id of the round that `met` speaks of.

        met: Places of the criteria that are ticked, from 0, rising.

        amends: Id of the nomination that it replaces; None for none.

        candidacy: Of that nomination; None for none.
    """

    who: Person
    award: int
    round: int
    why: str
    links: tuple[str, ...] = ()
    met: tuple[int, ...] = ()
    amends: int | None = None
    candidacy: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as its owner sees it.

    Attributes:
        id: Of the draft.

        standing: What the member said before, where they began without knowing that
            it stands; None for none.
    """

    id: str
    draft: Draft
    award: Award
    standard: Standard
    standing: Nomination | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose drafts they are, and when they ask for them."""

    community: Community
    member: Member
    at: datetime

    def ref(self, draft: str) -> DraftRef:
        """Return where a draft of theirs is kept."""
        return DraftRef(draft, self.community, self.member, KIND)


def put(tx: Transaction, owner: Owner, draft: Draft, known: str | None = None) -> str:
    """Keep ``draft`` and return its id; ``known`` is the one that it has already."""
    name = known or drafts.new_id()
    drafts.put(tx, owner.ref(name), wire.encode(_packed(draft)), owner.at)
    return name


def get(tx: Transaction, owner: Owner, name: str) -> Draft:
    """Return what a draft holds.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    return Draft(**drafts.held(drafts.get(tx, owner.ref(name), owner.at)))


def end(tx: Transaction, owner: Owner, name: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, owner.ref(name), owner.at)


def _packed(draft: Draft) -> Mapping[str, object]:
    return {each.name: getattr(draft, each.name) for each in fields(Draft)}
