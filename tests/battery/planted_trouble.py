"""Defects of how Laurel keeps others off its file, and goes on beside what fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import storage.lock


def lockless() -> None:
    """Plant a lock that is taken by whoever asks."""
    vars(storage.lock)["_lock"] = lambda *_: None


EVERY: Sequence[Callable[[], None]] = (lockless,)
