"""``/laurel me``: what a member sees of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Annotated

from bot.chat import fields, zones
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.domain.about import MAX_LINE_CHARS, MAX_LINK_CHARS
from bot.domain.community import About
from bot.domain.errors import RuleError
from bot.domain.quiet import quiet_hours
from cogs.members import cards, service
from storage.database import Database


class MemberCog:
    """A page of one's own, which nobody else sees."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("laurel me")
    async def me(self, call: Call) -> Response:
        """Show the member what Laurel knows of their recognition."""
        return Say(cards.mine(await self._database.write(service.look, call)))

    @action()
    async def zone(
        self,
        call: Call,
        zone: Annotated[str | None, fields.Choice(lookup="members.zones")] = None,
        city: Annotated[str | None, fields.Text(max_chars=60)] = None,
    ) -> Response:
        """Change the member's zone; typed where a form's list is too short for it."""
        typed, at = (zone, "zone") if zone else (city, "city")
        if not typed:
            raise RuleError("common.answer-missing", "zone")
        chosen = zones.resolve(typed, at)
        return Replace(
            cards.mine(await self._database.write(service.move, call, chosen))
        )

    @action()
    async def change_about(self, call: Call) -> Response:
        """Open the form with what stands there now."""
        seen = await self._database.write(service.look, call)
        about = seen.member.about
        return Ask(Action("members.about"), {"line": about.line, "link": about.link})

    @action()
    async def about(
        self,
        call: Call,
        line: Annotated[str | None, fields.Text(max_chars=MAX_LINE_CHARS)] = None,
        link: Annotated[str | None, fields.Text(max_chars=MAX_LINK_CHARS)] = None,
    ) -> Response:
        """Change what stands beside thanks to the member; nothing takes it away."""
        about = About(line or "", link or "")
        return Replace(
            cards.mine(await self._database.write(service.tell, call, about))
        )

    @action()
    async def previews(self, call: Call, on: int) -> Response:
        """Show shoutouts to the member before they are posted, or no longer."""
        seen = await self._database.write(service.preview, call, on=bool(on))
        return Replace(cards.mine(seen))

    @action()
    async def change_quiet(self, call: Call) -> Response:
        """Open the form with what stands there now."""
        seen = await self._database.write(service.look, call)
        hours = seen.member.quiet
        given = {"since": hours.since, "until": hours.until} if hours else {}
        return Ask(Action("members.quiet"), given)

    @action()
    async def quiet(
        self,
        call: Call,
        since: Annotated[time | None, fields.Time()] = None,
        until: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Change when nothing is sent to the member that can wait."""
        hours = quiet_hours(since, until)
        return Replace(
            cards.mine(await self._database.write(service.hush, call, hours))
        )

    @lookup("members.zones")
    async def zones(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the zones that fit, each with the time that it is there."""
        near = await self._database.read(service.near, call)
        return zones.suggest(typed, near, call.at)
