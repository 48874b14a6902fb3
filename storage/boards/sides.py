"""The two sides of thanks."""

from __future__ import annotations

from enum import StrEnum


class Side(StrEnum):
    """Which of the two is counted."""

    RECEIVED = "received"
    GIVEN = "given"

    @property
    def who(self) -> str:
        """The column of a credit that says whose it is on this side."""
        return "receiver" if self is Side.RECEIVED else "giver"

    @property
    def lot(self) -> int:
        """Where totals of this side lie. Those of its parts lie in the next."""
        return 2 if self is Side.RECEIVED else 0
