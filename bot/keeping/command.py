"""``laurel backup``, ``restore`` and ``export``: what is said, and how they end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from bot.config import Settings
from bot.exits import BAD_DATABASE, FAILED, OK, complain
from bot.keeping.exporting import export
from bot.keeping.restoring import Outcome, RestoreError, put_back
from storage.backups import NAMED, BackupError, Told, back_up, kept
from storage.lock import AnotherInstanceError, DatabaseFileError

_MEGABYTE = 1_000_000


def add_backup(command: argparse.ArgumentParser) -> None:
    """Add what ``laurel backup`` is told."""
    words = "a file to be made (default: one named for the time, in backups.folder)"
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)


def add_restore(command: argparse.ArgumentParser) -> None:
    """Add what ``laurel restore`` is told."""
    words = "a backup (default: none; those that were made by themselves are listed)"
    command.add_argument("file", type=Path, nargs="?", metavar="FILE", help=words)
    words = "take a backup of another installation, to go on where that one ended"
    command.add_argument("--from-elsewhere", action="store_true", help=words)


def add_export(command: argparse.ArgumentParser) -> None:
    """Add what ``laurel export`` is told."""
    words = "a file to be made, or - to print"
    command.add_argument("file", type=Path, metavar="FILE", help=words)


def run_backup(settings: Settings, options: argparse.Namespace) -> int:
    """Make a backup and say what is in it."""
    from bot.app import wall_clock  # noqa: PLC0415  the other commands need none of it

    to = options.file or settings.backups.folder / wall_clock().strftime(NAMED)
    try:
        copied = back_up(settings.database.path, to, _progress("Copied"))
    except BackupError as error:
        return complain(error, FAILED)
    size = f"{copied.size_bytes / _MEGABYTE:,.1f} MB"
    print(f"Made {copied.path}: {copied.rows:,} rows, {size}, verified.")
    return OK


def run_restore(settings: Settings, options: argparse.Namespace) -> int:
    """Put a backup back, and say what became of what was there."""
    from bot.app import wall_clock  # noqa: PLC0415  as above
    from bot.features import declared, load_words  # noqa: PLC0415  as above

    if options.file is None:
        return complain(_listed(settings.backups.folder), FAILED)
    try:
        outcome = put_back(
            settings.database.path,
            options.file,
            declared(load_words()),
            wall_clock(),
            anybodys=options.from_elsewhere,
            told=_progress("Read"),
        )
    except RestoreError as error:
        return complain(error, FAILED)
    except AnotherInstanceError:
        raise
    except DatabaseFileError as error:
        words = f"{error} Nothing was put back; `laurel restore` lists what else is."
        return complain(words, BAD_DATABASE)
    print(f"{settings.database.path} is now what {options.file} holds.")
    for line in _told(outcome):
        print(f"- {line}")
    print("Start it with `laurel run`; /laurel undelivered shows what is set aside.")
    return OK


def run_export(settings: Settings, options: argparse.Namespace) -> int:
    """Write everything that is kept as JSON lines."""
    return export(settings.database.path, options.file)


def _listed(folder: Path) -> str:
    """Return which backups there are, for whoever named none."""
    found = [f"- {each}" for each in reversed(kept(folder))]
    if not found:
        return (
            f"Name the backup that is to be put back. There is none in {folder}, where "
            "backups.folder has Laurel make them."
        )
    return "\n".join(("Name one that is to be put back; the newest is first:", *found))


def _told(outcome: Outcome) -> list[str]:
    restored = outcome.restored
    lines = [f"{restored.parked} waiting messages are set aside: none is sent again."]
    if restored.erased:
        lines.append(f"{restored.erased} erased since the backup are erased again.")
    if outcome.moved is not None:
        lines.append(f"What stood there is now {outcome.moved}.")
    return lines


def _progress(done: str) -> Told | None:
    """Return what shows how far it is, where somebody looks at it."""
    if not sys.stderr.isatty():
        return None
    return _Bar(done, sys.stderr.write)


class _Bar:
    def __init__(self, done: str, write: Callable[[str], object]) -> None:
        self._done = done
        self._write = write

    def __call__(self, left: int, of: int) -> None:
        share = 100 if not of else 100 * (of - left) // of
        self._write(f"\r{self._done} {share} %" + ("" if left else "\n"))
