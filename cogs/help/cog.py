"""``/laurel help``: what one may do here, and how it works."""

from __future__ import annotations

from collections.abc import Callable

from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command
from bot.chat.table import RouteTable
from bot.domain.community import Settings
from cogs.help import cards
from storage import communities
from storage.database import Database, Transaction


class HelpCog:
    """Help that cannot be out of date: it reads what the cogs declare."""

    def __init__(self, database: Database, table: Callable[[], RouteTable]) -> None:
        self._database = database
        self._table = table

    @command("laurel help")
    async def help(self, call: Call) -> Response:
        """Show the first page."""
        return Say(await self._page(call, 1))

    @action()
    async def turn(self, call: Call, page: int) -> Response:
        """Show another page in its place."""
        return Replace(await self._page(call, page))

    async def _page(self, call: Call, number: int) -> Message:
        settings = await self._database.read(_settings, call)
        return cards.page(self._table(), settings, call.actor, number)


def _settings(tx: Transaction, call: Call) -> Settings:
    return communities.get(tx, call.community).settings
