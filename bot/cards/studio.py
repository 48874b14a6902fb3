"""Has pictures drawn in a process beside this one, which is ended when it is stuck.

typst cannot be interrupted, and what members write is put before it; so it is given a
process that knows no secrets and can be killed. It is begun with the first picture and
ended when none was wanted for a while.
"""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, Process

from bot.apart import begun, end, running
from bot.cards.frames import DRAWN, LENGTH, framed

LIMIT_S = 5.0
"""How long one picture may take, with the beginning of the process."""

IDLE_S = 300.0
"""After this long without a picture, the process is ended."""

MAX_PICTURE_BYTES = 4_000_000
"""Of a picture that any platform takes; Laurel's own have a tenth of it."""

COMMAND = running("bot.cards.worker")


class UndrawableError(Exception):
    """A picture cannot be drawn, or not in time."""


class Studio:
    """Draws one picture at a time, in the order in which they were asked for."""

    def __init__(self, limit_s: float = LIMIT_S, idle_s: float = IDLE_S) -> None:
        self._limit_s = limit_s
        self._idle_s = idle_s
        self._turn = asyncio.Lock()
        self._process: Process | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._closed = False

    async def draw(self, given: str) -> bytes:
        """Return the picture that ``given`` asks for, as PNG.

        Args:
            given: JSON, as `bot.cards.showing` makes it.

        Raises:
            UndrawableError: If it cannot be drawn, or takes longer than the limit.
        """
        async with self._turn:
            if self._closed:
                raise UndrawableError("the studio is closed")
            self._keep()
            try:
                async with asyncio.timeout(self._limit_s):
                    answer = await self._asked(given.encode())
            except TimeoutError as error:
                raise UndrawableError("took too long") from error
            except (OSError, EOFError, ValueError) as error:
                raise UndrawableError(f"the process ended: {error!r}") from error
            finally:
                if self._idle is None:  # it was not answered: who knows what comes next
                    await self._end()
        if not answer.startswith(DRAWN):
            raise UndrawableError(answer[1:].decode(errors="replace"))
        return answer[len(DRAWN) :]

    async def close(self) -> None:
        """End the process; nothing is drawn any more."""
        self._closed = True
        self._keep()
        async with self._turn:
            await self._end()

    async def _asked(self, given: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await begun(COMMAND, stderr=DEVNULL, RAYON_NUM_THREADS="1")
        asked, answers = self._process.stdin, self._process.stdout
        if asked is None or answers is None:
            raise EOFError("no way to ask")
        asked.write(framed(given))
        await asked.drain()
        (length,) = LENGTH.unpack(await answers.readexactly(LENGTH.size))
        if length > MAX_PICTURE_BYTES:
            raise ValueError(f"{length} bytes are too many")
        answer = await answers.readexactly(length)
        loop = asyncio.get_running_loop()
        self._idle = loop.call_later(self._idle_s, self._rest)
        return answer

    def _keep(self) -> None:
        """Keep the process beyond the moment at which it would be ended."""
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None

    def _rest(self) -> None:
        """End the process, which nobody has needed for long."""
        process, self._process = self._process, None
        self._idle = None
        if process is not None and process.stdin is not None:
            process.stdin.close()  # it ends by itself then

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await end(process)
