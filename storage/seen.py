"""Whom an audience may see by name."""

from __future__ import annotations

from bot.domain.community import Community
from bot.domain.recap import Audience
from bot.domain.refs import MemberRef
from storage import members
from storage.database import Transaction
from storage.instants import from_ms

_ANY_TIME = from_ms(0)


class Seen:
    """Finds whom an audience may see."""

    def __init__(
        self, tx: Transaction, community: Community, audience: Audience
    ) -> None:
        self._tx = tx
        self._community = community
        self._levels = audience.levels

    def of(self, key: int) -> MemberRef | None:
        """Return who is called ``key``; None where they are not to be named."""
        # Their zone, which alone depends on the time, is not asked for.
        found = members.by_key(self._tx, self._community, key, _ANY_TIME)
        if found is None or not found.here:
            return None
        return found.ref if found.privacy.level in self._levels else None
