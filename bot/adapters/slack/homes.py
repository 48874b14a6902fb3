"""What a member finds at Laurel's home: themselves, and what they can do."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from datetime import datetime

from bot.adapters.slack.api import Api
from bot.adapters.slack.controls import chunks
from bot.adapters.slack.errors import TooLateError
from bot.adapters.slack.home import home
from bot.adapters.slack.roster import Roster
from bot.adapters.slack.voices import Voices
from bot.chat.adapter import Dispatch
from bot.chat.limits import MAX_BUTTONS
from bot.chat.message import Action, Button, Buttons, Card, Message, say
from bot.chat.responses import Call, Say
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef

log = logging.getLogger(__name__)

ABOUT_ME = "laurel me"
"""The command whose answer a member has before them at home."""


class Homes:
    """Draws homes."""

    def __init__(
        self,
        api: Api,
        roster: Roster,
        voices: Voices,
        clock: Callable[[], datetime],
        prefix: str,
    ) -> None:
        self._api = api
        self._roster = roster
        self._voices = voices
        self._clock = clock
        self._prefix = prefix
        self._table: RouteTable | None = None
        self._run: Dispatch | None = None

    def open(self, table: RouteTable, run: Dispatch) -> None:
        """Begin to draw."""
        self._table, self._run = table, run

    async def show(self, member: MemberRef) -> None:
        """Draw the home of a member; raises as `Api.call` does."""
        table, run = self._table, self._run
        if table is None or run is None:
            return
        known = await self._roster.known(member.community, (member.id,))
        person = known.people.get(member.id)
        if person is None or person.bot:
            return
        call = self._call(person, known.locale)
        said = [
            *[each async for each in self._about(call, table, run)],
            *self._doing(person, table),
        ]
        speech = await self._voices.private(call, *said)
        asked = {"user_id": member.id, "view": home(said, speech)}
        try:
            await self._api.call(member.community.id, "views.publish", asked)
        except TooLateError as error:  # somebody drew it meanwhile
            log.info("home not drawn", extra={"reason": str(error)})

    def _call(self, person: Person, spoken_here: str | None) -> Call:
        now = self._clock()
        seed = f"home {person.ref.community.id} {person.ref.id} {now.isoformat()}"
        catalogue = self._voices.catalogue
        return Call(
            id=f"slack:{hashlib.sha256(seed.encode()).hexdigest()[:32]}",
            actor=person,
            channel=ChannelRef(person.ref.community, person.ref.id),
            at=now,
            locale=catalogue.choose(person.locale, catalogue.choose(spoken_here)),
            in_public=False,
        )

    async def _about(
        self, call: Call, table: RouteTable, run: Dispatch
    ) -> AsyncIterator[Message]:
        for route in table.commands:
            if route.command == ABOUT_ME:
                response = await run(route.key, call, (), {})
                if isinstance(response, Say):
                    yield response.message

    def _doing(self, person: Person, table: RouteTable) -> Iterator[Message]:
        """Yield what everybody can do, and what few can."""
        commands = [r for r in table.commands if r.command != ABOUT_ME]
        everybody = [r for r in commands if r.role is Role.MEMBER]
        few = [r for r in commands if Role.MEMBER < r.role <= person.role]
        for title, routes in (
            (phrase("slack.home-doing"), everybody),
            (phrase("slack.home-running"), few),
        ):
            if routes:
                yield say(Card(title=title), *self._buttons(routes))

    def _buttons(self, routes: Sequence[RouteSpec]) -> Iterator[Buttons]:
        for some in chunks(routes, MAX_BUTTONS):
            yield Buttons(
                tuple(Button(self._label(each), Action(each.key)) for each in some)
            )

    def _label(self, route: RouteSpec) -> Phrase:
        command = f"/{self._prefix}{route.command}"
        return phrase("slack.home-command", command=Quote(command))
