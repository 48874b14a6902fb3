"""Machines that have little of something, for a process to live on."""

from __future__ import annotations

import asyncio
import resource
import socket
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import bot.exits
import storage.database

FILES = 64
MEMORY_BYTES = 300 * 1024**2
QUEUE = 8
"""Units that may wait, where there are few places for them."""

COMMIT_S = 0.1

SCARCE = "scarce"
"""A file beside the settings: while it is there, something is scarce."""


def few_files() -> None:
    """Let the process have few files and connections open at a time."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, most))


def little_memory() -> None:
    """Let the process have little memory that is its own.

    Its address space is another matter: libraries and the stacks of threads take more
    than 400 MB of it, of which a quarter is ever touched.
    """
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, most))


def one_thread() -> None:
    """Have all that is done beside the event loop be done one after the other."""
    usual = bot.exits.Stop.__init__

    def begin(self: bot.exits.Stop) -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        usual(self)

    bot.exits.Stop.__init__ = begin  # type: ignore[method-assign]


def no_names() -> None:
    """Have no name be known while something is scarce."""
    scarce = _scarce()
    usual = socket.getaddrinfo

    def look_up(host: Any, *given: Any, **more: Any) -> Any:
        if scarce.exists() and host == "localhost":
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure")
        return usual(host, *given, **more)

    vars(socket)["getaddrinfo"] = look_up


def narrow() -> None:
    """Have few units wait for a disk that takes its time, while it does."""
    scarce = _scarce()
    database = vars(storage.database)
    usual, most, batch = database["_commit"], QUEUE, 1
    at_first = database["MAX_WAITING"], database["MAX_BATCH"]

    def commit(*given: Any) -> Any:
        found = (most, batch) if scarce.exists() else at_first
        database["MAX_WAITING"], database["MAX_BATCH"] = found
        if scarce.exists():
            time.sleep(COMMIT_S)
        return usual(*given)

    database["_commit"] = commit


def boundless() -> None:
    """Plant the same disk, and a queue that takes whatever comes."""
    vars(sys.modules[__name__])["QUEUE"] = 10**6
    narrow()


def _scarce() -> Path:
    return Path(sys.argv[sys.argv.index("--config") + 1]).with_name(SCARCE)


EVERY: Sequence[Callable[[], None]] = (
    few_files,
    little_memory,
    one_thread,
    no_names,
    narrow,
    boundless,
)
