"""Ctrl+C during an import: at once while it only looks, else behind a commit.

Raised in the midst of the event loop, it would leave the database open, and with that
the process waiting for good.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import final


class StoppedError(Exception):
    """Somebody stopped it. What is committed stays."""


@final
class Stop:
    """Knows whether somebody pressed Ctrl+C."""

    def __init__(self) -> None:
        self._told = False
        self._at_once = False

    def listen(self) -> None:
        """Hear of Ctrl+C from now on."""
        signal.signal(signal.SIGINT, lambda *_: self.tell())

    def tell(self) -> None:
        """Stop: at once where that is possible, else at the next `check`."""
        self._told = True
        if self._at_once:
            raise StoppedError

    def check(self) -> None:
        """Do nothing, unless it is to stop.

        Raises:
            StoppedError: If it is.
        """
        if self._told:
            raise StoppedError

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Within it nothing waits for the database, so that it can stop anywhere."""
        self.check()
        self._at_once = True
        try:
            yield
        finally:
            self._at_once = False
