"""``laurel restore``: puts a backup back, so that nobody is told anything twice."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.chat.table import RouteTable
from storage import restoring
from storage.backups import BackupError, Told, back_up
from storage.erasures import Ledger, after
from storage.file import InstanceLock, connect, prepare
from storage.offline import ask, work_on
from storage.restoring import Restored

MOVED = "{name}.before-restore-{at:%Y%m%d-%H%M%S}"
"""What the file that stood there is called from then on."""


class RestoreError(Exception):
    """Nothing was put back. The text says why, and what to do next."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was put back.

    Attributes:
        moved: Where the file is that stood there before; None where there was none.
    """

    restored: Restored
    moved: Path | None


def put_back(
    path: Path,
    copy: Path,
    table: RouteTable,
    now: datetime,
    *,
    anybodys: bool = False,
    told: Told | None = None,
) -> Outcome:
    """Have the backup ``copy`` be the database at ``path``.

    Args:
        path: Where the database is to be, or is.
        copy: The backup, which is left as it is.
        table: What the bot can do: it knows which occurrences post something.
        now: From when on it goes on.
        anybodys: Whether it may be a backup of another installation.
        told: Is told how far the copying is.

    Raises:
        AnotherInstanceError: If a process serves the database.
        DatabaseFileError: If the backup is no whole database of Laurel's.
        RestoreError: If it is another installation's, or cannot be written.
    """
    lock = InstanceLock.take(path)
    try:
        making = path.with_name(f"{path.name}.restoring")
        making.unlink(missing_ok=True)
        try:
            back_up(copy, making, told)
            prepare(making)
            if not anybodys:
                _see_that_it_is_ours(path, making, copy)
            restored = _settle(path, making, table, now)
        except BackupError as error:
            raise RestoreError(str(error)) from error
        except BaseException:
            _clear(making)
            raise
        moved = _move_away(path, now)
        making.rename(path)
        return Outcome(restored, moved)
    finally:
        lock.release()


def posting(table: RouteTable) -> Collection[str]:
    """Return the kinds of occurrences that say something for their time."""
    return {kind for kind, spec in table.occurrences.items() if spec.posts}


def _see_that_it_is_ours(path: Path, making: Path, copy: Path) -> None:
    mine = ask(path, restoring.token)
    theirs = ask(making, restoring.token)
    if mine is not None and mine != theirs:
        raise RestoreError(
            f"{copy} is a backup of another installation, and nothing was put back. If "
            "this one is to go on where that one ended, say so with --from-elsewhere."
        )


def _settle(path: Path, making: Path, table: RouteTable, now: datetime) -> Restored:
    """Make of the copy what can go on, with whom the ledger and the old file name."""
    ledger = Ledger(path)
    noted = ask(path, partial(after, last=0)) or []
    ledger.add([each for _, each in noted])
    erased = ledger.read()
    with closing(connect(making, "rw")) as connection:
        restored = work_on(connection, restoring.settle, posting(table), erased, now)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, to be renamed
    return restored


def _move_away(path: Path, now: datetime) -> Path | None:
    """Rename the file that stands there, with the log beside it."""
    if not path.exists():
        return None
    moved = path.with_name(MOVED.format(name=path.name, at=now))
    for tail in ("", "-wal", "-shm"):
        beside = path.with_name(f"{path.name}{tail}")
        if beside.exists():
            beside.rename(path.with_name(f"{moved.name}{tail}"))
    return moved


def _clear(making: Path) -> None:
    for each in making.parent.glob(f"{making.name}*"):
        each.unlink(missing_ok=True)
