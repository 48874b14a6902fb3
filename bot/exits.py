"""How the command ``laurel`` ends, and what it says then."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading

OK, FAILED, BAD_CONFIG, BAD_DATABASE, BAD_CREDENTIALS, IN_USE = range(6)
"""Exit codes. Whatever restarts the process must not do so after 2, 4 and 5."""

STOP_WITHIN_S = 10.0
"""However stuck, the process is gone this long after it was told to stop."""


def complain(words: object, code: int) -> int:
    """Say what is wrong; return ``code``."""
    print(words, file=sys.stderr)
    return code


def port_taken(port: int, key: str, error: OSError) -> int:
    """Say that nothing can be served at ``port``, which is set as ``key``."""
    words = (
        f"Nothing can be shown at port {port} ({error.strerror}). Set another one as "
        f"{key} in config.toml; 0 takes any that is free."
    )
    return complain(words, FAILED)


def told_to_stop() -> asyncio.Event:
    """Return what SIGTERM and Ctrl+C set; from then on, the process ends in time."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if not told.is_set():
            last = threading.Timer(STOP_WITHIN_S, os._exit, (FAILED,))
            last.daemon = True
            last.start()
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, tell)
    return told
