"""Puts one file in the place of another, so that the old one or the new one stands.

The old one is kept under another name. A process that dies meanwhile leaves either; a
file system that cannot name a file twice may leave neither, and the next start says so.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from storage import left, names
from storage.erasures import Ledger
from storage.offline import empty_log

MOVED = "{name}.before-restore-{at:%Y%m%d-%H%M%S}"
"""What the file that stood there is called from then on."""

_LOGS = ("-wal", "-shm")
"""What belongs to a file that was not closed, by the ends of their names."""


class Place:
    """Where a database is, or is to be.

    Attributes:
        making: Where the new one is made.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.making = path.with_name(f"{path.name}.restoring")

    def make(self) -> None:
        """Make the folder, where it is gone with all that was in it.

        Raises:
            OSError: If it cannot be made.
        """
        names.make_folder(self.path.parent)

    def clear(self) -> None:
        """Take away what a restore leaves that did not come to its end."""
        for each in self.path.parent.glob(f"{self.making.name}*"):
            with suppress(OSError):  # a folder of somebody's
                each.unlink(missing_ok=True)

    def replace(self, now: datetime) -> Path | None:
        """Put what was made in its place; return where the old file is, if any was.

        Raises:
            OSError: If it cannot be done; what stood there stands there still.
        """
        moved = self._free_name(now)
        self._set_log_aside(moved)
        self._hand_over(self.making)
        is_kept = self.path.exists()
        if is_kept:
            empty_log(self.path)
            self._name_twice(moved)
        # The other name has to be on disk before the new file takes this one, and so
        # has it that no log stands here: it would end up in the new file.
        names.sync_folder(self.path.parent)
        names.rename(self.making, self.path)
        left.note(self.path)  # or the next start reads every row, and no harm done
        mark, ledger = left.beside(self.path), Ledger(self.path).path
        self._hand_over(mark, self._beside(".lock"), ledger)
        return moved if is_kept else None

    def _name_twice(self, moved: Path) -> None:
        """Give the old file its other name as well, or where that cannot be, instead.

        A log that belongs to it must not be found beside the new one.
        """
        if any(self._beside(each).exists() for each in _LOGS):
            self.path.rename(moved)
            self._move_logs(moved)
            return
        try:
            os.link(self.path, moved)
        except OSError:  # which not every file system can
            self.path.rename(moved)

    def _set_log_aside(self, moved: Path) -> None:
        """Keep a log whose file is gone, which must not be found beside the new one.

        It goes with its file where a restore that was killed had moved that alone.
        """
        if self.path.exists():
            return
        known = self.path.parent.glob(f"{self.path.name}.before-restore-*")
        files = sorted(each for each in known if not each.name.endswith(_LOGS))
        alone = [f for f in files if not f.with_name(f"{f.name}{_LOGS[0]}").exists()]
        self._move_logs(alone[-1] if alone else moved)

    def _move_logs(self, moved: Path) -> None:
        for end in _LOGS:
            if self._beside(end).exists():
                self._beside(end).rename(moved.with_name(f"{moved.name}{end}"))

    def _free_name(self, now: datetime) -> Path:
        named = MOVED.format(name=self.path.name, at=now)
        names = (named if n == 1 else f"{named}-{n}" for n in count(1))
        found = (self.path.with_name(name) for name in names)
        return next(each for each in found if not each.exists())

    def _hand_over(self, *files: Path) -> None:
        """Have them belong to whom Laurel's folder does, where root puts it back."""
        if os.geteuid():
            return
        owner = (self.path if self.path.exists() else self.path.parent).stat()
        for each in files:
            if each.exists():
                os.chown(each, owner.st_uid, owner.st_gid)

    def _beside(self, end: str) -> Path:
        return self.path.with_name(f"{self.path.name}{end}")
