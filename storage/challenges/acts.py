"""Who acts on a challenge, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.challenges import Challenge
from bot.domain.community import Community, Member
from storage import activity, audit
from storage.activity import Fact
from storage.challenges import terms
from storage.database import Transaction

NOBODY = 0
"""Whom the activity log names where Laurel acts by itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts on a challenge, by which call, and when.

    Attributes:
        by: None where Laurel does by itself what somebody planned.

        call: Id of the call; the key of the occurrence where there is none.
    """

    by: Member | None
    call: str
    at: datetime

    @property
    def actor(self) -> int:
        """Whom the activity log names."""
        return self.by.key if self.by else NOBODY


def ref_of(challenge: int) -> str:
    """Return what the log, the audit and other slices name a challenge by."""
    return f"challenges:{challenge}"


def record(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    act: Act,
    what: tuple[str, str],
    digest: bytes | None = None,
) -> None:
    """Tell the audit and the log of ``what``: the deed, and what is done by it.

    The audit keeps the digest of words that belong to it, else that of the terms.
    """
    deed, done = what
    about = ref_of(challenge.id)
    detail: Mapping[str, int | str | None] = {
        "version": challenge.terms.number,
        "state": str(challenge.state),
        "starts_on": challenge.terms.starts_on.isoformat(),
        "days": challenge.terms.days,
    }
    actor = act.by.key if act.by else None
    digest = digest or terms.digest(challenge.terms)
    entry = audit.Entry(actor, f"challenges.{deed}", about, detail, digest)
    audit.add(tx, community, entry, act.at)
    fact = Fact(f"challenges.{done}", act.actor, None, 0, act.call, about)
    activity.add(tx, community, fact, act.at)
