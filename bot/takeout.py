"""Makes what members asked to be handed of themselves, where that takes long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.apart import Apart, StoppedError, running
from bot.logs import correlated
from bot.lookout import Lookout
from storage import exports
from storage.database import Database, Transaction
from storage.exports import Asked

LIMIT_S = 600.0
"""How long it may take; after that it is tried again, as after any other failure."""

COMMAND = running("cogs.privacy.worker")

Clock = Callable[[], datetime]
Ask = Callable[[Path, Asked, datetime], bytes]
"""Returns what the process is asked: what that file holds, for whom, and as of when."""

Tell = Callable[[Transaction, Asked, bytes, datetime], None]
"""Keeps what was made and tells who asked, in one unit."""


class TakeoutDesk(Lookout):
    """Makes one after the other; who waits is kept in the file, also over a restart."""

    def __init__(self, database: Database, clock: Clock, ask: Ask, tell: Tell) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._ask = ask
        self._tell = tell
        self._apart = Apart(COMMAND, LIMIT_S)
        database.listen(exports.TOPIC, self.wake)

    @property
    def name(self) -> str:
        """What its task is called."""
        return "takeout"

    async def look(self) -> bool:
        """Make what the next one waits for."""
        now = self._clock()
        asked = await self._database.write(exports.begin, now)
        if asked is None:
            return False
        with correlated(asked.call):
            question = self._ask(self._database.path, asked, now)
            try:
                made = await self._apart.ask(question)
            except StoppedError:
                return False  # they wait for the next start
            await self._database.write(self._tell, asked, made, now)
        return True

    def stop(self) -> None:
        """Begin nothing new, and end what is under way."""
        self._apart.stop()
        super().stop()
