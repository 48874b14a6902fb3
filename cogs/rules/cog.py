"""``/rules``: by which rules things go here, with every earlier version."""

from __future__ import annotations

from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command
from cogs.rules import cards, service
from storage.database import Database


class RulesCog:
    """The rules, written from what is configured at this moment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("rules")
    async def rules(self, call: Call) -> Response:
        """Show how shoutouts go, and which awards there are."""
        return Say(cards.rules(await self._database.read(service.rules, call)))

    @action()
    async def back(self, call: Call) -> Response:
        """Show all rules again."""
        return Replace(cards.rules(await self._database.read(service.rules, call)))

    @action()
    async def award(self, call: Call, award: int, number: int) -> Response:
        """Show a version of what an award asks for; 0 is the one that holds."""
        shown = await self._database.read(service.award, call, award, number)
        return Replace(cards.award(shown))

    @action()
    async def look(self, call: Call, award: int, number: int) -> Response:
        """Show the same beside what was said, from a button of another message."""
        shown = await self._database.read(service.award, call, award, number)
        return Say(cards.award(shown))

    @action()
    async def changes(self, call: Call, award: int, number: int) -> Response:
        """Show what is different between a version and what came before or after."""
        shown = await self._database.read(service.award, call, award, number)
        return Replace(cards.changes(shown))

    @action()
    async def limits(self, call: Call, number: int) -> Response:
        """Show a version of how much can be given; 0 is the one that holds."""
        shown = await self._database.read(service.limits, call, number)
        return Replace(cards.limits(shown))
