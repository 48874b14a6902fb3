"""What Python would print by itself, in many lines with whatever is in them."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from types import TracebackType

log = logging.getLogger(__name__)


@contextmanager
def told(handler: logging.Handler) -> Iterator[None]:
    """Has what nobody catches inside be logged.

    What ends the process is told when Python is about to print it, after this was
    left: by ``handler`` alone.
    """
    before = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = _of_thread, _unraisable
    last = sys.excepthook
    sys.excepthook = partial(_at_the_end, handler)
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = before
    # Not where something is raised: who else would tell of it?
    sys.excepthook = last


def _of_thread(told: threading.ExceptHookArgs) -> None:
    name = told.thread.name if told.thread else "-"
    log.error("a thread ended", exc_info=told.exc_value, extra={"thread_name": name})


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    log.error(told.err_msg or "nobody to raise it to", exc_info=told.exc_value)


def _at_the_end(
    handler: logging.Handler,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
) -> None:
    words, at = "ended by what nobody caught", (kind, error, trace)
    record = log.makeRecord(log.name, logging.CRITICAL, __file__, 0, words, (), at)
    handler.handle(record)
