"""Has thanks counted in a process beside this one, which is ended when it takes long.

A million thanks take seconds, in which nobody else could be answered. The process reads
the file and cannot write it, and lives for one count: what it needed of memory is given
back.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.apart import Apart, FailedError, running
from bot.domain.fairness import Report
from bot.fairness import told
from bot.fairness.told import Question

LIMIT_S = 20.0
"""How long one count may take, with the beginning of the process."""

COMMAND = running("bot.fairness.worker")


class Reckoner(Apart):
    """Has one count made at a time."""

    def __init__(
        self, limit_s: float = LIMIT_S, command: Sequence[str] = COMMAND
    ) -> None:
        super().__init__(command, limit_s)

    async def count(self, question: Question) -> Report:
        """Return what there is to say.

        Raises:
            FailedError: If the process fails, or takes longer than the limit.
            StoppedError: If `stop` was called, before or meanwhile.
        """
        answer = await self.ask(told.ask(question))
        try:
            return told.answered(answer)
        except ValueError as error:
            raise FailedError(repr(error)) from error
