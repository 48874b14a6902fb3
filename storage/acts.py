"""Who does something that a moderator decides, by which call, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Member

NOBODY = 0
"""Whom the activity log names where Laurel acts by itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """Who acts, and how it came to that.

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
