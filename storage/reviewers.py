"""Who is on a candidacy, who keeps out of it, and who steps in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.domain.community import Community
from bot.domain.people import Role
from storage.claims import Claim, Delete, Keep, Shown
from storage.database import Transaction
from storage.instants import to_ms

_ON = """
INSERT INTO reviewers (candidacy, member, community, at)
VALUES (:candidacy, :member, :community, :at)
ON CONFLICT (candidacy, member) DO NOTHING
"""

_OFF = """
DELETE FROM reviewers
WHERE candidacy = :candidacy AND member = :member AND community = :community
"""

_REVIEWERS = """
SELECT member FROM reviewers WHERE candidacy = :candidacy AND community = :community
ORDER BY at, member
"""

_NOMINATED = """
SELECT 1 FROM nominations
WHERE community = :community AND nominator = :member AND candidacy = :candidacy
"""

_RECUSE = """
INSERT INTO review_recusals (candidacy, member, community, at)
VALUES (:candidacy, :member, :community, :at)
ON CONFLICT (candidacy, member) DO NOTHING
"""

_RECUSED = """
SELECT member FROM review_recusals
WHERE candidacy = :candidacy AND community = :community ORDER BY at, member
"""

_BACKUPS = """
SELECT key FROM members
WHERE community = :community AND role >= :admin AND here = 1 AND bot = 0
  AND takes_dms = 1
ORDER BY met_at, key LIMIT :most
"""

CLAIMS = (
    Claim("reviewers", "member = :member", Delete(), {"member": Shown.MEMBER}),
    Claim(
        "review_recusals",
        "member = :member",
        Keep("who decided, and who did not, must stay to be seen"),
        {"member": Shown.MEMBER},
    ),
)


def take(
    tx: Transaction, community: Community, candidacy: int, member: int, at: datetime
) -> bool:
    """Note that ``member`` is on it; False where they were."""
    values = {"candidacy": candidacy, "member": member, "community": community.id}
    return bool(tx.run(_ON, at=to_ms(at), **values))


def leave(tx: Transaction, community: Community, candidacy: int, member: int) -> bool:
    """Note that ``member`` is not on it any more; False where they were not."""
    values = {"candidacy": candidacy, "member": member, "community": community.id}
    return bool(tx.run(_OFF, **values))


def on_it(tx: Transaction, community: Community, candidacy: int) -> Sequence[int]:
    """Return the keys of those who are on it, the first one first."""
    rows = tx.all(_REVIEWERS, candidacy=candidacy, community=community.id)
    return [row["member"] for row in rows]


def nominated(
    tx: Transaction, community: Community, candidacy: int, member: int
) -> bool:
    """Return whether ``member`` nominated them, also if they withdrew since."""
    values = {"candidacy": candidacy, "member": member, "community": community.id}
    return tx.one(_NOMINATED, **values) is not None


def recuse(
    tx: Transaction, community: Community, candidacy: int, member: int, at: datetime
) -> bool:
    """Note that ``member`` keeps out of it for good; False where they did before."""
    leave(tx, community, candidacy, member)
    values = {"candidacy": candidacy, "member": member, "community": community.id}
    return bool(tx.run(_RECUSE, at=to_ms(at), **values))


def recused(tx: Transaction, community: Community, candidacy: int) -> Collection[int]:
    """Return the keys of those who keep out of it by their own wish."""
    rows = tx.all(_RECUSED, candidacy=candidacy, community=community.id)
    return [row["member"] for row in rows]


def backups(tx: Transaction, community: Community, most: int) -> Sequence[int]:
    """Return the keys of admins who can be written to, longest known first."""
    rows = tx.all(_BACKUPS, community=community.id, admin=int(Role.ADMIN), most=most)
    return [row["key"] for row in rows]
