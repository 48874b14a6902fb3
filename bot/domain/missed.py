"""What becomes of what fell due while Laurel was not there to do it."""

from __future__ import annotations

from enum import StrEnum


class Missed(StrEnum):
    """A policy, one for each kind of occurrence.

    ``FOLD``: the newest is done and is told how many came before it, as for recaps.
    ``EACH``: each is done at once, in order, as for what opens and closes.
    ``SKIP``: what is stale is left out and noted, as for reminders; the rest is done.
    """

    FOLD = "fold"
    EACH = "each"
    SKIP = "skip"
