"""The communities that Laurel serves, and what each has chosen."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from bot.domain.community import Community, Rhythm, Settings
from bot.domain.quiet import QuietHours
from bot.domain.refs import ChannelRef, CommunityRef, PlatformName, RoleRef
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import to_ms

_FIND = """
SELECT * FROM communities WHERE platform = :platform AND platform_id = :platform_id
"""

_BY_ID = "SELECT * FROM communities WHERE id = :id"

_EVERY = "SELECT * FROM communities ORDER BY id"

_ADD = """
INSERT INTO communities (
  platform, platform_id, locale, zone, wall, moderators, allowance_per_day,
  pair_cooldown_h, undo_minutes, reason_min_chars, reason_max_chars,
  allowance_by_role, quiet_since, quiet_until, recaps, recaps_weekday, recaps_at,
  remind_after_d, escalate_after_d, met_at
) VALUES (
  :platform, :platform_id, :locale, :zone, :wall, :moderators, :allowance_per_day,
  :pair_cooldown_h, :undo_minutes, :reason_min_chars, :reason_max_chars,
  :allowance_by_role, :quiet_since, :quiet_until, :recaps, :recaps_weekday, :recaps_at,
  :remind_after_d, :escalate_after_d, :met_at
)
"""

_CHANGE = """
UPDATE communities SET
  locale = :locale, zone = :zone, wall = :wall, moderators = :moderators,
  allowance_per_day = :allowance_per_day, pair_cooldown_h = :pair_cooldown_h,
  undo_minutes = :undo_minutes, reason_min_chars = :reason_min_chars,
  reason_max_chars = :reason_max_chars, allowance_by_role = :allowance_by_role,
  quiet_since = :quiet_since, quiet_until = :quiet_until, recaps = :recaps,
  recaps_weekday = :recaps_weekday, recaps_at = :recaps_at,
  remind_after_d = :remind_after_d, escalate_after_d = :escalate_after_d
WHERE id = :id
"""

_VALUES = """
SELECT id, label FROM community_values
WHERE community = :community AND retired_at IS NULL ORDER BY position, id
"""

_VALUE = (
    "SELECT id, label FROM community_values WHERE community = :community AND id = :id"
)

_PUT_VALUE = """
INSERT INTO community_values (community, label, position)
VALUES (:community, :label, :position)
ON CONFLICT (community, label)
  DO UPDATE SET position = excluded.position, retired_at = NULL
"""

_RETIRE_VALUES = """
UPDATE community_values SET retired_at = :at
WHERE community = :community AND retired_at IS NULL
"""

CLAIMS = (
    Impersonal(
        "communities",
        "what a community has chosen, and places there",
        (
            "platform",
            "platform_id",
            "locale",
            "zone",
            "wall",
            "moderators",
            "allowance_by_role",
            "recaps",
        ),
    ),
    Impersonal("community_values", "what a community values", ("label",)),
)


class UnknownCommunityError(LookupError):
    """A community that Laurel was never added to."""


@dataclass(frozen=True, slots=True)
class ValueTag:
    """Something that a community values, as a tag on shoutouts."""

    id: int
    label: str


def add(
    tx: Transaction, ref: CommunityRef, settings: Settings, at: datetime
) -> Community:
    """Add a community, or return the one that is there, unchanged."""
    if _row(tx, ref) is None:
        tx.run(
            _ADD,
            platform=ref.platform,
            platform_id=ref.id,
            met_at=to_ms(at),
            **_columns(settings),
        )
    return get(tx, ref)


def get(tx: Transaction, ref: CommunityRef) -> Community:
    """Return a community.

    Raises:
        UnknownCommunityError: If it was never added.
    """
    row = _row(tx, ref)
    if row is None:
        raise UnknownCommunityError(ref)
    return _community(row)


def by_id(tx: Transaction, community: int) -> Community:
    """Return the community that Laurel calls ``community``.

    Raises:
        UnknownCommunityError: If there is none.
    """
    row = tx.one(_BY_ID, id=community)
    if row is None:
        raise UnknownCommunityError(community)
    return _community(row)


def every(tx: Transaction) -> list[Community]:
    """Return all communities, the oldest first."""
    return [_community(row) for row in tx.all(_EVERY)]


def change(tx: Transaction, community: Community, settings: Settings) -> None:
    """Keep ``settings`` as what ``community`` has chosen."""
    tx.run(_CHANGE, id=community.id, **_columns(settings))


def values(tx: Transaction, community: Community) -> tuple[ValueTag, ...]:
    """Return the value tags in use, in the community's order."""
    rows = tx.all(_VALUES, community=community.id)
    return tuple(ValueTag(row["id"], row["label"]) for row in rows)


