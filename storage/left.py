"""Tells the next start that nobody else was at a file: a mark beside it.

Reading every row of a long history, and finding it in every index, takes many times as
long as all else that a start does. What that finds was there already while the file was
served, unless somebody changed it since. Now whoever writes to a file, cuts it, or puts
another in its place leaves a trace that nobody can take back: the system stamps the
file with the time. So Laurel writes down all that the system says of the file. Whoever
starts next, and is told just that, knows that nobody was there in between.

A process that stops as it should does so when the file is closed; one that serves it,
whenever a commit finds it changed, so that as much is known of one that was killed.
Once the machine was restarted the mark says nothing: what a disk forgot with the power
has no stamp.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from time import sleep

from storage import write_ahead

BOOT = Path("/proc/sys/kernel/random/boot_id")
"""Says since which start of the machine it runs. Where that is not told, as by a Mac,
there is no mark, and every row is read."""

TICKS, TICK_S = 100, 0.002
"""How often it is tried to mark a closed file, and how long after each try."""

_CHARS = 256
"""Every mark is as long as the others: a new one leaves nothing of an old one."""


def beside(path: Path) -> Path:
    """Return where the mark of the file at ``path`` is."""
    return path.with_name(f"{path.name}.left")


def note(path: Path) -> bool:
    """Mark the file at ``path``, which nobody has open; return whether it is marked.

    It is not where that cannot be written, or where a log belongs to the file.
    """
    return Keeper(path).note()


def take(path: Path) -> bool:
    """Return whether the file at ``path`` is as it was marked, with the log of then.

    The mark is gone after that: it tells nothing of what is written from now on.
    """
    mark = beside(path)
    try:
        said = mark.read_bytes()
        mark.unlink()
        return said == _mark(path, path.stat())
    except OSError:  # there is none, or whatever it is has to be looked at
        return False


def _forget(path: Path) -> None:
    with suppress(OSError):
        beside(path).unlink(missing_ok=True)


class Keeper:
    """Has the mark tell how a file is while Laurel changes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._itself: tuple[int, ...] = ()
        self._marked: tuple[int, ...] = ()

    def note(self) -> bool:
        """Do as the function `note` does; the file has been closed."""
        _forget(self._path)
        self._marked = ()
        with suppress(OSError):
            tries = 0 if write_ahead.number(self._path) or not BOOT.exists() else TICKS
            for _ in range(tries):
                if self.keep():
                    return True
                sleep(TICK_S)
        _forget(self._path)
        return False

    def keep(self) -> bool:
        """Mark the file as it is now; return whether it is marked so.

        It is not while whatever is done to it next could bear the same stamp: a moment
        later it can be. Until then, what the mark says is not so any more.
        """
        try:
            if _traces(self._path.stat()) == self._marked:
                return True
            return self._mark_anew()
        except OSError:  # as on a full disk
            return False

    def _mark_anew(self) -> bool:
        flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(beside(self._path), flags, 0o600)
        try:
            os.utime(descriptor)  # by the clock that stamps the file as well
            now_ns = os.fstat(descriptor).st_mtime_ns
            file = self._path.stat()
            if file.st_ctime_ns >= now_ns or not self._is_it(file):
                return False
            os.pwrite(descriptor, _mark(self._path, file), 0)
        finally:
            os.close(descriptor)
        self._marked = _traces(file)
        return True

    def _is_it(self, file: os.stat_result) -> bool:
        """Return whether it is the file that was there first.

        Whoever puts another in its place while it is served goes by nobody's leave.
        """
        itself = (file.st_dev, file.st_ino)
        self._itself = self._itself or itself
        return itself == self._itself


def _mark(path: Path, file: os.stat_result) -> bytes:
    """Return what a mark of the file says."""
    told = (BOOT.read_text("ascii").strip(), *_traces(file), write_ahead.number(path))
    return f"as Laurel saw it last: {' '.join(map(str, told))}".ljust(_CHARS).encode()


def _traces(file: os.stat_result) -> tuple[int, ...]:
    """Return which file it is, how long, and when it was changed: all that is told."""
    changed = (file.st_mtime_ns, file.st_ctime_ns)
    return (file.st_dev, file.st_ino, file.st_size, *changed)
