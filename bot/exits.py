"""How the command ``laurel`` ends, and what it says then."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
from collections.abc import Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot import plain

OK, FAILED, BAD_CONFIG, BAD_DATABASE, BAD_CREDENTIALS, IN_USE = range(6)
"""Exit codes. Whatever restarts the process must not do so after 2, 4 and 5."""

STOP_WITHIN_S = 10.0
"""However stuck, the process is gone this long after it was told to stop."""


def complain(words: object, code: int) -> int:
    """Say what is wrong, with whatever is in it as words; return ``code``."""
    print(plain.lines(words), file=sys.stderr)
    return code


def unmade(file: Path, error: OSError) -> int:
    """Say why a file was not made, and what to do next."""
    match error:
        case FileExistsError():
            words = f"{file} exists already and was left as it is. Name another file."
        case BlockingIOError():
            words = (
                f"Another command is writing {file} just now. Wait until it is done, "
                "or name another file."
            )
        case _:
            words = (
                f"{file} cannot be written ({error.strerror}), so there is none. Free "
                "some space or name another file, and try again."
            )
    return complain(words, FAILED)


def port_taken(port: int, key: str, error: OSError) -> int:
    """Say that nothing can be served at ``port``, which is set as ``key``."""
    words = (
        f"Nothing can be shown at port {port} ({error.strerror}). Set another one as "
        f"{key} in config.toml; 0 takes any that is free."
    )
    return complain(words, FAILED)


CLOSED_WITHIN_S = 1.0
"""The same once everything is closed: nobody waits for what a thread still computes."""


_TELLING = (signal.SIGTERM, signal.SIGINT)


class Stop:
    """What SIGTERM and Ctrl+C tell; from then on, the process ends in time."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._begun = False
        for number in _TELLING:
            asyncio.get_running_loop().add_signal_handler(number, self._tell)

    async def wait(self) -> None:
        """Wait until somebody tells it; whoever calls this has begun to serve."""
        self._begun = True
        _keep_what_stands()
        await self._told.wait()

    async def end(self, serving: Coroutine[Any, Any, None]) -> None:
        """Run ``serving``, which returns after `wait`, with everything closed.

        What has not come so far yet when it is told, is cancelled.
        """
        serve = asyncio.ensure_future(serving)  # noqa: TID251  awaited just below
        telling = asyncio.ensure_future(self._told.wait())  # noqa: TID251  as above
        await asyncio.wait({serve, telling}, return_when=asyncio.FIRST_COMPLETED)
        telling.cancel()
        if not self._begun:
            serve.cancel()
        with suppress(asyncio.CancelledError):
            await serve
        for number in _TELLING:  # whoever tells it again is not to spoil how it ends
            asyncio.get_running_loop().remove_signal_handler(number)
            signal.signal(number, signal.SIG_IGN)
        _end_in(CLOSED_WITHIN_S, OK)

    def _tell(self) -> None:
        if not self._told.is_set():
            _end_in(STOP_WITHIN_S, FAILED)
        self._told.set()


def _keep_what_stands() -> None:
    """Never look again through what was made at the start, for what may go.

    It stays until the end, and looking through all of it held the loop 80 ms each time
    that much had come and gone, as with a member's export.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


def make_without_looking() -> None:
    """Have nothing looked through for what may go, until `Stop.wait`.

    Nearly all that is made at the start stays, and looking through it time and again as
    it grows takes a fifth of the start.
    """
    gc.disable()


def _end_in(seconds: float, code: int) -> None:
    last = threading.Timer(seconds, os._exit, (code,))
    last.daemon = True
    last.start()
