"""Communities that sent Laurel away, and how they are forgotten.

For 30 days everything waits for them to come back. Then what tells who anybody is, what
they said and what the community chose is deleted. Facts stay, as after the erasure of a
member: they hold random keys that are nobody's, and the audit's chain stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.community import Community, Settings
from bot.domain.refs import CommunityRef, PlatformName
from storage import communities, erasures
from storage.challenges import proofs
from storage.database import Transaction
from storage.instants import to_ms

KEPT_FOR = timedelta(days=30)
"""For how long, unless whoever runs Laurel wants it shorter."""

AT_ONCE = 2_000
"""Most rows that one unit deletes, so that members elsewhere never wait for it."""

_LEAVE = """
UPDATE communities SET left_at = :at
WHERE platform = :platform AND platform_id = :platform_id AND left_at IS NULL
"""

_RETURN = "UPDATE communities SET left_at = NULL WHERE id = :id AND left_at IS NOT NULL"

_PRESENT = """
SELECT platform_id FROM communities WHERE platform = :platform AND left_at IS NULL
"""

_DUE = """
SELECT id FROM communities WHERE left_at <= :before AND platform_id <> 'gone-' || id
ORDER BY left_at LIMIT 1
"""

DELETED = (
    "addresses",
    "fairness_asked",
    "exports",
    "reviewers",
    "calendar_entries",
    "templates",
    "uploads",
    "drafts",
    "proofs",
    "reminders",
    "judging_desks",
    "challenge_scores",
    "words",
    "totals",
    "credits",
    "point_reversals",
    "points",
    "seasons",
    "allowances",
    "members",
)
"""What goes, in this order: whoever is deleted last can still be found by the rest."""

_KEYS: dict[str, tuple[str, ...]] = {
    "addresses": ("id",),
    "fairness_asked": ("id",),
    "exports": ("id",),
    "reviewers": ("candidacy", "member"),
    "calendar_entries": ("id",),
    "templates": ("community", "name", "locale", "version"),
    "uploads": ("community", "place", "message_id", "digest"),
    "drafts": ("id",),
    "proofs": ("id",),
    "reminders": ("member", "day"),
    "judging_desks": ("challenge", "member"),
    "challenge_scores": ("challenge", "member"),
    "words": ("id",),
    "totals": ("community", "lot", "member", "part"),
    "credits": ("community", "day", "id"),
    "point_reversals": ("points",),
    "points": ("id",),
    "seasons": ("id",),
    "allowances": ("community", "member", "day"),
    "members": ("key",),
}

_SOME = """
DELETE FROM {table} WHERE ({keys}) IN (
  SELECT {keys} FROM {table} WHERE community = :community LIMIT :most)
"""

_NAMES = """
DELETE FROM outbox_names WHERE (row, member) IN (
  SELECT n.row, n.member FROM outbox_names AS n JOIN outbox AS o ON o.id = n.row
  WHERE o.community = :community LIMIT :most)
"""

_MESSAGES = """
UPDATE outbox SET body = NULL, place = '', state = 'dead', gone = 1
WHERE id IN (
  SELECT id FROM outbox WHERE community = :community AND place <> '' LIMIT :most)
"""

# Where thanks were given says who the community was.
_CHANNELS = """
UPDATE shoutouts SET channel = NULL WHERE id IN (
  SELECT id FROM shoutouts WHERE community = :community AND channel IS NOT NULL
  LIMIT :most)
"""

_INSTALLED = """
DELETE FROM installations WHERE (platform, place) IN (
  SELECT platform, platform_id FROM communities WHERE id = :community)
"""

_MIRRORED = "DELETE FROM mirrored WHERE community = :community"

_LABELS = (
    "UPDATE community_values SET label = 'gone-' || id WHERE community = :community"
)

_STANDARDS = "DELETE FROM award_standards WHERE community = :community"

_AWARDS = """
UPDATE awards SET
  name = 'gone-' || id, folded = 'gone-' || id, opens_at = NULL, closes_at = NULL,
  opening = NULL, closing = NULL
WHERE community = :community
"""

_TEAMS = "UPDATE challenge_teams SET folded = NULL WHERE community = :community"

_TERMS = "DELETE FROM challenge_terms WHERE community = :community"

_CHALLENGES = """
UPDATE challenges SET
  folded = 'gone-' || id, beginning = NULL, starting = NULL, prompting = NULL,
  ending = NULL
WHERE community = :community
"""

_FORGET = """
UPDATE communities SET
  platform_id = 'gone-' || id, wall = NULL, moderators = NULL, allowance_by_role = '{}'
WHERE id = :community
"""


class Came(StrEnum):
    """How Laurel comes to a community."""

    NEW = "new"
    BACK = "back"
    STILL = "still"


@dataclass(frozen=True, slots=True)
class Arrival:
    """A community that Laurel is in."""

    community: Community
    came: Came


def arrive(
    tx: Transaction, ref: CommunityRef, fresh: Settings, at: datetime
) -> Arrival:
    """Note that Laurel is in a community; a new one starts with ``fresh``."""
    try:
        community = communities.get(tx, ref)
    except communities.UnknownCommunityError:
        return Arrival(communities.add(tx, ref, fresh, at), Came.NEW)
    back = tx.run(_RETURN, id=community.id)
    return Arrival(community, Came.BACK if back else Came.STILL)


def present(tx: Transaction, platform: PlatformName) -> list[CommunityRef]:
    """Return the communities that have not sent Laurel away."""
    rows = tx.all(_PRESENT, platform=platform)
    return [CommunityRef(platform, row["platform_id"]) for row in rows]


def leave(tx: Transaction, ref: CommunityRef, at: datetime) -> None:
    """Note that Laurel is no more in a community, from the first time it is told."""
    tx.run(_LEAVE, platform=ref.platform, platform_id=ref.id, at=to_ms(at))


def forget(tx: Transaction, now: datetime, kept_for: timedelta = KEPT_FOR) -> bool:
    """Delete a part of what is due to be; return whether there is more."""
    row = tx.one(_DUE, before=to_ms(now - kept_for))
    if row is None:
        return False
    some = {"community": int(row["id"]), "most": AT_ONCE}
    whole = (_NAMES, _MESSAGES, _CHANNELS, proofs.FORGET_SOME)
    for statement in (*whole, *map(_deletion, DELETED)):
        if tx.run(statement, **some):
            return True
    tx.run(_INSTALLED, community=row["id"])
    tx.run(_MIRRORED, community=row["id"])
    tx.run(_LABELS, community=row["id"])
    tx.run(_STANDARDS, community=row["id"])
    tx.run(_AWARDS, community=row["id"])
    tx.run(_TEAMS, community=row["id"])
    tx.run(_TERMS, community=row["id"])
    tx.run(_CHALLENGES, community=row["id"])
    gone = communities.by_id(tx, row["id"])
    erasures.note(tx, gone, gone.ref, now)
    tx.run(_FORGET, community=row["id"])
    return True


def _deletion(table: str) -> str:
    return _SOME.format(table=table, keys=", ".join(_KEYS[table]))
