"""Has thanks counted in a process beside this one, which is ended when it takes long.

A million thanks take seconds, in which nobody else could be answered. The process reads
the file and cannot write it, knows no secrets, and lives for one count: what it needed
of memory is given back.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

from bot.domain.fairness import Report
from bot.fairness import told
from bot.fairness.told import Question

LIMIT_S = 20.0
"""How long one count may take, with the beginning of the process."""

_HANDED_ON = frozenset({"HOME", "LANG", "LD_LIBRARY_PATH", "PATH"})
"""What the process is told of the environment: nothing that is a secret."""

_SOURCES = Path(__file__).parent.parent.parent

COMMAND = (sys.executable, "-P", "-m", "bot.fairness.worker")


class UncountableError(Exception):
    """The thanks could not be counted, or not in time."""


class StoppedError(Exception):
    """Nothing is counted any more."""


class Reckoner:
    """Has one count made at a time.

    Args:
        limit_s: How long it may take.
        command: What is run; asked over its input, and answering on its output.
    """

    def __init__(
        self, limit_s: float = LIMIT_S, command: tuple[str, ...] = COMMAND
    ) -> None:
        self._limit_s = limit_s
        self._command = command
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._stopped = asyncio.Event()

    async def count(self, question: Question) -> Report:
        """Return what there is to say.

        Raises:
            UncountableError: If the process fails, or takes longer than the limit.
            StoppedError: If `stop` was called, before or meanwhile.
        """
        async with self._turn:
            try:
                async with asyncio.timeout(self._limit_s):
                    answer = await self._asked(told.ask(question))
                return told.answered(answer)
            except TimeoutError as error:
                raise UncountableError("took too long") from error
            except (OSError, ValueError) as error:
                raise UncountableError(repr(error)) from error

    def stop(self) -> None:
        """End the process at once; nothing is counted any more."""
        self._stopped.set()
        if self._process is not None:
            _kill(self._process)

    async def _asked(self, question: bytes) -> bytes:
        if self._stopped.is_set():
            raise StoppedError
        process = self._process = await self._begun()
        try:
            if self._stopped.is_set():
                _kill(process)
            answer, complaint = await process.communicate(question)
        finally:
            _kill(process)
            await asyncio.shield(process.wait())
            self._process = None
        if self._stopped.is_set():
            raise StoppedError
        if process.returncode != 0:
            last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
            raise UncountableError(f"ended with {process.returncode}: {last}")
        return answer

    async def _begun(self) -> Process:
        handed = {name: os.environ[name] for name in _HANDED_ON & os.environ.keys()}
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=handed | {"PYTHONPATH": str(_SOURCES)},
        )


def _kill(process: Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
