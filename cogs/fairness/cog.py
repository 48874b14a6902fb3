"""``/fairness``: how evenly thanks are spread, and who thank each other very often."""

from __future__ import annotations

from bot.chat.responses import Call, Response, Say
from bot.chat.routes import action, command, follows, occurrence
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.fairness import cards, service
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.occurrences import Occurrence


class FairnessCog:
    """What moderators should know, and what members are never ranked by."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("fairness", role=Role.MODERATOR)
    async def fairness(self, call: Call) -> Response:
        """Have it counted, and say that it comes by direct message."""
        awaited = await self._database.write(service.ask, call)
        return Say(
            cards.counting(
                fresh=awaited.fresh, monthly=awaited.monthly, channel=awaited.channel
            )
        )

    @action(role=Role.MODERATOR)
    async def start(self, call: Call) -> Response:
        """Have a report come every month."""
        channel = await self._database.write(service.switch, call, on=True)
        return Say(cards.switched(channel, on=True))

    @action(role=Role.MODERATOR)
    async def stop(self, call: Call) -> Response:
        """Have no report come by itself."""
        channel = await self._database.write(service.switch, call, on=False)
        return Say(cards.switched(channel, on=False))

    @occurrence("fairness.month", missed=Missed.FOLD, posts=True)
    def month(self, tx: Transaction, due: Occurrence) -> None:
        """Have the moderators' channel be told, once however many were missed."""
        service.month(tx, due)

    @follows("setup.saved")
    def settings(self, tx: Transaction, entry: Activity) -> None:
        """Come when the settings say."""
        service.settings(tx, entry)
