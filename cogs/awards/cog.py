"""``/award``: how moderators make awards, open and close them, and take them away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.chat.text import Quote
from bot.domain.awards import MAX_ABOUT_CHARS, MAX_NAME_CHARS, Award, AwardState
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.awards import cards, openings, planner, sheet
from storage import award_windows
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

_Which = Annotated[str, fields.Choice(lookup="awards.every")]


class AwardCog:
    """Awards, from the first idea of one to its end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("award create", role=Role.MODERATOR)
    async def create(
        self,
        call: Call,
        name: Annotated[str, fields.Text(max_chars=MAX_NAME_CHARS)],
        about: Annotated[
            str | None, fields.Text(max_chars=MAX_ABOUT_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft a new award, and show all that can be chosen."""
        sketch = await self._database.write(planner.begin, call, name, about or "")
        return Say(sheet.sheet(sketch))

    @command("award edit", role=Role.MODERATOR)
    async def edit(self, call: Call, which: _Which) -> Response:
        """Draft an award anew."""
        sketch = await self._database.write(planner.edit, call, _award(which))
        return Say(sheet.sheet(sketch))

    @action(role=Role.MODERATOR)
    async def edit_it(self, call: Call, award: int) -> Response:
        """Draft an award of the list anew."""
        return Say(sheet.sheet(await self._database.write(planner.edit, call, award)))

    @command("award open", role=Role.MODERATOR)
    async def open(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="awards.shut")],
        closes_on: Annotated[date | None, fields.Date()] = None,
        closes_at: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Let people be nominated from now on."""
        done = await self._database.write(
            openings.open_now, call, _award(which), closes_on, closes_at
        )
        return Say(cards.opened(done))

    @action(role=Role.MODERATOR)
    async def open_it(self, call: Call, award: int) -> Response:
        """Let people be nominated for what was just saved."""
        done = await self._database.write(openings.open_now, call, award)
        return Replace(cards.opened(done))

    @command("award close", role=Role.MODERATOR)
    async def close(self, call: Call, which: _Which) -> Response:
        """Ask whether an award is to be closed, or taken away."""
        found = await self._database.read(openings.seen, call, _award(which))
        return Say(cards.closing(found))

    @action(role=Role.MODERATOR)
    async def close_it(self, call: Call, award: int) -> Response:
        """Let nobody be nominated any more."""
        done = await self._database.write(openings.close_now, call, award)
        return Replace(cards.closed(done))

    @action(role=Role.MODERATOR)
    async def removing(self, call: Call, award: int) -> Response:
        """Ask once more before an award is taken away."""
        found = await self._database.read(openings.seen, call, award)
        return Replace(cards.removing(found))

    @action(role=Role.MODERATOR)
    async def remove(self, call: Call, award: int) -> Response:
        """Take an award away."""
        gone = await self._database.write(openings.remove, call, award)
        return Replace(cards.note("awards.removed", name=Quote(gone.name)))

    @action(role=Role.MODERATOR)
    async def leave(self, _call: Call) -> Response:
        """Leave everything as it is."""
        return Replace(cards.note("awards.left"))

    @command("award list", role=Role.MODERATOR)
    async def listed(self, call: Call) -> Response:
        """Show every award and how it stands."""
        return Say(cards.listed(await self._database.read(openings.every, call)))

    @lookup("awards.every")
    async def every(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the awards, the open ones first."""
        return _suggest(await self._awards(call), typed)

    @lookup("awards.shut")
    async def shut(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the awards that can be opened."""
        found = await self._awards(call)
        return _suggest([a for a in found if a.state is AwardState.CLOSED], typed)

    @occurrence(award_windows.OPEN, missed=Missed.EACH)
    def begins(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Open an award."""
        openings.begin(tx, occurrence)

    @occurrence(award_windows.CLOSE, missed=Missed.EACH)
    def ends(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Close an award."""
        openings.end(tx, occurrence)

    @follows("setup.saved")
    def move(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits for a wall that is gone follow to the new one."""
        openings.move(tx, entry)

    @draws(openings.POSTS)
    def post(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what everybody reads of a round."""
        return openings.post(tx, community, key, now)

    async def _awards(self, call: Call) -> Sequence[Award]:
        found = await self._database.read(openings.every, call)
        return [each.award for each in found]


def _suggest(found: Sequence[Award], typed: str) -> Sequence[Suggestion]:
    wanted = typed.casefold()
    fitting = (each for each in found if wanted in each.name.casefold())
    return [Suggestion(str(a.id), cards.one_line(a)) for a in fitting][:MAX_OPTIONS]


def _award(which: str) -> int:
    if not which.isascii() or not which.isdecimal():
        raise RuleError("awards.refused-gone", "which")
    return int(which[:18])
