"""Answers whoever asked how fairly thanks are spread, one community after the other."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from bot.apart import FailedError, StoppedError
from bot.domain.fairness import Report
from bot.fairness.reckoner import Reckoner
from bot.fairness.told import Question
from bot.logs import correlated
from bot.lookout import Lookout
from storage import fairness
from storage.database import Database, Transaction
from storage.fairness import Asked

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Tell = Callable[[Transaction, Asked, Report | None, datetime], None]
"""Tells one who asked, in the unit that ends their waiting; with None, that it could
not be counted."""


class ReportDesk(Lookout):
    """Has reports counted and told; who waits is kept in the file, also over a restart.

    Whoever else asks in the same community before a count begins is told the same.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        tell: Tell,
        reckoner: Reckoner | None = None,
    ) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._tell = tell
        self._reckoner = reckoner or Reckoner()
        database.listen(fairness.TOPIC, self.wake)

    @property
    def name(self) -> str:
        """What its task is called."""
        return "fairness"

    async def look(self) -> bool:
        """Answer everybody who waits in one community."""
        asked = await self._database.read(fairness.waiting)
        if not asked:
            return False
        *_, last = asked
        now = self._clock()
        question = Question(self._database.path, last.community, now)
        with correlated(last.call):
            try:
                report = await self._reckoner.count(question)
            except StoppedError:
                return False  # they wait for the next start
            except FailedError:
                log.exception("thanks not counted", extra={"community": last.community})
                report = None
        await self._database.write(self._answer, last, report, now)
        return True

    def stop(self) -> None:
        """Begin nothing new, and end the count that is under way."""
        self._reckoner.stop()
        super().stop()

    def _answer(
        self, tx: Transaction, last: Asked, report: Report | None, now: datetime
    ) -> None:
        for each in fairness.answered(tx, last):
            self._tell(tx, each, report, now)
