"""``/season``: how moderators count by seasons, and everybody sees their boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.domain.community import Community
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.seasons import boards, cards, posts, service
from storage import communities, walls
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

_Name = Annotated[str, fields.Text(max_chars=service.MAX_NAME_CHARS)]
_Date = Annotated[date | None, fields.Date()]


class SeasonCog:
    """Seasons, from the day on which one starts to its last board."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("season start", role=Role.MODERATOR)
    async def start(self, call: Call, name: _Name, starts_on: _Date = None) -> Response:
        """Start a season, or have one start on a day to come."""
        done = await self._database.write(service.start, call, name, starts_on)
        return Say(cards.begun(done))

    @command("season end", role=Role.MODERATOR)
    async def end(self, call: Call, ends_on: _Date = None) -> Response:
        """Say which day is the last of the season."""
        return Say(cards.ended(await self._database.write(service.end, call, ends_on)))

    @command("season list")
    async def listed(self, call: Call) -> Response:
        """Show every season."""
        desk = call.actor.role >= Role.MODERATOR
        found = await self._database.read(service.overview, call, desk=desk)
        return Say(cards.overview(found))

    @command("season board")
    async def board(
        self,
        call: Call,
        which: Annotated[str | None, fields.Choice(lookup="seasons.every")] = None,
    ) -> Response:
        """Show the board of a season."""
        return Say(await self._board(call, which))

    @action(role=Role.MODERATOR)
    async def call_off(self, call: Call, entry: int) -> Response:
        """Have a season that is planned not begin."""
        gone = await self._database.write(service.call_off, call, entry)
        return Replace(cards.called_off(gone))

    @lookup("seasons.every")
    async def every(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the seasons, the newest first."""
        found = await self._database.read(service.overview, call, desk=False)
        wanted = typed.casefold()
        fitting = [each for each in found.listed if wanted in each.name.casefold()]
        return [
            Suggestion(str(each.id), cards.one_line(each))
            for each in fitting[:MAX_OPTIONS]
        ]

    @occurrence(service.BEGINS, missed=Missed.EACH)
    def begins(self, tx: Transaction, due: Occurrence) -> None:
        """Start a season on its day."""
        service.begin(tx, due)

    @occurrence(service.CLOSES, missed=Missed.EACH)
    def closes(self, tx: Transaction, due: Occurrence) -> None:
        """Post the last board of a season that is over."""
        service.close(tx, due)

    @follows("setup.saved")
    def move(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits for a wall that is gone follow to the new one."""
        here = communities.by_id(tx, entry.community)
        walls.move(tx, here, posts.ON_WALL, entry.at)

    @follows("privacy.changed", "members.left", "members.erased")
    def hide(self, tx: Transaction, entry: Activity) -> None:
        """Have last boards drawn without whoever is not to be shown any more."""
        here = communities.by_id(tx, entry.community)
        posts.draw_without(tx, here, entry.fact.actor, entry.at)

    @draws(posts.LAST)
    def last(
        self, tx: Transaction, here: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the last board of a season."""
        return posts.last(tx, here, key, now)

    async def _board(self, call: Call, which: str | None) -> Message:
        return boards.board(await self._database.read(boards.seen, call, which))
