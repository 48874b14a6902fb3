"""``/laurel undelivered``: what could not be delivered, and trying again."""

from __future__ import annotations

from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command
from bot.domain.people import Role
from cogs.mail import cards, service
from storage.database import Database


class MailCog:
    """Messages that were set aside, for moderators."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("laurel undelivered", role=Role.MODERATOR)
    async def undelivered(self, call: Call) -> Response:
        """Show what is set aside, and why."""
        return Say(await self._list(call))

    @action(role=Role.MODERATOR)
    async def replay(self, call: Call, row: int) -> Response:
        """Try one again and show what is left."""
        queued = await self._database.write(service.replay, call, row)
        outcome = "mail.queued" if queued else "mail.not-there"
        return Replace(await self._list(call, outcome))

    async def _list(self, call: Call, outcome: str | None = None) -> Message:
        found = await self._database.read(service.undelivered, call)
        return cards.undelivered(found.parked, found.count, found.unseen, outcome)
