"""Platforms that wait longer than they do, for tests about something else.

How soon Laurel answers is measured where that is the question. Everywhere else, a
machine that is busy with other things is no reason to be told that nobody answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.fakes.discord import actors, exchange
from tests.fakes.slack import deeds, doing, http_door, sockets
from tests.fakes.slack.deeds import Deed

PATIENCE_S = 30.0


@contextmanager
def lenient(patience_s: float = PATIENCE_S) -> Iterator[None]:
    """Have both doubles, and who uses them, wait so long for an answer."""
    settled = doing._settled

    async def patiently(deed: Deed, settle_s: float) -> None:
        await settled(deed, settle_s and patience_s)

    with pytest.MonkeyPatch.context() as patched:
        for module in (actors, exchange, deeds, doing, http_door, sockets):
            patched.setattr(module, "PATIENCE_S", patience_s)
        patched.setattr(actors, "_SETTLING_S", patience_s)
        patched.setattr(doing, "_settled", patiently)
        yield
