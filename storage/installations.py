"""Who installed Laurel where, and the sealed tokens that it speaks there with.

An installation is for one workspace, or for an organisation that has Laurel in some or
all of its workspaces. A workspace's own goes before its organisation's.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.refs import PlatformName
from storage.claims import Claim, Impersonal, Rewrite, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_PUT = """
INSERT INTO installations (
  platform, place, organisation, name, bot, installer, scopes, key, token,
  installed_at
) VALUES (
  :platform, :place, :organisation, :name, :bot, :installer, :scopes, :key, :token,
  :installed_at
) ON CONFLICT (platform, place) DO UPDATE SET
  organisation = excluded.organisation, name = excluded.name, bot = excluded.bot,
  installer = excluded.installer, scopes = excluded.scopes, key = excluded.key,
  token = excluded.token, installed_at = excluded.installed_at
"""

_AT = "SELECT * FROM installations WHERE platform = :platform AND place = :place"

_THROUGH = """
SELECT i.* FROM installed_through AS t
JOIN installations AS i ON i.platform = t.platform AND i.place = t.organisation
WHERE t.platform = :platform AND t.workspace = :workspace
"""

_EVERY = "SELECT * FROM installations WHERE platform = :platform ORDER BY installed_at"

_REMOVE = """
DELETE FROM installations
WHERE platform = :platform AND place = :place AND installed_at <= :at
"""

_SERVED = """
SELECT workspace FROM installed_through
WHERE platform = :platform AND organisation = :organisation ORDER BY workspace
"""

_JOIN = """
INSERT INTO installed_through (platform, workspace, organisation)
SELECT platform, :workspace, place FROM installations
WHERE platform = :platform AND place = :organisation
ON CONFLICT (platform, workspace) DO UPDATE SET organisation = excluded.organisation
"""

_PART = """
DELETE FROM installed_through WHERE platform = :platform AND workspace = :workspace
"""

_OF_MEMBER = """
installer = :platform_id AND (platform, place) IN (
  SELECT platform, platform_id FROM communities WHERE id = :community
  UNION
  SELECT t.platform, t.organisation FROM installed_through AS t
  JOIN communities AS c ON c.platform = t.platform AND c.platform_id = t.workspace
  WHERE c.id = :community)
"""

CLAIMS = (
    Claim(
        "installations",
        _OF_MEMBER,
        Rewrite(
            "installer = NULL",
            texts=("platform", "place", "name", "bot", "scopes", "key", "token"),
        ),
        {"key": Shown.HIDDEN, "token": Shown.HIDDEN},
    ),
    Impersonal(
        "installed_through",
        "which workspaces belong to which organisation",
        ("platform", "workspace", "organisation"),
    ),
)


@dataclass(frozen=True, slots=True)
class Installation:
    """Laurel in one workspace, or in an organisation.

    Attributes:
        place: The platform's id of the workspace or organisation.

        organisation: Which of the two it is.

        bot: The platform's id of the member that Laurel is there.

        installer: The platform's id of who installed it; None once erased.

        key: Which key opens the token.

        token: Sealed.
    """

    platform: PlatformName
    place: str
    organisation: bool
    name: str
    bot: str
    installer: str | None
    scopes: tuple[str, ...]
    key: str
    token: bytes
    installed_at: datetime


def put(tx: Transaction, installation: Installation) -> None:
    """Keep ``installation`` in place of an earlier one of the same place."""
    tx.run(
        _PUT,
        platform=installation.platform,
        place=installation.place,
        organisation=int(installation.organisation),
        name=installation.name,
        bot=installation.bot,
        installer=installation.installer,
        scopes=" ".join(installation.scopes),
        key=installation.key,
        token=installation.token,
        installed_at=to_ms(installation.installed_at),
    )


def find(
    tx: Transaction, platform: PlatformName, workspace: str
) -> Installation | None:
    """Return what Laurel speaks in a workspace with: its own, or its organisation's."""
    row = tx.one(_AT, platform=platform, place=workspace) or tx.one(
        _THROUGH, platform=platform, workspace=workspace
    )
    return None if row is None else _installation(row)


def every(tx: Transaction, platform: PlatformName) -> list[Installation]:
    """Return all installations, the oldest first."""
    return [_installation(row) for row in tx.all(_EVERY, platform=platform)]


def workspaces(
    tx: Transaction, platform: PlatformName, organisation: str
) -> tuple[str, ...]:
    """Return the workspaces that an organisation is known to have Laurel in."""
    rows = tx.all(_SERVED, platform=platform, organisation=organisation)
    return tuple(row["workspace"] for row in rows)


def join(
    tx: Transaction,
    platform: PlatformName,
    organisation: str,
    added: Collection[str],
) -> None:
    """Note that an organisation, if it is installed, has Laurel in workspaces."""
    for workspace in added:
        tx.run(_JOIN, platform=platform, organisation=organisation, workspace=workspace)


def part(
    tx: Transaction, platform: PlatformName, removed: Collection[str]
) -> tuple[str, ...]:
    """Note that organisations took Laurel out of workspaces.

    Returns those in which it is not any more: some have installations of their own.
    """
    for workspace in removed:
        tx.run(_PART, platform=platform, workspace=workspace)
    return tuple(each for each in removed if find(tx, platform, each) is None)


def remove(
    tx: Transaction, platform: PlatformName, place: str, at: datetime
) -> tuple[str, ...]:
    """Delete an installation that was uninstalled at ``at``, and what belongs to it.

    One that was made later stays, for news of the former can come late. Returns the
    workspaces in which Laurel is not any more.
    """
    row = tx.one(_AT, platform=platform, place=place)
    if row is None:
        return ()
    served = workspaces(tx, platform, place) if row["organisation"] else (place,)
    if not tx.run(_REMOVE, platform=platform, place=place, at=to_ms(at)):
        return ()
    return tuple(each for each in served if find(tx, platform, each) is None)


def _installation(row: sqlite3.Row) -> Installation:
    return Installation(
        platform=PlatformName(row["platform"]),
        place=row["place"],
        organisation=bool(row["organisation"]),
        name=row["name"],
        bot=row["bot"],
        installer=row["installer"],
        scopes=tuple(row["scopes"].split()),
        key=row["key"],
        token=row["token"],
        installed_at=from_ms(row["installed_at"]),
    )