def value(tx: Transaction, community: Community, number: int) -> ValueTag | None:
    """Return a value tag of this community, in use or not any more."""
    row = tx.one(_VALUE, community=community.id, id=number)
    return ValueTag(row["id"], row["label"]) if row else None


def change_values(
    tx: Transaction, community: Community, labels: Sequence[str], at: datetime
) -> None:
    """Use ``labels`` as value tags from now on; old shoutouts keep theirs."""
    tx.run(_RETIRE_VALUES, community=community.id, at=to_ms(at))
    for position, label in enumerate(labels):
        tx.run(_PUT_VALUE, community=community.id, label=label, position=position)


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name.

    Raises:
        ZoneInfoNotFoundError: If there is none.
    """
    return ZoneInfo(name)


def _row(tx: Transaction, ref: CommunityRef) -> sqlite3.Row | None:
    return tx.one(_FIND, platform=ref.platform, platform_id=ref.id)


def _columns(settings: Settings) -> dict[str, str | int | None]:
    return {
        "locale": settings.locale,
        "zone": settings.zone.key,
        "wall": settings.wall.id if settings.wall else None,
        "moderators": settings.moderators.id if settings.moderators else None,
        "allowance_per_day": settings.allowance_per_day,
        "pair_cooldown_h": settings.pair_cooldown_h,
        "undo_minutes": settings.undo_minutes,
        "reason_min_chars": settings.reason_min_chars,
        "reason_max_chars": settings.reason_max_chars,
        "allowance_by_role": json.dumps(
            {role.id: count for role, count in settings.allowance_by_role}
        ),
        "quiet_since": minutes_of(settings.quiet.since) if settings.quiet else None,
        "quiet_until": minutes_of(settings.quiet.until) if settings.quiet else None,
        "recaps": settings.recaps,
        "recaps_weekday": settings.recaps_weekday,
        "recaps_at": minutes_of(settings.recaps_at),
        "remind_after_d": settings.remind_after_d,
        "escalate_after_d": settings.escalate_after_d,
    }


def minutes_of(of_day: time) -> int:
    """Return a time of the day as it is kept."""
    return of_day.hour * 60 + of_day.minute


def quiet_of(row: sqlite3.Row) -> QuietHours | None:
    """Return the quiet hours in ``row``, of a community or of a member."""
    if row["quiet_since"] is None:
        return None
    return QuietHours(_time(row["quiet_since"]), _time(row["quiet_until"]))


def _time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


# The same row means the same community, and every unit begins by reading it.
@lru_cache(maxsize=1_000)
def _community(row: sqlite3.Row) -> Community:
    ref = CommunityRef(PlatformName(row["platform"]), row["platform_id"])
    settings = Settings(
        locale=row["locale"],
        zone=zone_of(row["zone"]),
        wall=ChannelRef(ref, row["wall"]) if row["wall"] else None,
        moderators=ChannelRef(ref, row["moderators"]) if row["moderators"] else None,
        allowance_per_day=row["allowance_per_day"],
        pair_cooldown_h=row["pair_cooldown_h"],
        undo_minutes=row["undo_minutes"],
        reason_min_chars=row["reason_min_chars"],
        reason_max_chars=row["reason_max_chars"],
        allowance_by_role=tuple(
            (RoleRef(ref, role), count)
            for role, count in json.loads(row["allowance_by_role"]).items()
        ),
        quiet=quiet_of(row),
        recaps=Rhythm(row["recaps"]),
        recaps_weekday=row["recaps_weekday"],
        remind_after_d=row["remind_after_d"],
        escalate_after_d=row["escalate_after_d"],
        recaps_at=_time(row["recaps_at"]),
    )
    return Community(row["id"], ref, settings)
