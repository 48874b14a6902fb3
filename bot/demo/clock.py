"""The clock that history is played by."""

from __future__ import annotations

from datetime import datetime


class Held:
    """A clock that stands wherever it was put last.

    Attributes:
        at: The instant that it shows, aware.
    """

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the instant that it shows."""
        return self.at
