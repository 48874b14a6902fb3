"""What whoever installs Laurel says for all of its communities."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.archive import Backups
from bot.domain.community import Settings
from bot.features import Link
from storage.retention import KEEP, Retention

FRESH = Settings("en", ZoneInfo("UTC"))
"""What a community starts with where an installation sets nothing."""


@dataclass(frozen=True, slots=True)
class Installation:
    """What whoever installs Laurel says for all communities.

    Attributes:
        fresh: What a community starts with that Laurel comes to.

        link: Makes the addresses of pages and feeds; None where none are offered.

        backups: How the database is copied by itself; None for not at all.

        kept: What is dropped for its age.
    """

    fresh: Settings = FRESH
    link: Link | None = None
    backups: Backups | None = None
    kept: Retention = KEEP


UNTOLD = Installation()
"""Where nothing is said."""
