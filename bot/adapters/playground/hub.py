"""Tells the open tabs that something has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Hub:
    """Every tab that listens; each looks for itself what is new for it."""

    def __init__(self) -> None:
        self._tabs: set[asyncio.Event] = set()
        self.closing = False

    def wake(self) -> None:
        """Have every tab look."""
        for tab in self._tabs:
            tab.set()

    def close(self) -> None:
        """Have every tab let go."""
        self.closing = True
        self.wake()

    @contextmanager
    def tab(self) -> Iterator[asyncio.Event]:
        """Listen for as long as the block lasts; the event is set on each change."""
        woken = asyncio.Event()
        self._tabs.add(woken)
        try:
            yield woken
        finally:
            self._tabs.discard(woken)
