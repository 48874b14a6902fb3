"""The log beside a file: whether it still holds all that was committed to it.

While processes have a file open, they share an index of its log. It is a file as well,
so it outlives a process that was killed, and says how many frames of the log count, and
the sum of all that is in them. Every commit is told there before it is told to anybody.
The formats are SQLite's, https://sqlite.org/walformat.html, sections 2 and 4.
"""

from __future__ import annotations

import os
import sqlite3
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_VERSION = 3_007_000
_INDEX = struct.Struct("=I8xBxHI4x8s8s")
"""Version, whether it was made, bytes of a page, frames that count, sums, salt."""

_COPY = 48
"""The index begins with all of that twice; where they differ, somebody was at it."""

_HEAD, _FRAME_HEAD = 32, 24
_FRAME = struct.Struct(">8x8s2I")
"""Salt and sums, in the head of a frame; the sums are of all frames up to this one."""


@dataclass(frozen=True, slots=True)
class Committed:
    """How far a log counts.

    Attributes:
        salt: Which of the logs it is that were written over each other.

        sums: Of all that counts.
    """

    frames: int
    page_bytes: int
    salt: bytes
    sums: tuple[int, int]


def number(path: Path) -> int:
    """Return which file the log of the one at ``path`` is; 0 where nothing is in it."""
    with suppress(FileNotFoundError):
        log = _log(path).stat()
        return log.st_ino if log.st_size else 0
    return 0


def committed(path: Path) -> Committed | None:
    """Return what the index tells; None where that is not to be had."""
    with suppress(OSError, struct.error):
        index = path.with_name(f"{path.name}-shm").read_bytes()[: 2 * _COPY]
        version, made, page, frames, sums, salt = _INDEX.unpack_from(index)
        if (version, made) == (_VERSION, 1) and index[:_COPY] == index[_COPY:]:
            return Committed(frames, page, salt, struct.unpack("=2I", sums))
    return None


def holds(path: Path, told: Committed | None) -> bool:
    """Return whether the log of the file at ``path`` holds all that was ``told``.

    SQLite has opened the file since, so it has summed up what is in the log.
    """
    if not number(path):
        return True
    now = committed(path)
    if told is None or now is None or now.frames < told.frames:
        return False
    return told.frames == 0 or _last(path, told) == (told.salt, *told.sums)


def empty(connection: sqlite3.Connection) -> None:
    """Have a file hold all that its log holds, and the log nothing.

    Where a reader is in the way for long, whoever comes next does it.
    """
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _last(path: Path, told: Committed) -> tuple[bytes, int, int] | None:
    """Return salt and sums of the last frame that was told of."""
    at = _HEAD + (told.frames - 1) * (_FRAME_HEAD + told.page_bytes)
    with suppress(OSError, struct.error), _log(path).open("rb", buffering=0) as log:
        return _FRAME.unpack(os.pread(log.fileno(), _FRAME_HEAD, at))
    return None


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
