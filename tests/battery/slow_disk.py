"""A process whose files take longer to be on disk, as on a busy or a cheap one."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from subprocess import DEVNULL, PIPE

_SYNCS = "fsync,fdatasync"


@asynccontextmanager
async def slow_disk(pid: int, delay_ms: int) -> AsyncIterator[bool]:
    """Have everything that the process syncs take longer; yield whether it does.

    Where strace is not installed, or nobody may trace, all is as it is.
    """
    if (strace := shutil.which("strace")) is None:
        yield False
        return
    slower = f"inject={_SYNCS}:delay_exit={delay_ms}ms"
    what = ("-e", f"trace={_SYNCS}", "-e", slower, "-o", os.devnull)
    child = await asyncio.create_subprocess_exec(
        *(strace, "-f", "-p", str(pid), *what),
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=PIPE,
    )
    try:
        assert child.stderr is not None
        said = await child.stderr.readline()
        yield b"attached" in said
    finally:
        if child.returncode is None:
            child.terminate()  # lets go of the process first
        await child.communicate()
