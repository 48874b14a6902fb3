"""``laurel restore``: puts a backup back, so that nobody is told anything twice."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.chat.table import RouteTable
from bot.keeping.placing import Place
from storage import left, restoring
from storage.backups import TROUBLE, BackupError, Told, back_up, why
from storage.erasures import Ledger, after
from storage.file import connect, prepare
from storage.lock import InstanceLock
from storage.offline import ask, work_on
from storage.restoring import Restored


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
    place = Place(path)
    try:
        place.make()
        lock = InstanceLock.take(path)
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        if path.exists() and copy.exists() and path.samefile(copy):
            raise RestoreError(
                f"{copy} is the database itself, and no backup of it. Name a file that "
                "`laurel backup` made; it was left as it is."
            )
        restored = _make(place, copy, table, now, anybodys=anybodys, told=told)
        return Outcome(restored, place.replace(now))
    except BackupError as error:
        raise _unwritten(path, error.__cause__ or error) from error
    except TROUBLE as error:
        raise _unwritten(path, error) from error
    finally:
        place.clear()
        lock.release()


def posting(table: RouteTable) -> Collection[str]:
    """Return the kinds of occurrences that say something for their time."""
    return {kind for kind, spec in table.occurrences.items() if spec.posts}


def _unwritten(path: Path, error: BaseException) -> RestoreError:
    return RestoreError(
        f"{path} cannot be written ({why(error)}), so the backup was not put back. "
        "What stood there stands there still. Mend that, and try again."
    )


def _make(
    place: Place,
    copy: Path,
    table: RouteTable,
    now: datetime,
    *,
    anybodys: bool,
    told: Told | None,
) -> Restored:
    """Have all that is to be the database stand beside its place, on disk."""
    place.clear()
    back_up(copy, place.making, told)
    left.note(place.making)  # what was copied was read through just now
    prepare(place.making, as_left=True)
    if not anybodys:
        _see_that_it_is_ours(place, copy)
    return _settle(place, table, now)


def _see_that_it_is_ours(place: Place, copy: Path) -> None:
    mine = ask(place.path, restoring.token)
    theirs = ask(place.making, restoring.token)
    if mine is not None and mine != theirs:
        raise RestoreError(
            f"{copy} is a backup of another installation, and nothing was put back. If "
            "this one is to go on where that one ended, say so with --from-elsewhere."
        )


def _settle(place: Place, table: RouteTable, now: datetime) -> Restored:
    """Make of the copy what can go on, with whom the ledger and the old file name."""
    ledger = Ledger(place.path)
    noted = ask(place.path, partial(after, last=0)) or []
    ledger.add([each for _, each in noted])
    erased = ledger.read()
    with closing(connect(place.making, "rw")) as connection:
        restored = work_on(connection, restoring.settle, posting(table), erased, now)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode = DELETE")  # one file, to be renamed
    return restored
