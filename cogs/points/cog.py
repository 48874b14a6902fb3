"""``/points``: what counts on boards is set right by hand, with a reason."""

from __future__ import annotations

from typing import Annotated

from bot.chat import fields
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command
from bot.domain.people import Person, Role
from cogs.points import cards, service
from storage.database import Database

_Amount = Annotated[int, fields.Integer(minimum=-service.MOST, maximum=service.MOST)]
_Reason = Annotated[
    str,
    fields.Text(
        min_chars=service.MIN_REASON_CHARS,
        max_chars=service.MAX_REASON_CHARS,
        multiline=True,
    ),
]


class PointCog:
    """Points that nobody gave, and that moderators answer for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("points adjust", role=Role.MODERATOR)
    async def adjust(
        self,
        call: Call,
        member: Annotated[Person, fields.Person()],
        amount: _Amount,
        reason: _Reason,
    ) -> Response:
        """Give a member points, or take some, and tell them why."""
        write = self._database.write
        return Say(
            cards.adjusted(await write(service.adjust, call, member, amount, reason))
        )

    @action(role=Role.MODERATOR)
    async def take_back(self, call: Call, points: int) -> Response:
        """Have what was set right count no more."""
        await self._database.write(service.take_back, call, points)
        return Replace(cards.taken_back())
