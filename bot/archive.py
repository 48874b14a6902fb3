"""Keeps what must not be lost: backups made on time, and who was erased."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.lookout import Lookout
from storage import backups, erasures
from storage.backups import BackupError
from storage.database import Database
from storage.file import DatabaseFileError

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long after a backup that failed the next one is tried."""


@dataclass(frozen=True, slots=True)
class Backups:
    """How a database is copied by itself.

    Attributes:
        keep: How many copies stay, the newest.
    """

    every: timedelta
    keep: int
    folder: Path


class Archivist(Lookout):
    """Makes a backup whenever the newest is too old, and lets the oldest go."""

    name = "backups"

    def __init__(
        self, database: Path, plan: Backups, clock: Callable[[], datetime]
    ) -> None:
        super().__init__()
        self._database = database
        self._plan = plan
        self._clock = clock
        self._failed_at: datetime | None = None

    async def look(self) -> bool:
        """Make one if it is due. Whatever is in the way is logged, and tried again."""
        now = self._clock()
        if not self._is_due(now):
            return False
        try:
            made = await asyncio.to_thread(self._make, now)
        except (BackupError, DatabaseFileError) as error:
            self._failed_at = now
            log.error("no backup was made", extra={"why": str(error)})  # noqa: TRY400  said in words
            return False
        self._failed_at = None
        log.info("backed up", extra={"file": made.path.name, "rows": made.rows})
        return False

    def _is_due(self, now: datetime) -> bool:
        if self._failed_at is not None and now < self._failed_at + PATIENCE:
            return False
        newest_at = backups.newest_at(self._plan.folder)
        return newest_at is None or now >= newest_at + self._plan.every

    def _make(self, now: datetime) -> backups.Copied:
        to = self._plan.folder / now.strftime(backups.NAMED)
        made = backups.back_up(self._database, to)
        backups.prune(self._plan.folder, self._plan.keep)
        return made


class ErasureLedger(Lookout):
    """Keeps who was erased where no backup holds it, within moments of the erasure."""

    name = "erasures"

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._ledger = erasures.Ledger(database.path)
        self._known = 0
        database.listen(erasures.TOPIC, self.wake)

    async def look(self) -> bool:
        """Write down who was erased since the last time, and after a start all."""
        found = await self._database.read(erasures.after, self._known)
        if not found:
            return False
        noted = [each for _, each in found]
        await asyncio.to_thread(self._ledger.add, noted)
        self._known = found[-1][0]
        return True


def archives(
    database: Database, plan: Backups | None, clock: Callable[[], datetime]
) -> Sequence[Lookout]:
    """Return what keeps what must not be lost of ``database``."""
    ledger = ErasureLedger(database)
    return [ledger, Archivist(database.path, plan, clock)] if plan else [ledger]
