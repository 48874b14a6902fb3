"""A file that is made whole or not at all, however the process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from storage.names import sync_folder


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """Yield what is to be written; it is called ``path`` once the block ends well.

    Until then it is called ``path.making``, for its owner's eyes alone. What somebody
    who was killed left under that name is written anew.

    Raises:
        FileExistsError: If ``path`` is there already, which is left as it is.
        BlockingIOError: If another process makes it just now.
        OSError: If it cannot be written.
    """
    making = making_of(path)
    flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    with os.fdopen(os.open(making, flags, 0o600), "wb") as out:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            if os.path.lexists(path):
                raise FileExistsError(path)
            os.fchmod(out.fileno(), 0o600)
            out.truncate(0)
            yield out
            out.flush()
            os.fsync(out.fileno())
            _call(making, path)
        finally:
            with suppress(OSError):
                making.unlink()
    sync_folder(path.parent)


def making_of(path: Path) -> Path:
    """Return what a file is called that is to be called ``path``, until it is whole."""
    return path.with_name(f"{path.name}.making")


def _call(making: Path, path: Path) -> None:
    """Give ``making`` the name that it is to have, which nobody else has."""
    try:
        os.link(making, path)
    except FileExistsError:
        raise
    except OSError:  # some file systems know one name for each file
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        making.rename(path)
