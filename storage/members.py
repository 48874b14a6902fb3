"""The members whom Laurel has met, as last seen, and what they allow."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.chat.clip import clip
from bot.domain.community import About, Community, Level, Member, Privacy, ZoneChange
from bot.domain.people import Person, Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import CommunityRef, MemberRef, RoleRef
from bot.domain.words import clean
from storage.claims import Claim, Delete, Impersonal
from storage.communities import minutes_of, quiet_of, zone_of
from storage.database import Transaction
from storage.instants import from_ms, to_ms

MAX_NAME_CHARS = 80

_SEEN_COLUMNS = ("name", "role", "bot", "here", "locale", "joined_at", "groups")
"""What each action of a member tells anew."""

# What is seen comes last, to be compared at once: every unit begins with two rows.
_ROW = """
SELECT key, platform_id, zone, next_zone, next_zone_at, level, on_boards, takes_dms,
  previews, about, link, quiet_since, quiet_until, name, role, bot, here, locale,
  joined_at, groups
FROM members WHERE community = :community AND {which}
"""

_FIND = _ROW.format(which="platform_id = :platform_id")

_BY_KEY = _ROW.format(which="key = :key")

_ADD = """
INSERT INTO members (
  key, community, platform_id, name, role, bot, here, locale, joined_at, groups, met_at
) VALUES (
  :key, :community, :platform_id, :name, :role, :bot, :here, :locale, :joined_at,
  :groups, :met_at
)
"""

_SEEN = """
UPDATE members SET
  name = :name, role = :role, bot = :bot, here = :here, locale = :locale,
  joined_at = :joined_at, groups = :groups
WHERE key = :key
"""

_PREFER = """
UPDATE members SET
  level = :level, on_boards = :on_boards, takes_dms = :takes_dms, previews = :previews
