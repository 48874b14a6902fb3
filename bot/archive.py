"""Keeps what must not be lost: a whole file, backups made on time, who was erased."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.lookout import Lookout
from storage import backups, erasures
from storage.backups import BackupError
from storage.database import Database
from storage.examination import Examination
from storage.file import prepare
from storage.lock import DatabaseFileError

log = logging.getLogger(__name__)

PATIENCE = timedelta(minutes=15)
"""How long after a backup that failed the next one is tried."""

LONG_BYTES = 100_000_000
"""What takes a second to be read through."""

GIVING_WAY = 10
"""How nice whoever reads the file through is to all others, as for `nice`: a tenth of a
processor that somebody else wants as well. Damage is to be found soon."""

Told = Coroutine[Any, Any, None]
"""Is over once the process is told to end."""


def prepared(path: Path) -> bool | None:
    """Check a file as `storage.file.prepare` does, and say so where that takes long.

    Returns what `Database.is_whole` is: True, or None where nobody has read all of it.

    Raises:
        DatabaseFileError: If it cannot be used.
    """

    def tell() -> None:
        if (size := path.stat().st_size) >= LONG_BYTES:
            words = "the file is read through first, and nobody is served meanwhile"
            log.info(words, extra={"file": path.name, "mb": size // 1_000_000})

    return prepare(path, as_left=True, told=tell) or None


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
        self._ending = threading.Event()

    def stop(self) -> None:
        """Leave one that is being made: the next start makes it."""
        super().stop()
        self._ending.set()

    async def look(self) -> bool:
        """Make one if it is due. Whatever is in the way is logged, and tried again."""
        now = self._clock()
        if not await asyncio.to_thread(self._is_due, now):  # the folder may be far
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
        made = backups.back_up(self._database, to, self._go_on)
        backups.prune(self._plan.folder, self._plan.keep)
        return made

    def _go_on(self, _left: int, _of: int) -> None:
        if self._ending.is_set():
            raise BackupError("Laurel is stopping, so there is no copy.")


class Examiner(Lookout):
    """Reads the file through while members are served, where nobody did before.

    That is so where the process before this one stopped as it should, and the file is
    to the byte as it was then. What is wrong with it was wrong by then already.
    """

    name = "examination"

    def __init__(self, database: Database) -> None:
        super().__init__()
        self._database = database
        self._examination = Examination(database.path)
        self._found: asyncio.Future[DatabaseFileError] = (
            asyncio.get_running_loop().create_future()
        )

    async def look(self) -> bool:
        """Read it once; where it is damaged, `until` raises."""
        if self._database.is_whole is not None:
            return False
        loop = asyncio.get_running_loop()
        alone = ThreadPoolExecutor(1, initializer=_give_way)
        try:
            done = await loop.run_in_executor(alone, self._examination.run)
        except DatabaseFileError as damage:
            log.critical("the file is damaged", extra={"why": str(damage)})
            self._database.is_whole = False
            self._found.set_result(damage)
        else:
            self._database.is_whole = True if done else None
        finally:
            alone.shutdown(wait=False)
        return False

    async def damage(self) -> DatabaseFileError:
        """Return what is wrong, once something is found to be."""
        return await asyncio.shield(self._found)

    def stop(self) -> None:
        """Read no further: the next start begins anew."""
        super().stop()
        self._examination.stop()


def _give_way() -> None:
    """Have whatever else there is to be done come before what this thread does."""
    if sys.platform == "linux":  # where a thread may wait while others do not
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVING_WAY)


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
    keep = [Examiner(database), ErasureLedger(database)]
    return [*keep, Archivist(database.path, plan, clock)] if plan else keep


async def until(attendants: Sequence[Lookout], told: Told) -> None:
    """Wait until the process is ``told`` to end, or cannot go on.

    Raises:
        DatabaseFileError: If the file was found to be damaged.
    """
    damage = [each.damage() for each in attendants if isinstance(each, Examiner)]
    either = [asyncio.ensure_future(each) for each in (told, *damage)]  # noqa: TID251  ended below
    try:
        ends = asyncio.FIRST_COMPLETED
        ended, _ = await asyncio.wait(either, return_when=ends)
    finally:
        for each in either:
            each.cancel()
    for found in (each.result() for each in ended):
        if found is not None:
            raise found
