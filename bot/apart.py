"""Has a process beside this one do what takes seconds of Python, or may get stuck.

On a thread it would have everybody wait: between any two statements the database's
threads stand in line for the interpreter, and fifty commands a second wait for seconds
where they wait for hundredths. The process knows no secrets, and can be ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from pathlib import Path

_HANDED_ON = frozenset({"HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "XDG_DATA_HOME"})
"""What a process is told of the environment: nothing that is a secret."""

_SOURCES = Path(__file__).parents[1]


class FailedError(Exception):
    """The process could not do it, or not in time."""


class StoppedError(Exception):
    """Nothing is begun any more."""


def running(module: str) -> Sequence[str]:
    """Return the command that runs one of our modules, wherever this process is."""
    return (sys.executable, "-P", "-m", module)


async def begun(command: Sequence[str], *, stderr: int = PIPE, **told: str) -> Process:
    """Begin a process that is asked over its input, and answers on its output.

    Args:
        command: What is run.
        stderr: Where its complaints go.
        told: What else of an environment it is told.
    """
    handed = {name: os.environ[name] for name in _HANDED_ON & os.environ.keys()}
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=PIPE,
        stdout=PIPE,
        stderr=stderr,
        env=handed | {"PYTHONPATH": str(_SOURCES)} | told,
    )


async def end(process: Process) -> None:
    """End a process that may have ended, and wait until it has."""
    _kill(process)
    await asyncio.shield(process.wait())


class Apart:
    """Has one question answered at a time, each by a process that lives for it alone.

    Args:
        command: What is run.
        limit_s: How long an answer may take, with the beginning of the process.
    """

    def __init__(self, command: Sequence[str], limit_s: float) -> None:
        self._command = command
        self._limit_s = limit_s
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._stopped = asyncio.Event()

    async def ask(self, question: bytes) -> bytes:
        """Return the answer.

        Raises:
            FailedError: If the process fails, or takes longer than the limit.
            StoppedError: If `stop` was called, before or meanwhile.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._limit_s):
                    return await self._asked(question)
            except TimeoutError as error:
                raise FailedError("took too long") from error
            except OSError as error:
                raise FailedError(repr(error)) from error

    def stop(self) -> None:
        """End the process at once; nothing is answered any more."""
        self._stopped.set()
        if self._process is not None:
            _kill(self._process)

    async def _asked(self, question: bytes) -> bytes:
        if self._stopped.is_set():
            raise StoppedError
        process = self._process = await begun(self._command)
        try:
            if self._stopped.is_set():
                _kill(process)
            answer, complaint = await process.communicate(question)
        finally:
            await end(process)
            self._process = None
        if self._stopped.is_set():
            raise StoppedError
        if process.returncode != 0:
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
            raise FailedError(f"ended with {process.returncode}: {last}")
        return answer


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
