"""``/challenge team``, and the buttons around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from cogs.checkins import cards, team_cards, teaming
from cogs.checkins.teaming import MAX_NAME_CHARS, MIN_NAME_CHARS
from storage.database import Database

_Team = Annotated[str | None, fields.Choice(lookup="checkins.teams")]
_Name = Annotated[str, fields.Text(min_chars=MIN_NAME_CHARS, max_chars=MAX_NAME_CHARS)]


class TeamCog:
    """Taking part together."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("challenge team")
    async def team(self, call: Call, team: _Team = None) -> Response:
        """Join a team, or show the one that the member is in."""
        if team is None:
            seen = await self._database.write(teaming.look, call, None)
        else:
            seen = await self._database.write(teaming.join_named, call, team)
        return Say(team_cards.teams(seen))

    @action()
    async def teams(self, call: Call, challenge: int) -> Response:
        """Show the teams of a challenge."""
        seen = await self._database.write(teaming.look, call, str(challenge))
        return Say(team_cards.teams(seen))

    @action()
    async def make_team(self, call: Call, challenge: int, name: _Name) -> Response:
        """Make a team."""
        seen = await self._database.write(teaming.make, call, str(challenge), name)
        return Say(team_cards.teams(seen))

    @action()
    async def join_team(self, call: Call, challenge: int, team: int) -> Response:
        """Be in a team."""
        seen = await self._database.write(teaming.join, call, str(challenge), team)
        return Replace(team_cards.teams(seen))

    @action()
    async def leave_team(self, call: Call, challenge: int) -> Response:
        """Be in no team."""
        seen = await self._database.write(teaming.leave, call, str(challenge))
        return Replace(team_cards.teams(seen))

    @lookup("checkins.teams")
    async def open_teams(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the teams that the member can join."""
        found = await self._database.read(teaming.offered, call)
        wanted = typed.casefold()
        return [
            Suggestion(str(each.id), cards.option_name(each.name, each.id))
            for each in found
            if wanted in (each.name or "").casefold()
        ]
