"""``/leaderboard``: the first ten, and you, of any time and of any part."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, follows, lookup
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, RoleRef
from cogs.boards import cards, finding, handing, service
from cogs.boards.handing import Shape
from cogs.boards.service import Choice
from cogs.boards.views import View, What
from storage.activity import Activity
from storage.boards import tallies
from storage.boards.sides import Side
from storage.boards.tallies import COUNTED
from storage.database import Database, Transaction

_Channel = Annotated[ChannelRef | None, fields.Channel()]
_Team = Annotated[RoleRef | None, fields.Role()]
_Period = Annotated[str | None, fields.Choice(lookup="boards.period")]
_Side = Annotated[str | None, fields.Choice(options=tuple(Side))]
_Value = Annotated[str | None, fields.Choice(lookup="boards.value")]


class BoardCog:
    """Boards of public thanks, received and given."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("leaderboard")
    async def leaderboard(
        self,
        call: Call,
        period: _Period = None,
        side: _Side = None,
        value: _Value = None,
        channel: _Channel = None,
        team: _Team = None,
    ) -> Response:
        """Show a board: of all that was received, unless the member asks for others."""
        choice = Choice(period, side, value, channel, team)
        return Say(cards.board(await self._database.read(service.chosen, call, choice)))

    @action()
    async def turn(self, call: Call, side: str, period: str, cut: str) -> Response:
        """Show another board in its place."""
        view = View.parse(side, period, cut)
        shown = await self._database.read(service.board, call, view)
        return Replace(cards.board(shown))

    @action()
    async def parts(self, call: Call, side: str, period: str, what: str) -> Response:
        """Show what values, channels or teams come to."""
        if what not in set(What):
            raise RuleError("common.unknown-button")
        view = View.parse(side, period, "")
        found = await self._database.read(service.parts, call, view, What(what))
        return Replace(cards.parts(found))

    @action(role=Role.MODERATOR)
    async def hand_over(
        self, call: Call, side: str, period: str, cut: str, shape: str
    ) -> Response:
        """Hand a board over as a file."""
        if shape not in set(Shape):
            raise RuleError("common.unknown-button")
        view = View.parse(side, period, cut)
        write = self._database.write
        return Say(await write(handing.hand_over, call, view, Shape(shape)))

    @lookup("boards.period")
    async def find_period(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the times that a board can be of."""
        return await self._database.read(finding.periods, call, typed)

    @lookup("boards.value")
    async def find_value(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return what the community values."""
        return await self._database.read(finding.values, call, typed)

    @follows(*COUNTED)
    def count(self, tx: Transaction, entries: Sequence[Activity]) -> None:
        """Count after the fact, so that nobody who gives thanks waits for it."""
        tallies.count(tx, entries)