WHERE key = :key
"""

_MOVE = """
UPDATE members SET zone = :zone, next_zone = :next_zone, next_zone_at = :next_zone_at
WHERE key = :key
"""

_TELL = "UPDATE members SET about = :about, link = :link WHERE key = :key"

_HUSH = """
UPDATE members SET quiet_since = :since, quiet_until = :until WHERE key = :key
"""

_HAND = """
UPDATE members SET exported_at = :at
WHERE key = :key AND (exported_at IS NULL OR exported_at <= :before)
"""

_HANDED = "SELECT exported_at FROM members WHERE key = :key"

_LEAVE = """
UPDATE members SET here = 0 WHERE community = :community AND platform_id = :platform_id
"""

CLAIMS = (
    Claim("members", "key = :member", Delete()),
    Impersonal("erased_members", "random keys that are nobody's any more"),
)


def meet(tx: Transaction, community: Community, person: Person, at: datetime) -> Member:
    """Return the member that ``person`` is, as seen now; a new one is added."""
    row = _row(tx, community, person.ref)
    seen = (
        _name(person.name),
        int(person.role),
        int(person.bot),
        int(person.here),
        # Who is named by somebody else is seen without what only they can show.
        person.locale or (row["locale"] if row else None),
        to_ms(person.joined_at)
        if person.joined_at
        else (row["joined_at"] if row else None),
        " ".join(sorted(group.id for group in person.groups)),
    )
    if row is not None and row[-len(seen) :] == seen:
        return _member(row, community, at, person.groups)
    columns = dict(zip(_SEEN_COLUMNS, seen, strict=True))
    if row is None:
        tx.run(
            _ADD,
            key=secrets.randbits(62),
            community=community.id,
            platform_id=person.ref.id,
            met_at=to_ms(at),
            **columns,
        )
    else:
        tx.run(_SEEN, key=row["key"], **columns)
    found = _row(tx, community, person.ref)
    assert found is not None  # noqa: S101  written in this transaction
    return _member(found, community, at, person.groups)


@lru_cache(maxsize=10_000)
def _name(typed: str) -> str:
    return clip(clean(typed), MAX_NAME_CHARS)


def find(
    tx: Transaction, community: Community, ref: MemberRef, at: datetime
) -> Member | None:
    """Return a member whom Laurel has met, with the zone in force at ``at``."""
    row = _row(tx, community, ref)
    return _member(row, community, at) if row else None


def by_key(
    tx: Transaction, community: Community, key: int, at: datetime
) -> Member | None:
    """Return the member whom facts call ``key``; None once they are erased."""
    row = tx.one(_BY_KEY, community=community.id, key=key)
    return _member(row, community, at) if row else None


def prefer(
    tx: Transaction, member: Member, privacy: Privacy, *, previews: bool
) -> None:
    """Keep what ``member`` allows and likes."""
    tx.run(
        _PREFER,
        key=member.key,
        level=privacy.level,
        on_boards=int(privacy.on_boards),
        takes_dms=int(privacy.takes_dms),
        previews=int(previews),
    )


def leave(tx: Transaction, community: Community, ref: MemberRef) -> None:
    """Note that the platform says that somebody is there no more."""
    tx.run(_LEAVE, community=community.id, platform_id=ref.id)


def move(tx: Transaction, member: Member, change: ZoneChange) -> None:
    """Keep ``change``; until it takes effect, the zone in force is kept beside it."""
    tx.run(
        _MOVE,
        key=member.key,
        zone=member.zone.key,
        next_zone=change.zone.key,
        next_zone_at=to_ms(change.at),
    )


def tell(tx: Transaction, member: Member, about: About) -> None:
    """Keep what ``member`` lets others know of what they do."""
    tx.run(_TELL, key=member.key, about=about.line, link=about.link)


def hush(tx: Transaction, member: Member, quiet: QuietHours | None) -> None:
    """Keep when nothing is to be sent to ``member`` that can wait; None for never."""
    tx.run(
        _HUSH,
        key=member.key,
        since=minutes_of(quiet.since) if quiet else None,
        until=minutes_of(quiet.until) if quiet else None,
    )


def hand(
    tx: Transaction, member: Member, at: datetime, again: timedelta
) -> datetime | None:
    """Note that ``member`` is handed all that is kept about them.

    Returns None, or from when on it can be done again where it was done just before.
    """
    if tx.run(_HAND, key=member.key, at=to_ms(at), before=to_ms(at - again)):
        return None
    row = tx.one(_HANDED, key=member.key)
    return from_ms(row["exported_at"]) + again if row else at


def _row(tx: Transaction, community: Community, ref: MemberRef) -> sqlite3.Row | None:
    return tx.one(_FIND, community=community.id, platform_id=ref.id)


def _member(
    row: sqlite3.Row,
    community: Community,
    at: datetime,
    groups: tuple[RoleRef, ...] = (),
) -> Member:
    zone, coming = _zone_at(row, community, at)
    return Member(
        key=row["key"],
        ref=MemberRef(community.ref, row["platform_id"]),
        name=row["name"],
        role=Role(row["role"]),
        bot=bool(row["bot"]),
        here=bool(row["here"]),
        locale=row["locale"],
        zone=zone,
        own_zone=row["zone"] is not None,
        next_zone=coming,
        privacy=Privacy(
            level=Level(row["level"]),
            on_boards=bool(row["on_boards"]),
            takes_dms=bool(row["takes_dms"]),
        ),
        previews=bool(row["previews"]),
        per_day=community.settings.allowance_of(groups),
        about=About(row["about"], row["link"]),
        groups=_groups(community.ref, row["groups"]),
        quiet=quiet_of(row),
    )


@lru_cache(maxsize=10_000)
def _groups(here: CommunityRef, ids: str) -> tuple[RoleRef, ...]:
    return tuple(RoleRef(here, each) for each in ids.split())


def _zone_at(
    row: sqlite3.Row, community: Community, at: datetime
) -> tuple[ZoneInfo, ZoneChange | None]:
    now = zone_of(row["zone"]) if row["zone"] else community.settings.zone
    if row["next_zone"] is None:
        return now, None
    coming = ZoneChange(zone_of(row["next_zone"]), from_ms(row["next_zone_at"]))
    return (coming.zone, None) if coming.at <= at else (now, coming)
