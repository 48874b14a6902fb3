"""``/leaderboard``: the first ten, and you."""

from __future__ import annotations

from typing import Annotated

from bot.chat import fields
from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, follows
from bot.domain.errors import RuleError
from cogs.boards import cards, service
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.tallies import COUNTED, Side


class BoardCog:
    """Boards of public thanks, received and given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("leaderboard")
    async def leaderboard(
        self,
        call: Call,
        side: Annotated[str | None, fields.Choice(options=tuple(Side))] = None,
    ) -> Response:
        """Show a board; what was received, unless the member asks for the other."""
        return Say(await self._board(call, Side(side or Side.RECEIVED)))

    @action()
    async def turn(self, call: Call, side: str) -> Response:
        """Show the other board in its place."""
        if side not in set(Side):
            raise RuleError("common.unknown-button")
        return Replace(await self._board(call, Side(side)))

    @follows(*COUNTED)
    def count(self, tx: Transaction, entry: Activity) -> None:
        """Count after the fact, so that nobody who gives thanks waits for it."""
        service.count(tx, entry)

    async def _board(self, call: Call, side: Side) -> Message:
        return cards.board(await self._database.read(service.board, call, side))
