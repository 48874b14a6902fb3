"""Finds what holds up the event loop: calls on its thread that wait for disk or time.

Python tells of most of them by itself, once asked (`sys.addaudithook`); the rest is
wrapped. What is asked cannot be unasked, so this belongs into a process of its own.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

OURS = ("/bot/", "/cogs/", "/storage/")
WAITS = ("open", "shutil.", "socket.", "sqlite3.connect", "subprocess.")
WAITS_TOO = ("os.listdir", "os.scandir", "os.remove", "os.rename", "os.mkdir")
INSTANT = ("socket.__new__", "socket.bind")
SYNCS = ("fsync", "fdatasync", "sync", "stat", "read")


def watch(found: Callable[[str], None]) -> None:
    """Have ``found`` be told of each such call from now on, and of who made it."""

    def told(event: str, given: tuple[Any, ...]) -> None:
        if event.startswith((*WAITS, *WAITS_TOO)) and event not in INSTANT:
            asked_ahead = event == "socket.connect" and given[0].gettimeout() == 0
            if not asked_ahead:
                call(event)

    def call(name: str) -> None:
        if asyncio._get_running_loop() is None:
            return
        if ours := [*_ours(sys._getframe(1))]:
            found(f"{name} in {' < '.join(ours[:3])}")

    def wrapped(name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*given: Any, **more: Any) -> Any:
            call(name)
            return usual(*given, **more)

        return wait

    class Watched(sqlite3.Connection):
        execute = wrapped("sqlite3.execute", sqlite3.Connection.execute)
        executemany = wrapped("sqlite3.executemany", sqlite3.Connection.executemany)

    for module, name in ((time, "sleep"), *((os, each) for each in SYNCS)):
        full = f"{module.__name__}.{name}"
        vars(module)[name] = wrapped(full, vars(module)[name])
    usual = sqlite3.connect
    vars(sqlite3)["connect"] = lambda *a, **m: usual(*a, **{"factory": Watched, **m})
    sys.addaudithook(told)


def _ours(frame: FrameType | None) -> Iterator[str]:
    """Yield where our own code is in it, what was called last first."""
    while frame is not None:
        file = frame.f_code.co_filename
        if any(part in file for part in OURS) and "/tests/" not in file:
            yield f"{file.rpartition('/')[2]}:{frame.f_lineno} {frame.f_code.co_name}"
        frame = frame.f_back
