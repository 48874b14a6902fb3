"""How a file was left: noted by a process that stopped as it should, beside the file.

Reading every row of a long history, and finding it in every index, takes many times as
long as reading the file. So whoever stops writes down what the file is, to the byte.
Whoever starts next and finds it to be just that knows all that reading the rows again
before anybody is served would tell. Of a process that was killed, or whose file
somebody changed, there is no such mark, and every row is read first.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from time import monotonic

PATIENCE_S = 1.5
"""How long noting may take: a file of some gigabytes. A longer one is left unnoted."""

_PART = 4 * 1024 * 1024
"""Bytes that are read at a time."""

_READERS = 2
"""How many read at a time, each a part: most of it is arithmetic."""

_SAYS = "as a Laurel left it: {size} {digest}\n"


def beside(path: Path) -> Path:
    """Return where the mark of the file at ``path`` is."""
    return path.with_name(f"{path.name}.left")


def note(path: Path, patience_s: float = PATIENCE_S) -> bool:
    """Note what the file at ``path`` is, which nobody has open; return whether it is.

    Where that takes too long, or cannot be written, there is no mark.
    """
    mark = beside(path)
    with suppress(OSError):
        mark.unlink(missing_ok=True)
        if (told := _described(path, monotonic() + patience_s)) is not None:
            mark.touch(mode=0o600)
            mark.write_text(told, "ascii")
            return True
    return False


def take(path: Path) -> bool:
    """Return whether the file at ``path`` is to the byte what was noted.

    The mark is gone then: it tells nothing of what is written from now on.
    """
    mark = beside(path)
    try:
        noted = mark.read_text("ascii", errors="replace")
        mark.unlink()
        size = path.stat().st_size
        if not noted.startswith(_SAYS.format(size=size, digest="").rstrip()):
            return False
        return noted == _described(path)
    except OSError:  # nothing was noted, or whatever it is has to be looked at
        return False


def _described(path: Path, until_s: float | None = None) -> str | None:
    """Return what the file is; None where a log belongs to it, or time is up."""
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        return None
    whole = hashlib.blake2b(digest_size=32)
    for part in _parts(path):
        if until_s is not None and monotonic() > until_s:
            return None
        whole.update(part)
    return _SAYS.format(size=path.stat().st_size, digest=whole.hexdigest())


def _parts(path: Path) -> Iterator[bytes]:
    """Yield the digest of each part of the file, in order."""
    with path.open("rb", buffering=0) as file, ThreadPoolExecutor(_READERS) as readers:

        def read(at: int) -> bytes:
            return hashlib.blake2b(os.pread(file.fileno(), _PART, at)).digest()

        try:
            yield from readers.map(read, range(0, path.stat().st_size, _PART))
        finally:
            readers.shutdown(cancel_futures=True)
