"""Defects of ``laurel export``, and ends that it may come to."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from storage.database import Transaction

_MAX_BYTES = 100


def _from_the_second_line(happens: Callable[[], None]) -> None:
    """Have something happen once the first line was written."""
    from bot.keeping import exporting  # noqa: PLC0415  not for all

    usual = exporting.lines

    def lines(tx: Transaction) -> Iterator[str]:
        found = usual(tx)
        yield next(found)
        happens()
        yield from found

    vars(exporting)["lines"] = lines


def dying() -> None:
    """Have the process be killed while it writes."""
    _from_the_second_line(lambda: os.kill(os.getpid(), signal.SIGKILL))


def half() -> None:
    """Plant an export that writes under the name that was asked for, and is killed."""
    from bot.keeping import exporting  # noqa: PLC0415  as above

    @contextmanager
    def at_once(path: Path) -> Iterator[BinaryIO]:
        with path.open("xb", buffering=0) as out:
            yield out

    vars(exporting)["whole"] = at_once
    dying()


def cramped() -> None:
    """Have no file of the process grow beyond a line."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = (_MAX_BYTES, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
    _from_the_second_line(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits))


EVERY: tuple[Callable[[], None], ...] = (dying, half, cramped)
