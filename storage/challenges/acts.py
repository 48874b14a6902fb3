"""What is recorded of whatever is done to a challenge."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.challenges import Challenge
from bot.domain.community import Community
from storage import activity, audit
from storage.activity import Fact
from storage.acts import Act
from storage.challenges import terms
from storage.database import Transaction
from storage.instants import to_ms


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
    if challenge.opens_at is not None:
        detail = {**detail, "opens_at": to_ms(challenge.opens_at)}
    actor = act.by.key if act.by else None
    digest = digest or terms.digest(challenge.terms)
    entry = audit.Entry(actor, f"challenges.{deed}", about, detail, digest)
    audit.add(tx, community, entry, act.at)
    fact = Fact(f"challenges.{done}", act.actor, None, 0, act.call, about)
    activity.add(tx, community, fact, act.at)
